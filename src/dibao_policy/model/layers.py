"""Folders to one scheme: a local policy over the policies that it inherits from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, field, frozen

from dibao_policy.dates import Period
from dibao_policy.model import problems, rename_problems
from dibao_policy.model.scheme import (
    EnumerationDeclaration,
    InputDeclaration,
    Layer,
    ParameterDeclaration,
    RuleVersion,
    Scheme,
    Stated,
)
from dibao_policy.model.stated import follows, versions_before
from dibao_policy.model.versions import add_version, override, repeated_labels
from dibao_policy.parameters.series import Series
from dibao_policy.problem import Problem, has_errors
from dibao_policy.syntax import tree
from dibao_policy.syntax.parse import parse
from dibao_policy.text import Source, Span, nearest


@frozen
class PolicyText:
    """The texts of one policy folder, not yet read. `code` is the folder's name."""

    code: str
    rules: tuple[Source, ...]
    parameters: tuple[Source, ...]
    siblings: tuple[str, ...] = ()


Library = Callable[[str], PolicyText | None]


@define
class _Collector:
    found: list[Problem]
    layers: list[Layer] = field(factory=list)
    series: dict[str, list[tuple[str, Series]]] = field(factory=dict)
    documents: dict[tuple[str, str], tree.Document] = field(factory=dict)
    enumerations: dict[str, EnumerationDeclaration] = field(factory=dict)
    inputs: dict[str, InputDeclaration] = field(factory=dict)
    parameters: dict[str, ParameterDeclaration] = field(factory=dict)
    rules: dict[str, list[RuleVersion]] = field(factory=dict)
    owners: dict[str, str] = field(factory=dict)
    deductions: dict[str, str] = field(factory=dict)
    codes: dict[str, str] = field(factory=dict)
    former: dict[str, str] = field(factory=dict)
    stated: list[Stated] = field(factory=list)
    places: dict[str, Span] = field(factory=dict)
    sharing: set[str] = field(factory=set)
    broken: set[str] = field(factory=set)
    unread: bool = False


def layer(text: PolicyText, library: Library) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """Read a policy and all that it inherits from; None where not even a header could be read."""
    state = _Collector([])
    _read_layer(text, library, state, ())
    # The general layer first: a name that a local layer takes again is a problem of the local text.
    for one in state.layers:
        _collect(one, state)
    if not state.layers:
        return None, tuple(state.found)
    _join_series(state)
    top = state.layers[-1]
    scheme = Scheme(
        code=top.code,
        name=top.name,
        version=top.version,
        period=top.header.period,
        layers=tuple(reversed(state.layers)),
        documents=state.documents,
        enumerations=state.enumerations,
        inputs=state.inputs,
        parameters=state.parameters,
        rules={name: tuple(versions) for name, versions in state.rules.items()},
        deductions=state.deductions,
        codes=state.codes,
        former=state.former,
        former_of=_former_of(state.former),
        stated=tuple(state.stated),
        broken=frozenset(state.broken),
        header_span=top.header.name.span,
    )
    return scheme, tuple(state.found)


def _read_layer(
    text: PolicyText, library: Library, state: _Collector, path: tuple[str, ...]
) -> tree.PolicyHeader | None:
    # PyYAML takes as long to import as the rest of the parameters: only a text to read needs it.
    from dibao_policy.parameters.read import read_parameters

    files = []
    for source in text.rules:
        file, found = parse(source)
        files.append(file)
        state.found += found
    for source in text.parameters:
        series, found = read_parameters(source)
        state.found += found
        # What an unreadable file holds is not missing: one mistake gives one problem.
        state.unread |= has_errors(found) and not series
        for one in series:
            state.series.setdefault(one.name, []).append((text.code, one))
    blocks = [block for file in files for block in file.blocks]
    unread = [block for block in blocks if isinstance(block, tree.Broken)]
    state.broken.update(*(block.words for block in unread))
    headers = [block for block in blocks if isinstance(block, tree.PolicyHeader)]
    if len(headers) > 1 or not (headers or unread):
        place = headers[1].span if headers else None
        state.found.append(problems.NoHeader(span=place, policy=text.code, count=len(headers)))
    if not headers and len(unread) in (0, len(blocks)):
        return None
    header = headers[0] if headers else _stand_in(text, blocks[0].span)
    for parent in header.inherits:
        _inherit(parent, text, library, state, (*path, text.code))
    # After all that it inherits from: what it rewrites is known by then.
    state.layers.append(Layer(text.code, header.name.text, header.version, header, tuple(files)))
    return header


