"""`dibao bundle` (打包): a policy with all that it inherits from, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from dibao_policy.cli.evidence_files import policy_files, write_new
from dibao_policy.cli.options import echo_json, fail, form_options, policy_argument
from dibao_policy.evidence.bundle import Bundle, bundle_bytes, bundle_of, policy_in, read_bundle
from dibao_policy.evidence.written import content_digest
from dibao_policy.policy import Policy
from dibao_policy.problem import Language, PolicyError
from dibao_policy.writing import ChangedMeanwhile

_WRITTEN = {
    "zh": "已打包 {name}（{policies}）：{count} 个文件，写入 {file}\n摘要 {digest}",
    "en": "Packed {name} ({policies}): {count} files, written to {file}\ndigest {digest}",
}


@click.command()
@policy_argument
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="The file to write; another one is never replaced.",
)
@form_options
def bundle(policy: Path, out: Path, form: str, lang: Language) -> None:
    """Pack the rules and parameters of a POLICY folder, and of all that it inherits from, into one file (打包).

    The same files always give the same bytes. The file is a zip with a manifest of digests.
    """
    try:
        compiled, packed, content = packed_folder(out.name, policy)
    except PolicyError as error:
        fail(error.problems, form, lang)
    if unwritten := write_new(out, content):
        fail(unwritten, form, lang)
    codes = list(dict.fromkeys(place.partition("/")[0] for place, _ in packed.files))
    digest = content_digest(content)
    if form == "json":
        echo_json(
            {
                "file": out.name,
                "policy": packed.policy,
                "policies": codes,
                "files": [place for place, _ in packed.files],
                "digest": digest,
            }
        )
        return
    separator = "、" if lang == "zh" else ", "
    click.echo(
        _WRITTEN[lang].format(
            name=compiled.name,
            policies=separator.join(codes),
            count=len(packed.files),
            file=out,
            digest=digest,
        )
    )


def packed_folder(file: str, folder: Path) -> tuple[Policy, Bundle, bytes]:
    """The policy of a folder, its bundle, and the bytes of that. Raises `PolicyError` with every problem."""
    policy, files = policy_files(folder)
    content = bundle_bytes(bundle_of(file, policy.code, files))
    # What goes out is what comes in again: a file that was edited between two readings shows here.
    packed, found = read_bundle(file, content)
    if packed is None:
        raise PolicyError(found)
    if _digests(policy_in(file, packed)) != _digests(policy):
        raise PolicyError([ChangedMeanwhile(path=folder.name)])
    return policy, packed, content


def _digests(policy: Policy) -> list[str]:
    """What identifies the rules of every stretch of days."""
    return [one.digest for one in policy.passed.compiled]
