"""A receipt is the same where the policy decides the same, and else it is told what differs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import dibao_policy
from dibao_policy import Policy, PolicyError
from dibao_policy.evidence import Receipt, Verdict, receipt_of, verify_receipt
from dibao_policy.evidence.receipt import Input
from dibao_policy.problem import one_line

from .county import DAY, FAMILY, county, receipt


def told(verdict: Verdict) -> Iterator[str]:
    """All that a verdict says, a line each."""
    yield "same" if verdict.same else "different"
    for part in verdict.parts:
        yield f"{part.kind} {part.name} {part.change}"
    for kind, found in (("input", verdict.inputs), ("result", verdict.results)):
        for one in found:
            whose = "" if one.member is None else f"[{one.member}]"
            yield f"{kind} {one.name}{whose}: {one.recorded} → {one.found}"
    yield from (one_line(problem) for problem in verdict.refused)


def against(made: Receipt, folder: Path, before: str, after: str) -> list[str]:
    """What is told of a receipt under the policy with one text replaced by another."""
    return list(told(verify_receipt(made, county(folder, change=(before, after)))))


def test_the_same_policy_decides_the_same(policy: Policy) -> None:
    assert list(told(verify_receipt(receipt(policy), policy))) == ["same"]


def test_another_engine_is_a_note_and_no_difference(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = receipt(policy)
    monkeypatch.setattr(dibao_policy, "__version__", "9.9.9")
    monkeypatch.setattr("dibao_policy.evidence.engine.LANGUAGE_VERSION", "7.0")
    verdict = verify_receipt(made, policy)

    assert verdict.same and verdict.other_engine
    assert (verdict.engine.package, verdict.engine.language) == ("9.9.9", "7.0")
    assert made.engine.package != "9.9.9"


def test_another_version_text_is_a_note_and_no_difference(policy: Policy, tmp_path: Path) -> None:
    verdict = verify_receipt(receipt(policy), county(tmp_path, v=('版本 "1.0"', '版本 "1.1"')))

    assert verdict.same and verdict.other_words
    assert not verify_receipt(receipt(policy), policy).other_words


def test_a_comment_and_another_source_are_no_difference(policy: Policy, tmp_path: Path) -> None:
    made = receipt(policy)

    assert against(made, tmp_path / "a", "救助 家庭", "# 说明\n救助 家庭") == ["same"]
    assert against(made, tmp_path / "b", "关于低保标准的通知", "另一份通知") == ["same"]


def test_another_value_of_a_parameter_is_named_with_the_results(
    policy: Policy, tmp_path: Path
) -> None:
    made = receipt(policy)

    assert against(made, tmp_path, "东区: 500", "东区: 500.01") == [
        "different",
        "parameter 低保标准 changed",
        "result 低保金: 299.5 → 299.53",
    ]


def test_another_value_that_this_family_does_not_meet_is_a_difference_too(
    policy: Policy, tmp_path: Path
) -> None:
    assert against(receipt(policy), tmp_path, "西区: 450", "西区: 460") == [
        "different",
        "parameter 低保标准 changed",
    ]


def test_a_value_from_another_day_on_is_no_difference(policy: Policy, tmp_path: Path) -> None:
    later = """来源: {文件: 关于低保标准的通知, 状态: 原文}
    - 自: 2024-03-02
      值: {东区: 600, 西区: 550}
      来源: {文件: 后来的通知, 状态: 原文}"""

    assert against(
        receipt(policy), tmp_path, "来源: {文件: 关于低保标准的通知, 状态: 原文}", later
    ) == ["same"]


def test_another_rule_is_named_with_the_results(policy: Policy, tmp_path: Path) -> None:
    """Sixty years and eight months before: at the line, a month below, a month above."""
    made = receipt(policy)

    assert against(made, tmp_path / "a", "≥ 60岁", "≥ 63岁") == [
        "different",
        "rule 年满六十 changed",
    ]
    assert against(made, tmp_path / "b", "≥ 60岁", "≥ 64岁") == [
        "different",
        "rule 年满六十 changed",
        "result 年满六十[0]: 是 → 否",
    ]


def test_rules_that_came_and_went_are_named(policy: Policy, tmp_path: Path) -> None:
    made = receipt(policy)
    renamed = against(made, tmp_path, "年满六十(sixty)", "老年(sixty)")

    assert renamed == [
        "different",
        "rule 年满六十 gone",
        "rule 老年 new",
        "result 年满六十[0]: 是 → None",
        "result 年满六十[1]: 否 → None",
        "result 年满六十[2]: 否 → None",
        "result 老年[0]: None → 是",
        "result 老年[1]: None → 否",
        "result 老年[2]: None → 否",
    ]


def test_a_default_is_left_to_the_policy(policy: Policy, tmp_path: Path) -> None:
    assert against(receipt(policy), tmp_path, "元  默认 0元\n", "元  默认 1元\n") == [
        "different",
        "fact 存款 changed",
        "input 存款: 0 → 1",
    ]


def test_a_fact_that_is_missing_now_refuses_the_decision(policy: Policy, tmp_path: Path) -> None:
    assert against(receipt(policy), tmp_path, "元  默认 0元\n", "元\n") == [
        "different",
        "fact 存款 changed",
        "D5001 缺少 `存款`，无法计算 `低保`",
    ]


def test_an_assumed_value_that_is_gone_refuses_the_decision(policy: Policy, tmp_path: Path) -> None:
    snapshot = policy.on(DAY).assuming("年满六十")
    made = receipt_of(snapshot, {"区县": "东区", "成员": [{"年满六十": "是"}]})

    assert against(made, tmp_path, "年满六十(sixty)", "老年(over_sixty)") == [
        "different",
        "D3029 要假定的 `年满六十` 不是政策在这一天算出来的值",
    ]


def test_a_day_that_the_policy_does_not_cover_is_no_verdict(policy: Policy, tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="2024-04-01"):
        against(receipt(policy), tmp_path, "自: 2020-01-01", "自: 2024-04-01")


# ── receipts that say otherwise, by someone who makes the digest anew ─────


def input_edited(made: Receipt, place: int, **changes: str) -> Receipt:
    facts: list[Input] = list(made.household)
    facts[place] = evolve(facts[place], **changes)
    return evolve(made, household=tuple(facts))


def test_a_result_that_was_written_over_does_not_come_out(policy: Policy) -> None:
    made = receipt(policy)
    results = tuple(
        evolve(one, value="300.5") if one.name == "低保金" else one for one in made.results
    )

    assert list(told(verify_receipt(evolve(made, results=results), policy))) == [
        "different",
        "result 低保金: 300.5 → 299.5",
    ]


def test_a_fact_that_was_written_over_gives_other_results(policy: Policy) -> None:
    made = receipt(policy)

    assert list(told(verify_receipt(input_edited(made, 0, value="西区"), policy))) == [
        "different",
        "result 低保金: 299.5 → 149.5",
    ]


@pytest.mark.parametrize(
    ("place", "changes", "expected"),
    [
        (0, {"origin": "default"}, ["D5001 缺少 `区县`，无法计算 `低保`"]),
        (1, {"origin": "given"}, []),
        (1, {"value": "1"}, ["input 存款: 1 → 0"]),
        (1, {"origin": "given", "value": "0.00"}, ["input 存款: 0.00 → 0"]),
        (
            1,
            {"origin": "given", "value": "1e3"},
            ["D5004 `存款` 应当是以 元 计的数，收到的是 `1e3`"],
        ),
        (1, {"code": "money"}, ["input 存款: 0 元 money default → 0 元 savings default"]),
        (1, {"type": "元/月"}, ["input 存款: 0 元/月 savings default → 0 元 savings default"]),
        (1, {"name": "区县"}, ["input 区县: 0 → None", "input 存款: None → 0"]),
    ],
)
def test_a_fact_that_was_touched_shows(
    policy: Policy, place: int, changes: dict[str, str], expected: list[str]
) -> None:
    lines = list(told(verify_receipt(input_edited(receipt(policy), place, **changes), policy)))

    # A default that someone says was given decides the same: only a signature tells.
    assert lines == ["different" if expected else "same", *expected]


@pytest.mark.parametrize("field", ["household", "members", "results", "parts"])
def test_entries_in_another_order_are_a_difference(policy: Policy, field: str) -> None:
    made = receipt(policy)
    turned: Any = tuple(reversed(getattr(made, field)))

    assert not verify_receipt(evolve(made, **{field: turned}), policy).same


def test_a_digest_that_was_written_over_is_a_difference(policy: Policy) -> None:
    made = receipt(policy)
    for changed in ({"digest": "0" * 16}, {"content": "sha256:" + "0" * 64}):
        other = evolve(made, policy=evolve(made.policy, **changed))
        assert not verify_receipt(other, policy).same


def test_a_fraction_is_read_only_where_one_was_assumed(policy: Policy) -> None:
    snapshot = policy.on(DAY).assuming("人均收入")
    person = {"出生日期": "1990-10-01"}
    made = receipt_of(snapshot, {"区县": "东区", "人均收入": "400", "成员": [person]})
    places = [one.name for one in made.household]
    third = input_edited(made, places.index("人均收入"), value="1/3")
    nothing = input_edited(made, places.index("人均收入"), value="1/0")
    slip = input_edited(receipt(policy), 1, origin="given", value="1/3")

    long = input_edited(made, places.index("人均收入"), value="9" * 9999 + "/1")

    for one in (third, nothing, slip, long):
        assert not verify_receipt(one, policy).same
    assert receipt(policy, FAMILY).assumed == ()
