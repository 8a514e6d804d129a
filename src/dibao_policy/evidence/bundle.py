"""A policy with all that it inherits from, in one file with a manifest of digests.

Every rule and every parameter is in it byte for byte; cases and remarks beside them are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from attrs import field, frozen

from dibao_policy.evidence.problems import OtherFile, PolicyNotFound, RepeatedEntry, UnsafeEntry
from dibao_policy.evidence.stored import Files, from_zip, to_zip
from dibao_policy.evidence.strict import Reading, printable
from dibao_policy.evidence.written import content_digest, written
from dibao_policy.model.layers import PolicyText
from dibao_policy.model.problems import UnreadableFile
from dibao_policy.policy import Policy, compile_policy
from dibao_policy.problem import PolicyError, Problem
from dibao_policy.text import Source

FORMAT = "dibao-bundle/1"
MANIFEST = "manifest.json"

# A folder of a policy and, in it, what `dibao` reads; no way out, no drive, no hidden control character.
_CHARACTER = r"[^/\\:\x00-\x1f\x7f]"
_FOLDER = rf"(?!\.{{1,2}}(/|$)){_CHARACTER}+"
_CODE = re.compile(_FOLDER)
_PLACE = re.compile(rf"{_FOLDER}/({_CHARACTER}*\.dibao|parameters/{_CHARACTER}*\.y{_CHARACTER}*ml)")
_SHA256 = re.compile("sha256:[0-9a-f]{64}"), ("摘要 `sha256:…`", "a digest `sha256:…`")


@frozen
class Bundle:
    """The files of a policy and of all that it inherits from, under their places: `daqing/1_header.dibao`."""

    policy: str
    files: Files = field(repr=False)


def bundle_of(file: str, policy: str, files: Mapping[str, bytes]) -> Bundle:
    """The bundle of some files; `file` is what problems call it. Raises `PolicyError` for a place of no policy."""
    found = [UnsafeEntry(file=file, entry=place) for place in files if not _is_place(place)]
    if found:
        raise PolicyError(found)
    return Bundle(policy, tuple(sorted(files.items())))


def bundle_bytes(bundle: Bundle) -> bytes:
    """A bundle as the one file that is written of it."""
    return to_zip([(MANIFEST, _manifest(bundle).encode()), *bundle.files])


def _manifest(bundle: Bundle) -> str:
    files = [{"path": place, "digest": content_digest(content)} for place, content in bundle.files]
    return written({"format": FORMAT, "policy": bundle.policy, "files": files})


def read_bundle(file: str, content: bytes) -> tuple[Bundle | None, tuple[Problem, ...]]:
    """The bundle that some bytes are; `file` is what problems call them.

    What is no such zip, a place that is no policy's, a place twice, a file that the manifest does not name
    or names otherwise are problems.
    """
    files, found = from_zip(file, content)
    if files is None:
        return None, found
    found = _faults_of_places(file, files)
    if found:
        return None, found
    reading = Reading(f"{file}/{MANIFEST}")
    named = _read_manifest(reading, files[0][1] if files[0][0] == MANIFEST else b"")
    if named is None:
        return None, tuple(reading.found)
    policy, digests = named
    found = _faults_of_files(file, digests, dict(files[1:]))
    if found:
        return None, found
    bundle = Bundle(policy, files[1:])
    if not reading.as_written(files[0][1], _manifest(bundle)):
        return None, tuple(reading.found)
    return bundle, ()


def _faults_of_places(file: str, files: Files) -> tuple[Problem, ...]:
    counted = Counter(place for place, _ in files)
    repeated = [
        RepeatedEntry(file=file, entry=place) for place, many in counted.items() if many > 1
    ]
    unsafe = [
        UnsafeEntry(file=file, entry=printable(place))
        for place in counted
        if not (_is_place(place) or place == MANIFEST)
    ]
    return (*unsafe, *repeated)


def _is_place(place: str) -> bool:
    """Whether a place is one of a file of a policy."""
    return bool(_PLACE.fullmatch(place))


def _read_manifest(reading: Reading, content: bytes) -> tuple[str, dict[str, str]] | None:
    """The policy that a manifest names, and the digests of its files by place."""
    data = reading.document(content)
    if reading.found or not reading.is_of_format(data, FORMAT):
        return None
    fields = reading.mapping(data, "", ("format", "policy", "files"))
    policy = reading.text(fields["policy"], "policy", _CODE, ("政策的代码", "the code of a policy"))
    digests: dict[str, str] = {}
    for value, path in reading.items(fields["files"], "files"):
        one = reading.mapping(value, path, ("path", "digest"))
        place = reading.text(one["path"], f"{path}.path")
        digests[place] = reading.text(one["digest"], f"{path}.digest", *_SHA256)
    return None if reading.found else (policy, digests)


def _faults_of_files(
    file: str, digests: Mapping[str, str], files: Mapping[str, bytes]
) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for place in sorted({*digests, *files}):
        if place not in files:
            reason = "在清单里而不在包里", "is in the manifest and not in the bundle"
        elif place not in digests:
            reason = "在包里而不在清单里", "is in the bundle and not in the manifest"
        elif content_digest(files[place]) != digests[place]:
            reason = "与清单上的摘要不符", "does not have the digest that the manifest states"
        else:
            continue
        found.append(
            OtherFile(file=file, entry=printable(place), reason=reason[0], reason_en=reason[1])
        )
    return tuple(found)


# ── the policy in it ──────────────────────────────────────────────────────


def policy_in(file: str, bundle: Bundle, code: str = "") -> Policy:
    """The policy of a bundle, or another one in it by its code, compiled from the very bytes.

    Raises `PolicyError` with every problem.
    """
    texts, wanted = policy_texts(bundle), code or bundle.policy
    if wanted not in texts:
        raise PolicyError([PolicyNotFound(place=file, policy=printable(wanted))])
    return compile_policy(texts[wanted], texts.get)


def policy_texts(bundle: Bundle) -> dict[str, PolicyText]:
    """The texts of every policy in a bundle, as `dibao` reads them from folders. Raises `PolicyError`."""
    rules: dict[str, list[Source]] = {}
    values: dict[str, list[Source]] = {}
    found: list[Problem] = []
    for place, content in bundle.files:
        code, _, rest = place.partition("/")
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            reason, reason_en = "不是 UTF-8 文字", "it is not UTF-8 text"
            found.append(UnreadableFile(path=place, reason=reason, reason_en=reason_en))
            continue
        kept = values if rest.startswith("parameters/") else rules
        kept.setdefault(code, []).append(Source(place, text))
    if found:
        raise PolicyError(found)
    codes = tuple(sorted(rules))
    return {
        code: PolicyText(code, tuple(rules[code]), tuple(values.get(code, ())), codes)
        for code in codes
    }
