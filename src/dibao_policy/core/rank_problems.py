"""D3026–D3028: what can be wrong where values are put in an order."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class MisplacedRank(Problem):
    """第几 anywhere but directly in a member's rule."""

    code, slug = "D3026", "misplaced-rank"
    zh = "`第几` 是眼前这个成员的名次，只能直接写在成员的规则里"
    en = "`第几` is the place of the member at hand, and stands only directly in the rule of a member"
    mends_zh = ("先写 `定义 成员.名次: 名 = 第几(…)`，再用这个名称",)
    mends_en = ("first write `定义 成员.名次: 名 = 第几(…)`, then use that name",)


@problem_kind
class Unordered(Problem):
    """An enumeration without an order, where one is needed."""

    code, slug = "D3027", "unordered-enumeration"
    zh = "枚举 `{name}` 没有声明先后，不能{action}"
    en = "the enumeration `{name}` declares no order, and its values cannot be {action_en}"
    mends_zh = ("声明为 `枚举 {name} 有序 {{…}}`，从低到高列出它的值；或改用 `属于 {{…}}`",)
    mends_en = (
        "declare it as `枚举 {name} 有序 {{…}}`, the lowest value first; or use `属于 {{…}}`",
    )
    name: str
    action: str
    action_en: str


@problem_kind
class VaryingRank(Problem):
    """Places by quotients that are not rounded."""

    code, slug = "D3028", "varying-rank"
    zh = "排名次所按的数没有固定的分母"
    en = "the numbers that the places go by have no fixed denominator"
    mends_zh = ("先用 `取整(…)` 把每个成员的数取整",)
    mends_en = ("round each member's number with `取整(…)`",)
