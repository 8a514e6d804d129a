"""D80xx: why two decisions cannot be held against each other."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class SameLabel(Problem):
    """Two members of one household under one name: nobody can say which of them is meant on the other side."""

    code, slug = "D8001", "same-label"
    zh = "{side}的成员里有 {count} 人的称呼都是 `{label}`，和另一方的成员对应不起来"
    en = "{count} members of {side_en} go by `{label}`, so that they cannot be matched with the other side"
    mends_zh = ("给每个成员写不同的称呼",)
    mends_en = ("give each member a `称呼` of its own",)
    side: str
    side_en: str
    label: str
    count: int


@problem_kind
class NoLabel(Problem):
    """Members without a name, and not as many on the one side as on the other."""

    code, slug = "D8002", "no-label"
    zh = "没有称呼的成员，甲方有 {before} 人，乙方有 {after} 人，分不清谁是谁"
    en = "{before} members of side A and {after} of side B have no `称呼`, so that nobody can say who is who"
    mends_zh = ("给双方的每个成员写上称呼",)
    mends_en = ("give each member on both sides a `称呼`",)
    before: int
    after: int


@problem_kind
class NoSuchResult(Problem):
    """A result that is asked for and that neither decision has."""

    code, slug = "D8003", "no-such-result"
    zh = "要比较的 `{name}` 在两个决定里都没有"
    en = "neither decision has `{name}`, which is to be compared"
    mends_zh = ("是不是 `{near}`？",)
    mends_en = ("perhaps `{near}`?",)
    name: str
    near: str = ""


@problem_kind
class NeverTheSame(Problem):
    """A result that is asked for and whose kind differs, so that no difference can be taken."""

    code, slug = "D8004", "never-the-same"
    zh = "`{name}` 在甲方是{before}，在乙方是{after}，不能相减"
    en = (
        "`{name}` is {before_en} on side A and {after_en} on side B: there is no difference to take"
    )
    mends_zh = ("比较双方单位相同的结果",)
    mends_en = ("compare results of the same unit",)
    name: str
    before: str
    after: str
    before_en: str
    after_en: str
