"""`dibao verify` (核验): a receipt or a bundle, its digest and its signature, and the decision once more."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dibao_policy.cli.evidence_files import read_bytes
from dibao_policy.cli.options import echo_json, fail, form_options
from dibao_policy.cli.sign import is_bundle, signature_beside
from dibao_policy.cli.verdict_words import (
    Checked,
    bundle_json,
    bundle_lines,
    receipt_json,
    receipt_lines,
)
from dibao_policy.evidence.bundle import policy_in, read_bundle
from dibao_policy.evidence.problems import NoSignature, PolicyNotFound
from dibao_policy.evidence.read import read_receipt
from dibao_policy.evidence.receipt import Receipt
from dibao_policy.evidence.signing import (
    Signature,
    check_signature,
    read_public_key,
    read_signature,
)
from dibao_policy.evidence.strict import printable
from dibao_policy.evidence.verify import verify_receipt
from dibao_policy.folders import load
from dibao_policy.policy import Policy
from dibao_policy.problem import Language, PolicyError


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--policies",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder of policies to compute a receipt again by.",
)
@click.option(
    "--bundle",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The bundle to compute a receipt again by.",
)
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="PUBLIC",
    help="The public key that the signature beside FILE is held against.",
)
@form_options
def verify(
    file: Path,
    policies: Path | None,
    bundle: Path | None,
    key: Path | None,
    form: str,
    lang: Language,
) -> None:
    """Verify a receipt or a bundle, FILE; a receipt is computed again by the policy that is named (核验).

    The exit code is 0 for what is whole and, where it was computed again, the same; else 1.
    """
    if policies is not None and bundle is not None:
        raise click.UsageError("a receipt is computed again by --policies or by --bundle, not both")
    try:
        content = read_bytes(file)
        if is_bundle(content):
            if policies is not None or bundle is not None:
                raise click.UsageError(f"{file.name} is a bundle; only a receipt is computed again")
            _tell_bundle(file, content, key, form, lang)
        else:
            _tell_receipt(file, content, policies or bundle, key, form, lang)
    except PolicyError as error:
        fail(error.problems, form, lang)


def _tell_bundle(file: Path, content: bytes, key: Path | None, form: str, lang: Language) -> None:
    packed, found = read_bundle(file.name, content)
    if packed is None:
        raise PolicyError(found)
    signature = _signature(file, content, key)
    policy = policy_in(file.name, packed)
    if form == "json":
        echo_json(bundle_json(file.name, content, packed, policy, signature))
    else:
        click.echo("\n".join(bundle_lines(file.name, packed, policy, signature, lang)))


def _tell_receipt(
    file: Path, content: bytes, place: Path | None, key: Path | None, form: str, lang: Language
) -> None:
    receipt, found = read_receipt(file.name, content)
    if receipt is None:
        raise PolicyError(found)
    signature = _signature(file, content, key)
    verdict = None
    if place is not None:
        verdict = verify_receipt(receipt, _policy(place, receipt))
    checked = Checked(file.name, receipt, signature, str(place or ""), verdict)
    if form == "json":
        echo_json(receipt_json(checked))
    else:
        click.echo("\n".join(receipt_lines(checked, lang)))
    if verdict is not None and not verdict.same:
        sys.exit(1)


def _signature(file: Path, content: bytes, key: Path | None) -> Signature | None:
    """The signature beside a file, borne out by a key; None without a key. Raises `PolicyError`."""
    if key is None:
        return None
    public = read_public_key(key.name, read_bytes(key))
    beside = signature_beside(file)
    if not beside.is_file():
        raise PolicyError([NoSignature(file=file.name, signature=beside.name)])
    signature, found = read_signature(beside.name, read_bytes(beside))
    if signature is None:
        raise PolicyError(found)
    if found := check_signature(file.name, content, signature, public):
        raise PolicyError(found)
    return signature


def _policy(place: Path, receipt: Receipt) -> Policy:
    """The policy of a receipt, from a folder of policies or from a bundle. Raises `PolicyError`."""
    code = receipt.policy.code
    if place.is_file():
        packed, found = read_bundle(place.name, read_bytes(place))
        if packed is None:
            raise PolicyError(found)
        return policy_in(place.name, packed, code)
    folder = place.resolve() / code
    # A code is a name, never a way out of the folder of policies.
    if folder.parent != place.resolve() or "\0" in code or not any(folder.glob("*.dibao")):
        raise PolicyError([PolicyNotFound(place=place.name, policy=printable(code))])
    return load(folder)
