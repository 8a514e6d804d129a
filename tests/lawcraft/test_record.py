"""A case's record against its procedure: late, missing, out of order, not signed, posted too short, not yet due."""

from __future__ import annotations

import datetime
import sys

import pytest

from dibao_policy import PolicyError, PolicyText, Source, compile_policy
from dibao_policy.core import ir
from dibao_policy.lawcraft.procedure import due_from_application
from dibao_policy.lawcraft.record import Entry, Examination, Record, examine_record
from dibao_policy.lawcraft.record_file import read_record
from dibao_policy.problem import message

RULES = """政策 示例县(example)
  依据 办法 = 《示例县低保办法》 文号 "示政发〔2020〕1号"
程序 审核(approval)
  步骤 受理  责任 街道  依据 办法 第一条
  步骤 调查  责任 街道, 社区  期限 10日  比例 30%  材料 调查表, 申请书  签字 调查人员, 申请人
    依据 办法 第六条
  步骤 公示  责任 社区  公示 7日
  步骤 审批  责任 民政局  期限 {limit}
  步骤 告知  责任 民政局  期限 3日
  依据 办法 第二条
程序 复核(review)
  步骤 意见  责任 街道  期限 5日  公示 7日
  步骤 决定  责任 民政局  期限 3日
  依据 办法 第三条
"""
# A case in which everything is as it should be, by the step.
SOUND = {
    "受理": "{办结: 2024-02-01, 责任: 街道}",
    "调查": "{办结: 2024-02-11, 责任: [红旗街道, 社区], 材料: [申请书, 调查表, 照片],"
    " 签字: [申请人, 调查人员], 比例: 30%}",
    "公示": "{责任: 社区, 公示: {自: 2024-02-12, 至: 2024-02-19}}",
    "审批": "{办结: 2024-02-24, 责任: 民政局}",
    "告知": "{办结: 2024-02-27, 责任: 县民政局}",
}


def procedure(limit: str = "5日", name: str = "审核") -> ir.Procedure:
    text = PolicyText("example", (Source("r", RULES.replace("{limit}", limit)),), ())
    return compile_policy(text, lambda code: None).on(datetime.date(2024, 2, 1)).procedure(name)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def examined(today: str = "2024-03-01", limit: str = "5日", **other: str | None) -> Examination:
    """The sound case with some steps recorded otherwise, or not at all."""
    steps = {**SOUND, **other}
    text = "申请: 2024-02-01\n步骤:\n" + "".join(
        f"  {name}: {entry}\n" for name, entry in steps.items() if entry is not None
    )
    text = text.removesuffix("\n") + " {}\n" if not any(steps.values()) else text
    record, found = read_record(Source("record", text))
    assert record is not None, found
    return examine_record(procedure(limit), record, day(today))


def findings(today: str = "2024-03-01", **other: str | None) -> list[str]:
    told = examined(today, **other)
    return [f"{one.problem.code} {message(one.problem)}" for one in told.findings]


def states(today: str, **other: str | None) -> list[str]:
    return [one.state for one in examined(today, **other).steps]


NOTHING_YET: dict[str, str | None] = dict.fromkeys(SOUND)


def test_a_sound_record_has_no_findings_and_every_step_has_its_days() -> None:
    told = examined()

    assert told.findings == ()
    assert [(str(one.begins), str(one.due), str(one.posted), str(one.ended)) for one in told.steps] == [
        ("2024-02-01", "None", "None", "2024-02-01"),
        ("2024-02-01", "2024-02-11", "None", "2024-02-11"),
        ("2024-02-11", "None", "2024-02-19", "2024-02-19"),
        ("2024-02-19", "2024-02-24", "None", "2024-02-24"),
        ("2024-02-24", "2024-02-27", "None", "2024-02-27"),
    ]  # fmt: skip


# ── days ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("done", "late"), [("2024-02-10", ""), ("2024-02-11", ""), ("2024-02-12", "1"), ("2024-02-13", "2")]
)  # fmt: skip
def test_a_step_is_late_from_the_day_after_its_last(done: str, late: str) -> None:
    found = findings(
        调查=SOUND["调查"].replace("2024-02-11", done),
        公示="{责任: 社区, 公示: {自: 2024-02-13, 至: 2024-02-20}}",
        审批="{办结: 2024-02-24, 责任: 民政局}",
    )
    expected = f"D7532 步骤 `调查` 应当在 2024-02-11 以前办结，{done} 才办结，迟了 {late} 日"
    assert found == ([expected] if late else [])


