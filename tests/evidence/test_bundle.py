"""A bundle is the same bytes for the same files, and anything else is refused."""

from __future__ import annotations

import io
import json
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from dibao_policy import Policy, PolicyError, load
from dibao_policy.cli.bundle import packed_folder
from dibao_policy.cli.evidence_files import policy_files
from dibao_policy.evidence.bundle import (
    MANIFEST,
    Bundle,
    bundle_bytes,
    bundle_of,
    policy_in,
    read_bundle,
)
from dibao_policy.evidence.stored import FILE_LIMIT, SIZE_LIMIT, to_zip
from dibao_policy.evidence.written import content_digest
from dibao_policy.problem import message

from ..conftest import ROOT
from .county import DAY, FAMILY, FILES, write_policies


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return packed_folder("b.zip", write_policies(tmp_path_factory.mktemp("p")) / "county")[2]


def refused(content: bytes) -> list[tuple[str, str]]:
    bundle, problems = read_bundle("b.zip", content)
    assert (bundle is None) == bool(problems)
    return [(one.code, message(one)) for one in problems]


def test_it_holds_the_files_byte_for_byte_and_a_manifest(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
        found = {name: opened.read(name) for name in names}
        modes = {info.external_attr >> 16 for info in opened.infolist()}
    manifest = json.loads(found.pop(MANIFEST))

    assert names == [MANIFEST, *sorted(FILES)]
    assert found == {place: text.encode() for place, text in FILES.items()}
    assert modes == {0o100644}
    assert manifest == {
        "format": "dibao-bundle/1",
        "policy": "county",
        "files": [
            {"path": place, "digest": content_digest(FILES[place].encode())}
            for place in sorted(FILES)
        ],
    }


def test_the_same_files_give_the_same_bytes(content: bytes, tmp_path: Path) -> None:
    folder = write_policies(tmp_path)
    for place in FILES:
        os.utime(folder / place, (1_000_000_000, 1_000_000_000))
    (folder / "county" / "cases").mkdir()
    (folder / "county" / "cases" / "a.yaml").write_text("案例: []\n", "utf-8")
    (folder / "county" / "README.md").write_text("x", "utf-8")

    assert packed_folder("b.zip", folder / "county")[2] == content


def test_marks_and_line_ends_are_kept_and_mean_the_same(tmp_path: Path) -> None:
    folder = write_policies(tmp_path)
    place = folder / "county" / "细则.dibao"
    touched = b"\xef\xbb\xbf" + place.read_bytes().replace(b"\n", b"\r\n")
    place.write_bytes(touched)
    policy, packed, _ = packed_folder("b.zip", folder / "county")

    assert dict(packed.files)["county/细则.dibao"] == touched
    assert policy_in("b.zip", packed).on(DAY).digest == policy.on(DAY).digest


def test_it_decides_like_the_folder(policy: Policy, content: bytes) -> None:
    packed, _ = read_bundle("b.zip", content)
    assert packed is not None
    again = policy_in("b.zip", packed)

    assert again.on(DAY).digest == policy.on(DAY).digest
    assert again.on(DAY).decide(FAMILY)["低保金"] == policy.on(DAY).decide(FAMILY)["低保金"]
    assert policy_in("b.zip", packed, "province").name == "示例省"
    with pytest.raises(PolicyError, match="D7620"):
        policy_in("b.zip", packed, "country")


@pytest.mark.parametrize("code", ["daqing", "linkou", "textbook"])
def test_a_policy_of_the_library_goes_into_one_and_comes_out(code: str) -> None:
    policy, packed, content = packed_folder("b.zip", ROOT / "policies" / code)

    assert read_bundle("b.zip", content) == (packed, ())
    assert packed.policy == code == policy.code


def test_a_faulty_policy_is_not_packed(tmp_path: Path) -> None:
    folder = write_policies(tmp_path, fault=("继承 province", "继承 provinc"))
    with pytest.raises(PolicyError, match="provinc"):
        packed_folder("b.zip", folder / "county")


def test_a_file_that_changes_while_it_is_packed_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_policies(tmp_path) / "county"

    def changed(folder: Path) -> tuple[Policy, dict[str, bytes]]:
        policy, files = policy_files(folder)
        values = files["province/parameters/标准.yaml"]
        return policy, {**files, "province/parameters/标准.yaml": values.replace(b"500", b"501")}

    monkeypatch.setattr("dibao_policy.cli.bundle.policy_files", changed)
    with pytest.raises(PolicyError, match="D6001"):
        packed_folder("b.zip", folder)


# ── touched ───────────────────────────────────────────────────────────────


def test_a_byte_that_differs_anywhere_is_refused(content: bytes) -> None:
    assert refused(content) == []
    for place in range(len(content)):
        touched = bytearray(content)
        touched[place] ^= 1 << place % 8
        assert refused(bytes(touched)), place


def test_a_byte_too_many_or_too_few_anywhere_is_refused(content: bytes) -> None:
    for place in range(len(content)):
        assert refused(content[:place] + content[place + 1 :]), place
        assert refused(content[:place] + b"\0" + content[place:]), place
        assert refused(content[:place]), place
    assert refused(content + b"\0")


def test_a_bundle_of_many_policies_with_bytes_that_differ_is_refused() -> None:
    *_, content = packed_folder("b.zip", ROOT / "policies" / "daqing")
    draw = random.Random(7)
    for _ in range(300):
        touched = bytearray(content)
        for _ in range(draw.randint(1, 3)):
            touched[draw.randrange(len(content))] ^= draw.randint(1, 255)
        assert touched == content or refused(bytes(touched))


# ── hostile ───────────────────────────────────────────────────────────────


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as opened:
        for name, inner in files:
            opened.writestr(zipfile.ZipInfo(name), inner, method)
    return made.getvalue()


def manifest(**files: bytes) -> bytes:
    return bundle_bytes(Bundle("county", tuple(sorted(files.items()))))


@pytest.mark.parametrize(
    "entry",
    ["../county/a.dibao", "/etc/a.dibao", "county/../a.dibao", "./a.dibao", "../a.dibao",
     "county/../../a.dibao", "C:/a.dibao", "county\\a.dibao", "county/a.py", "county/x/a.dibao",
     "county/parameters/../a.yaml", "county/parameters/a.dibao", "county//a.dibao", "a.dibao",
     "county/", "county/a\0.dibao", "county/parameters", "", "manifest.json/a", "~/x/a.dibao"],
)  # fmt: skip
def test_a_place_outside_is_refused(entry: str) -> None:
    content = bundle_bytes(Bundle("county", ((entry, b"x"),)))
    shown = entry.replace("\0", "�")

    assert refused(content) == [("D7617", f"包 `b.zip` 里的 `{shown}` 不是政策文件的位置")]
    with pytest.raises(PolicyError, match="D7617"):
        bundle_of("b.zip", "county", {entry: b"x"})


def test_a_file_twice_is_refused() -> None:
    entry = "county/a.dibao"
    content = to_zip([(MANIFEST, b"{}"), (entry, b"x"), (entry, b"y")])

    assert refused(content) == [("D7618", f"包 `b.zip` 里有两个 `{entry}`")]
    assert [code for code, _ in refused(to_zip([(MANIFEST, b"{}"), (MANIFEST, b"{}")]))] == [
        "D7618"
    ]


NOT_A_BUNDLE: list[tuple[str, Callable[[], bytes], str]] = [
    ("text", lambda: b"PK", "不是 zip 文件"),
    ("empty", lambda: b"", "不是 zip 文件"),
    ("no files", lambda: zipped(), "不是 zip 文件"),
    ("bomb", lambda: zipped((MANIFEST, b"0" * 5_000_000), method=zipfile.ZIP_DEFLATED), "里面的文件压缩过"),
    ("other program", lambda: zipped((MANIFEST, b"{}")), "不是打包时写下的字节"),
    ("cut", lambda: zipped((MANIFEST, b"{}"))[:40], "不完整"),
    ("size", lambda: b"PK\x03\x04" + b"\0" * SIZE_LIMIT, "超过 64 MB"),
    ("many", lambda: to_zip([(f"a/{i}.dibao", b"") for i in range(FILE_LIMIT + 1)]), "超过 5000 个文件"),
    ("name", lambda: to_zip([("a", b"")]).replace(b"a", b"\xff"), "里面的文件名不是 UTF-8 文字"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "told"), [one[1:] for one in NOT_A_BUNDLE], ids=[one[0] for one in NOT_A_BUNDLE]
)
def test_what_is_no_such_zip_is_refused(make: Callable[[], bytes], told: str) -> None:
    assert refused(make()) == [("D7616", f"`b.zip` 不是打包的政策：{told}")]


def test_a_size_that_is_a_lie_is_refused(content: bytes) -> None:
    """A local header that claims four gigabytes, and a list of files at the end that tells another name."""
    huge = bytearray(content)
    struct.pack_into("<2I", huge, 18, 0xFFFFFFFF, 0xFFFFFFFF)
    end = content.rindex(b"county/", 0, content.rindex(b"PK\x05\x06"))
    renamed = content[:end] + b"evilly/" + content[end + 7 :]

    assert refused(bytes(huge)) == [("D7616", "`b.zip` 不是打包的政策：不完整")]
    assert refused(renamed) == [("D7616", "`b.zip` 不是打包的政策：不是打包时写下的字节")]


def test_something_before_or_between_is_refused(content: bytes) -> None:
    second = content.index(b"PK\x03\x04", 4)

    assert refused(b"#!/bin/sh\n" + content)
    assert refused(content[:second] + b"x" + content[second:])
    assert refused(content[:second] + content)


def test_the_manifest_has_to_be_there_and_to_name_every_file(content: bytes) -> None:
    packed, _ = read_bundle("b.zip", content)
    assert packed is not None
    files = packed.files
    first = bundle_bytes(Bundle("county", files[:1]))
    listed = read_files(first)[MANIFEST]
    other = ((files[0][0], files[0][1] + b"\n"), *files[1:])
    whole = read_files(content)[MANIFEST]

    assert refused(to_zip(files))[0][0] == "D7602"
    assert refused(to_zip([(MANIFEST, listed), *files])) == [
        ("D7619", f"包 `b.zip` 里的 `{place}` 在包里而不在清单里") for place, _ in files[1:]
    ]
    assert refused(to_zip([(MANIFEST, whole), *files[1:]])) == [
        ("D7619", f"包 `b.zip` 里的 `{files[0][0]}` 在清单里而不在包里")
    ]
    assert refused(to_zip([(MANIFEST, whole), *other])) == [
        ("D7619", f"包 `b.zip` 里的 `{files[0][0]}` 与清单上的摘要不符")
    ]
    assert refused(to_zip([(MANIFEST, whole + b" "), *files]))[0][0] == "D7608"
    assert refused(to_zip([*files, (MANIFEST, whole)]))[0][0] == "D7602"
    assert refused(to_zip([(MANIFEST, whole), *reversed(files)]))[0][0] == "D7608"


def read_files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"format": "dibao-bundle/2"}', "D7607"),
        (b'{"format": "dibao-bundle/1"}', "D7605"),
        (b'{"format": "dibao-bundle/1", "policy": "..", "files": []}', "D7606"),
        (b'{"format": "dibao-bundle/1", "policy": "a/b", "files": []}', "D7606"),
        (b'{"format": "dibao-bundle/1", "policy": "a", "files": [], "x": ""}', "D7604"),
        (b'{"format": "dibao-bundle/1", "policy": "a", "policy": "a", "files": []}', "D7603"),
        (b"\xff", "D7602"),
    ],
)
def test_a_manifest_of_another_form_is_refused(text: bytes, code: str) -> None:
    assert code in [found for found, _ in refused(to_zip([(MANIFEST, text)]))]


def test_a_bundle_without_its_policy_or_with_one_that_is_no_text() -> None:
    for files, code in (
        ((), "D7620"),
        ((("county/a.dibao", b"\xff"),), "D2023"),
        ((("county/parameters/a.yaml", b""),), "D7620"),
    ):
        packed, problems = read_bundle("b.zip", bundle_bytes(Bundle("county", files)))
        assert packed is not None, problems
        with pytest.raises(PolicyError, match=code):
            policy_in("b.zip", packed)


def test_a_policy_alone_stands_for_itself() -> None:
    policy = load(ROOT / "policies" / "national")
    _, packed, _ = packed_folder("b.zip", ROOT / "policies" / "national")

    assert {place.partition("/")[0] for place, _ in packed.files} == {"national"}
    assert (
        policy_in("b.zip", packed).passed.compiled[-1].digest == policy.passed.compiled[-1].digest
    )


def test_the_check_sums_are_those_of_zip() -> None:
    made = to_zip([("a/b.dibao", b"123456789")])

    assert struct.unpack_from("<I", made, 14) == (zlib.crc32(b"123456789"),) == (0xCBF43926,)
