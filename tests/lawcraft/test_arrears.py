"""What was due month by month against what was paid: exact sums, each month by its own rules and facts."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from dibao_policy import Policy, PolicyError, PolicyText, Source, compile_policy
from dibao_policy.lawcraft.arrears import Arrears, arrears
from dibao_policy.lawcraft.claim import Change, Claim, read_claim
from dibao_policy.lawcraft.months import day_in, likely_month, months_from, read_month, stretches
from dibao_policy.problem import Problem, mend, message

RULES = """政策 示例县(example)
  依据 办法 = 《示例办法》
输入 成员.工资(wage): 元/月
  曾用名 月工资
输入 成员.出生日期(birth_date): 日期
参数 低保标准(standard): 元/人月
参数 儿童补贴(child_rate): 元/月
救助 家庭.低保金(benefit): 元/月
  金额 低保标准 × 人数(成员) − 合计(成员.工资)
  至少 0元/月
  依据 办法 第一条
分类施保 成员.儿童补助(child_supplement): 元/月
  就高
  类别 儿童: 周岁(出生日期) < 3岁 → 儿童补贴
  依据 办法 第二条
"""
VALUES = """低保标准:
  取值:
    - {自: 2023-01-01, 值: 600, 来源: {文件: 甲, 状态: 转载}}
    - {自: 2024-03-15, 值: 650, 来源: {文件: 乙, 状态: 转载}}
儿童补贴:
  取值:
    - {自: 2023-01-01, 值: 100.55, 来源: {文件: 甲, 状态: 转载}}