def test_the_article_stands_beside_each_finding() -> None:
    (finding,) = examined(公示="{责任: 社区, 公示: {自: 2024-02-12, 至: 2024-02-18}}").findings
    assert finding.step.name == "公示"
    assert [(one.number, one.article) for one in finding.citations] == [
        ("示政发〔2020〕1号", "第二条")
    ]


@pytest.mark.parametrize(
    ("today", "state", "found"),
    [
        ("2024-02-10", "未到期", []),
        ("2024-02-11", "未到期", []),
        (
            "2024-02-12",
            "逾期",
            ["D7533 步骤 `调查` 应当在 2024-02-11 以前办结，到 2024-02-12 还没有办结，已过 1 日"],
        ),
    ],
)
def test_what_is_not_done_is_overdue_from_the_day_after_its_last(
    today: str, state: str, found: list[str]
) -> None:
    so_far = {**NOTHING_YET, "受理": SOUND["受理"]}
    assert findings(today, **so_far) == found
    assert states(today, **so_far) == ["办结", state, "待前一步", "待前一步", "待前一步"]


def test_before_anything_is_done_the_first_step_waits_and_the_rest_has_no_days() -> None:
    assert states("2024-02-01", **NOTHING_YET) == ["未到期", *["待前一步"] * 4]
    assert findings("2024-12-31", **NOTHING_YET) == []


def test_the_time_of_a_step_runs_from_the_day_on_which_the_one_before_was_really_over() -> None:
    early = examined(
        调查=SOUND["调查"].replace("2024-02-11", "2024-02-05"),
        公示="{责任: 社区, 公示: {自: 2024-02-05, 至: 2024-02-12}}",
        审批="{办结: 2024-02-17, 责任: 民政局}",
        告知="{办结: 2024-02-20, 责任: 民政局}",
    )
    assert early.findings == ()
    assert [str(one.due) for one in early.steps][3:] == ["2024-02-17", "2024-02-20"]


def test_a_step_that_was_passed_by_is_missing_and_takes_no_time() -> None:
    assert findings(公示=None, 审批="{办结: 2024-02-17, 责任: 民政局}", 告知=None) == [
        "D7534 没有步骤 `公示` 的记录，后面的 `审批` 却已经办了",
        "D7532 步骤 `审批` 应当在 2024-02-16 以前办结，2024-02-17 才办结，迟了 1 日",
        "D7533 步骤 `告知` 应当在 2024-02-20 以前办结，到 2024-03-01 还没有办结，已过 10 日",
    ]
    assert states("2024-03-01", 公示=None)[2] == "缺"


def test_a_step_recorded_without_its_day_is_not_taken_for_done() -> None:
    assert findings(受理="{责任: 街道}") == [
        "D7547 步骤 `受理` 没有记办结的日期，后面的 `调查` 却已经办了"
    ]


def test_a_step_before_an_earlier_one_is_over_is_out_of_order() -> None:
    assert findings(审批="{办结: 2024-02-18, 责任: 民政局}", 告知="{办结: 2024-02-22, 责任: 民政局}") == [
        "D7535 步骤 `审批` 在 2024-02-18 办了，早于前一步 `公示` 结束的 2024-02-19"
    ]  # fmt: skip
    assert findings(公示="{责任: 社区, 公示: {自: 2024-02-10, 至: 2024-02-19}}") == [
        "D7535 步骤 `公示` 在 2024-02-10 办了，早于前一步 `调查` 结束的 2024-02-11"
    ]


def test_a_step_on_the_very_day_on_which_the_one_before_is_over_is_in_order() -> None:
    assert findings(公示="{责任: 社区, 公示: {自: 2024-02-11, 至: 2024-02-19}}") == []


