"""An outside law with its own cases: every expected value, to the last digit.

A value that a case gives or lists as resolved, and that our rules would compute, is assumed for that case.
"""

from __future__ import annotations

import datetime
import functools
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from dibao_policy import check_folder, load
from dibao_policy.policy import Policy, Snapshot

from ..conftest import ROOT

FOLDER = ROOT / "tests" / "conformance" / "japan"

WORDS: dict[Any, str] = {
    "親": "父母", "子": "子女", "祖父母": "其他亲属",
    "四級": "其他级", "三級": "三级", "二級": "二级", "一級": "一级", "無": "无",
    "妊娠6ヵ月未満": "不满六个月", "妊娠6ヵ月以上": "六个月以上", "産後6ヵ月以内": "产后六个月内",
    "現罹患者": "现患", "元罹患者": "曾患", "A": "甲级", "B": "乙级",
    "全日制課程": "全日制", "定時制課程": "定时制", "通信制課程": "函授制", "専攻科": "专攻科",
}  # fmt: skip

# What a person brings, by the name that the cases use.
PERSON = {
    "誕生年月日": "出生日期", "収入": "年收入", "入院中": "住院", "介護施設入所中": "入住护理机构",
    "在宅療養中": "在家疗养", "六か月以内に新規就労": "六个月内新就业", "妊産婦": "孕产",
    "放射線障害": "放射线", "身体障害者手帳等級": "残疾等级", "療育手帳等級": "疗育手册",
    "愛の手帳等級": "爱之手册", "精神障害者保健福祉手帳等級": "精神手册",
    "高校履修種別": "课程", "高校運営種別": "学校",
}  # fmt: skip
COMPUTED_OF_PERSON = {"年齢": "年龄", "学年": "学年", "児童": "儿童"}

HOUSEHOLD = {
    "居住都道府県": "都道府县", "住民税非課税世帯": "免税世帯", "扶養人数": "扶养人数",
    "高等学校等就学支援金_所得判定基準": "所得判定基准",
    "児童扶養手当の控除後世帯高所得": "控除后所得",
    "配偶者がいるがひとり親に該当": "有配偶而按单亲", "児童育成手当": "儿童育成手当",
}  # fmt: skip
COMPUTED = {
    "世帯人数": "世帯人数", "冬季加算地域区分1": "冬区", "生活扶助基準1": "生活扶助基准一",
    "生活扶助基準2": "生活扶助基准二", "生活扶助本体に係る経過的加算": "生活扶助经过加算",
    "障害者加算": "残疾人加算", "母子加算": "单亲加算", "児童を養育する場合の加算": "儿童养育加算",
    "母子世帯等に係る経過的加算": "单亲经过加算",
    "児童を養育する場合に係る経過的加算": "儿童养育经过加算", "住宅扶助基準": "住宅扶助",
    "教育扶助基準": "教育扶助合计", "高等学校等就学費": "高中就学费", "勤労控除": "勤劳控除",
    "期末一時扶助": "年末一时扶助", "生活保護基礎控除": "基础控除合计", "新規就労控除": "新就业控除",
    "未成年者控除": "未成年者控除", "生活扶助基準1_第1類_基準額1": "第一类额一",
    "生活扶助基準1_逓減率1": "递减率一", "生活扶助基準1_第2類_基準額1": "第二类额一",
    "冬季加算": "冬季加算", "生活扶助基準2_第1類_基準額2": "第一类额二",
    "生活扶助基準2_逓減率2": "递减率二", "生活扶助基準2_第2類_基準額2": "第二类额二",
    "生活保護": "生活保护", "放射線障害者加算": "放射线障碍加算合计", "妊産婦加算": "孕产加算合计",
    "介護施設入所者加算": "护理机构加算", "在宅患者加算": "在家疗养加算",
    "児童手当": "儿童手当合计", "児童扶養手当_最小": "扶养手当低", "児童扶養手当_最大": "扶养手当高",
    "冬季": "冬季", "高等学校奨学給付金_最小": "奖学给付金低", "高等学校奨学給付金_最大": "奖学给付金高",
    "高等学校等就学支援金_最小": "就学支援金低", "高等学校等就学支援金_最大": "就学支援金高",
}  # fmt: skip

