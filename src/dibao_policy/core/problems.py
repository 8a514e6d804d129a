"""D30xx: what can be wrong with types, units and bounds."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class UnlikeUnits(Problem):
    """Two values of different units, added or compared."""

    code, slug = "D3001", "unlike-units"
    zh = "`{first}` 与 `{second}` 单位不同，不能{action}"
    en = "`{first}` and `{second}` are unlike units and cannot be {action_en}"
    mends_zh = ("{mend}", "两者相差 `{difference}`")
    mends_en = ("{mend_en}", "they differ by `{difference}`")
    first: str
    second: str
    action: str
    action_en: str
    mend: str = ""
    mend_en: str = ""
    difference: str = ""


@problem_kind
class WrongType(Problem):
    """A value of one type where another is needed."""

    code, slug = "D3002", "wrong-type"
    zh = "{place}需要 `{wanted}`，这里是 `{found}`"
    en = "{place_en} needs `{wanted}`, and this is `{found}`"
    place: str
    place_en: str
    wanted: str
    found: str


@problem_kind
class DeclaredUnit(Problem):
    """A rule whose expression has another unit than it declares."""

    code, slug = "D3003", "declared-unit"
    zh = "`{name}` 声明为 `{declared}`，算出来是 `{found}`"
    en = "`{name}` is declared as `{declared}`, and its expression gives `{found}`"
    mends_zh = ("{mend}", "两者相差 `{difference}`")
    mends_en = ("{mend_en}", "they differ by `{difference}`")
    name: str
    declared: str
    found: str
    mend: str = ""
    mend_en: str = ""
    difference: str = ""


@problem_kind
class UnknownOperation(Problem):
    """A call of something that is no operation."""

    code, slug = "D3004", "unknown-operation"
    zh = "没有叫 `{name}` 的运算"
    en = "there is no operation called `{name}`"
    mends_zh = ("是不是 `{near}`？", "运算有 {known}")
    mends_en = ("perhaps `{near}`?", "the operations are {known}")
    name: str
    known: tuple[str, ...]
    near: str = ""


@problem_kind
class ArgumentCount(Problem):
    """An operation with too few or too many arguments."""

    code, slug = "D3005", "argument-count"
    zh = "`{name}` 要 {wanted} 个数，这里有 {found} 个"
    en = "`{name}` takes {wanted} values, and here are {found}"
    name: str
    wanted: str
    found: int


@problem_kind
class MemberInHousehold(Problem):
    """A member's value used in a household's rule without saying of which member."""

    code, slug = "D3006", "member-in-household"
    zh = "`{name}` 属于每个成员，家庭的规则不能直接用它"
    en = "`{name}` belongs to each member and cannot stand alone in a rule of the household"
    mends_zh = ("写作 `{mend}`",)
    mends_en = ("write `{mend}`",)
    name: str
    mend: str


@problem_kind
class WrongScope(Problem):
    """A name with the wrong 家庭. or 成员. before it."""

    code, slug = "D3007", "wrong-scope"
    zh = "`{name}` 属于{actual}，不属于{written}"
    en = "`{name}` belongs to `{actual}`, not to `{written}`"
    mends_zh = ("写作 `{actual}.{name}`",)
    mends_en = ("write `{actual}.{name}`",)
    name: str
    actual: str
    written: str


@problem_kind
class NestedAggregate(Problem):
    """A summary over members inside brackets that are computed for one member after the other."""

    code, slug = "D3008", "nested-aggregate"
    zh = "逐个成员计算的括号里不能再对成员汇总"
    en = "brackets that are computed member by member cannot contain a summary over members"
    mends_zh = ("先用 `定义 家庭.…` 给里面的汇总一个名称",)
    mends_en = ("first give the inner one a name with `定义 家庭.…`",)


@problem_kind
class NeedsKey(Problem):
    """A parameter kept by an enumeration, used without saying which."""

    code, slug = "D3009", "needs-key"
    zh = "参数 `{name}` 按 `{key}` 取值，这里看不出是哪一个"
    en = "the parameter `{name}` is kept by `{key}`, and it is not plain which one is meant"
    mends_zh = ("写作 `{name}[…]`",)
    mends_en = ("write `{name}[…]`",)
    name: str
    key: str


@problem_kind
class NotAParameter(Problem):
    """Square brackets after something that is kept by no enumeration."""

    code, slug = "D3010", "no-keys"
    zh = "`{name}` 后面的方括号里要写 {wanted} 项，这里有 {found} 项"
    en = "the brackets after `{name}` take {wanted} items, and {found} stand in them"
    mends_zh = ("`{plain}` 不按枚举取值，删去方括号",)
    mends_en = ("`{plain}` is kept by no enumeration: remove the brackets",)
    name: str
    wanted: int
    found: int
    plain: str = ""


@problem_kind
class AmbiguousMember(Problem):
    """A member name that several enumerations have."""

    code, slug = "D3011", "ambiguous-member"
    zh = "`{name}` 是几个枚举都有的值：{enumerations}"
    en = "`{name}` is a value of several enumerations: {enumerations}"
    name: str
    enumerations: tuple[str, ...]


@problem_kind
class NotAMember(Problem):
    """A value that the enumeration does not have."""

    code, slug = "D3012", "not-a-member"
    zh = "枚举 `{enumeration}` 没有 `{name}`"
    en = "the enumeration `{enumeration}` has no `{name}`"
    mends_zh = ("是不是 `{near}`？", "可以是 {known}")
    mends_en = ("perhaps `{near}`?", "it may be {known}")
    enumeration: str
    name: str
    known: tuple[str, ...]
    near: str = ""


@problem_kind
class PossibleZeroDivisor(Problem):
    """A divisor that is not proven to be above zero."""

    code, slug = "D3013", "possible-zero-divisor"
    zh = "除数的范围是 {low} 至 {high}，不能保证大于零"
    en = "the divisor ranges from {low} to {high} and is not sure to be above zero"
    mends_zh = ("用 `较大(除数, 1…)` 保证它大于零，或收窄输入的 `范围`",)
    mends_en = ("keep it above zero with `较大(divisor, 1…)`, or narrow the `范围` of the inputs",)
    low: str
    high: str


@problem_kind
class BeyondSixtyFourBits(Problem):
    """An expression whose integers could leave 64 bits."""

    code, slug = "D3014", "beyond-64-bits"
    zh = "这一步的整数可能达到 {size}，超出 64 位"
    en = "the integers of this step may reach {size}, beyond 64 bits"
    mends_zh = ("收窄输入的 `范围`，或先把中间结果 `取整`",)
    mends_en = ("narrow the `范围` of the inputs, or round an intermediate result with `取整`",)
    size: str


@problem_kind
class NeedsOtherwise(Problem):
    """The maximum of members that might not exist."""

    code, slug = "D3015", "needs-otherwise"
    zh = "可能没有一个成员符合条件，`{kind}` 要写明那时的值"
    en = "perhaps no member meets the condition, so `{kind}` has to say what holds then"
    mends_zh = ("在括号里加上 `否则 值`",)
    mends_en = ("add `否则 value` inside the brackets",)
    kind: str


@problem_kind
class NeedsRange(Problem):
    """An input whose unit has no usual range."""

    code, slug = "D3016", "needs-range"
    zh = "`{name}` 的单位 `{unit}` 没有通常的范围"
    en = "the unit `{unit}` of `{name}` has no usual range"
    mends_zh = ("写明 `范围 最小 .. 最大`",)
    mends_en = ("state it: `范围 lowest .. highest`",)
    name: str
    unit: str


@problem_kind
class EmptyRange(Problem):
    """A range whose lower end is above its upper end."""

    code, slug = "D3017", "empty-range"
    zh = "范围的下限 {low} 高于上限 {high}"
    en = "the range begins at {low}, above its end {high}"
    low: str
    high: str


@problem_kind
class NotConstant(Problem):
    """A range or a default that is not a plain value."""

    code, slug = "D3018", "not-constant"
    zh = "{place}要写一个确定的值"
    en = "{place_en} has to be a plain value"
    place: str
    place_en: str


@problem_kind
class OutOfRange(Problem):
    """A default outside the range of its input."""

    code, slug = "D3019", "default-out-of-range"
    zh = "默认值 {value} 不在范围 {low} 至 {high} 之内"
    en = "the default {value} is not within {low} and {high}"
    value: str
    low: str
    high: str


@problem_kind
class VaryingDenominator(Problem):
    """A sum over members of quotients that are not rounded."""

    code, slug = "D3020", "varying-denominator"
    zh = "对成员汇总的数没有固定的分母"
    en = "what is summed over members has no fixed denominator"
    mends_zh = ("先用 `取整(…)` 把每个成员的数取整，或把除法移到汇总之后",)
    mends_en = ("round each member's value with `取整(…)`, or divide after the summary",)


@problem_kind
class RoundingUnit(Problem):
    """A rounding step of zero."""

    code, slug = "D3021", "rounding-step"
    zh = "取整的单位不能是零"
    en = "the step of a rounding cannot be zero"


@problem_kind
class SameBranches(Problem):
    """A member that is listed twice in one set."""

    code, slug = "D3022", "repeated-option"
    zh = "`{name}` 在括号里列了两次"
    en = "`{name}` is listed twice in the braces"
    name: str


@problem_kind
class ExactAndRounded(Problem):
    """A rule that says both 精确 and 取整."""

    code, slug = "D3023", "exact-and-rounded"
    zh = "`{name}` 既写了 `精确` 又写了 `取整`"
    en = "`{name}` says both `精确` and `取整`"
    mends_zh = ("留下其中一个",)
    mends_en = ("keep one of them",)
    name: str


@problem_kind
class TooLongChain(Problem):
    """A chain of cases or operations too long for one rule."""

    code, slug = "D3024", "too-long-chain"
    zh = "这条规则的运算一环套一环，超过 {limit} 环"
    en = "the operations of this rule hang on each other in a chain of more than {limit}"
    mends_zh = ("把一部分写成单独的 `定义`，或用按枚举取值的 `参数` 代替一长串 `如果`",)
    mends_en = (
        "give a part its own `定义`, or replace a long chain of `如果` by a `参数` kept by an `枚举`",
    )
    limit: int


@problem_kind
class SummaryForm(Problem):
    """A summary over members with a part too many or too few."""

    code, slug = "D3025", "summary-form"
    zh = "`{kind}` 的括号里不能这样写"
    en = "the brackets of `{kind}` cannot hold this"
    mends_zh = ("写作 `{plain}` 或 `{conditional}`",)
    mends_en = ("write `{plain}` or `{conditional}`",)
    kind: str
    plain: str
    conditional: str


@problem_kind
class RoundedTwice(Problem):
    """A value brought to one step by a rule, and to another by the next."""

    code, slug, severity = "D3035", "rounded-twice", "warning"
    zh = "`{name}` 把已经取整到 {first} 的数又取整到 {second}，会差一个尾数"
    en = "`{name}` rounds to {second} what was already rounded to {first}: the outcome may be off by a step"
    mends_zh = ("只在一处取整：前一处写 `精确`，或去掉这一处的 `取整`",)
    mends_en = ("round in one place: write `精确` in the first, or leave this `取整` out",)
    name: str
    first: str
    second: str
