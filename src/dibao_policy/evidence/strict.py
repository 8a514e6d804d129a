"""The data of a text whose leaves are texts, and nothing else than its format has.

Every function takes a value and its path, enters what is wrong with it, and gives something of the right kind
back all the same, so that the next fault is found too; whoever calls looks at `found` before he uses any of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from dibao_policy.evidence.problems import (
    MissingKey,
    NotAsWritten,
    OtherFormat,
    RepeatedKey,
    UnknownKey,
    Unreadable,
    WrongForm,
)
from dibao_policy.evidence.receipt import is_writable
from dibao_policy.problem import Problem
from dibao_policy.text import nearest

SIZE_LIMIT = 16_000_000
FAULT_LIMIT = 50
_SHOWN = 40


@frozen
class Reading:
    """The reading of one file: what it is called, and what is wrong with it so far."""

    file: str
    found: list[Problem] = field(factory=list)

    @property
    def is_full(self) -> bool:
        """Whether there are so many faults that more would tell nothing: a hostile file can have millions."""
        return len(self.found) >= FAULT_LIMIT

    def document(self, content: bytes) -> Any:
        """The data of some bytes; None, and a problem, where there are none."""
        if len(content) > SIZE_LIMIT:
            limit = SIZE_LIMIT // 1_000_000
            return self._unreadable(f"超过 {limit} MB", f"it is longer than {limit} MB")
        try:
            return json.loads(
                content.decode("utf-8"),
                object_pairs_hook=self._object,
                parse_float=_Numeral,
                parse_int=_Numeral,
                parse_constant=_Numeral,
            )
        except UnicodeDecodeError:
            return self._unreadable("不是 UTF-8 文字", "it is not UTF-8 text")
        except json.JSONDecodeError as error:
            place = f"第 {error.lineno} 行第 {error.colno} 列不是 JSON"
            place_en = f"line {error.lineno} column {error.colno} is not JSON"
            return self._unreadable(place, place_en)
        except RecursionError:
            return self._unreadable("嵌套太深", "it is nested too deep")

    def _unreadable(self, reason: str, reason_en: str) -> None:
        self.found.append(Unreadable(file=self.file, reason=reason, reason_en=reason_en))

    def _object(self, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        for key, value in pairs:
            if key in known and not self.is_full:
                self.found.append(RepeatedKey(file=self.file, key=_short(key)))
            known[key] = value
        return known

    def is_of_format(self, value: Any, known: str) -> bool:
        """Whether a document is of a format: one of another one has other keys, which are no faults."""
        if not isinstance(value, Mapping):
            self._wrong(value, "全文", "一个对象", "an object")
            return False
        if "format" not in value:
            self.found.append(MissingKey(file=self.file, path="format"))
            return False
        found = self.text(value["format"], "format")
        if found and found != known:
            self.found.append(OtherFormat(file=self.file, found=_short(found), known=known))
        return found == known

    def mapping(self, value: Any, path: str, keys: Sequence[str]) -> Mapping[str, Any]:
        """An object with exactly these keys; of what is missing nothing more is said."""
        if not isinstance(value, Mapping):
            self._wrong(value, path, "一个对象", "an object")
            return dict.fromkeys(keys, _ABSENT)
        before = f"{path}." if path else ""
        for key in value:
            if key not in keys and not self.is_full:
                near = nearest(key, keys)
                self.found.append(
                    UnknownKey(file=self.file, path=f"{before}{_short(key)}", near=near)
                )
        for key in keys:
            if key not in value and not self.is_full:
                self.found.append(MissingKey(file=self.file, path=f"{before}{key}"))
        return {key: value.get(key, _ABSENT) for key in keys}

    def items(self, value: Any, path: str) -> Iterator[tuple[Any, str]]:
        """The items of a list, each with its path, `members[1]`; none after as many faults as are told."""
        if not isinstance(value, list):
            self._wrong(value, path, "一个列表", "a list")
            return
        for place, one in enumerate(value, 1):
            if self.is_full:
                return
            yield one, f"{path}[{place}]"

    def text(
        self,
        value: Any,
        path: str,
        pattern: re.Pattern[str] | None = None,
        wanted: tuple[str, str] = ("文字", "a text"),
    ) -> str:
        """A text, of a pattern where there is one; `wanted` says in both tongues what that is."""
        # A numeral is kept as a text of its own kind, and is none here.
        if type(value) is not str or not is_writable(value):
            self._wrong(value, path, *wanted)
            return ""
        if pattern is not None and not pattern.fullmatch(value):
            self._wrong(value, path, *wanted)
            return ""
        return value

    def one_of(self, value: Any, path: str, known: Sequence[str]) -> str:
        """One of some words."""
        quoted = [f"`{word}`" for word in known]
        words, words_en = "、".join(quoted), ", ".join(quoted)
        pattern = re.compile("|".join(map(re.escape, known)))
        return self.text(value, path, pattern, (f"{words} 之一", f"one of {words_en}"))

    def as_written(self, content: bytes, again: str) -> bool:
        """Whether some bytes are the text that is written of what they say, to the byte."""
        wanted = again.encode()
        if content == wanted:
            return True
        same = next(
            (i for i, (a, b) in enumerate(zip(content, wanted, strict=False)) if a != b),
            min(len(content), len(wanted)),
        )
        line = content.count(b"\n", 0, same) + 1
        self.found.append(NotAsWritten(file=self.file, line=str(line)))
        return False

    def _wrong(self, value: Any, path: str, wanted: str, wanted_en: str) -> None:
        # What is missing was told as missing.
        if value is _ABSENT or self.is_full:
            return
        found, found_en = _kind(value)
        self.found.append(
            WrongForm(
                file=self.file,
                path=path,
                wanted=wanted,
                wanted_en=wanted_en,
                found=found,
                found_en=found_en,
            )
        )


_ABSENT: Any = object()


class _Numeral(str):
    """A number as it is written: no leaf of any format is one, and none is ever made a float."""

    __slots__ = ()


def _kind(value: Any) -> tuple[str, str]:
    """What was found, in both tongues."""
    match value:
        case None:
            return "空值", "nothing"
        case bool():
            return "真假值", "true or false"
        case _Numeral():
            return f"数 `{_short(value)}`", f"the number `{_short(value)}`"
        case str() if not is_writable(value):
            return "不成文字的字符", "characters that are no text"
        case "":
            return "空的文字", "an empty text"
        case str():
            return f"`{_short(value)}`", f"`{_short(value)}`"
        case list():
            return "列表", "a list"
    return "对象", "an object"


def _short(text: str) -> str:
    return printable(text[:_SHOWN]) + ("…" if len(text) > _SHOWN else "")


def printable(text: str) -> str:
    """A text from outside as a terminal can show it: what moves the cursor or turns the line about is replaced."""
    return "".join(one if one.isprintable() else "�" for one in text)
