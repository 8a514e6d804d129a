"""What is not to the byte a receipt that was made is refused, with the reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings, strategies as st

from dibao_policy import Policy
from dibao_policy.evidence import read_receipt
from dibao_policy.evidence.read import receipt_schema
from dibao_policy.evidence.strict import FAULT_LIMIT, SIZE_LIMIT
from dibao_policy.evidence.written import canonical_digest, written
from dibao_policy.problem import mend, message

from .county import receipt_bytes

Edit = Callable[[Any], object]


def refused(content: bytes) -> list[tuple[str, str]]:
    receipt, problems = read_receipt("r.json", content)
    assert (receipt is None) == bool(problems)
    return [(one.code, message(one)) for one in problems]


def edited(policy: Policy, edit: Edit) -> bytes:
    """A receipt with its data edited by someone who knows how to make the digest anew."""
    data = json.loads(receipt_bytes(policy))
    data.pop("digest")
    edit(data)
    return written({**data, "digest": canonical_digest(data)}).encode()


ALONE = {"区县": "东区", "成员": [{"称呼": "户主", "出生日期": "1960-05-01"}]}


def test_a_byte_that_differs_anywhere_is_refused(policy: Policy) -> None:
    """Every place, with one of its bits turned over: a different one from place to place."""
    content = receipt_bytes(policy, ALONE)
    assert refused(content) == []
    for place in range(len(content)):
        touched = bytearray(content)
        touched[place] ^= 1 << place % 8
        assert refused(bytes(touched)), place


def test_a_byte_too_many_or_too_few_is_refused(policy: Policy) -> None:
    content = receipt_bytes(policy, ALONE)
    for place in (*range(0, len(content), 5), len(content) - 1):
        assert refused(content[:place] + content[place + 1 :]), place
        assert refused(content[:place] + b" " + content[place:]), place
        assert refused(content[:place] + content[place : place + 1] + content[place:]), place


def test_other_text_in_the_same_words_is_refused(policy: Policy) -> None:
    """Digests go by content: spaces, line ends and the order of keys are looked at besides."""
    content = receipt_bytes(policy)
    data = json.loads(content)
    loose = json.dumps(data, ensure_ascii=False).encode()
    name, code = '"name": "存款"', '"code": "savings"'
    swapped = content.replace(f"{name}, {code}".encode(), f"{code}, {name}".encode(), 1)
    escaped = content.replace("东区".encode(), b"\\u4e1c\\u533a", 1)
    windows = content.replace(b"\n", b"\r\n")
    told = "的写法不是出具时的写法，文件被动过"

    assert refused(loose) == [("D7608", f"`r.json` 第 1 行{told}")]
    assert refused(windows) == [("D7608", f"`r.json` 第 1 行{told}")]
    assert swapped != content
    assert refused(swapped) == [("D7608", f"`r.json` 第 9 行{told}")]
    assert refused(escaped) == [("D7608", f"`r.json` 第 8 行{told}")]
    assert refused(content.rstrip(b"\n"))[0][0] == "D7608"


OTHER_KEYS: list[tuple[Edit, str]] = [
    (lambda one: one.update(remark="x"), "D7604 `r.json` 里的 `remark` 不是这种格式的键"),
    (lambda one: one["policy"].update(a=""), "D7604 `r.json` 里的 `policy.a` 不是这种格式的键"),
    (lambda one: one.pop("format"), "D7605 `r.json` 里缺少 `format`"),
    (lambda one: one.pop("issued"), "D7605 `r.json` 里缺少 `issued`"),
    (lambda one: one["members"][1].pop("label"), "D7605 `r.json` 里缺少 `members[2].label`"),
    (lambda one: one["household"][0].pop("from"), "D7605 `r.json` 里缺少 `household[1].from`"),
    (
        lambda one: one.update(format="dibao-receipt/2"),
        "D7607 `r.json` 的格式写作 `dibao-receipt/2`，这里读的是 `dibao-receipt/1`",
    ),
]

OTHER_VALUES: list[tuple[Edit, str]] = [
    (lambda one: one.update(members={}), "`members` 要写一个列表，写的是对象"),
    (lambda one: one.update(results=["x"]), "`results[1]` 要写一个对象，写的是`x`"),
    (
        lambda one: one["household"][1].update(value=0),
        "`household[2].value` 要写不空的文字，写的是数 `0`",
    ),
    (
        lambda one: one["household"][1].update(value=""),
        "`household[2].value` 要写不空的文字，写的是空的文字",
    ),
    (
        lambda one: one["household"][1].update({"from": "guess"}),
        "`household[2].from` 要写`given`、`default`、`assumed` 之一，写的是`guess`",
    ),
    (
        lambda one: one.update(day="2024-02-30"),
        "`day` 要写日期 YYYY-MM-DD，写的是`2024-02-30`",
    ),
    (lambda one: one.update(issued="today"), "`issued` 要写空值或时间，写的是`today`"),
    (lambda one: one["policy"].update(version=None), "`policy.version` 要写文字，写的是空值"),
    (
        lambda one: one["engine"].update(package=True),
        "`engine.package` 要写不空的文字，写的是真假值",
    ),
    (
        lambda one: one["results"][0].update(value=[1]),
        "`results[1].value[1]` 要写不空的文字，写的是数 `1`",
    ),
    (
        lambda one: one["policy"].update(digest="F" * 16),
        "`policy.digest` 要写校验码，写的是`FFFFFFFFFFFFFFFF`",
    ),
]
CASES = OTHER_KEYS + [(edit, f"D7606 `r.json` 里的 {told}") for edit, told in OTHER_VALUES]


@pytest.mark.parametrize(("edit", "told"), CASES)
def test_each_departure_from_the_form_is_told(policy: Policy, edit: Edit, told: str) -> None:
    assert [f"{code} {said}" for code, said in refused(edited(policy, edit))] == [told]


def test_every_fault_is_told_at_once_and_a_near_key_is_proposed(policy: Policy) -> None:
    def edit(data: Any) -> None:
        data["engine"]["languages"] = data["engine"].pop("language")
        data["household"][0]["value"] = None

    _, problems = read_receipt("r.json", edited(policy, edit))

    assert [one.code for one in problems] == ["D7604", "D7605", "D7606"]
    assert mend(problems[0]) == "是不是 `language`？"


def test_a_key_that_stands_twice_is_refused(policy: Policy) -> None:
    content = receipt_bytes(policy).replace(b'"day":', b'"day": "2024-01-01",\n  "day":')

    assert refused(content) == [("D7603", "`r.json` 里同一处有两个 `day`")]


def test_a_changed_word_is_told_by_the_digest(policy: Policy) -> None:
    content = receipt_bytes(policy).replace(b'"700.5"', b'"600.5"')

    assert refused(content) == [("D7609", "`r.json` 的内容与它自己的摘要不符，内容被改过")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "第 1 行第 1 列不是 JSON"),
        (b"{", "第 1 行第 2 列不是 JSON"),
        (b"\xff\xfe", "不是 UTF-8 文字"),
        (b"\xef\xbb\xbf{}", "第 1 行第 1 列不是 JSON"),
        (b"[" * 100_000, "嵌套太深"),
        (b" " * (SIZE_LIMIT + 1), "超过 16 MB"),
    ],
    ids=["empty", "open", "bytes", "mark", "deep", "long"],
)
def test_what_is_no_data_at_all_is_told(content: bytes, told: str) -> None:
    assert refused(content) == [("D7602", f"读不了 `r.json`：{told}")]


@pytest.mark.parametrize("content", [b"[]", b"1", b'"x"', b"null", b"NaN", b"1e999", b"-0"])
def test_what_is_no_object_is_told(content: bytes) -> None:
    assert [code for code, _ in refused(content)] == ["D7606"]


def test_a_million_faults_are_told_as_fifty(policy: Policy) -> None:
    def edit(data: Any) -> None:
        data["parts"] = [{} for _ in range(10_000)]

    assert len(refused(edited(policy, edit))) == FAULT_LIMIT


def test_a_hostile_file_is_told_in_a_moment(policy: Policy) -> None:
    """Very many keys, unknown or repeated; a name of millions of characters that moves the cursor."""
    data = json.loads(receipt_bytes(policy))
    data["policy"] |= {f"versio{number}": "" for number in range(100_000)}

    assert len(refused(json.dumps(data).encode())) == FAULT_LIMIT
    data["results"] = [{}] * 100_000
    assert len(refused(json.dumps(data).encode())) == FAULT_LIMIT
    assert len(refused(b"{" + b'"a":1,' * 300_000 + b'"a":1}')) == FAULT_LIMIT
    assert refused(b'{"format": "' + b"\\u001b[2K" * 1_000_000 + b'"}') == [
        ("D7607", f"`r.json` 的格式写作 `{'�[2K' * 10}…`，这里读的是 `dibao-receipt/1`")
    ]


def test_numbers_are_never_read_as_binary_fractions(policy: Policy) -> None:
    content = receipt_bytes(policy).replace(b'"value": "700.5"', b'"value": 700.50')

    assert refused(content) == [
        ("D7606", "`r.json` 里的 `members[1].facts[1].value` 要写不空的文字，写的是数 `700.50`")
    ]


# ── the reader and the schema agree ───────────────────────────────────────

ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, 1.5, "", "x", "是", [], {}, ["x"], [""], "2024-03-01", "sha256:" + "0" * 64,
     "0" * 16, "given", "rule", "\u0000", "dibao-receipt/1"]
)  # fmt: skip


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a document with each of its keys."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = [(value, key) for key, _ in inner]
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, (dict, list)):
            found += places(one)
    return found


@given(st.data())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_what_the_reader_takes_the_schema_takes(policy: Policy, data: st.DataObject) -> None:
    document = json.loads(receipt_bytes(policy, ALONE))
    document.pop("digest")
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(document)))
        match data.draw(st.sampled_from(["replace", "remove", "add"])):
            case "replace":
                container[key] = data.draw(ODD)
            case "remove":
                del container[key]
            case "add" if isinstance(container, dict):
                container["more"] = data.draw(ODD)
            case _:
                container.append(data.draw(ODD))
        if not places(document):
            break
    content = {**document, "digest": "sha256:" + "0" * 64}
    _, problems = read_receipt("r", json.dumps(content).encode())
    structural = [one for one in problems if one.code not in ("D7608", "D7609")]
    valid = jsonschema.Draft202012Validator(receipt_schema()).is_valid(content)
    # The schema knows no calendar.
    calendar = any(getattr(one, "path", "") == "day" for one in structural)

    assert valid == (not structural) or (calendar and valid)
