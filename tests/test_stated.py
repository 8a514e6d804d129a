"""Procedures, funds, properties and findings beside the rules: they have days, and change no result."""

from __future__ import annotations

import datetime

import pytest

from dibao_policy import Policy, PolicyText, Source, compile_policy
from dibao_policy.compile import run_passes
from dibao_policy.problem import message

RULES = """政策 示例县(example)
输入 家庭.收入合计(income): 元/月
救助 家庭.低保金(benefit): 元/月
  金额 500元/月 − 收入合计
  至少 0元/月
"""
STATED = """程序 审核(approval)
  步骤 公示  责任 社区  公示 7日
  自 2021-01-01 至 2021-12-31
程序 审核(approval)
  步骤 公示  责任 社区  公示 5日
  自 2022-07-01 起
资金 低保资金(fund)  省 50%, 县 50%
  自 2023-01-01 起
性质 不为负: 低保金 ≥ 0元/月
"""
FINDING = "核查 家庭.没有收入(none): 收入合计 = 0元/月   处理 核对\n"


def policy(rules: str) -> Policy:
    return compile_policy(PolicyText("example", (Source("r", rules),), ()), lambda code: None)


def problems(rules: str) -> list[tuple[str, str]]:
    text = PolicyText("example", (Source("r", rules),), ())
    return [(one.code, message(one)) for one in run_passes(text, lambda code: None).problems]


@pytest.mark.parametrize(
    ("day", "posting", "funds"),
    [
        ("2020-12-31", None, 0),
        ("2021-01-01", 7, 0),
        ("2021-12-31", 7, 0),
        ("2022-01-01", None, 0),
        ("2022-06-30", None, 0),
        ("2022-07-01", 5, 0),
        ("2022-12-31", 5, 0),
        ("2023-01-01", 5, 1),
        ("2199-12-31", 5, 1),
    ],
)
def test_each_day_has_what_is_in_force_on_it(day: str, posting: int | None, funds: int) -> None:
    snapshot = policy(RULES + STATED).on(datetime.date.fromisoformat(day))
    shown = [one.steps[0].posting.number for one in snapshot.procedures if one.steps[0].posting]
    assert shown == ([] if posting is None else [posting])
    assert len(snapshot.funds) == funds


def test_what_changes_no_result_changes_no_digest_and_no_first_day() -> None:
    plain, stated = policy(RULES), policy(RULES + STATED)
    for day in (datetime.date(1900, 1, 1), datetime.date(2021, 6, 1), datetime.date(2024, 1, 1)):
        assert stated.on(day).digest == plain.on(day).digest
        assert stated.on(day).facts({"收入合计": 100, "成员": [{}]}) == plain.on(day).facts(
            {"收入合计": 100, "成员": [{}]}
        )
        assert stated.on(day).decide({"收入合计": 100, "成员": [{}]})["低保金"] == 400


def test_a_finding_is_a_value_of_its_own_beside_the_same_results() -> None:
    day = datetime.date(2024, 1, 1)
    plain, with_finding = policy(RULES).on(day), policy(RULES + FINDING).on(day)
    for income, found in (("0", True), ("0.01", False)):
        given = {"收入合计": income, "成员": [{}]}
        assert with_finding.decide(given)["没有收入"] is found
        assert with_finding.decide(given)["低保金"] == plain.decide(given)["低保金"]
        assert [one.rule.name for one in with_finding.explain(given).findings] == (
            ["没有收入"] if found else []
        )


def test_one_finding_may_use_another() -> None:
    more = "核查 家庭.没有收入而有钱(both): 没有收入 且 低保金 > 0元/月   处理 核对\n"
    assert problems(RULES + FINDING + more) == []


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("程序 审核(a)\n  步骤 公示 责任 社区\n程序 审核(a)\n  步骤 公示 责任 社区\n",
         [("D2002", "`审核` 已经有一处声明")]),
        ("程序 审核(a)\n  步骤 公示 责任 社区\n  至 2020-12-31\n"
         "程序 审核(b)\n  步骤 公示 责任 社区\n  自 2021-01-01 起\n",
         [("D2022", "`审核` 的两处规定类型不同：`审核(a)` 与 `审核(b)`")]),
        ("程序 低保金(a)\n  步骤 公示 责任 社区\n", [("D2002", "`低保金` 已经有一处声明")]),
        ("资金 审核 省 100%\n程序 审核\n  步骤 公示 责任 社区\n  自 2021-01-01 起\n",
         [("D2002", "`审核` 已经有一处声明")]),
        ("性质 甲: 低保金 ≥ 0元/月\n性质 甲: 低保金 ≥ 0元/月\n", [("D2002", "`甲` 已经有一处声明")]),
        ("资金 甲 省 33.3%, 市 33.3%, 县 33.3%\n",
         [("D2031", "`甲` 各方的比例合计是 99.9%，与 100% 相差 0.1%")]),
        ("资金 甲 省 60%, 县 60%\n",
         [("D2031", "`甲` 各方的比例合计是 120%，与 100% 相差 20%")]),
        # One mistake gives one problem: a share that cannot be read is not missing from the sum as well.
        ("资金 甲 省 50, 县 50%\n", [("D1028", "`50` 不是大于 0、不超过 100% 的比例")]),
        ("资金 甲 省 0%, 县 100%\n", [("D1028", "`0%` 不是大于 0、不超过 100% 的比例")]),
        ("程序 甲\n  步骤 公示 责任 社区 公示 1个月\n",
         [("D2032", "步骤 `公示` 的公示要以日计，这里写的是 `1个月`")]),
        ("程序 甲\n  步骤 公示 责任 社区 公示 即时\n",
         [("D1001", "这里不能是 `即时`")]),
        ("程序 甲\n  步骤 公示 责任 社区 依据 办法 第一条\n",
         [("D2006", "`办法` 没有在 `政策` 块里列为依据文件")]),
        ("性质 甲: 收入 增加 ⇒ 低保金 不增加\n", [("D2001", "没有叫 `收入` 的事项")]),
        ("性质 甲: 收入合计 增加 ⇒ 低保 不增加\n", [("D2001", "没有叫 `低保` 的事项")]),
        ("性质 甲: 低保金\n", [("D3002", "`性质` 需要 `是否`，这里是 `元/月`")]),
    ],
)  # fmt: skip
def test_a_fault_of_what_is_stated_is_told_once(
    added: str, expected: list[tuple[str, str]]
) -> None:
    assert problems(RULES + added) == expected


def test_a_warning_does_not_stand_in_the_way() -> None:
    rules = RULES + "程序 甲\n  步骤 公示 公示 7日\n"
    assert problems(rules) == [("D2033", "步骤 `公示` 没有写明由谁负责")]
    assert policy(rules).on(datetime.date(2024, 1, 1)).procedure("甲").steps[0].responsible == ()
