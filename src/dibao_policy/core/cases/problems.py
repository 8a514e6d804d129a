"""D3040–D3046: what can be wrong with a list of cases."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class CaseGap(Problem):
    """A household for which no case holds."""

    code, slug = "D3040", "case-gap"
    zh = "`{name}` 有空缺：{witness} 时，没有一个 `{clause}` 成立"
    en = "`{name}` has a gap: no `{clause}` holds where {witness_en}"
    mends_zh = ("补上缺少的 `{clause}`，或加上 `其余 → …`",)
    mends_en = ("add the missing `{clause}`, or `其余 → …`",)
    name: str
    clause: str
    witness: tuple[str, ...]
    witness_en: tuple[str, ...]


@problem_kind
class CaseOverlap(Problem):
    """A household for which two cases hold."""

    code, slug = "D3041", "case-overlap"
    zh = "`{name}` 的 `{first}` 与 `{second}` 会同时成立：{witness}"
    en = "`{first}` and `{second}` of `{name}` hold together where {witness_en}"
    mends_zh = ("改窄其中一个的条件，或写明 {ways}",)
    mends_en = ("narrow the condition of one of them, or state {ways}",)
    name: str
    first: str
    second: str
    witness: tuple[str, ...]
    witness_en: tuple[str, ...]
    ways: tuple[str, ...]


@problem_kind
class CaseNeverHolds(Problem):
    """A case whose condition no household meets: nothing is computed wrongly, but something else was meant."""

    code, slug, severity = "D3042", "case-never-holds", "warning"
    zh = "`{name}` 的 `{label}` 永远不会成立"
    en = "`{label}` of `{name}` never holds"
    mends_zh = ("改写它的条件，或去掉它",)
    mends_en = ("change its condition, or leave it out",)
    name: str
    label: str


@problem_kind
class CaseNeverReached(Problem):
    """A case that holds only where an earlier one does."""

    code, slug, severity = "D3043", "case-never-reached", "warning"
    zh = "`{name}` 的 `{label}` 永远轮不到：它成立时，前面的 {earlier} 已经成立"
    en = "`{label}` of `{name}` is never reached: wherever it holds, {earlier} before it holds already"
    mends_zh = ("把它移到前面，或改窄前面的条件",)
    mends_en = ("move it to the front, or narrow the conditions before it",)
    name: str
    label: str
    earlier: tuple[str, ...]


@problem_kind
class RestNeverReached(Problem):
    """A rest that nothing is left for."""

    code, slug, severity = "D3044", "rest-never-reached", "warning"
    zh = "`{name}` 的 `其余` 永远轮不到：前面的 `{clause}` 已经没有空缺"
    en = "the `其余` of `{name}` is never reached: each `{clause}` before it leaves no gap"
    mends_zh = ("去掉 `其余`，以后一有空缺就会报出来",)
    mends_en = ("leave the `其余` out: a gap that comes later will then be reported",)
    name: str
    clause: str


@problem_kind
class UndecidedGap(Problem):
    """A list of cases that is not seen to be complete, nor to have a gap."""

    code, slug = "D3045", "undecided-gap"
    zh = "看不出 `{name}` 的 `{clause}` 有没有空缺"
    en = "it cannot be seen whether every household has a `{clause}` of `{name}`"
    mends_zh = ("加上 `其余 → …`，或把条件写得简单些",)
    mends_en = ("add `其余 → …`, or write simpler conditions",)
    name: str
    clause: str


@problem_kind
class UndecidedOverlap(Problem):
    """Cases that are not seen to exclude each other, nor to overlap."""

    code, slug = "D3046", "undecided-overlap"
    zh = "看不出 `{name}` 的 {pairs} 会不会同时成立"
    en = "it cannot be seen whether these of `{name}` can hold together: {pairs}"
    mends_zh = ("写明 {ways}，或把条件写得简单些",)
    mends_en = ("state {ways}, or write simpler conditions",)
    name: str
    pairs: tuple[str, ...]
    ways: tuple[str, ...]