# Stated by cases and needed for nothing that our rules compute.
UNUSED = {"ひとり親", "児童手当の控除後世帯高所得"}

ZONES = ("一区", "二区", "三区", "四区", "五区", "六区")
AREAS = {
    (1, 1): "一级地一", (1, 2): "一级地二", (2, 1): "二级地一", (2, 2): "二级地二",
    (3, 1): "三级地一", (3, 2): "三级地二",
}  # fmt: skip


def cases() -> list[dict[str, Any]]:
    text = (FOLDER / "cases.json").read_text("utf-8")
    read = json.loads(text, parse_float=Decimal)
    found: list[dict[str, Any]] = read["cases"]
    return found


CASES = cases()


@functools.cache
def policy() -> Policy:
    return load(FOLDER / "policy")


@functools.cache
def snapshot(day: str, assumed: tuple[str, ...]) -> Snapshot:
    return policy().on(datetime.date.fromisoformat(day)).assuming(*assumed)


def word(value: Any) -> Any:
    return WORDS.get(value, value) if isinstance(value, str) else value


@functools.cache
def cities() -> frozenset[str]:
    fact = next(
        fact
        for fact in policy().on(datetime.date(2023, 6, 1)).compiled.program.facts
        if fact.name == "市町村"
    )
    return frozenset(name for name, _ in fact.type.members)  # type: ignore[union-attr]


def person(given: dict[str, Any], assumed: set[str]) -> dict[str, Any]:
    inputs = given["inputs"]
    facts = {"角色": word(given["role"])}
    for name, value in inputs.items():
        if name in PERSON:
            facts[PERSON[name]] = "不适用" if value == "無" and "高校" in name else word(value)
        else:
            assert name in COMPUTED_OF_PERSON, name
    for name, ours in COMPUTED_OF_PERSON.items():
        if ours in assumed:
            facts[ours] = inputs.get(name, given.get("resolved", {}).get(name))
    return facts


def household(case: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """The facts of a case, and what of them our rules would compute."""
    wanted = set(case["expected"]["household"])
    facts: dict[str, Any] = {}
    assumed: set[str] = set()
    stated = {**case["resolved"], **case["inputs"]}
    for name, value in stated.items():
        if name in HOUSEHOLD:
            facts[HOUSEHOLD[name]] = value
        elif name == "居住市区町村":
            facts["市町村"] = value if value in cities() else "其他市町村"
        elif name in COMPUTED and name not in wanted:
            ours = COMPUTED[name]
            facts[ours] = ZONES[value - 1] if ours == "冬区" else value
            assumed.add(ours)
        else:
            assert name in UNUSED | wanted or name.startswith("居住級地区分"), name
    if "居住級地区分1" in stated:
        facts["级地"] = AREAS[stated["居住級地区分1"], stated["居住級地区分2"]]
    for name, ours in COMPUTED_OF_PERSON.items():
        if any(name in one["inputs"] for one in case["persons"]):
            assumed.add(ours)
    return facts, assumed


def decide(case: dict[str, Any]) -> Any:
    facts, assumed = household(case)
    people = [person(one, assumed) for one in case["persons"]]
    given = {**facts, "成员": people}
    return snapshot(case["period"], tuple(sorted(assumed))).decide(given)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_gets_exactly_what_it_expects(case: dict[str, Any]) -> None:
    decision = decide(case)
    for name, value in case["expected"]["household"].items():
        got = decision[COMPUTED[name]]
        assert Fraction(got) == Fraction(value), name
    places = {one["id"]: i for i, one in enumerate(case["persons"]) if "id" in one}
    for who, values in case["expected"].get("persons", {}).items():
        for name, value in values.items():
            assert decision[COMPUTED_OF_PERSON[name]][places[who]] is value


def test_all_values_are_there() -> None:
    count = sum(
        len(case["expected"]["household"])
        + sum(map(len, case["expected"].get("persons", {}).values()))
        for case in CASES
    )
    assert (len(CASES), count) == (816, 993)


def test_the_port_has_no_fault_and_reads_as_law() -> None:
    assert [one for one in check_folder(FOLDER / "policy") if one.severity == "error"] == []
