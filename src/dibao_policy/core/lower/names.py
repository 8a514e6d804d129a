"""Names in expressions to what they stand for: facts, rules, parameters, members of an enumeration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, evolve, frozen

from dibao_policy.core import ir, problems
from dibao_policy.core.check import Checker
from dibao_policy.core.declared import enumerated, find_member, read_type
from dibao_policy.core.types import Day, Enumerated, Type, Unknown, YesNo, seen_from, type_text
from dibao_policy.model.resolve import DECISION_DAY, Target, find, unknown_name
from dibao_policy.model.scheme import Scheme
from dibao_policy.syntax import tree


@frozen
class Keyed:
    """What a parameter may be looked up by: the names of each enumeration's values.

    `having` leads from a member, under either form, to the enumerations that have it.
    `unsure` where the type of something is not known.
    """

    names: Mapping[str, Sequence[str]]
    having: Mapping[str, Sequence[str]]
    unsure: bool


def keyed_by(scheme: Scheme, types: Mapping[str, Type]) -> Keyed:
    """Gather the values and the members of each enumeration, once for all rules."""
    having: dict[str, list[str]] = {}
    for name, declared in scheme.enumerations.items():
        forms = (form for one in declared.node.members for form in (one.text, one.code))
        for form in dict.fromkeys(forms):
            having.setdefault(form, []).append(name)
    names: dict[str, list[str]] = {}
    for name, kind in types.items():
        if isinstance(kind, Enumerated):
            names.setdefault(kind.name, []).append(name)
    return Keyed(names, having, any(isinstance(kind, Unknown) for kind in types.values()))


@define
class Lowering:
    """What the expressions of one rule may see. `types` holds the declared type of every value."""

    scheme: Scheme
    types: Mapping[str, Type]
    keyed: Keyed
    checker: Checker
    inside: bool = False

    def scope_of(self, name: str) -> tree.Scope | None:
        """Whose value a name is; None for a parameter or an unknown name."""
        target = find(self.scheme, name)
        return target.scope if target is not None else None

    def of_member(self) -> Lowering:
        """The same names as one member sees them."""
        checker = evolve(self.checker, scope="member")
        return Lowering(self.scheme, self.types, self.keyed, checker, inside=True)


def key_types(context: Lowering, node: tree.Reference) -> list[Type | None]:
    """What the brackets after a parameter's name have to hold; None where nothing is known of it."""
    target = find(context.scheme, node.name)
    wanted: list[Type | None] = []
    if target is not None and target.kind == "parameter":
        declared = context.scheme.parameters[target.name].node
        wanted = [read_type(context.scheme, key, []) for key in declared.keys]
    return [*wanted, *[None] * len(node.keys)][: len(node.keys)]


def reference(
    context: Lowering,
    node: tree.Reference,
    keys: Sequence[ir.Expression],
    expected: Type | None,
) -> ir.Expression:
    """A value by its name; `keys` is what stands in the brackets after it."""
    scheme, checker, span = context.scheme, context.checker, node.span
    target = find(scheme, node.name)
    if target is None:
        return _member(context, node, expected)
    if node.keys and target.kind != "parameter":
        return checker.report(
            problems.NotAParameter(
                span=span, name=node.name, plain=node.name, wanted=0, found=len(node.keys)
            ),
            span,
        )
    if node.scope is not None and target.scope is not None and node.scope != target.scope:
        words = {"household": "家庭", "member": "成员"}
        return checker.report(
            problems.WrongScope(
                span=span,
                name=node.name,
                actual=words[target.scope],
                written=words[node.scope],
            ),
            span,
        )
    if target.scope == "member" and checker.scope == "household":
        kind = context.types.get(target.name)
        aggregate = "存在" if isinstance(kind, YesNo) else "合计"
        mend = f"{aggregate}(成员.{target.name})"
        return checker.report(
            problems.MemberInHousehold(span=span, name=node.name, mend=mend), span
        )
    if target.kind == "parameter":
        return _lookup(context, node, target, keys)
    if target.kind == "day":
        return ir.ReadFact(DECISION_DAY, "household", Day(), span=span)
    kind = context.types.get(target.name, Unknown())
    if isinstance(kind, Unknown):
        return ir.Bad(span=span)
    assert target.scope is not None
    read = ir.ReadFact if target.kind == "input" else ir.ReadRule
    return read(target.name, target.scope, seen_from(kind, checker.scope), span=span)