"""
CLAIM = """月份: {{自: {first}, 至: {last}}}
已发: {paid}
家庭:
  成员:
    - {{称呼: 户主, 工资: 200, 出生日期: 1980-06-15}}
    - {{称呼: 妻子, 工资: 0, 出生日期: 1982-02-01}}
{rest}"""


def policy(rules: str = RULES, values: str = VALUES) -> Policy:
    return compile_policy(
        PolicyText("example", (Source("r", rules),), (Source("v", values),)), lambda code: None
    )


POLICY = policy()


def read(text: str) -> Claim:
    claim, found = read_claim(Source("claim", text))
    assert claim is not None, found
    return claim


def told(
    paid: object, first: str = "2024-01", last: str = "2024-05", rest: str = "",
    of: Policy = POLICY,
) -> Arrears:  # fmt: skip
    return arrears(of, read(CLAIM.format(first=first, last=last, paid=paid, rest=rest)))


def refused(text: str, of: Policy = POLICY) -> list[Problem]:
    """Every problem of a claim: of its text, or of what it asks."""
    claim, found = read_claim(Source("claim", text))
    if claim is None:
        return list(found)
    with pytest.raises(PolicyError) as caught:
        arrears(of, claim)
    return list(caught.value.problems)


def one_refusal(paid: object = 1000, rest: str = "", first: str = "2024-01", of: Policy = POLICY) -> str:  # fmt: skip
    (problem,) = refused(CLAIM.format(first=first, last="2024-05", paid=paid, rest=rest), of)
    return f"{problem.code} {message(problem)}"


def due(result: Arrears) -> list[str]:
    return [str(month.due) for month in result.months]


# ── the rule of each month ────────────────────────────────────────────────


def test_a_rise_in_mid_month_counts_from_the_month_that_begins_under_it() -> None:
    result = told(1000)

    assert due(result) == ["1000", "1000", "1000", "1100", "1100"]
    assert [str(month.day) for month in result.months][2:4] == ["2024-03-01", "2024-04-01"]
    assert (result.underpaid, result.overpaid, result.net) == (200, 0, 200)


@pytest.mark.parametrize(
    ("decided", "march"), [("1", "1000"), ("14", "1000"), ("15", "1100"), ("月末", "1100")]
)
def test_the_day_of_decision_says_on_which_side_of_a_rise_a_month_lies(
    decided: str, march: str
) -> None:
    assert due(told(1000, rest=f"决定日: {decided}"))[2] == march


def test_a_backdated_rise_leaves_the_old_months_to_the_old_value() -> None:
    # The rise is announced late in May and holds from 1 March on.
    backdated = policy(values=VALUES.replace("2024-03-15", "2024-03-01"))
    result = told(1000, of=backdated)

    assert due(result) == ["1000", "1000", "1100", "1100", "1100"]
    assert [str(month.underpaid - month.overpaid) for month in result.months] == [
        "0",
        "0",
        "100",
        "100",
        "100",
    ]
    digests = [month.snapshot.digest for month in result.months]
    assert digests[0] == digests[1] != digests[2] == digests[4]
    assert result.net == 300


def test_a_correction_three_months_late_is_told_by_month_and_the_sums_are_exact() -> None:
    rest = "变动:\n  - {自: 2024-02, 成员: {户主: {工资: 333.33}}}\n"
    paid = "{2024-01: 1000, 2024-02: 1000, 2024-03: 1000, 2024-04: 800, 2024-05: 966.67}"
    result = told(paid, rest=rest)

    assert [month.compared[0].difference for month in result.months] == [
        0, Fraction("-133.33"), Fraction("-133.33"), Fraction("166.67"), 0,
    ]  # fmt: skip
    assert result.overpaid == Fraction("266.66")
    assert result.underpaid == Fraction("166.67")
    assert result.net == Fraction("-99.99")
    assert result.due - result.paid == result.net


@pytest.mark.parametrize(
    ("paid", "underpaid", "overpaid"),
    [("999.99", "0.01", "0"), ("1000", "0", "0"), ("1000.01", "0", "0.01")],
)
def test_one_fen_below_and_above_is_told(paid: str, underpaid: str, overpaid: str) -> None:
    result = told(paid, last="2024-01")

    assert (result.underpaid, result.overpaid) == (Fraction(underpaid), Fraction(overpaid))


def test_one_fen_each_way_is_not_netted_in_silence() -> None:
    result = told("{2024-01: 999.99, 2024-02: 1000.01}", last="2024-02")

    assert (result.underpaid, result.overpaid) == (Fraction(1, 100), Fraction(1, 100))
    assert result.net == 0


def test_sums_over_many_months_have_no_residue() -> None:
    result = told("0.01", first="2023-01", last="2024-03")

    assert (len(result.months), result.underpaid) == (15, Fraction("14999.85"))


# ── days and facts ────────────────────────────────────────────────────────


def test_a_month_without_that_day_is_decided_on_its_last() -> None:
    days = [str(month.day) for month in told(1000, rest="决定日: 31").months]
    assert days == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]
    days = [str(month.day) for month in told(1000, "2023-01", "2023-03", "决定日: 29").months]
    assert days == ["2023-01-29", "2023-02-28", "2023-03-29"]


@pytest.mark.parametrize(
    ("decided", "first_with_the_child"), [("1", "2024-03"), ("28", "2024-03"), ("29", "2024-02"), ("月末", "2024-02")]
)  # fmt: skip
def test_a_child_born_on_29_february_is_a_member_from_the_first_decision_on(
    decided: str, first_with_the_child: str
) -> None:
    rest = (
        f"决定日: {decided}\n变动:\n"
        "  - {自: 2024-02-29, 加入: [{称呼: 小宝, 工资: 0, 出生日期: 2024-02-29}]}\n"
    )
    result = told(1000, last="2024-03", rest=rest)
    with_child = [
        f"{month.month:%Y-%m}" for month in result.months if any(one.label == "小宝" for one in month.amounts)
    ]  # fmt: skip

    assert with_child[0] == first_with_the_child


def test_the_age_is_that_of_the_day_a_child_of_29_february_turns_three_on_1_march() -> None:
    rest = "变动:\n  - {自: 2023-01, 加入: [{称呼: 小宝, 工资: 0, 出生日期: 2020-02-29}]}\n"

    def child(text: str) -> list[str]:  # fmt: skip
        return [
            str(one.value) for month in told(0, "2023-02", "2023-03", text + rest).months
            for one in month.amounts if one.label == "小宝"
        ]  # fmt: skip

    assert child("") == ["2011/20", "0"]
    assert child("决定日: 月末\n") == ["2011/20", "0"]


def test_a_child_listed_before_its_birth_is_refused_and_not_paid_for() -> None:
    rest = "变动:\n  - {自: 2024-02, 加入: [{称呼: 小宝, 工资: 0, 出生日期: 2024-03-15}]}\n"
    assert one_refusal(rest=rest) == (
        "D7515 2024-02..2024-03 的情况不能据以决定（D5012）："
        "`成员[3].出生日期` 是 2024-03-15，在决定日期 2024-02-01 之后，算不出周岁"
    )


def test_changes_add_up_and_members_leave_and_come() -> None:
    rest = (
        "变动:\n"
        "  - {自: 2024-04, 离开: 妻子}\n"
        "  - {自: 2024-02, 成员: {户主: {wage: 300}, 妻子: {月工资: 50}}}\n"
        "  - {自: 2024-03, 成员: {妻子: {工资: 60}}, 加入: [{工资: 1, 出生日期: 1950-01-01}]}\n"
        "  - {自: 2024-05, 成员: {成员2: {工资: 2}}}\n"
    )
    assert due(told(1000, rest=rest)) == ["1000", "850", "1439", "999", "998"]


def test_a_change_may_bring_the_whole_list_of_members() -> None:
    rest = "变动:\n  - {自: 2024-05, 家庭: {成员: [{工资: 0, 出生日期: 1980-06-15}]}}\n"
    assert due(told(1000, rest=rest)) == ["1000", "1000", "1000", "1100", "650"]


def test_a_list_and_a_label_may_come_under_the_other_tongue_s_name() -> None:
    rest = (
        "变动:\n"
        "  - {自: 2024-02, 家庭: {members: [{label: 甲, wage: 100, birth_date: 1980-06-15}]}}\n"
        "  - {自: 2024-03, 成员: {甲: {称呼: 乙, 工资: 200}}}\n"
        "  - {自: 2024-04, 成员: {乙: {label: 丙, wage: 300}}}\n"
    )
    result = told(0, rest=rest)
    assert due(result) == ["1000", "500", "400", "350", "350"]
    assert [month.amounts[1].label for month in result.months] == ["户主", "甲", "乙", "丙", "丙"]


def test_a_value_may_be_given_instead_of_computed() -> None:
    rules = RULES.replace("− 合计(成员.工资)", "− 家庭收入").replace(
        "救助 ", "定义 家庭.家庭收入(income): 元/月 = 合计(成员.工资)\n  依据 办法 第三条\n救助 ", 1
    )
    claim = Claim(
        months=months_from(datetime.date(2024, 3, 1), datetime.date(2024, 4, 1)),
        paid={
            datetime.date(2024, 3, 1): {"": Fraction(0)},
            datetime.date(2024, 4, 1): {"": Fraction(0)},
        },
        household={"家庭收入": 500, "成员": [{"出生日期": "1980-06-15"}]},
        changes=(Change(datetime.date(2024, 4, 1), {"income": 640}),),
        assuming=("家庭收入",),
    )
    result = arrears(policy(rules), claim)
    assert due(result) == ["100", "10"]
    assert result.months[0].snapshot.digest.endswith("-assumed")


# ── what is summed ────────────────────────────────────────────────────────


def test_by_default_the_monthly_benefits_of_the_household_and_of_its_members_are_summed() -> None:
    rest = "变动:\n  - {自: 2024-01, 加入: [{称呼: 小宝, 工资: 0, 出生日期: 2023-12-31}]}\n"
    result = told(1000, last="2024-01", rest=rest)
    assert [(one.name, one.label, one.member) for one in result.months[0].amounts] == [
        ("低保金", "", None), ("儿童补助", "户主", 0), ("儿童补助", "妻子", 1), ("儿童补助", "小宝", 2),
    ]  # fmt: skip
    assert result.months[0].due == Fraction("1700.55")
    only = told(1000, last="2024-01", rest=rest + "结果: child_supplement\n")
    assert only.months[0].due == Fraction("100.55")


TOTAL = (
    RULES
    + "救助 家庭.合计金(total): 元/月\n  金额 低保金 + 合计(成员.儿童补助)\n  依据 办法 第三条\n"
)


def test_a_total_and_its_parts_are_not_added_in_silence() -> None:
    summed = policy(TOTAL)
    found = refused(CLAIM.format(first="2024-01", last="2024-05", paid=0, rest=""), summed)
    assert [(one.code, message(one)) for one in found] == [
        ("D7511", "`合计金` 是由 `低保金` 算出来的，一起相加可能算两次；要写明加哪几项"),
        ("D7511", "`合计金` 是由 `儿童补助` 算出来的，一起相加可能算两次；要写明加哪几项"),
    ]
    assert due(told(0, rest="结果: 合计金", of=summed)) == due(told(0))
    doubtful = told(0, rest="结果: [合计金, 低保金]", of=summed)
    assert [one.code for one in doubtful.warnings] == ["D7512"]
    assert due(doubtful)[0] == "2000"


def test_a_total_over_a_value_between_is_found_out_too() -> None:
    between = policy(
        RULES + "定义 家庭.小计(subtotal): 元/月 = 低保金 + 50元/月\n  依据 办法 第三条\n"
        "救助 家庭.合计金(total): 元/月\n  金额 小计 + 1元/月\n  依据 办法 第三条\n"
    )
    assert one_refusal(of=between).startswith("D7511 `合计金` 是由 `低保金` 算出来的")


def test_a_result_is_a_monthly_amount_of_the_policy() -> None:
    yearly = policy(
        RULES + "定义 家庭.年低保金(yearly): 元/年 = 低保金 × 12月/年\n  依据 办法 第三条\n"
    )
    assert one_refusal(rest="结果: 年低保金", of=yearly) == (
        "D7509 `年低保金` 的单位是 元/年，不是 元/月，不能与每月已发的金额相比"
    )
    (problem,) = refused(CLAIM.format(first="2024-01", last="2024-05", paid=0, rest="结果: 低保全"))
    assert (problem.code, mend(problem)) == ("D7508", "是不是 `低保金`？")


def test_a_policy_that_pays_nothing_by_the_month_says_so() -> None:
    once = policy(
        "政策 示例县(example)\n  依据 办法 = 《示例办法》\n"
        "输入 成员.工资(wage): 元/月\n输入 成员.出生日期(birth_date): 日期\n"
        "救助 家庭.一次补助(once): 元\n  金额 100元 × 人数(成员) ÷ 1人\n  依据 办法 第一条\n", ""
    )  # fmt: skip
    assert one_refusal(of=once) == "D7510 2024-01..2024-05 的规定里没有按月发的救助金"


def test_a_result_that_begins_later_is_no_zero_before() -> None:
    later = policy(RULES.replace("  就高\n", "  自 2024-03-01 起\n  就高\n"))
    assert one_refusal(rest="结果: [低保金, 儿童补助]", of=later) == (
        "D7514 2024-01..2024-02 的规定里没有 `儿童补助`"
    )
    # What was paid of it is not told as a second fault.
    by = "{低保金: 0, 儿童补助: 0}"
    assert one_refusal(by, "结果: [低保金, 儿童补助]", of=later).startswith("D7514")
    assert due(told(0, of=later)) == due(told(0))


def test_what_was_paid_of_each_result_is_held_against_that_result_and_not_netted() -> None:
    child = "变动:\n  - {自: 2024-01, 加入: [{称呼: 小宝, 工资: 0, 出生日期: 2023-12-31}]}\n"
    by = "{低保金: 1599.99, child_supplement: 100.56}"
    result = told(by, last="2024-01", rest=child)
    (january,) = result.months

    assert [(one.name, one.difference) for one in january.compared] == [
        ("低保金", Fraction(1, 100)),
        ("儿童补助", Fraction(-1, 100)),
    ]
    assert (result.due, result.paid, result.net) == (Fraction("1700.55"), Fraction("1700.55"), 0)
    assert (result.underpaid, result.overpaid) == (Fraction(1, 100), Fraction(1, 100))
    # Some months by result, others in one sum.
    mixed = told(f"{{2024-01: {by}, 2024-02: 1700.55}}", last="2024-02", rest=child)
    assert [len(month.compared) for month in mixed.months] == [2, 1]


@pytest.mark.parametrize(
    ("paid", "told_by"),
    [
        ("{低保金: 1000}", "`低保金`"),
        ("{低保金: 1000, 儿童补助: 0, 其他: 0}", "`低保金`、`儿童补助`、`其他`"),
        ("{低保金: 1000, benefit: 0}", "`低保金`、`benefit`"),
    ],
)
def test_amounts_by_result_are_those_of_all_results_asked_for(paid: str, told_by: str) -> None:
    assert one_refusal(paid) == (
        f"D7519 2024-01..2024-05 的已发金额是按 {told_by} 分开写的，而要比的是 `低保金`、`儿童补助`"
    )


# ── what is refused, all of it at once ────────────────────────────────────


def test_a_month_before_the_policy_is_a_problem_and_no_zero() -> None:
    assert one_refusal(first="2022-11").startswith("D7513 2022-11..2022-12 算不出应发多少：")


def test_a_month_after_the_policy_is_a_problem_too() -> None:
    ended = policy(RULES.replace("  依据 办法 = ", "  至 2024-03-31\n  依据 办法 = ", 1))
    assert one_refusal(of=ended).startswith("D7513 2024-04..2024-05 算不出应发多少：")


def test_every_fault_of_a_claim_is_told_at_once() -> None:
    text = (
        "月份: {自: 2022-12, 至: 2024-02}\n已发: 0\n结果: 低保全\n"
        "家庭: {成员: [{称呼: 户主, 工资: 0.001}]}\n"
        "变动:\n"
        "  - {自: 2024-02, 成员: {户生: {工资: 1}}}\n"
        "  - {自: 2024-03, 家庭: {成员: []}}\n"
        "  - {自: 2024-01}\n"
    )
    assert sorted(one.code for one in refused(text)) == [
        "D7508", "D7513", "D7516", "D7518", "D7518",
    ]  # fmt: skip
    facts = refused(
        text.split("变动")[0].replace("结果: 低保全\n", "").replace("2022-12", "2023-12")
    )
    assert [(one.code, one.months) for one in facts if hasattr(one, "months")] == [
        ("D7515", ("2023-12..2024-02",)),
        ("D7515", ("2023-12..2024-02",)),
    ]
    assert "D5006" in message(facts[0]) + message(facts[1])


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        ("{2024-01: 1, 2024-02: 1, 2024-05: 1}", "D7503 没有写 2024-03..2024-04 已发多少"),
        ("[{自: 2024-01, 至: 2024-05, 金额: 1}, {自: 2024-03, 金额: 1}]", "D7504 2024-03 的已发金额写了两次"),
        (
            "[{自: 2023-12, 至: 2024-06, 金额: 1}]",
            "D7505 2023-12、2024-06 有已发金额，却不在要算的 2024-01 至 2024-05 之内",
        ),
        ("-0.01", "D7506 已发金额不能是 -0.01：应当是不小于零、精确到分的元数"),
        ("0.005", "D7506 已发金额不能是 0.005：应当是不小于零、精确到分的元数"),
        ("50%", "D7506 已发金额不能是 50%：应当是不小于零、精确到分的元数"),
        ("3元/年", "D7506 已发金额不能是 3元/年：应当是不小于零、精确到分的元数"),
        ("{低保金: -1, 儿童补助: 0}", "D7506 已发金额不能是 -1：应当是不小于零、精确到分的元数"),
        ("{}", "D1507 `已发` 没有值"),
        ("1e3", "D1509 `1e3` 不是直接写出的数"),
        ("[{自: 2024-05, 至: 2024-01, 金额: 1}]", "D7502 最后一个月 2024-01 早于第一个月 2024-05"),
        ("{2024-13: 1}", "D7501 `2024-13` 不是月份"),
    ],
)  # fmt: skip
def test_what_was_paid_is_said_once_for_every_month(paid: str, words: str) -> None:
    assert one_refusal(paid) == words


@pytest.mark.parametrize(
    "paid", ["320元", "320元/月", "320.00", "[{自: 2024-01, 至: 2024-05, 金额: 320}]"]
)
def test_an_amount_may_carry_its_unit(paid: str) -> None:
    assert told(paid).paid == 1600


@pytest.mark.parametrize("decided", ["0", "32", "1.0", "中旬", "-1", "１日"])
def test_a_day_of_decision_is_a_day_of_a_month(decided: str) -> None:
    assert one_refusal(rest=f"决定日: {decided}").startswith("D7507 每月的决定日不能是 ")


def test_two_changes_from_one_day_on_have_no_order() -> None:
    rest = "变动:\n  - {自: 2024-02, 离开: 妻子}\n  - {自: 2024-02-01, 离开: 妻子}\n"
    assert one_refusal(rest=rest) == "D7517 自 2024-02-01 起的变动写了两次，分不清哪一个在后"


def test_a_member_is_named_without_doubt() -> None:
    rest = "变动:\n  - {自: 2024-02, 成员: {妻: {工资: 1}}}\n"
    assert one_refusal(rest=rest) == (
        "D7516 2024-02-01 的变动里写的成员 `妻`，当时家里没有或不止一个"
    )
    rest = "变动:\n  - {自: 2024-02, 离开: 户主}\n"
    twice = CLAIM.format(first="2024-01", last="2024-05", paid=0, rest=rest)
    twice = twice.replace("妻子", "户主")
    (problem,) = refused(twice)
    assert (problem.code, mend(problem)) == ("D7516", "当时的成员有：`户主`、`户主`")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["D1503", "D1503", "D1503"]),
        ("[]", ["D1504"]),
        ("月份: 2024-01\n已发: 0\n家庭: 1\n", ["D1504", "D1504"]),
        ("月份: {自: 2024.1, 至: 2024-02-01}\n已发: 0\n家庭: {成员: []}\n", ["D7501", "D7501"]),
        ("月份: {自: 2024-01, 至: 2024-01}\n已发: 0\n家庭: {}\n变动: 1\n", ["D1505", "D1507"]),
        ("月份: {自: 2024-01, 至: 2024-01}\n已发: 0\n家庭: {a: 1, a: 2}\n变更: []\n", ["D1501", "D5003"]),
        ("月份: {自: 2024-01, 至: 2024-01}\n已发: 0\n家庭: &a {a: 1}\n", ["D1522"]),
    ],
)  # fmt: skip
def test_a_text_that_is_no_claim_ends_in_problems(text: str, codes: list[str]) -> None:
    assert sorted(one.code for one in refused(text)) == codes


def test_former_names_of_facts_and_results_are_told_and_taken() -> None:
    renamed = policy(RULES.replace("  金额 低保标准", "  曾用名 低保补助\n  金额 低保标准"))
    claim = CLAIM.replace("工资: 200", "月工资: 200").format(
        first="2024-01", last="2024-05", paid=0, rest="结果: 低保补助"
    )
    result = arrears(renamed, read(claim))

    assert due(result) == ["1000", "1000", "1000", "1100", "1100"]
    assert [(one.code, message(one)) for one in result.warnings] == [
        ("D5011", "`成员[1].月工资` 用的是 `工资` 的曾用名"),
        ("D5011", "`低保补助` 用的是 `低保金` 的曾用名"),
    ]


def test_every_name_that_is_no_value_to_assume_is_told() -> None:
    rest = "假定: [家庭输入, 人均输入]"
    found = refused(CLAIM.format(first="2024-01", last="2024-05", paid=0, rest=rest))
    assert [one.code for one in found] == ["D7513", "D7513"]
    assert "家庭输入" in message(found[0]) and "人均输入" in message(found[1])


# Whole numbers of fen: a wage in each month, and what was paid in it.
FEN = st.integers(0, 150_000)


@given(st.lists(st.tuples(FEN, FEN), min_size=1, max_size=8))
def test_whatever_was_earned_and_paid_each_month_is_the_decision_of_its_day(
    months: list[tuple[int, int]],
) -> None:
    first = datetime.date(2023, 12, 1)
    days = months_from(first, datetime.date(2024, 7, 1))[: len(months)]
    adult = {"出生日期": "1980-06-15"}
    claim = Claim(
        months=days,
        paid={day: {"": Fraction(paid, 100)} for day, (_, paid) in zip(days, months, strict=True)},
        household={"成员": [{"称呼": "户主", "工资": "0", **adult}, {"工资": 0, **adult}]},
        changes=tuple(
            Change(day, members={"户主": {"工资": Fraction(wage, 100)}})
            for day, (wage, _) in zip(days, months, strict=True)
        ),
        results=("低保金",),
    )
    result = arrears(POLICY, claim)

    # Written out here once more: two persons at 600 yuan until March, at 650 from April on.
    due = [
        max(0, (120_000 if day < datetime.date(2024, 3, 15) else 130_000) - wage)
        for day, (wage, _) in zip(days, months, strict=True)
    ]
    differences = [one - paid for one, (_, paid) in zip(due, months, strict=True)]
    assert [month.due for month in result.months] == [Fraction(one, 100) for one in due]
    assert result.underpaid * 100 == sum(one for one in differences if one > 0)
    assert result.overpaid * 100 == -sum(one for one in differences if one < 0)
    assert result.net == result.due - result.paid


def test_a_claim_that_is_cut_off_anywhere_ends_in_problems() -> None:
    text = CLAIM.format(
        first="2024-01", last="2024-02", paid="{2024-01: 1, 2024-02: {低保金: 1, 儿童补助: 2}}",
        rest="变动:\n  - {自: 2024-02, 成员: {户主: {工资: 3}}, 离开: [妻子]}\n",
    )  # fmt: skip
    for end in range(len(text) - 1):
        claim, found = read_claim(Source("claim", text[:end]))
        assert (claim is None) == bool(found)
        if claim is not None:
            try:
                arrears(POLICY, claim)
            except PolicyError as error:
                assert error.problems


def test_english_keys_say_the_same() -> None:
    english = (
        "months: {since: 2024-01, until: 2024-05}\ndecision_day: last\nresults: [benefit]\n"
        "paid: [{since: 2024-01, until: 2024-05, amount: 1000}]\n"
        "household: {members: [{label: 户主, wage: 200, birth_date: 1980-06-15}]}\n"
        "changes:\n  - {since: 2024-02, household: {}, members: {户主: {wage: 1}}}\n"
    ).replace("household: {}, ", "")
    assert due(arrears(POLICY, read(english))) == ["400", "599", "649", "649", "649"]


def test_a_claim_made_in_python_is_held_to_the_same() -> None:
    household = {"成员": [{"工资": 0, "出生日期": "1980-06-15"}]}
    month = datetime.date(2024, 1, 1)
    with pytest.raises(PolicyError, match="D7503 没有写 2024-01 已发多少"):
        arrears(POLICY, Claim(months=(month,), paid={}, household=household))
    with pytest.raises(ValueError, match="one month"):
        arrears(POLICY, Claim(months=(), paid={}, household=household))


def test_months_are_read_counted_and_told() -> None:
    november, february = datetime.date(2023, 11, 1), datetime.date(2024, 2, 1)
    assert read_month("２０２３-１１") == november
    outside = ("2023-1", "2023-00", "2023-13", "1899-12", "2200-01")
    assert [read_month(text) for text in outside] == [None] * 5
    loose = ("2023年1月", "2023.1", "202301", "x")
    assert [likely_month(text) for text in loose] == ["2023-01", "2023-01", "2023-01", ""]
    assert len(months_from(november, february)) == 4
    assert stretches([february, november, datetime.date(2023, 12, 1)]) == ("2023-11..2023-12", "2024-02")  # fmt: skip
    assert day_in(february, 31) == datetime.date(2024, 2, 29)
