"""D2027, D2028, D2038: rules that nothing stands behind, that nobody reads, or that never hold."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class NoCitation(Problem):
    """A rule on which a household's money depends, without an article behind it."""

    code, slug, severity = "D2027", "no-citation", "warning"
    zh = "`{block} {name}` 没有写依据"
    en = "`{block} {name}` cites no article"
    mends_zh = ('写上 `依据 文件 第几条`；没有找到出处的，写 `依据 未核实 "…"`',)
    mends_en = ('write `依据 文件 第几条`, or `依据 未核实 "…"` where no source was found',)
    block: str
    name: str


@problem_kind
class UnusedRule(Problem):
    """A definition that nothing reads and that no article asks for."""

    code, slug, severity = "D2028", "unused-rule", "warning"
    zh = "没有任何规则或句子用到 `{name}`"
    en = "no rule and no sentence uses `{name}`"
    mends_zh = ("删去它；它本身就是一项结果的，写上它的 `依据`",)
    mends_en = ("remove it; where it is a result of its own, write its `依据`",)
    name: str


@problem_kind
class NeverInForce(Problem):
    """A rule whose days lie outside those of the policy."""

    code, slug, severity = "D2038", "never-in-force", "warning"
    zh = "`{name}` 的这一处规定自 {since} 至 {until}，政策自 {first} 至 {last}：它没有一天有效"
    en = "this version of `{name}` ({since} to {until}) is never in force: the policy holds from {first} to {last}"
    mends_zh = ("核对日期，或删去这一处",)
    mends_en = ("compare the dates, or remove it",)
    name: str
    since: str
    until: str
    first: str
    last: str