def _stand_in(text: PolicyText, span: Span) -> tree.PolicyHeader:
    """A header for one that cannot be read, so that all other blocks are still checked."""
    return tree.PolicyHeader(tree.Name(text.code, "", span), "", (), (), Period(), "", span)


def _inherit(
    parent: tree.Inherit,
    text: PolicyText,
    library: Library,
    state: _Collector,
    path: tuple[str, ...],
) -> None:
    code = parent.name.code or parent.name.text
    if code in path:
        shown = " → ".join((*path[path.index(code) :], code))
        state.found.append(problems.CircularInheritance(span=parent.span, path=shown))
        return
    if any(known.code == code for known in state.layers):
        return
    found = library(code)
    if found is None:
        state.found.append(
            problems.UnknownParent(span=parent.span, policy=code, near=nearest(code, text.siblings))
        )
        return
    header = _read_layer(found, library, state, path)
    if header is not None and parent.version and parent.version != header.version:
        state.found.append(
            problems.ParentVersion(
                span=parent.span, policy=code, actual=header.version, pinned=parent.version
            )
        )


def _collect(one: Layer, state: _Collector) -> None:
    for document in one.header.documents:
        key = (one.code, document.short_name)
        if key in state.documents:
            state.found.append(
                problems.RepeatedName(
                    span=document.span,
                    name=document.short_name,
                    related=(state.documents[key].span,),
                )
            )
        state.documents.setdefault(key, document)
    # An enumeration comes before the value that shares its name, wherever the two are written.
    for file in one.files:
        for block in file.blocks:
            if isinstance(block, tree.Enumeration) and _declare(block.name, state, shares=False):
                state.enumerations[block.name.text] = EnumerationDeclaration(block, one.code)
    for file in one.files:
        for block in file.blocks:
            match block:
                case tree.Input():
                    if _declare(block.name, state):
                        state.inputs[block.name.text] = InputDeclaration(block, one.code)
                        _rename(block.name, block.former, state)
                case tree.Parameter():
                    if _declare(block.name, state):
                        state.parameters[block.name.text] = ParameterDeclaration(
                            block, one.code, None
                        )
                        _rename(block.name, block.former, state)
                case tree.Procedure() | tree.Fund() | tree.Property():
                    if _states(block, one.code, state):
                        state.stated.append(Stated(block, one.code))
                case tree.PolicyHeader() | tree.Enumeration() | tree.Override() | tree.Broken():
                    pass
                case _:
                    _collect_rule(block, one, state)
    # A rule of a layer may be rewritten once all that the layer declares is known.
    for file in one.files:
        for block in file.blocks:
            if isinstance(block, tree.Override):
                _override(block, one, state)


def _states(
    block: tree.Procedure | tree.Fund | tree.Property, layer: str, state: _Collector
) -> bool:
    """Whether a block states something new, or a later version of what its layer stated."""
    before = versions_before(block, layer, state.stated)
    if before and not isinstance(block, tree.Property):
        return follows(block, before, state.found)
    return _declare(block.name, state)


def _collect_rule(block: tree.Rule, one: Layer, state: _Collector) -> None:
    name = block.name.text
    version = RuleVersion(block, block.period, one.code)
    if name in state.rules:
        block = add_version(version, state.owners[name], state.rules[name], state.found)
    elif _declare(block.name, state):
        state.rules[name] = [version]
        state.owners[name] = one.code
    else:
        return
    _rename(block.name, block.former, state)
    state.found += repeated_labels(block)
    _declare_deductions(block, name, state)


def _declare_deductions(block: tree.Rule, name: str, state: _Collector) -> None:
    if isinstance(block, tree.Income):
        for deduction in block.deductions:
            known = state.deductions.get(deduction.name.text)
            if known != name and _declare(deduction.name, state):
                state.deductions[deduction.name.text] = name


def _override(block: tree.Override, one: Layer, state: _Collector) -> None:
    """Put a local layer's rule in the place of an inherited one, on the days that it names."""
    name = state.codes.get(block.name.text, block.name.text)
    if name not in state.rules or not _comes_down_to(one, state.owners[name], state):
        if block.name.text not in state.broken:
            state.found.append(_no_rule(block.name, state))
        return
    rule = override(block, one.code, state.owners[name], state.rules[name], state.found)
    if rule is not None:
        state.found += repeated_labels(rule)
        _declare_deductions(rule, name, state)


