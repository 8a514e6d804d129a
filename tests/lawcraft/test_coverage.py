"""What the cases of a policy put to use: conditions seen both ways, categories, versions, dated values."""

from __future__ import annotations

import html
import re
from fractions import Fraction
from typing import Any

from dibao_policy.lawcraft.coverage import Item, coverage
from dibao_policy.lawcraft.coverage_page import coverage_html, missing_text, totals_text
from dibao_policy.text import position

from .exercises import RULES, case, passed

POLICY = passed()


def household(
    income: object = 0, district: str = "东区", born: str = "1990-01-01"
) -> dict[str, Any]:
    return {"区县": district, "收入额": income, "成员": [{"出生日期": born}]}


def seen(*exercises: Any) -> dict[tuple[str, str, str], Item]:
    assert POLICY.lowered is not None
    found = coverage(POLICY.lowered, "example", exercises)
    # The same text may stand in two versions of a rule.
    return {(one.kind, f"{one.name} {position(one.span)[0]}", one.text): one for one in found}


def whole(items: dict[tuple[str, str, str], Item]) -> set[tuple[str, str, str]]:
    return {key for key, one in items.items() if not one.missing}


def test_what_there_is_to_see() -> None:
    items = seen()

    assert [" ".join(key) for key in items] == [
        "version 人口 9 自始",
        "version 低保 11 自始",
        "condition 低保·收入 12 收入额 < 标准[区县] × 人口",
        "version 低保金 14 自始，至 2021-06-30",
        "condition 低保金 15 低保",
        "version 低保金 21 自 2021-07-01 起",
        "condition 低保金 22 低保",
        "version 增发 27 自始",
        "condition 增发·高龄 29 周岁(出生日期) ≥ 老人年龄",
        "condition 增发·八十 30 周岁(出生日期) ≥ 80岁",
        "condition 增发·八十 30 低保",
        "value 标准[东区] 3 自 2020-01-01 起",
        "value 标准[西区] 3 自 2020-01-01 起",
        "value 标准[东区] 4 自 2021-01-01 起",
        "value 标准[西区] 4 自 2021-01-01 起",
        "value 老人年龄 7 自 2020-01-01 起",
    ]
    assert whole(items) == set()


def test_a_condition_is_seen_where_it_came_out_both_ways() -> None:
    yes = case(POLICY, "2021-08-01", household(499), {("低保", None): True})
    no = case(POLICY, "2021-08-01", household(500), {("低保", None): False})
    key = ("condition", "低保·收入 12", "收入额 < 标准[区县] × 人口")

    assert seen(yes)[key].missing == {"否"}
    assert seen(no)[key].missing == {"是"}
    assert not seen(yes, no)[key].missing


def test_a_version_and_a_value_are_seen_on_their_days_alone() -> None:
    one = case(POLICY, "2021-08-01", household(100), {("低保金", None): Fraction(40_000)})
    found = whole(seen(one))

    assert {key for key in found if key[0] == "value"} == {
        ("value", "标准[东区] 4", "自 2021-01-01 起"),
        ("value", "老人年龄 7", "自 2020-01-01 起"),
    }
    assert ("version", "低保金 21", "自 2021-07-01 起") in found
    assert ("version", "低保金 14", "自始，至 2021-06-30") not in found


def test_what_a_branch_that_is_not_taken_would_look_up_is_not_seen() -> None:
    # Above the line no benefit is computed; the one value looked up is that of the line itself.
    one = case(POLICY, "2020-08-01", household(900, "西区"), {("低保金", None): Fraction(0)})

    assert ("value", "标准[西区] 3", "自 2020-01-01 起") in whole(seen(one))
    assert not any(key[1].startswith("标准[东区]") for key in whole(seen(one)))


def test_a_case_that_gives_a_value_sees_what_is_computed_from_it() -> None:
    given = household() | {"低保": True, "成员": [{"出生日期": "1941-08-01"}]}
    one = case(POLICY, "2021-08-01", given, {("增发", 0): Fraction(10_000)}, "低保")
    items = seen(one)

    assert items["condition", "增发·八十 30", "低保"].missing == {"否"}
    assert items["condition", "低保·收入 12", "收入额 < 标准[区县] × 人口"].missing == {"是", "否"}
    assert items["version", "低保 11", "自始"].missing == {"用到"}
    assert not items["version", "增发 27", "自始"].missing


def test_what_is_missing_is_told_with_its_place() -> None:
    yes = case(POLICY, "2021-08-01", household(499), {("低保", None): True})
    assert POLICY.lowered is not None
    items = coverage(POLICY.lowered, "example", [yes])

    assert totals_text(items) == "条件 0/6  情形 0/0  规定 4/5  数值 2/5"
    told = [missing_text(one) for one in items if one.missing]
    assert told[:3] == [
        "规则:12  条件 低保·收入：收入额 < 标准[区县] × 人口  没有见过 否",
        "规则:14  规定 低保金：自始，至 2021-06-30  没有用到",
        "规则:15  条件 低保金：低保  没有见过 否、是",
    ]


def test_the_page_shows_every_text_whole_and_colors_the_smallest_thing() -> None:
    yes = case(POLICY, "2021-08-01", household(499), {("低保", None): True})
    assert POLICY.lowered is not None
    page = coverage_html("甲 <县>", coverage(POLICY.lowered, "example", [yes]))

    assert "<h1>甲 &lt;县&gt;</h1>" in page
    body = page.split("<h2>规则</h2>\n<pre>")[1].split("</pre>")[0]
    lines = body.split('<span class="line">')[1:]
    texts = [html.unescape(re.sub("<[^>]*>", "", line)) for line in lines]
    assert texts == RULES.split("\n")
    assert '<span class="some" title="规则:12' in lines[11]
    assert '<span class="none"' in lines[13]
    assert '<span class="all">增发(supplement)</span>' in lines[26]