def _member(context: Lowering, node: tree.Reference, expected: Type | None) -> ir.Expression:
    """A name that is no value: the member of an enumeration, or nothing known."""
    scheme, checker, span = context.scheme, context.checker, node.span
    having = context.keyed.having.get(node.name, ())
    if isinstance(expected, Enumerated):
        if not having and node.name in scheme.broken:
            return ir.Bad(span=span)
        place = find_member(node.name, expected, span, checker.found)
        return ir.Bad(span=span) if place is None else ir.Literal(place, expected, span=span)
    if len(having) == 1:
        kind = enumerated(scheme, having[0])
        assert kind is not None
        place = find_member(node.name, kind, span, checker.found)
        return ir.Bad(span=span) if place is None else ir.Literal(place, kind, span=span)
    if having:
        if isinstance(expected, Unknown):
            return ir.Bad(span=span)
        names = tuple(f"`{name}`" for name in having)
        return checker.report(
            problems.AmbiguousMember(span=span, name=node.name, enumerations=names), span
        )
    problem = unknown_name(scheme, node.name, span, len(checker.found))
    if problem is not None:
        checker.found.append(problem)
    return ir.Bad(span=span)


def _lookup(
    context: Lowering, node: tree.Reference, target: Target, given: Sequence[ir.Expression]
) -> ir.Expression:
    """A parameter, looked up by what stands in the brackets or by the one input of each key's type."""
    scheme, checker, span = context.scheme, context.checker, node.span
    declared = scheme.parameters[target.name].node
    kind = context.types.get(target.name, Unknown())
    if isinstance(kind, Unknown):
        return ir.Bad(span=span)
    wanted = [read_type(scheme, key, []) for key in declared.keys]
    keys: list[ir.Expression] = []
    if node.keys:
        if len(node.keys) != len(wanted):
            return checker.report(
                problems.NotAParameter(
                    span=span,
                    name=node.name,
                    plain="" if wanted else node.name,
                    wanted=len(wanted),
                    found=len(node.keys),
                ),
                span,
            )
        for value, key in zip(given, wanted, strict=True):
            if value.type != key and not isinstance(value.type, Unknown):
                checker.found.append(
                    problems.WrongType(
                        span=value.span,
                        place=f"`{target.name}` 的方括号",
                        place_en=f"the bracket of `{target.name}`",
                        wanted=type_text(key),
                        found=type_text(value.type),
                    )
                )
                value = ir.Bad(span=span)
            keys.append(value)
    else:
        for key in wanted:
            fitting = [
                name
                for name in context.keyed.names.get(type_text(key), ())
                if _visible(scheme, name, checker.scope)
            ]
            if not fitting and (context.keyed.unsure or type_text(key) in scheme.broken):
                # What would have told which one is faulty itself, and reported.
                return ir.Bad(span=span)
            if len(fitting) != 1:
                return checker.report(
                    problems.NeedsKey(span=span, name=target.name, key=type_text(key)), span
                )
            keys.append(reference(context, tree.Reference(None, fitting[0], (), span), (), None))
    if any(isinstance(key, ir.Bad) for key in keys):
        return ir.Bad(span=span)
    return ir.Lookup(target.name, tuple(keys), seen_from(kind, checker.scope), span=span)


def _visible(scheme: Scheme, name: str, scope: tree.Scope) -> bool:
    target = find(scheme, name)
    return (
        target is not None
        and target.kind in ("input", "rule")
        and (scope == "member" or target.scope == "household")
    )
