"""Whether a slip in a value is refused by what the policy says of its parameters: `dibao check` would tell it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from attrs import define, evolve, field

from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.lawcraft.properties import refuted, settled
from dibao_policy.lawcraft.trial import behind
from dibao_policy.parameters.series import Entry


@define
class HeldAgainst:
    """The programs of a policy, and its properties that read only parameters, by what each rests on."""

    programs: Sequence[ir.Program]
    _resting: list[tuple[ir.Property, frozenset[str]]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._resting = [(one, self._behind(one)) for one in settled(self.programs)]

    def _behind(self, one: ir.Property) -> frozenset[str]:
        parts = [part for part in (one.premise, one.conclusion) if part is not None]
        names = {
            read.table if isinstance(read, ir.Lookup) else read.name
            for part in parts
            for read in reads(part)
        }
        return frozenset(name for each in self.programs for name in behind(names, each.rules))

    def refuses(self, table: ir.Table, programs: Sequence[ir.Program]) -> bool:
        """Whether a property is refuted by other values of a parameter, in the programs of the days they are for."""
        about = [one for one, names in self._resting if table.name in names]
        changed = [_with(one, table) for one in programs]
        return bool(about) and refuted(changed, about)


def _with(program: ir.Program, table: ir.Table) -> ir.Program:
    def other(tables: Sequence[ir.Table]) -> tuple[ir.Table, ...]:
        return tuple(table if one.name == table.name else one for one in tables)

    return evolve(program, tables=other(program.tables), published=other(program.published))


def programs_with(programs: Sequence[ir.Program], entry: Entry) -> list[ir.Program]:
    """The programs in which an entry of a parameter is in force."""
    return [
        one
        for one in programs
        if any(table.entry is entry for table in (*one.tables, *one.published))
    ]


def programs_on(programs: Sequence[ir.Program], day: datetime.date) -> list[ir.Program]:
    """The program of a day, if there is one."""
    return [one for one in programs if one.since <= day and (one.until is None or day <= one.until)]
