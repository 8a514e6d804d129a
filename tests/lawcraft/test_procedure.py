"""By when each step is due: month ends, holidays, years without an announcement, days past the last one."""

from __future__ import annotations

import datetime
import sys

import pytest

from dibao_policy import PolicyError, PolicyText, Snapshot, Source, compile_policy
from dibao_policy.lawcraft.procedure import due_days
from dibao_policy.problem import message

RULES = """政策 示例县(example)
  依据 办法 = 《示例县低保办法》 文号 "示政发〔2020〕1号"
程序 审核(approval)
  步骤 受理  责任 街道  期限 即时  依据 办法 第一条
  步骤 调查  责任 街道, 社区  期限 {limit}  比例 100%  材料 调查表, 申请书  签字 调查人员
  步骤 公示  责任 社区  公示 7日
  依据 办法 第二条
  说明 "公示有异议的，重新调查。"
资金 低保资金(fund)  省 50%, 县 50%  专户  依据 办法 第三条
"""


def snapshot(limit: str = "10个工作日", day: str = "2024-01-01") -> Snapshot:
    text = PolicyText("example", (Source("r", RULES.replace("{limit}", limit)),), ())
    return compile_policy(text, lambda code: None).on(datetime.date.fromisoformat(day))


def due(limit: str, start: str) -> str:
    procedure = snapshot(limit).procedure("审核")
    return str(due_days(procedure, datetime.date.fromisoformat(start))[1].due)


def refusal(limit: str, start: str, after: str = "") -> tuple[str, str]:
    procedure = snapshot(limit).procedure("审核")
    with pytest.raises(PolicyError) as caught:
        due_days(procedure, datetime.date.fromisoformat(start), after=after)
    (problem,) = caught.value.problems
    return problem.code, message(problem)


@pytest.mark.parametrize(
    ("limit", "start", "last"),
    [
        ("1个月", "2024-01-30", "2024-02-29"),
        ("1个月", "2024-01-31", "2024-02-29"),
        ("1个月", "2024-02-29", "2024-03-29"),
        ("1个月", "2023-01-29", "2023-02-28"),
        ("1个月", "2024-12-31", "2025-01-31"),
        ("12个月", "2024-02-29", "2025-02-28"),
        ("48个月", "2024-02-29", "2028-02-29"),
        ("13个月", "2023-11-30", "2024-12-30"),
        ("1日", "2024-02-28", "2024-02-29"),
        ("30日", "2024-01-31", "2024-03-01"),
        ("366日", "2024-01-01", "2025-01-01"),
        ("即时", "2024-02-29", "2024-02-29"),
    ],
)
def test_months_and_days_end_where_the_calendar_has_them(limit: str, start: str, last: str) -> None:
    assert due(limit, start) == last


@pytest.mark.parametrize(
    ("start", "last"),
    [
        # The holidays are 1 to 7 October; 29 September and 12 October, a Sunday and a Saturday, are worked.
        ("2024-09-27", "2024-09-29"),
        ("2024-09-28", "2024-09-29"),
        ("2024-09-29", "2024-09-30"),
        ("2024-09-30", "2024-10-08"),
        ("2024-10-06", "2024-10-08"),
        ("2024-10-11", "2024-10-12"),
        ("2024-10-12", "2024-10-14"),
    ],
)
def test_a_working_day_is_one_of_the_official_calendar(start: str, last: str) -> None:
    assert due("1个工作日", start) == last


def test_the_days_of_every_working_day_limit_are_counted_one_by_one() -> None:
    from chinese_calendar import is_workday

    start = datetime.date(2024, 1, 29)
    for number in range(1, 40):
        last = datetime.date.fromisoformat(due(f"{number}个工作日", str(start)))
        between = (last - start).days
        days = [start + datetime.timedelta(days=i) for i in range(1, between + 1)]
        assert sum(map(is_workday, days)) == number and is_workday(last)


def test_a_year_without_an_announcement_is_an_error_in_words() -> None:
    assert refusal("10个工作日", "2003-06-01") == (
        "D2035",
        "没有 2003 年的节假日安排，算不出工作日",
    )
    assert refusal("10个工作日", "2199-06-01")[0] == "D2035"


def test_a_limit_in_days_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    # A module that is None in this table is one that cannot be imported.
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    assert due("7日", "2024-01-01") == "2024-01-08"
    code, words = refusal("7个工作日", "2024-01-01")
    assert code == "D2034"
    assert "pip install 'dibao-policy[calendar]'" in words


def test_a_calendar_of_ones_own_takes_the_place_of_the_official_one() -> None:
    procedure = snapshot("3个工作日").procedure("审核")
    first = datetime.date(2199, 1, 1)
    assert due_days(procedure, first, lambda day: day.day % 2 == 0)[1].due == datetime.date(
        2199, 1, 6
    )


@pytest.mark.parametrize(
    ("limit", "start", "last"),
    [("1日", "2199-12-30", "2199-12-31"), ("1个月", "2199-11-30", "2199-12-30")],
)
def test_a_limit_may_end_on_the_last_day_and_not_after_it(
    limit: str, start: str, last: str
) -> None:
    procedure = snapshot(limit).procedure("审核")
    begins = datetime.date.fromisoformat(start)
    with pytest.raises(PolicyError, match="D2036 步骤 `公示` 的期限在 2199-12-31 以后才到"):
        due_days(procedure, begins)
    later = begins + datetime.timedelta(days=33)
    if later.year == 2199:
        assert due_days(procedure, datetime.date(2199, 11, 20))[1].due is not None
    assert refusal("3660个月", "2000-01-01")[0] == "D2036"
    assert refusal("3660日", "2199-01-01")[0] == "D2036"


def test_a_procedure_ends_beyond_the_last_day_by_working_days_too() -> None:
    procedure = snapshot("3个工作日").procedure("审核")
    with pytest.raises(PolicyError, match="D2036 步骤 `调查`"):
        due_days(procedure, datetime.date(2199, 12, 29), lambda day: True)
    steps = due_days(procedure, datetime.date(2199, 12, 21), lambda day: True)
    assert [one.due for one in steps][1] == datetime.date(2199, 12, 24)
    assert steps[2].posted == datetime.date(2199, 12, 31)


def test_a_step_to_count_from_has_to_be_there() -> None:
    assert refusal("1日", "2024-01-01", after="受里") == (
        "D2037",
        "程序 `审核` 没有叫 `受里` 的步骤",
    )
    last = due_days(snapshot().procedure("审核"), datetime.date(2024, 1, 1), after="公示")
    assert last == ()


def test_the_day_of_the_policy_carries_what_it_states() -> None:
    here = snapshot()
    approval = here.procedure("approval")
    assert here.procedures == (approval,)
    assert approval is here.procedure("审核")
    step = approval.steps[1]
    assert (step.responsible, step.documents, step.signed, step.visited) == (
        ("街道", "社区"),
        ("调查表", "申请书"),
        ("调查人员",),
        1,
    )
    # A step without an article of its own rests on those of the whole.
    assert [one.citations[0].article for one in approval.steps] == ["第一条", "第二条", "第二条"]
    assert step.citations[0].number == "示政发〔2020〕1号"
    assert here.fund("fund").dedicated and here.funds[0].citations[0].article == "第三条"
    with pytest.raises(KeyError, match="no procedure called 审合 on 2024-01-01; perhaps 审核"):
        here.procedure("审合")
    with pytest.raises(KeyError, match="no fund called 低保金 on 2024-01-01; perhaps 低保资金"):
        here.fund("低保金")
