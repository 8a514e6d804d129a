"""Characters that look alike: what a clerk's eye, or a stranger's trick, may take for each other."""

from __future__ import annotations

import unicodedata

# Han characters of the same outline; the first of each group stands for all.
_HAN = (
    "入人", "己已巳", "未末", "土士", "日曰", "千干", "戊戌戍", "天夭", "刀刁力", "治冶", "侯候", "口囗",
    "帐账", "拨拔", "免兔", "候侯", "赢嬴羸", "辨辩", "贝见", "住往", "大太犬", "折拆", "今令", "师帅",
)  # fmt: skip
_LETTERS = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ѕ": "s", "ј": "j",
    "ԁ": "d", "һ": "h", "ԛ": "q", "ԝ": "w", "α": "a", "ο": "o", "ν": "v", "ι": "i", "ρ": "p", "υ": "u",
    "κ": "k", "τ": "t", "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P",
    "С": "C", "Т": "T", "Х": "X", "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K",
    "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X", "1": "l", "I": "l", "0": "O",
    "〇": "O", "ー": "一", "丨": "l",
}  # fmt: skip
_SAME = {ord(other): group[0] for group in _HAN for other in group[1:]} | {
    ord(letter): latin for letter, latin in _LETTERS.items()
}


def outline(name: str) -> str:
    """What a name looks like: two names with one outline cannot be told apart."""
    return unicodedata.normalize("NFKC", name).translate(_SAME)


def differing(first: str, second: str) -> str:
    """The pairs of characters in which two names differ, `人/入`, with code points where they print alike."""
    pairs = [(a, b) for a, b in zip(first, second, strict=False) if a != b]
    return (
        ", ".join(
            f"{a}/{b}"
            if all("一" <= c <= "龥" for c in (a, b))
            else f"{a} U+{ord(a):04X}/{b} U+{ord(b):04X}"
            for a, b in pairs
        )
        or f"{first}/{second}"
    )