def test_nothing_is_done_before_the_application_nor_after_today() -> None:
    assert findings(受理="{办结: 2024-01-31, 责任: 街道}") == [
        "D7536 步骤 `受理` 在 2024-01-31 办了，早于申请的 2024-02-01"
    ]
    assert findings("2024-02-26") == ["D7537 步骤 `告知` 记在 2024-02-27，而现在是 2024-02-26"]
    assert findings("2024-02-27") == []


# ── postings ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("until", "found"),
    [
        ("2024-02-18", ["D7542 步骤 `公示` 自 2024-02-12 公示到 2024-02-18，应当到 2024-02-19（7日）"]),
        ("2024-02-19", []),
        ("2024-02-20", []),
    ],
)  # fmt: skip
def test_a_posting_hangs_for_its_whole_time(until: str, found: list[str]) -> None:
    assert findings(公示=f"{{责任: 社区, 公示: {{自: 2024-02-12, 至: {until}}}}}") == found


def test_a_posting_that_was_too_short_takes_no_time_from_the_next_step() -> None:
    told = examined(公示="{责任: 社区, 公示: {自: 2024-02-12, 至: 2024-02-14}}")
    assert [one.problem.code for one in told.findings] == ["D7542"]
    assert (str(told.steps[2].ended), str(told.steps[3].due)) == ("2024-02-14", "2024-02-24")


def test_a_posting_of_seven_days_over_29_february_ends_on_the_calendar() -> None:
    so_far = {**NOTHING_YET, "受理": SOUND["受理"], "调查": SOUND["调查"]}
    told = examined("2024-02-28", **{**so_far, "公示": "{责任: 社区, 公示: {自: 2024-02-23}}"})
    assert (told.steps[2].state, str(told.steps[2].posted)) == ("公示中", "2024-03-01")
    assert told.findings == ()


def test_a_posting_that_is_full_and_has_no_end_in_the_record_is_told_and_goes_on() -> None:
    so_far = {**NOTHING_YET, "受理": SOUND["受理"], "调查": SOUND["调查"]}
    so_far["公示"] = "{责任: 社区, 公示: {自: 2024-02-12}}"
    assert findings("2024-02-19", **so_far) == []
    told = examined("2024-02-20", **so_far)
    assert [message(one.problem) for one in told.findings] == [
        "步骤 `公示` 自 2024-02-12 起的公示到 2024-02-19 已满，没有记哪天结束"
    ]
    assert (told.steps[2].state, str(told.steps[3].due)) == ("办结", "2024-02-24")


def test_a_step_that_was_not_posted_is_told_once_a_later_one_is_done() -> None:
    done = "{办结: 2024-02-12, 责任: 社区}"
    so_far = {**NOTHING_YET, "受理": SOUND["受理"], "调查": SOUND["调查"], "公示": done}
    assert findings("2024-02-20", **so_far) == []
    assert findings(公示=done, 审批="{办结: 2024-02-17, 责任: 民政局}", 告知="{办结: 2024-02-20, 责任: 民政局}") == [
        "D7543 没有步骤 `公示` 的公示记录，应当公示 7日"
    ]  # fmt: skip


def test_on_the_day_on_which_a_posting_is_full_it_is_over_and_one_that_hangs_longer_is_not() -> (
    None
):
    so_far = {**NOTHING_YET, "受理": SOUND["受理"], "调查": SOUND["调查"]}
    open_end = {**so_far, "公示": "{责任: 社区, 公示: {自: 2024-02-12}}"}
    assert [states(day, **open_end)[2] for day in ("2024-02-18", "2024-02-19")] == [
        "公示中",
        "办结",
    ]
    longer = {**so_far, "公示": "{责任: 社区, 公示: {自: 2024-02-12, 至: 2024-02-22}}"}
    assert [states(day, **longer)[2] for day in ("2024-02-21", "2024-02-22")] == ["公示中", "办结"]
    assert str(examined("2024-02-22", **longer).steps[3].due) == "2024-02-27"


def reviewed(today: str, opinion: Entry) -> Examination:
    """A case of the other procedure, whose first step has a limit and a posting."""
    record = Record(day("2024-02-01"), {"意见": opinion})
    return examine_record(procedure(name="复核"), record, day(today))


