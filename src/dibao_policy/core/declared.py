"""What declarations say about values: types, ranges and defaults, in smallest units."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from dibao_policy.core import problems
from dibao_policy.core.ir import Fact, Value
from dibao_policy.core.types import (
    RATIO,
    Day,
    Enumerated,
    Number,
    Type,
    Unknown,
    YesNo,
    type_text,
)
from dibao_policy.model.problems import UnknownType
from dibao_policy.model.scheme import InputDeclaration, ParameterDeclaration, Scheme
from dibao_policy.parameters.series import Declared
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree
from dibao_policy.text import Span, nearest
from dibao_policy.units import UNIT_WORDS, read_unit, shown_scale
from dibao_policy.values import number_text

_RATIO_WORDS = ("比例", "ratio")
_YES_NO_WORDS = ("是否", "yes_no")
_DATE_WORDS = ("日期", "date")

# What a fact of each unit can be where its declaration gives no range, as written.
USUAL_RANGES: dict[str, tuple[str, str]] = {
    "元": ("0", "100000000"),
    "元/月": ("0", "1000000"),
    "元/年": ("0", "10000000"),
    "元/人月": ("0", "100000"),
    "元/人年": ("0", "1000000"),
    "元/平方米月": ("0", "10000"),
    "人": ("0", "50"),
    "名": ("0", "50"),
    "岁": ("0", "150"),
    "月": ("0", "1200"),
    "年": ("0", "100"),
    "日": ("0", "36600"),
    "平方米": ("0", "10000"),
    "辆": ("0", "99"),
    "套": ("0", "99"),
    "次": ("0", "999"),
    "比例": ("0", "1"),
}

FIRST_DAY, LAST_DAY = Fraction(19000101), Fraction(21991231)


@frozen
class Ranged:
    """The interval of a number, both ends included, in smallest units."""

    low: Fraction
    high: Fraction


def read_type(scheme: Scheme, written: tree.TypeName, found: list[Problem]) -> Type:
    """The type that a declaration names."""
    text = written.text
    if text in _RATIO_WORDS:
        return RATIO
    if text in _YES_NO_WORDS:
        return YesNo()
    if text in _DATE_WORDS:
        return Day()
    unit = read_unit(text)
    if unit is not None:
        return Number(unit[0])
    enumeration = enumerated(scheme, text)
    if enumeration is not None:
        return enumeration
    if text not in scheme.broken:
        names = (*scheme.enumerations, *UNIT_WORDS, *_RATIO_WORDS, *_YES_NO_WORDS, *_DATE_WORDS)
        found.append(UnknownType(span=written.span, name=text, near=nearest(text, names)))
    return Unknown()


def enumerated(scheme: Scheme, text: str) -> Enumerated | None:
    """The enumeration of a name, under either of its forms."""
    declared = scheme.enumerations.get(text) or scheme.enumerations.get(scheme.codes.get(text, ""))
    if declared is None:
        for one in scheme.enumerations.values():
            if one.node.name.code == text:
                declared = one
    if declared is None:
        return None
    members = tuple((member.text, member.code) for member in declared.node.members)
    return Enumerated(declared.node.name.text, members, declared.node.ordered)


def shown(value: Fraction, kind: Type) -> str:
    """A number in the unit that is shown, `410元/人月`; a ratio as a percentage."""
    if isinstance(kind, Number) and kind.unit.powers:
        return number_text(value / shown_scale(kind.unit)) + type_text(kind)
    return number_text(value * 100) + "%"


def _constant(expression: tree.Expression | None) -> tuple[Fraction, str] | None:
    """The number and unit of a plain value, perhaps with a minus before it."""
    match expression:
        case tree.Quantity(number, unit):
            return number, unit
        case tree.Minus(tree.Quantity(number, unit)):
            return -number, unit
    return None


def read_amount(
    expression: tree.Expression,
    kind: Number,
    found: list[Problem],
    place: str,
    place_en: str,
    span: Span,
) -> Fraction | None:
    """A plain number of a known unit, in smallest units."""
    constant = _constant(expression)
    if constant is None:
        found.append(problems.NotConstant(span=span, place=place, place_en=place_en))
        return None
    number, text = constant
    unit = read_unit(text) if text else read_unit("元/元")
    assert unit is not None
    if Number(unit[0]) != kind:
        found.append(
            problems.UnlikeUnits(
                span=expression.span,
                first=type_text(kind),
                second=type_text(Number(unit[0])),
                action=f"写作{place}",
                action_en="used here",
            )
        )
        return None
    return number * unit[1]


def read_range(
    node: tree.Input | tree.Parameter, kind: Type, found: list[Problem]
) -> Ranged | None:
    """The interval that a declaration states, or the usual one of its unit."""
    if node.low is not None and not isinstance(kind, Number):
        found.append(
            problems.WrongType(
                span=node.low.span,
                place="`范围` ",
                place_en="`范围`",
                wanted="数",
                found=type_text(kind),
            )
        )
    if isinstance(kind, Enumerated):
        return Ranged(Fraction(0), Fraction(len(kind.members) - 1))
    if isinstance(kind, Day):
        return Ranged(FIRST_DAY, LAST_DAY)
    if not isinstance(kind, Number):
        return Ranged(Fraction(0), Fraction(1))
    if node.low is None or node.high is None:
        usual = USUAL_RANGES.get(type_text(kind))
        if usual is None:
            if isinstance(node, tree.Input):
                found.append(
                    problems.NeedsRange(
                        span=node.name.span, name=node.name.text, unit=type_text(kind)
                    )
                )
            return None
        scale = shown_scale(kind.unit)
        return Ranged(Fraction(usual[0]) * scale, Fraction(usual[1]) * scale)
    ends = [
        read_amount(end, kind, found, "范围的两端", "an end of a range", end.span)
        for end in (node.low, node.high)
    ]
    if ends[0] is None or ends[1] is None:
        return None
    if ends[0] > ends[1]:
        found.append(
            problems.EmptyRange(
                span=node.low.span, low=shown(ends[0], kind), high=shown(ends[1], kind)
            )
        )
        return None
    return Ranged(ends[0], ends[1])


def read_fact(scheme: Scheme, declaration: InputDeclaration, found: list[Problem]) -> Fact | None:
    """An input, typed, with its range and default."""
    node = declaration.node
    kind = read_type(scheme, node.type, found)
    if isinstance(kind, Unknown):
        return None
    ranged = read_range(node, kind, found)
    if ranged is None:
        return None
    default = None
    if node.default is not None:
        default = _read_default(node.default, kind, ranged, found)
    return Fact(
        name=node.name.text,
        code=node.name.code,
        scope=node.scope,
        type=kind,
        low=ranged.low,
        high=ranged.high,
        default=default,
        question=node.question,
        note=node.note,
        discretion=node.discretion,
        changeable=node.changeable,
        former=tuple(old.text for old in node.former),
        span=node.span,
    )


def _read_default(
    expression: tree.Expression, kind: Type, ranged: Ranged, found: list[Problem]
) -> Value | None:
    place, place_en = "默认值", "a default"
    match expression, kind:
        case tree.YesNo(value), YesNo():
            return value
        case tree.DateLiteral(day), Day():
            return day.year * 10_000 + day.month * 100 + day.day
        case tree.Reference(scope=None, name=name, keys=()), Enumerated():
            return find_member(name, kind, expression.span, found)
        case ((tree.Quantity() | tree.Minus()), Number()):
            amount = read_amount(expression, kind, found, place, place_en, expression.span)
            if amount is not None and not ranged.low <= amount <= ranged.high:
                found.append(
                    problems.OutOfRange(
                        span=expression.span,
                        value=shown(amount, kind),
                        low=shown(ranged.low, kind),
                        high=shown(ranged.high, kind),
                    )
                )
            return amount
    stated = _stated(expression)
    if stated:
        found.append(
            problems.WrongType(
                span=expression.span,
                place=place,
                place_en=place_en,
                wanted=type_text(kind),
                found=stated,
            )
        )
    else:
        found.append(problems.NotConstant(span=expression.span, place=place, place_en=place_en))
    return None


def _stated(expression: tree.Expression) -> str:
    """What kind of plain value an expression is, or an empty string for one that is computed."""
    match expression:
        case tree.YesNo():
            return "是否"
        case tree.DateLiteral():
            return "日期"
        case tree.Quantity(_, unit):
            return unit or "比例"
        case tree.Reference(scope=None, name=name, keys=()):
            return name
    return ""


def find_member(name: str, kind: Enumerated, span: Span, found: list[Problem]) -> int | None:
    """The place of a member in its enumeration, by either of its names."""
    for place, forms in enumerate(kind.members):
        if name in forms:
            return place
    forms_known = [form for forms in kind.members for form in forms if form]
    found.append(
        problems.NotAMember(
            span=span,
            enumeration=kind.name,
            name=name,
            near=nearest(name, forms_known),
            known=tuple(f"`{text}`" for text, _ in kind.members),
        )
    )
    return None


def declared_parameter(
    scheme: Scheme, declaration: ParameterDeclaration, found: list[Problem]
) -> tuple[Declared, Type, tuple[Type, ...]] | None:
    """What a parameter's values have to be, for the check of its series."""
    node = declaration.node
    kind = read_type(scheme, node.type, found)
    keys = tuple(read_type(scheme, key, found) for key in node.keys)
    if not isinstance(kind, (Number, Unknown)):
        found.append(
            problems.WrongType(
                span=node.type.span,
                place="参数",
                place_en="a parameter",
                wanted="单位",
                found=type_text(kind),
            )
        )
        return None
    if isinstance(kind, Unknown) or any(isinstance(key, Unknown) for key in keys):
        return None
    for key, written in zip(keys, node.keys, strict=True):
        if not isinstance(key, Enumerated):
            found.append(
                problems.WrongType(
                    span=written.span,
                    place="`按` ",
                    place_en="`按`",
                    wanted="枚举",
                    found=type_text(key),
                )
            )
            return None
    ranged = read_range(node, kind, found)
    scale = shown_scale(kind.unit)
    stated = node.low is not None
    declared = Declared(
        name=node.name.text,
        other_name=node.name.code,
        unit_text=type_text(kind),
        is_ratio=kind == RATIO,
        keys=tuple(key.members for key in keys if isinstance(key, Enumerated)),
        low=ranged.low / scale if ranged else None,
        high=ranged.high / scale if ranged and (stated or kind != RATIO) else None,
        span=node.span,
    )
    return declared, kind, keys