def _no_rule(name: tree.Mention, state: _Collector) -> Problem:
    """What is to be rewritten and is no inherited rule: an old name, a deduction, or nothing known."""
    if state.former.get(name.text) in state.rules:
        return rename_problems.FormerName(
            span=name.span, name=name.text, current=state.former[name.text]
        )
    text = state.codes.get(name.text, name.text)
    near = nearest(name.text, names_of(state.rules, state.codes))
    return problems.UnknownOverride(
        span=name.span,
        name=name.text,
        income=state.deductions.get(text, ""),
        near="" if near == name.text else near,
    )


def _comes_down_to(one: Layer, owner: str, state: _Collector) -> bool:
    """Whether a layer inherits from another one, be it through others; or is that one itself."""
    layers = {layer.code: layer for layer in state.layers}
    seen: set[str] = set()
    left = [one.code]
    while left:
        code = left.pop()
        if code == owner:
            return True
        if code not in seen and code in layers:
            seen.add(code)
            left += [
                parent.name.code or parent.name.text for parent in layers[code].header.inherits
            ]
    return False


def _rename(name: tree.Name, former: tuple[tree.Mention, ...], state: _Collector) -> None:
    """Enter the names that a thing had before; each version of a rule may say them."""
    seen: set[str] = set()
    for old in former:
        known = state.places.get(old.text)
        said_before = state.former.get(old.text) == name.text and old.text not in seen
        seen.add(old.text)
        if known is not None and not said_before:
            state.found.append(
                problems.RepeatedName(span=old.span, name=old.text, related=(known,))
            )
            continue
        state.places.setdefault(old.text, old.span)
        state.former[old.text] = name.text


def _former_of(former: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """From a name to those that the thing had before."""
    found: dict[str, tuple[str, ...]] = {}
    for old, name in former.items():
        found[name] = (*found.get(name, ()), old)
    return found


def _declare(name: tree.Name, state: _Collector, shares: bool = True) -> bool:
    """Enter a name under both its forms; False where it is already taken.

    One value may share the name of an enumeration: `家庭.区县: 区县`.
    """
    for form in filter(None, (name.text, name.code)):
        known = state.places.get(form)
        if known is not None and not (shares and _may_share(form, state)):
            state.found.append(problems.RepeatedName(span=name.span, name=form, related=(known,)))
            # Its other form is not unknown: one mistake gives one problem.
            state.broken |= {name.text, name.code} - {""}
            return False
    if name.text in state.enumerations:
        state.sharing.add(name.text)
    state.places.setdefault(name.text, name.span)
    if name.code:
        state.places.setdefault(name.code, name.span)
        state.codes[name.code] = name.text
    return True


def _may_share(form: str, state: _Collector) -> bool:
    text = state.codes.get(form, form)
    return text in state.enumerations and text not in state.sharing


def _join_series(state: _Collector) -> None:
    """Give each declared parameter the values that the files hold for it."""
    left: dict[str, list[tuple[str, Series]]] = dict(state.series)
    for name, declaration in state.parameters.items():
        node = declaration.node
        forms = (node.name.text, node.name.code, *(old.text for old in node.former))
        given = [one for form in filter(None, forms) for one in left.pop(form, [])]
        for _, extra in given[1:]:
            state.found.append(
                problems.RepeatedName(
                    span=extra.name_span, name=extra.name, related=(given[0][1].name_span,)
                )
            )
        if given:
            giver, series = given[0]
            state.parameters[name] = ParameterDeclaration(node, declaration.layer, series, giver)
            if series.name not in forms[:2]:
                state.found.append(
                    problems.FormerSeriesName(
                        span=series.name_span, related=(node.name.span,), name=series.name, now=name
                    )
                )
        elif not state.unread:
            near = nearest(node.name.text, left)
            # One of two spellings is mistyped: one problem, with both places.
            other = left.pop(near, [])
            state.found.append(
                problems.NoSeries(
                    span=node.name.span,
                    name=node.name.text,
                    near=near,
                    related=tuple(series.name_span for _, series in other),
                )
            )
    undeclared = [one for given in left.values() for _, one in given]
    unmet = [name for name, known in state.parameters.items() if known.series is None]
    for series in undeclared:
        if series.name in state.broken:
            continue
        state.found.append(
            problems.UndeclaredSeries(
                span=series.name_span, name=series.name, near=nearest(series.name, unmet)
            )
        )


def names_of(mapping: Mapping[str, object], codes: Mapping[str, str]) -> tuple[str, ...]:
    """The names of a table under both their forms."""
    return (*mapping, *(code for code, name in codes.items() if name in mapping))
