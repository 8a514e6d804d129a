"""A parameter's values on a day, in smallest units."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated, Type
from dibao_policy.model.scheme import ParameterDeclaration, Scheme
from dibao_policy.parameters.series import Declared, Entry, entry_on
from dibao_policy.syntax import tree
from dibao_policy.units import read_unit


@frozen
class KnownParameter:
    """A parameter and what its values have to be."""

    declared: Declared
    type: Type
    keys: tuple[Type, ...]


Tables = dict[tuple[str, int], ir.Table]
"""Tables that regimes share, by the parameter's name and the identity of its entry."""


def is_outside(scheme: Scheme, name: str, day: datetime.date) -> bool:
    """Whether a day lies before or after all values of a parameter: what is wrong between is reported with them."""
    series = scheme.parameters[name].series
    if series is None or not series.whole:
        return False
    since = [entry.since for entry in series.entries]
    return not since or day < min(since) or day >= max(since)


def table_on(
    scheme: Scheme,
    parameters: Mapping[str, KnownParameter],
    name: str,
    day: datetime.date,
    tables: Tables | None = None,
) -> ir.Table | None:
    """A parameter's values on a day, or None where it has none or they are incomplete.

    One that is among the `tables` is taken from there, one that is not is entered.
    """
    declaration = scheme.parameters[name]
    known = parameters.get(name)
    if declaration.series is None or known is None:
        return None
    entry = entry_on(declaration.series, day)
    if entry is None:
        return None
    tables = {} if tables is None else tables
    place = (name, id(entry))
    if place not in tables:
        tables[place] = table_of(declaration, known, entry)
    return tables[place]


def table_of(declaration: ParameterDeclaration, known: KnownParameter, entry: Entry) -> ir.Table:
    """The values of one entry of a parameter."""
    name = declaration.node.name.text
    unit = read_unit(known.declared.unit_text)
    scale = Fraction(unit[1]) if unit else Fraction(1)
    members = [key.members for key in known.keys if isinstance(key, Enumerated)]
    given = _by_place(entry, members)
    values: list[Fraction] = []
    for combination in itertools.product(*(range(len(forms)) for forms in members)):
        number = given.get(combination)
        if number is None:
            return _incomplete(known, declaration.node, entry, declaration.layer)
        values.append(number * scale)
    return ir.Table(
        name=name,
        code=declaration.node.name.code,
        type=known.type,
        keys=known.keys,
        values=tuple(values),
        entry=entry,
        layer=declaration.layer,
        span=declaration.node.span,
    )


def _incomplete(known: KnownParameter, node: tree.Parameter, entry: Entry, layer: str) -> ir.Table:
    """A missing member is a problem of the series, already reported: stand in with zeros, report no gap."""
    size = 1
    for key in known.keys:
        size *= len(key.members) if isinstance(key, Enumerated) else 1
    values = (Fraction(0),) * size
    return ir.Table(
        node.name.text, node.name.code, known.type, known.keys, values, entry, layer, span=node.span
    )


def _by_place(
    entry: Entry, members: Sequence[tuple[tuple[str, str], ...]]
) -> dict[tuple[int, ...], Fraction]:
    """The values by the places of the members that they are for, each written under either of its names."""
    places = [
        {form: place for place, forms in enumerate(one) for form in forms if form}
        for one in members
    ]
    found: dict[tuple[int, ...], Fraction] = {}
    for cell in entry.cells:
        if len(cell.key) == len(places):
            where = [known.get(key) for key, known in zip(cell.key, places, strict=True)]
            if None not in where:
                found.setdefault(tuple(place for place in where if place is not None), cell.number)
    return found
