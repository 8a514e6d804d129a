"""`dibao keys` (密钥) and `dibao sign` (签名): a pair of keys, and a signature beside a receipt or a bundle."""

from __future__ import annotations

from pathlib import Path

import click

from dibao_policy.cli.evidence_files import PRIVATE, read_bytes, write_new
from dibao_policy.cli.options import echo_json, fail, form_options
from dibao_policy.evidence.bundle import read_bundle
from dibao_policy.evidence.problems import NotOverwritten
from dibao_policy.evidence.read import read_receipt
from dibao_policy.evidence.signing import (
    SUFFIX,
    algorithms,
    read_public_key,
    sign as sign_bytes,
    signature_text,
)
from dibao_policy.problem import Language, PolicyError, Problem

_WORDS = {
    "keys": (
        "私钥 {private}：只有本人可读，没有口令；不要外传，丢失不能找回\n公钥 {public}：交给核验的人\n公钥标记 {mark}",
        "private key {private}: readable by its owner only, without a passphrase; keep it to yourself\n"
        "public key {public}: for whoever verifies\nmark of the key {mark}",
    ),
    "signed": (
        "签名已写入 {file}（{algorithm}，公钥标记 {key}）",
        "The signature was written to {file} ({algorithm}, mark of the key {key})",
    ),
}


def _word(key: str, lang: Language, /, **facts: object) -> str:
    return _WORDS[key][0 if lang == "zh" else 1].format(**facts)


@click.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="The private key goes to FILE, its public half to FILE.pub; neither is ever replaced.",
)
@form_options
def keys(out: Path, form: str, lang: Language) -> None:
    """Make a pair of keys to sign and to verify with (密钥)."""
    public = public_beside(out)
    there = [path for path in (out, public) if path.exists() or path.is_symlink()]
    if there:
        fail(tuple(NotOverwritten(file=path.name) for path in there), form, lang)
    try:
        algorithm = algorithms()[0]
        halves = algorithm.new_pair()
        mark = read_public_key(public.name, halves[1]).mark
    except PolicyError as error:
        fail(error.problems, form, lang)
    if unwritten := _write_pair((out, public), halves):
        fail(unwritten, form, lang)
    if form == "json":
        names = {"private": out.name, "public": public.name}
        echo_json({**names, "algorithm": algorithm.name, "key": mark})
    else:
        click.echo(_word("keys", lang, private=out, public=public, mark=mark))


def public_beside(private: Path) -> Path:
    """Where the public half of a key is kept."""
    return private.with_name(f"{private.name}.pub")


def _write_pair(paths: tuple[Path, Path], halves: tuple[bytes, bytes]) -> tuple[Problem, ...]:
    """Both halves, or neither."""
    if unwritten := write_new(paths[0], halves[0], PRIVATE):
        return unwritten
    if unwritten := write_new(paths[1], halves[1]):
        paths[0].unlink()
        return unwritten
    return ()


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="The private key.",
)
@form_options
def sign(file: Path, key: Path, form: str, lang: Language) -> None:
    """Sign a receipt or a bundle, FILE; the signature goes to FILE.sig beside it (签名).

    What is not sound is not signed.
    """
    try:
        content = read_bytes(file)
        if found := faults_of(file.name, content):
            fail(found, form, lang)
        signature = sign_bytes(content, key.name, read_bytes(key))
    except PolicyError as error:
        fail(error.problems, form, lang)
    beside = signature_beside(file)
    if unwritten := write_new(beside, signature_text(signature).encode()):
        fail(unwritten, form, lang)
    if form == "json":
        echo_json(
            {"file": beside.name, "algorithm": signature.algorithm, "key": signature.key,
             "content": signature.content}
        )  # fmt: skip
    else:
        told = _word("signed", lang, file=beside, algorithm=signature.algorithm, key=signature.key)
        click.echo(told)


def signature_beside(file: Path) -> Path:
    """Where the signature of a file is kept."""
    return file.with_name(f"{file.name}{SUFFIX}")


def is_bundle(content: bytes) -> bool:
    """Whether some bytes mean to be a bundle and not a receipt."""
    return content.startswith(b"PK")


def faults_of(file: str, content: bytes) -> tuple[Problem, ...]:
    """Why some bytes are neither a sound receipt nor a sound bundle."""
    return read_bundle(file, content)[1] if is_bundle(content) else read_receipt(file, content)[1]