@pytest.mark.parametrize(("today", "codes"), [("2024-02-06", []), ("2024-02-07", ["D7533"])])
def test_a_step_is_not_done_because_it_is_posted(today: str, codes: list[str]) -> None:
    told = reviewed(today, Entry(posted_since=day("2024-02-03")))
    # Who did it is asked once it is done.
    assert [one.problem.code for one in told.findings] == codes


def test_a_step_with_a_limit_and_a_posting_is_over_when_both_are() -> None:
    street = ("街道",)
    posted = {"posted_since": day("2024-02-03"), "posted_until": day("2024-02-10")}
    early = reviewed("2024-02-29", Entry(done=day("2024-02-03"), responsible=street, **posted))
    late = reviewed("2024-02-29", Entry(done=day("2024-02-12"), responsible=street, **posted))
    assert [str(one.steps[0].ended) for one in (early, late)] == ["2024-02-10", "2024-02-12"]
    assert [[one.problem.code for one in told.findings] for told in (early, late)] == [
        ["D7533"],
        ["D7532", "D7533"],
    ]


def test_order_is_held_against_the_latest_of_all_earlier_steps() -> None:
    assert findings(
        调查=SOUND["调查"].replace("2024-02-11", "2024-02-20"),
        公示="{责任: 社区, 公示: {自: 2024-02-05, 至: 2024-02-12}}",
        审批="{办结: 2024-02-19, 责任: 民政局}",
        告知="{办结: 2024-02-20, 责任: 民政局}",
    )[1:] == [
        "D7535 步骤 `公示` 在 2024-02-05 办了，早于前一步 `调查` 结束的 2024-02-20",
        "D7535 步骤 `审批` 在 2024-02-19 办了，早于前一步 `调查` 结束的 2024-02-20",
    ]


@pytest.mark.parametrize("share", ["0%", "0", "1", "100%"])
def test_no_visits_and_all_of_them_are_shares(share: str) -> None:
    text = f"申请: 2024-02-01\n步骤: {{调查: {{办结: 2024-02-01, 比例: {share}}}}}\n"
    record, found = read_record(Source("record", text))
    assert record is not None, found
    assert record.entries["调查"].visited == int(share.startswith("1"))


# ── who, and what is in the file ──────────────────────────────────────────


@pytest.mark.parametrize(
    ("there", "not_there", "found"),
    [
        (
            "材料: [申请书, 调查表, 照片],",
            "材料: 申请书,",
            "D7538 步骤 `调查` 的卷宗里没有 `调查表`",
        ),
        ("材料: [申请书, 调查表, 照片],", "", "D7538 步骤 `调查` 的卷宗里没有 `调查表`、`申请书`"),
        ("[申请人, 调查人员]", "[调查人员]", "D7539 步骤 `调查` 没有 `申请人` 的签字"),
        (
            "[红旗街道, 社区]",
            "[红旗街道, 民政局]",
            "D7540 步骤 `调查` 由 民政局 办理，应当由 街道、社区 办理",
        ),
        (
            "责任: [红旗街道, 社区],",
            "",
            "D7541 步骤 `调查` 没有记由谁办理，应当由 街道、社区 办理",
        ),
        ("比例: 30%", "比例: 29.99%", "D7545 步骤 `调查` 入户 29.99%，应当不少于 30%"),
        (", 比例: 30%", "", "D7546 步骤 `调查` 没有记入户比例，应当不少于 30%"),
    ],
)
def test_what_a_step_asks_for_is_in_the_record(there: str, not_there: str, found: str) -> None:
    assert there in SOUND["调查"]
    assert findings(调查=SOUND["调查"].replace(there, not_there)) == [found]


def test_a_bare_day_says_when_a_step_was_done_and_nothing_more() -> None:
    assert findings(受理="2024-02-01") == ["D7541 步骤 `受理` 没有记由谁办理，应当由 街道 办理"]


# ── working days, texts ───────────────────────────────────────────────────


