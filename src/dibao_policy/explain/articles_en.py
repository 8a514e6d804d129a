"""Articles in English: `第四十五条第一款` is `article 45, paragraph 1`; the titles of documents stay as published."""

from __future__ import annotations

import re

from dibao_policy.core import ir
from dibao_policy.explain.names_en import quote

_DIGITS = "零一二三四五六七八九"
_PARTS = {
    "编": "book", "章": "chapter", "节": "section", "条": "article", "款": "paragraph", "项": "item",
    "目": "subitem", "部分": "part", "段": "passage",
}  # fmt: skip


def chinese_number(number: int) -> str:
    """A number from 1 to 999 as the articles of a law are counted: `十二`, `一百零五`."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


_NUMBERS = {chinese_number(number): number for number in range(1, 1000)}
_NUMBER = "[0-9]{1,4}|[零一二三四五六七八九十百]{1,8}"
_PART = re.compile(rf"第({_NUMBER})({'|'.join(_PARTS)})(?:之({_NUMBER}))?")
_BETWEEN = {"、": " and ", "和": " and ", "及": " and ", "，": " and ", "至": " to "}


def number_of(written: str) -> int | None:
    """The number that a text spells; None where it spells none."""
    return int(written) if written.isdecimal() and written.isascii() else _NUMBERS.get(written)


def article(written: str) -> str:
    """`article 45, paragraph 1`; what has another shape stays as it is, in quotation marks."""
    told, place = "", 0
    while place < len(written):
        found = _PART.match(written, place)
        if found is None:
            return quote(written)
        number, inserted = number_of(found[1]), number_of(found[3]) if found[3] else 0
        if number is None or inserted is None:
            return quote(written)
        told += f"{_PARTS[found[2]]} {number}" + (f"-{inserted}" if inserted else "")
        place = found.end()
        if place < len(written):
            joint = _BETWEEN.get(written[place], "")
            told, place = told + (joint or ", "), place + bool(joint)
            if place == len(written):
                return quote(written)
    return told


def citation(cited: ir.Cited) -> str:
    """`《条例》 article 7`, marked where no published source was found."""
    parts = [
        f"《{cited.document}》" if cited.document else "",
        f"({quote(cited.number)})" if cited.number else "",
        article(cited.article) if cited.article else "",
        "[not verified]" if cited.unverified else "",
        quote(cited.note) if cited.note else "",
    ]
    return " ".join(filter(None, parts))
