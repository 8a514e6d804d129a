"""D4001 – D4003: what households drawn at random show of the properties that a policy claims."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class TrendFails(Problem):
    """A household for which a number moves the way that a property rules out."""

    code, slug = "D4001", "trend-fails"
    zh = (
        "性质 `{name}` 不成立：在随机抽取的 {count} 户中找到一户，`{moved}` 从 {before} 变为 {after} 时，"
        "`{conclusion}` 从 {first} 变为 {second}；{day} 的这一户：{household}"
    )
    en = (
        "the property `{name}` does not hold: among {count} households drawn at random there is one where, "
        "as `{moved}` goes from {before} to {after}, `{conclusion}` goes from {first} to {second}; "
        "this household on {day}: {household}"
    )
    mends_zh = ("在这一处补上规则的缺口，或者把性质写成它真正保证的",)
    mends_en = ("close the gap of the rules there, or let the property say what is really granted",)
    name: str
    count: int
    moved: str
    before: str
    after: str
    conclusion: str
    first: str
    second: str
    day: str
    household: tuple[str, ...]


@problem_kind
class InvariantFails(Problem):
    """A household for which something is not so that a property says is always so."""

    code, slug = "D4002", "invariant-fails"
    zh = (
        "性质 `{name}` 不成立：在随机抽取的 {count} 户中找到一户，`{conclusion}` 对它不成立（{values}）；"
        "{day} 的这一户：{household}"
    )
    en = (
        "the property `{name}` does not hold: among {count} households drawn at random there is one for which "
        "`{conclusion}` is not so ({values}); this household on {day}: {household}"
    )
    mends_zh = ("在这一处补上规则的缺口，或者把性质写成它真正保证的",)
    mends_en = ("close the gap of the rules there, or let the property say what is really granted",)
    name: str
    count: int
    conclusion: str
    values: tuple[str, ...]
    day: str
    household: tuple[str, ...]


@problem_kind
class ParametersFail(Problem):
    """Parameters of which something is not so that a property says of them."""

    code, slug = "D1585", "parameters-refute-property"
    zh = "性质 `{name}` 不成立：从 {since} 起，`{conclusion}` 对参数的值不成立（{values}）"
    en = "the property `{name}` does not hold: from {since} on `{conclusion}` is not so of the parameters ({values})"
    mends_zh = ("核对这些参数在这一天的值，或者改写性质",)
    mends_en = ("check the values of these parameters on that day, or change the property",)
    name: str
    since: str
    conclusion: str
    values: tuple[str, ...]


@problem_kind
class NotTried(Problem):
    """A property that no household put to the test."""

    code, slug = "D4003", "property-not-tried"
    severity = "warning"
    zh = "性质 `{name}` 没有得到检验：{reason}"
    en = "the property `{name}` was not put to the test: {reason_en}"
    name: str
    reason: str
    reason_en: str
