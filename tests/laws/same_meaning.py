"""Edits of a policy's texts that can change no result, and no digest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import evolve, frozen

from dibao_policy import PolicyText, Source
from dibao_policy.core.ops import TABLE
from dibao_policy.syntax.arrange import arrange
from dibao_policy.syntax.format import format_source
from dibao_policy.syntax.scan import scan
from dibao_policy.syntax.spacing import Tongue
from dibao_policy.syntax.tokens import Token

from .edits import Place, places, with_source
from .texts import Folders


@frozen
class Rewritten:
    """The same policy in other words: what was done, where, and the texts."""

    kind: str
    place: str
    texts: Folders


# ── one thing at a time ───────────────────────────────────────────────────


def quiet_edits(texts: Folders) -> Iterator[Rewritten]:
    """One sentence, title, citation, label or line of a source changed."""
    for place in places(texts):
        if place.is_rules:
            yield from _rules(texts, place)
        else:
            yield from _values(texts, place)


def _rules(texts: Folders, place: Place) -> Iterator[Rewritten]:
    source = place.source

    def cut(kind: str, start: int, end: int, new: str) -> Rewritten:
        changed = source.text[:start] + new + source.text[end:]
        return Rewritten(kind, f"{source.name}:{start}", with_source(texts, place, changed))

    blocks, _ = arrange(source, scan(source)[0])
    for block in blocks:
        kind = block.keyword.type
        before = ""
        for token, after in zip(block.tokens, (*block.tokens[1:], None), strict=True):
            start, end = token.start_pos, token.end_pos
            following = after.type if after is not None else ""
            if token.type == "STRING" and before != "VERSION":
                yield cut(f"a text after {before}", start, end, '"另一句话"')
            elif token.type == "BOOK":
                yield cut("a title", start, end, "《另一份文件》")
            elif before == "CITE" and token.type == "WORD" and following == "WORD":
                assert after is not None
                yield cut("an article", after.start_pos, after.end_pos, "第九十九条")
            elif before == "CASE" and following == "COLON":
                yield cut("a case's label", start, end, token.value + "甲")
            elif kind == "PARAMETER" and token is block.tokens[-1]:
                last = _end_of_head(block.tokens)
                unit = _unit(block.tokens)
                if unit and not any(one.type == "RANGE" for one in block.tokens):
                    yield cut("a parameter's range", last, last, f" 范围 0{unit} .. 99999{unit}")
            before = token.type if token.type != "UNVERIFIED" else before
    lines = source.text.splitlines(keepends=True)
    at = 0
    for line in lines:
        words = line.split()
        if words and words[0] in ("依据", "说明", "曾用名") and "=" not in line:
            yield cut(f"without {words[0]}", at, at + len(line), "")
        elif words and words[0] == "依次" and _is_select(source.text, at):
            yield cut("without 依次", at, at + len(line), "")
        elif words and "  处理 " in line:
            yield cut(
                "a disposition", at, at + len(line), re.sub("处理 [^ \n]+", "处理 另办", line)
            )
        at += len(line)


def _end_of_head(tokens: tuple[Token, ...]) -> int:
    last = next(
        (i for i, one in enumerate(tokens) if one.type in ("NEWLINE", "RANGE")),
        len(tokens),
    )
    return int(tokens[last - 1].end_pos)


def _unit(tokens: tuple[Token, ...]) -> str:
    colon = next(i for i, one in enumerate(tokens) if one.type == "COLON")
    words = []
    for token in tokens[colon + 1 :]:
        if token.type not in ("WORD", "DIVIDE"):
            break
        words.append(token.value)
    unit = "".join(words)
    return "" if unit == "比例" else unit


def _is_select(text: str, at: int) -> bool:
    return text.rfind("\n择一 ", 0, at) > max(
        text.rfind("\n收入 ", 0, at), text.rfind("\n专项 ", 0, at)
    )


def _values(texts: Folders, place: Place) -> Iterator[Rewritten]:
    source = place.source
    for pattern, new in (
        (r"(?<=文件: )[^,}\n]+", "另一份文件"),
        (r"(?<=条款: )[^,}\n]+", "第九十九条"),
        (r"(?<=网址: )[^,}\n]+", "https://example.org/other"),
        (r"(?<=说明: )[^,}\n]+", "另一个说明"),
        (r"(?<=状态: )[^,}\n]+", "未核实"),
        (r"(?<=日期: )[^,}\n]+", "明载"),
        (r"(?<=理由: )[^,}\n]+", "另一个理由"),
        (r"(?<=确认至: )[0-9-]+", "2199-01-01"),
        (r"[ ]*确认至: [0-9-]+\n", ""),
    ):
        for found in re.finditer(pattern, source.text):
            changed = source.text[: found.start()] + new + source.text[found.end() :]
            yield Rewritten(
                f"{pattern} to {new}",
                f"{source.name}:{found.start()}",
                with_source(texts, place, changed),
            )


# ── all texts at once ─────────────────────────────────────────────────────


def rewritings(texts: Folders) -> Iterator[Rewritten]:
    """The whole policy written in another way."""
    for kind, rules, values in _WAYS:
        changed = {
            code: evolve(
                text,
                rules=tuple(Source(one.name, rules(one.text)) for one in text.rules),
                parameters=tuple(Source(one.name, values(one.text)) for one in text.parameters),
            )
            for code, text in texts.items()
        }
        yield Rewritten(kind, "", changed)
    yield Rewritten("other names of files", "", {c: _renamed(t) for c, t in texts.items()})
    yield Rewritten("one file", "", {c: _in_one_file(t) for c, t in texts.items()})


def _same(text: str) -> str:
    return text


def _comments(text: str) -> str:
    return "".join(f"{line}  # 注 {i}\n\n# 另注\n" for i, line in enumerate(text.splitlines()))


def _yaml_comments(text: str) -> str:
    return "".join(f"{line}  # 注 {i}\n# 另注\n" for i, line in enumerate(text.splitlines()))


def _outside(text: str, change: Callable[[str], str]) -> str:
    """Change what stands outside quotation marks, titles and comments."""
    parts = re.split(r'("[^"\n]*"|《[^》\n]*》|#[^\n]*)', text)
    return "".join(part if i % 2 else change(part) for i, part in enumerate(parts))


def _wide(text: str) -> str:
    table = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F) if chr(code) not in '"#'}
    return _outside(text, lambda part: part.translate(table))


def _narrow_signs(text: str) -> str:
    signs = {"×": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=", "→": "->", "，": ",", "：": ":"}
    return _outside(text, lambda part: part.translate({ord(a): b for a, b in signs.items()}))


def _deeper(text: str) -> str:
    return re.sub(r"^( +)", lambda found: found[1] * 3, text, flags=re.MULTILINE)


def _further_in(text: str) -> str:
    return re.sub(r"^( +)", r"\1   ", text, flags=re.MULTILINE)


def _spaced(text: str) -> str:
    return _outside(text, lambda part: re.sub(r"(?<=\S) +(?=\S)", " \t ", part))


def _percent_as_ratio(text: str) -> str:
    """`30%` as `0.300`, but in a procedure or a fund, where a share is a percentage."""
    return "".join(
        line
        if line.split()[:1] in (["步骤"], ["资金"])
        else re.sub(r"\b([0-9]{2})%", lambda found: f"0.{found[1]}0", line)
        for line in text.splitlines(keepends=True)
    )


def _formatted(language: Tongue | None) -> Callable[[str], str]:
    names = {form: (row.zh, row.en) for row in TABLE.values() for form in (row.zh, row.en) if form}

    def write(text: str) -> str:
        written, problems = format_source(Source("text", text), language, names)
        assert written is not None, problems
        return written

    return write


def _english_keys(text: str) -> str:
    keys = {
        "说明": "description", "跳变": "guard", "取值": "values", "自": "since", "至": "until", "值": "value",
        "来源": "source", "确认至": "confirmed_until", "理由": "reason", "文件": "document", "条款": "article",
        "网址": "address", "状态": "status", "日期": "date_basis",
    }  # fmt: skip
    return re.sub(
        r"(?<!\w)(" + "|".join(keys) + r"):(?=\s)", lambda found: f"{keys[found[1]]}:", text
    )


def _more_digits(text: str) -> str:
    return re.sub(r"(?<=: )([0-9]+)(?=[,}\n])", r"\1.00", text)


_WAYS: list[tuple[str, Callable[[str], str], Callable[[str], str]]] = [
    ("comments", _comments, _yaml_comments),
    ("full width", _wide, _same),
    ("signs of a keyboard", _narrow_signs, _same),
    ("deeper lines", _deeper, _further_in),
    ("spaces and tabs", _spaced, _same),
    ("lines ended as on Windows", lambda text: text.replace("\n", "\r\n"), _same),
    ("ratios", _percent_as_ratio, _percent_as_ratio),
    ("in order", _formatted(None), _same),
    ("Chinese keywords", _formatted("zh"), _same),
    ("English keywords", _formatted("en"), _english_keys),
    ("more digits", _same, _more_digits),
]


def _renamed(text: PolicyText) -> PolicyText:
    return evolve(
        text,
        rules=tuple(Source(f"z{99 - i}", one.text) for i, one in enumerate(text.rules)),
        parameters=tuple(Source(f"z{99 - i}", one.text) for i, one in enumerate(text.parameters)),
    )


def _in_one_file(text: PolicyText) -> PolicyText:
    def joined(sources: tuple[Source, ...]) -> tuple[Source, ...]:
        return (Source("all", "\n".join(one.text for one in sources)),) if sources else ()

    return evolve(text, rules=joined(text.rules), parameters=joined(text.parameters))
