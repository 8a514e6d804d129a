"""D305x–D306x: what can be wrong inside a block that computes an amount: brackets, months, groups, limits."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class BracketsNotRising(Problem):
    """Upper ends of brackets that do not rise: the later one can never be reached."""

    code, slug = "D3050", "brackets-not-rising"
    zh = "分段的上限要从低到高：`{second}` 写在 `{first}` 之后"
    en = "the upper ends of brackets rise: `{second}` stands after `{first}`"
    first: str
    second: str


@problem_kind
class StagesNotInRow(Problem):
    """Months of a taper that leave one out, or name one twice."""

    code, slug = "D3051", "stages-not-in-row"
    zh = "渐退的月份要一个接一个：这里应当是第 {wanted} 月，写的是第 {found} 月"
    en = "the months of a taper follow one another: month {wanted} should stand here, not {found}"
    mends_zh = ("第 {skipped} 月不发的，写 0%", "每个月只写一次")
    mends_en = ("where nothing is paid in month {skipped_en}, write 0%", "write each month once")
    wanted: int
    found: int
    skipped: str = ""
    skipped_en: str = ""


@problem_kind
class UnknownGroup(Problem):
    """A transition for a group that the assistance does not have."""

    code, slug = "D3052", "unknown-group"
    zh = "`过渡` 的 `{name}` 不是这个块的 `对象`"
    en = "the `{name}` of this `过渡` is no `对象` of the block"
    mends_zh = ("是不是 `{near}`？", "这个块的对象有 {known}")
    mends_en = ("perhaps `{near}`?", "the groups of the block are {known}")
    name: str
    known: tuple[str, ...]
    near: str = ""


@problem_kind
class NeedsBase(Problem):
    """A rate without anything that it is a rate of."""

    code, slug = "D3053", "needs-base"
    zh = "对象 `{name}` 按比例计算，但这个块没有 `基数`"
    en = "the group `{name}` is paid by a rate, but the block has no `基数`"
    mends_zh = ("写上 `基数 …`，或者改用 `定额`",)
    mends_en = ("write `基数 …`, or a `定额` instead",)
    name: str


@problem_kind
class EndsFallInForce(Problem):
    """Upper ends of brackets that come from parameters and do not rise with the values of some days."""

    code, slug = "D3054", "bracket-values-not-rising"
    zh = "自 {since} 起，分段的上限不是从低到高：`{second}`（{second_value}）写在 `{first}`（{first_value}）之后"
    en = (
        "from {since} on the upper ends of brackets do not rise: "
        "`{second}` ({second_value}) stands after `{first}` ({first_value})"
    )
    mends_zh = (
        "对 {members} 改参数的数值，或者调换各档的先后",
        "改参数的数值，或者调换各档的先后",
    )
    mends_en = (
        "change the values of the parameters for {members}, or the order of the brackets",
        "change the values of the parameters, or the order of the brackets",
    )
    since: str
    first: str
    first_value: str
    second: str
    second_value: str
    members: tuple[str, ...] = ()


@problem_kind
class FloorAboveCeiling(Problem):
    """A floor that is higher than the ceiling of the same amount."""

    code, slug = "D3055", "floor-above-ceiling"
    zh = "`{name}` 的 `至少` 是 {floor}，高于 `至多` 的 {ceiling}"
    en = "the `至少` of `{name}` is {floor}, above its `至多` of {ceiling}"
    mends_zh = ("两个数可能写反了",)
    mends_en = ("the two may have been exchanged",)
    name: str
    floor: str
    ceiling: str


@problem_kind
class FloorInForce(Problem):
    """A floor that is above the ceiling with the values of some days."""

    code, slug = "D3056", "floor-value-above-ceiling"
    zh = "自 {since} 起，`至少` 的 `{first}`（{first_value}）高于 `至多` 的 `{second}`（{second_value}）"
    en = (
        "from {since} on the `{first}` of `至少` ({first_value}) is above "
        "the `{second}` of `至多` ({second_value})"
    )
    mends_zh = ("对 {members} 改参数的数值", "改参数的数值")
    mends_en = (
        "change the values of the parameters for {members}",
        "change the values of the parameters",
    )
    since: str
    first: str
    first_value: str
    second: str
    second_value: str
    members: tuple[str, ...] = ()


@problem_kind
class MutualExclusion(Problem):
    """Two kinds of assistance of which each is to give way to the other."""

    code, slug = "D3057", "mutual-exclusion"
    zh = "`{name}` 与 `{other}` 互相写了 `不可兼得`，看不出先发哪一项"
    en = "`{name}` and `{other}` exclude each other, and it is not plain which one is given"
    mends_zh = ("只在后发的一项里写 `不可兼得`",)
    mends_en = ("state `不可兼得` only in the one that gives way",)
    name: str
    other: str


@problem_kind
class ListedTwice(Problem):
    """A name that a clause lists twice."""

    code, slug = "D3058", "listed-twice"
    zh = "`{name}` 在 `{clause}` 里写了两次"
    en = "`{clause}` lists `{name}` twice"
    mends_zh = ("删去一处",)
    mends_en = ("remove one of them",)
    name: str
    clause: str


@problem_kind
class NoEffect(Problem):
    """A clause that the rest of its block leaves nothing to act on."""

    code, slug = "D3059", "clause-without-effect"
    zh = "`{clause}` 在这里不起作用：这个块没有 {lacking}"
    en = "`{clause}` has no effect here: the block has no {lacking_en}"
    mends_zh = ("删去它，或者补上它要管的内容",)
    mends_en = ("remove it, or add what it is to act on",)
    clause: str
    lacking: str
    lacking_en: str


@problem_kind
class TakenFromEach(Problem):
    """A household's amount that would be taken in full from the base of every member."""

    code, slug = "D3060", "taken-from-each-member"
    zh = "`{name}` 属于家庭，从每个成员的基数里各扣一次会重复扣除"
    en = (
        "`{name}` belongs to the household and would be taken from the base of every member in full"
    )
    mends_zh = ("先用 `定义 成员.…` 写明每个成员扣多少",)
    mends_en = ("first state with `定义 成员.…` how much is taken from each member",)
    name: str


@problem_kind
class FirstEndNotAboveZero(Problem):
    """A first bracket of parts in which nothing lies: the parts are counted from zero."""

    code, slug = "D3061", "first-end-not-above-zero"
    zh = "`累进` 从零算起，第一档的上限 `{end}`（{value}）要高于零"
    en = "the parts of `累进` are counted from zero, and the first end `{end}` ({value}) is not above it"
    mends_zh = ("写一个高于零的上限，或者删去这一档",)
    mends_en = ("write an end above zero, or remove this bracket",)
    end: str
    value: str


@problem_kind
class ShareOutOfRange(Problem):
    """A share of costs, or of what was paid before, that is below nothing or above all of it."""

    code, slug = "D3062", "share-out-of-range"
    zh = "比例 {found} 不在 0% 至 100% 之间"
    en = "the share {found} is not between 0% and 100%"
    mends_zh = ("是不是 `{likely}`？",)
    mends_en = ("perhaps `{likely}`?",)
    found: str
    likely: str = ""
