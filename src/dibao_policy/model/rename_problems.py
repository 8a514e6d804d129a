"""D2026–D2029: what can be wrong with names that changed."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class FormerName(Problem):
    """An old name in a rule: callers may still use it, rules are written with the present one."""

    code, slug = "D2026", "former-name"
    zh = "`{name}` 是 `{current}` 的曾用名，规则里要用现名"
    en = "`{name}` is a former name of `{current}`, and rules use the present one"
    mends_zh = ("写作 `{current}`",)
    mends_en = ("write `{current}`",)
    name: str
    current: str


@problem_kind
class ChangedCode(Problem):
    """A later version of a rule with another code name: callers of the code name would lose it."""

    code, slug = "D2029", "changed-code-name"
    zh = "`{name}` 的两处规定代码名不同：`{first}` 与 `{second}`"
    en = "two versions of `{name}` differ in their code name: `{first}` and `{second}`"
    mends_zh = ("两处写成一样；代码名要改的，都用新的，旧的写进 `曾用名`",)
    mends_en = (
        "write both alike; where it is to change, both have the new one and `曾用名` the old",
    )
    name: str
    first: str
    second: str
