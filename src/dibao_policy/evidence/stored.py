"""Files to one zip without compression, and back; the same files give the same bytes, today and in ten years.

The layout is written here and not by a library: compressed bytes and the small print of a header differ from
one release of a library to the next, and a bundle has to be the same file to the byte for its signature to hold.
Any program that opens zips opens it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence

from dibao_policy.evidence.problems import NotABundle
from dibao_policy.problem import Problem

SIZE_LIMIT = 64_000_000
FILE_LIMIT = 5_000

Files = tuple[tuple[str, bytes], ...]
"""Files by name, in their order."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"

_VERSION = 20
_UNIX = 3 << 8
_UTF_8 = 0x0800
_STORED = 0
# The first day that a zip knows: when a file was last touched says nothing of a policy.
_TIME, _DAY = 0, 1 << 5 | 1
_REGULAR = 0o100644 << 16


def to_zip(files: Sequence[tuple[str, bytes]]) -> bytes:
    """One zip of some files, in the order given."""
    before: list[bytes] = []
    after: list[bytes] = []
    place = 0
    for name, content in files:
        named = name.encode("utf-8")
        middle = (
            _UTF_8,
            _STORED,
            _TIME,
            _DAY,
            zlib.crc32(content),
            len(content),
            len(content),
            len(named),
            0,
        )
        local = _LOCAL.pack(_LOCAL_MARK, _VERSION, *middle) + named + content
        after.append(
            _CENTRAL.pack(
                _CENTRAL_MARK, _UNIX | _VERSION, _VERSION, *middle, 0, 0, 0, _REGULAR, place
            )
            + named
        )
        before.append(local)
        place += len(local)
    central = b"".join(after)
    end = _END.pack(_END_MARK, 0, 0, len(files), len(files), len(central), place, 0)
    return b"".join((*before, central, end))


def from_zip(file: str, content: bytes) -> tuple[Files | None, tuple[Problem, ...]]:
    """The files of a zip that `to_zip` wrote; any other one is refused, whatever a zip program makes of it.

    Nothing is unpacked, so no zip is larger inside than outside, and what is read are the very bytes
    from which the file is made again and compared: two names for one content, a second list of files,
    anything before, between and after cannot hide.
    """
    if len(content) > SIZE_LIMIT:
        limit = SIZE_LIMIT // 1_000_000
        return None, (_not(file, f"超过 {limit} MB", f"it is longer than {limit} MB"),)
    files: list[tuple[str, bytes]] = []
    for part in _parts(file, content):
        if isinstance(part, Problem):
            return None, (part,)
        files.append(part)
        if len(files) > FILE_LIMIT:
            return None, (
                _not(file, f"超过 {FILE_LIMIT} 个文件", f"it has more than {FILE_LIMIT} files"),
            )
    if to_zip(files) != content:
        return None, (
            _not(file, "不是打包时写下的字节", "its bytes are not those that were written"),
        )
    return tuple(files), ()


def _parts(file: str, content: bytes) -> Iterator[tuple[str, bytes] | Problem]:
    """The files one after the other, up to the first fault."""
    place = 0
    if not content.startswith(_LOCAL_MARK):
        yield _not(file, "不是 zip 文件", "it is no zip file")
        return
    while content.startswith(_LOCAL_MARK, place):
        start = place + _LOCAL.size
        if start > len(content):
            yield _cut_short(file)
            return
        head = _LOCAL.unpack_from(content, place)
        method, size, length, extra = head[3], head[8], head[9], head[10]
        if method != _STORED:
            yield _not(file, "里面的文件压缩过", "the files in it are compressed")
            return
        place = start + length + extra + size
        if place > len(content):
            yield _cut_short(file)
            return
        named = content[start : start + length]
        try:
            yield named.decode("utf-8"), content[start + length + extra : place]
        except UnicodeDecodeError:
            yield _not(
                file, "里面的文件名不是 UTF-8 文字", "the name of a file in it is not UTF-8 text"
            )
            return


def _cut_short(file: str) -> Problem:
    return _not(file, "不完整", "it is cut short")


def _not(file: str, reason: str, reason_en: str) -> Problem:
    return NotABundle(file=file, reason=reason, reason_en=reason_en)
