"""However long or many conditions are, a list of cases is answered: proved, shown, or said to be undecided."""

from __future__ import annotations

from .lists import problems_of, told


def test_a_chain_of_a_thousand_rules_is_no_deep_recursion() -> None:
    lines = ["输入 成员.甲: 是否", "输入 成员.年数: 岁", "定义 成员.步0: 是否 = 甲"]
    for place in range(1, 1_000):
        word = "且" if place % 2 else "或"
        lines.append(f"定义 成员.步{place}: 是否 = 步{place - 1} {word} 年数 > {place % 90}岁")
    lines += ["定义 成员.反面: 是否 = 非 步999", ""]

    assert told("\n".join(lines), ["步999", "反面"], "exclusive") == []
    assert [code.split()[0] for code in told("\n".join(lines), ["步999", "步998"], "any")] == []


def test_a_chain_of_lower_of_two_ends_in_a_number_that_is_not_looked_into() -> None:
    lines = ["输入 成员.钱: 元/月", "定义 成员.步0: 元/月 = 钱"]
    for place in range(1, 150):
        lines.append(f"定义 成员.步{place}: 元/月 = 较小(步{place - 1} + 0.01元/月, {place}元/月)")
    lines += [
        "定义 成员.低: 是否 = 步149 < 2元/月",
        "定义 成员.高: 是否 = 步149 ≥ 2元/月",
        "",
    ]

    assert told("\n".join(lines), ["低", "高"], "exclusive") == []


def test_forty_questions_have_more_regions_than_can_be_counted() -> None:
    names = [f"问{place}" for place in range(40)]
    lines = [f"输入 成员.{name}: 是否" for name in names]
    lines += [
        "定义 成员.都是: 是否 = " + " 且 ".join(names),
        "定义 成员.有否: 是否 = " + " 或 ".join(f"非 {name}" for name in names),
        "定义 成员.有是: 是否 = " + " 或 ".join(names),
        "",
    ]

    assert told("\n".join(lines), ["都是", "有否"], "exclusive") == []
    (overlap,) = told("\n".join(lines), ["都是", "有是"], "exclusive_or_nothing")
    assert overlap.startswith("D3041 ")


def test_three_hundred_cases_of_one_amount() -> None:
    lines = ["输入 成员.钱: 元/月 范围 0元/月 .. 300元/月"]
    names = [f"档{place}" for place in range(301)]
    lines += [
        f"定义 成员.{name}: 是否 = 钱 ≥ {place}元/月 且 钱 < {place + 1}元/月"
        for place, name in enumerate(names)
    ]
    rules = "\n".join([*lines, ""])

    assert told(rules, names, "exclusive") == []
    assert told(rules, names[:-1], "exclusive") == [
        "D3040 `身份` 有空缺：`钱 = 300元/月` 时，没有一个 `情形` 成立"
    ]


def test_a_standard_for_each_of_a_hundred_districts() -> None:
    places = [f"区{place}" for place in range(100)]
    rules = f"""枚举 区县 {{ {", ".join(places)} }}
输入 家庭.区县: 区县
输入 家庭.存款: 元
输入 成员.工资: 元/月
参数 标准: 元/人月 按 区县
定义 家庭.人口: 人 = 人数(成员)
定义 家庭.人均: 元/人月 精确 = 合计(成员.工资) ÷ 人口
定义 家庭.低: 是否 = 人均 < 标准 且 存款 ≤ 24月 × 标准 × 人口
定义 家庭.边: 是否 = 人均 ≥ 标准 且 人均 < 标准 × 150% 且 存款 ≤ 36月 × 标准 × 人口
定义 家庭.别: 是否 = 非 低 且 非 边
"""
    values = f"""标准:
  取值:
    - 自: 2020-01-01
      值: {{{", ".join(f"{name}: {400 + at}" for at, name in enumerate(places))}}}
      来源: {{状态: 未核实}}
"""

    assert told(rules, ["低", "边", "别"], "exclusive", values) == []
    (gap,) = told(rules, ["低", "边"], "exclusive", values)
    assert gap.startswith("D3040 ")


def test_sums_of_many_amounts_are_undecided_rather_than_wrong() -> None:
    lines = [f"输入 成员.钱{place}: 元/月" for place in range(9)]
    for place in range(6):
        left = " + ".join(f"钱{(place * 5 + at) % 9} × {at + 2}" for at in range(5))
        right = " + ".join(f"钱{(place * 7 + at) % 9} × {at + 3}" for at in range(5))
        lines.append(f"定义 成员.案{place}: 是否 = {left} < {right} 或 {right} < 100元/月")
    found = problems_of("\n".join([*lines, ""]), [f"案{place}" for place in range(6)], "exclusive")

    # All wages of nothing meet every condition: what is reported as an overlap is one.
    assert {one.code for one in found} <= {"D3041", "D3045", "D3046"}
    assert found


def test_what_is_plain_at_a_glance_is_decided_however_much_lies_behind_it() -> None:
    # Whether an odd number of eighteen amounts is a middling one: the amounts cannot be told apart early.
    lines = [f"输入 成员.钱{at}: 元" for at in range(18)]
    lines.append("定义 成员.奇0: 是否 = 钱0 在 10元 .. 20元")
    lines += [
        f"定义 成员.奇{at}: 是否 = (奇{at - 1} 且 非 (钱{at} 在 10元 .. 20元)) "
        f"或 (非 奇{at - 1} 且 钱{at} 在 10元 .. 20元)"
        for at in range(1, 18)
    ]
    lines += [
        "定义 成员.奇: 是否 = 奇17",
        "定义 成员.偶: 是否 = 非 奇17",
        "定义 成员.钱少: 是否 = 奇17 且 钱3 < 10元",
        "",
    ]
    rules = "\n".join(lines)

    assert told(rules, ["奇", "偶"], "exclusive") == []
    (open_one,) = told(rules, ["偶", "钱少"], "exclusive")
    assert open_one.startswith("D3045 ")