def test_working_days_are_those_of_the_official_calendar_or_of_ones_own() -> None:
    # The Spring Festival is off from 10 to 17 February 2024, and Sunday 18 February is worked.
    told = examined(
        limit="2个工作日",
        公示="{责任: 社区, 公示: {自: 2024-02-11, 至: 2024-02-18}}",
        审批="{办结: 2024-02-21, 责任: 民政局}",
        告知="{办结: 2024-02-22, 责任: 民政局}",
    )
    assert [message(one.problem) for one in told.findings] == [
        "步骤 `审批` 应当在 2024-02-20 以前办结，2024-02-21 才办结，迟了 1 日"
    ]
    own = examine_record(
        procedure("2个工作日"), told.record, day("2024-03-01"), lambda one: one.day % 2 == 1
    )
    assert str(own.steps[3].due) == "2024-02-21" and own.findings == ()


def test_calendar_days_need_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    assert findings() == []
    with pytest.raises(PolicyError, match="D2034"):
        examined(limit="2个工作日")


def test_a_step_that_the_procedure_does_not_have_is_refused_with_its_place() -> None:
    with pytest.raises(PolicyError) as caught:
        examined(公式="2024-02-03", 其他="2024-02-03")
    assert [message(one) for one in caught.value.problems] == [
        "程序 `审核` 没有叫 `公式` 的步骤",
        "程序 `审核` 没有叫 `其他` 的步骤",
    ]
    assert all(one.span is not None for one in caught.value.problems)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["D1503", "D1503"]),
        ("申请: 2024-2-1\n步骤: {受理: 二月一日}\n", ["D1511", "D1511"]),
        ("申请: 2024-02-01\n步骤: {受理: {办结: 2024-02-01, 比例: 30}}\n", ["D7531"]),
        ("申请: 2024-02-01\n步骤: {受理: {办结: 2024-02-01, 比例: -1%, 签名: 甲}}\n", ["D1501", "D7531"]),
        ("申请: 2024-02-01\n步骤: {公示: {公示: {自: 2024-02-09, 至: 2024-02-08}}}\n", ["D1515"]),
        ("申请: 2024-02-01\n步骤: {公示: {公示: {至: 2024-02-08}}, 公示: 2024-02-09}\n", ["D1502", "D1503"]),
        ("申请: 2024-02-01\n步骤: {受理: }\n", ["D1507"]),
    ],
)  # fmt: skip
def test_a_text_that_is_no_record_ends_in_problems(text: str, codes: list[str]) -> None:
    record, found = read_record(Source("record", text))
    assert record is None
    assert sorted(one.code for one in found) == codes


def test_a_record_that_is_cut_off_anywhere_ends_in_problems() -> None:
    text = "申请: 2024-02-01\n步骤:\n" + "".join(f"  {key}: {one}\n" for key, one in SOUND.items())
    asked = procedure()
    for end in range(len(text) - 1):
        record, found = read_record(Source("record", text[:end]))
        assert (record is None) == bool(found)
        if record is not None:
            try:
                examine_record(asked, record, day("2024-03-01"))
            except PolicyError as error:
                assert [one.code for one in error.problems] == ["D7530"]


def test_english_keys_say_the_same() -> None:
    english = (
        "applied: 2024-02-01\nnote: 一户\nsteps:\n"
        "  受理: {done: 2024-02-01, responsible: 街道}\n"
        "  调查: {done: 2024-02-11, responsible: 社区, documents: [申请书, 调查表],"
        " signed: [申请人, 调查人员], visited: 0.3, note: 全户}\n"
        "  公示: {responsible: 社区, posting: {since: 2024-02-12, until: 2024-02-19}}\n"
    )
    record, found = read_record(Source("record", english))
    assert record is not None and found == ()
    assert examine_record(procedure(), record, day("2024-02-24")).findings == ()
    assert record.note == "一户"


def test_a_record_made_in_python_is_examined_alike() -> None:
    record = Record(day("2024-02-01"), {"受理": Entry(done=day("2024-02-01"))})
    told = examine_record(procedure(), record, day("2024-02-12"))
    assert [one.problem.code for one in told.findings] == ["D7541", "D7533"]


def test_a_first_step_without_a_time_is_taken_for_done_on_the_day_of_the_application() -> None:
    counted = due_from_application(procedure(), day("2024-01-31"))
    assert [str(one.due or one.posted) for one in counted] == [
        "None", "2024-02-10", "2024-02-17", "2024-02-22", "2024-02-25",
    ]  # fmt: skip
