"""A program in integers to one plain Python function: the fast evaluator.

The function has one argument per fact, loops over the members as often as the rules need and no more,
and uses nothing but integers, comparisons and lists that it is given, so that numba can compile the same text.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attrs import frozen

from dibao_policy.core.forms import Int
from dibao_policy.core.integers import Accumulator, Computed, IntegerProgram
from dibao_policy.core.types import YesNo
from dibao_policy.evaluate.print_code import Printer, Slots
from dibao_policy.evaluate.print_rank import RANKS, place_member, places_list, start_places

_SMALL = 24
"""How many parts a value may have that is computed where it is read."""


@frozen
class Output:
    """A value that the function gives: `position` in what it returns, or among the lists that it fills.

    A number is `value / scale`; where `scale` is None, the next position holds its denominator.
    """

    name: str
    scope: str
    is_condition: bool
    position: int
    scale: int | None


@frozen
class Generated:
    """The function, its text, and where each value is found."""

    function: Callable[..., Any]
    source: str
    outputs: tuple[Output, ...]
    lists: int


def generate(integers: IntegerProgram, outputs: Iterable[str] | None = None) -> Generated:
    """Print and compile the function for the named rules, or for all of them.

    Its arguments are: start, stop (the places of the members in the lists), day, one integer per household
    fact, one list per member fact, one list to fill per member value. It returns a tuple of household values.
    """
    plan = _Plan(integers, outputs)
    source = plan.text()
    scope: dict[str, Any] = {}
    exec(compile(source, f"<{integers.program.policy} {integers.program.since}>", "exec"), scope)
    return Generated(scope["decide"], source, plan.outputs, len(plan.filled))


class _Plan:
    """What is computed when, and what it is called in the text."""

    def __init__(self, integers: IntegerProgram, outputs: Iterable[str] | None) -> None:
        self.integers = integers
        self.rules = {one.rule.name: one for one in integers.rules}
        wanted = list(self.rules) if outputs is None else list(outputs)
        self.times: dict[str, int] = {}
        self.needed = self._needed(wanted)
        for name in self.needed:
            self._rule_time(name)
        self.names = self._names()
        self.filled: list[str] = []
        self.outputs = tuple(self._place(wanted))
        self.shown = {f"r:{name}" for name in wanted}
        self.readers = self._readers()
        self._delay()
        self.stored = self._stored() - set(self.filled)
        self.within = self._within()

    def _needed(self, wanted: list[str]) -> list[str]:
        """The rules that the wanted ones read, directly or not, in order of computation."""
        found: set[str] = set()
        left = list(wanted)
        while left:
            name = left.pop()
            if name in found:
                continue
            found.add(name)
            left += [slot[2:] for slot in self._slots(self.rules[name]) if slot[:2] in ("r:", "d:")]
        return [name for name in self.rules if name in found]

    def _slots(self, one: Computed) -> set[str]:
        """The slots that a rule reads, through the values gathered over members too."""
        return self._through(_direct(one))

    def _through(self, slots: set[str]) -> set[str]:
        found = set(slots)
        for slot in slots:
            if slot.startswith("a:"):
                found |= _direct(self.integers.accumulators[slot[2:]])
        return found

    # ── when ──────────────────────────────────────────────────────────────
    # Even times are for the household, odd times are loops over the members.

    def _rule_time(self, name: str) -> int:
        if name not in self.times:
            one = self.rules[name]
            self.times[name] = self._time(_direct(one), one.rule.scope == "member")
        return self.times[name]

    def _time(self, slots: set[str], in_loop: bool) -> int:
        time = 1 if in_loop else 0
        for slot in slots:
            kind, name = slot[:2], slot[2:]
            if kind == "a:":
                time = max(
                    time,
                    self._gather_time(self.integers.accumulators[name]) + (2 if in_loop else 1),
                )
            elif kind in ("r:", "d:"):
                before = self._rule_time(name)
                same = (self.rules[name].rule.scope == "member") == in_loop
                time = max(time, before if same else before + 1)
        return time

    def _gather_time(self, gathered: Accumulator) -> int:
        return self._time(_direct(gathered), in_loop=True)

    def _readers(self) -> dict[str, list[Computed | Accumulator]]:
        """Who reads each rule directly."""
        found: dict[str, list[Computed | Accumulator]] = {name: [] for name in self.needed}
        readers: list[Computed | Accumulator] = [self.rules[name] for name in self.needed]
        readers += self._gathered()
        for reader in readers:
            for name in {slot[2:] for slot in _direct(reader) if slot[:2] in ("r:", "d:")}:
                found[name].append(reader)
        return found

    def _time_of(self, reader: Computed | Accumulator) -> tuple[int, bool]:
        """When something is computed, and whether that is in a loop."""
        if isinstance(reader, Accumulator):
            return self._gather_time(reader), True
        return self.times[reader.rule.name], reader.rule.scope == "member"

    def _delay(self) -> None:
        """Compute a member's value in the first loop that reads it, where it then needs no list."""
        for name in reversed(self.needed):
            one = self.rules[name]
            if one.rule.scope != "member" or f"r:{name}" in self.shown:
                continue
            if not any(
                slot[:2] in ("r:", "d:") and self.rules[slot[2:]].rule.scope == "member"
                for slot in _direct(one)
            ):
                times = [self._time_of(reader)[0] for reader in self.readers[name]]
                self.times[name] = min(times, default=self.times[name])

    def _within(self) -> dict[str, Int]:
        """Small values that one place alone reads: they are computed there, if at all."""
        found: dict[str, Int] = {}
        sizes: dict[str, int] = {}
        kept = self.shown | self.stored
        for name in self.needed:
            one, slot = self.rules[name], f"r:{name}"
            times = [self._time_of(reader) for reader in self.readers[name]]
            if one.scale is None or slot in kept or times != [self._time_of(one)]:
                continue
            size = _size(one.form.numerator)
            size += sum(sizes.get(inner, 0) for inner in slots_in(one.form.numerator))
            # Read in two branches it is printed twice, so it has to be small.
            if size <= _SMALL:
                found[slot], sizes[slot] = one.form.numerator, size
        return found

    # ── names ─────────────────────────────────────────────────────────────

    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {"day": "day"}
        for place, fact in enumerate(self.integers.program.facts):
            prefix = "h" if fact.scope == "household" else "m"
            names[f"f:{fact.name}"] = f"{prefix}_{_word(fact.code, place)}"
        for place, one in enumerate(self.integers.rules):
            word = _word(one.rule.code, place)
            names[f"r:{one.rule.name}"] = f"r_{word}"
            names[f"d:{one.rule.name}"] = f"d_{word}"
        for name in self.integers.accumulators:
            names[f"a:{name}"] = f"a_{name}"
        return names

    def _place(self, wanted: list[str]) -> Iterator[Output]:
        position = 0
        for name in wanted:
            one = self.rules[name]
            slots = [f"r:{name}"] if one.scale is not None else [f"r:{name}", f"d:{name}"]
            if one.rule.scope == "household":
                at, position = position, position + len(slots)
            else:
                at = len(self.filled)
                self.filled += slots
            yield Output(name, one.rule.scope, one.rule.type == YesNo(), at, one.scale)

    def _stored(self) -> set[str]:
        """Member values that a later loop reads, and that therefore need a list."""
        found: set[str] = set()

        def note(slots: set[str], time: int) -> None:
            for slot in slots:
                if slot[:2] not in ("r:", "d:") or self.times[slot[2:]] >= time:
                    continue
                if self.rules[slot[2:]].rule.scope == "member":
                    found.add(slot)

        for name in self.needed:
            one = self.rules[name]
            if one.rule.scope == "member":
                note(_direct(one), self.times[name])
        for gathered in self._gathered():
            note(_direct(gathered), self._gather_time(gathered))
        return found

    def _gathered(self) -> list[Accumulator]:
        """The values over members that the needed rules read."""
        used = {
            slot[2:]
            for name in self.needed
            for slot in _direct(self.rules[name])
            if slot.startswith("a:")
        }
        return [one for name, one in self.integers.accumulators.items() if name in used]

    # ── text ──────────────────────────────────────────────────────────────

    def text(self) -> str:
        """The whole function."""
        program = self.integers.program
        household = [self.names[f"f:{f.name}"] for f in program.facts if f.scope == "household"]
        members = [self.names[f"f:{f.name}"] for f in program.facts if f.scope == "member"]
        filled = [f"o_{self.names[slot]}" for slot in self.filled]
        gathered = self._gathered()
        slots = Slots(
            self.names,
            member_lists=frozenset(members),
            loop_names=frozenset(
                self.names[slot]
                for name in self.needed
                if self.rules[name].rule.scope == "member"
                for slot in (f"r:{name}", f"d:{name}")
            )
            | {f"a_{one.name}" for one in gathered if one.kind in RANKS},
            lists={slot: f"o_{self.names[slot]}" for slot in self.filled}
            | {slot: f"s_{self.names[slot]}" for slot in self.stored}
            | {f"a:{one.name}": places_list(one) for one in gathered if one.kind in RANKS},
            within=self.within,
        )
        roots = [
            part
            for name in self.needed
            for part in (self.rules[name].form.numerator, self.rules[name].form.denominator)
        ]
        roots += [part for one in gathered for part in (one.body, one.when) if part is not None]
        printer = Printer(slots, roots)
        for slot in sorted(self.stored):
            printer.line(f"s_{self.names[slot]} = [0] * (stop - start)")
        last = max(
            [self.times[name] for name in self.needed] + [self._gather_time(g) for g in gathered],
            default=0,
        )
        for time in range(last + 1):
            rules = [
                self.rules[name]
                for name in self.needed
                if self.times[name] == time and f"r:{name}" not in self.within
            ]
            if time % 2 == 0:
                for one in rules:
                    self._assign(printer, one)
                continue
            inside = [one for one in gathered if self._gather_time(one) == time]
            if rules or inside:
                self._loop(printer, rules, inside, time)
        returned = ", ".join(self._returned())
        printer.line(f"return ({returned}{',' if returned else ''})")
        arguments = ", ".join(["start", "stop", "day", *household, *members, *filled])
        return "\n".join([*printer.tables(), f"def decide({arguments}):", *printer.lines, ""])

    def _returned(self) -> Iterator[str]:
        for output in self.outputs:
            if output.scope == "household":
                yield self.names[f"r:{output.name}"]
                if output.scale is None:
                    yield self.names[f"d:{output.name}"]

    def _assign(self, printer: Printer, one: Computed) -> None:
        name = one.rule.name
        printer.assign(self.names[f"r:{name}"], one.form.numerator, f"r:{name}")
        if one.scale is None:
            printer.assign(self.names[f"d:{name}"], one.form.denominator, f"d:{name}")

    def _loop(
        self, printer: Printer, rules: list[Computed], inside: list[Accumulator], time: int
    ) -> None:
        printer.hoist(
            [part for one in rules for part in (one.form.numerator, one.form.denominator)]
            + [part for one in inside for part in (one.body, one.when) if part is not None]
        )
        for one in inside:
            if one.kind in RANKS:
                start_places(printer, one)
                continue
            initial: object = bool(one.initial) if one.kind in ("any", "all") else one.initial
            printer.line(f"a_{one.name} = {initial}")
        with printer.block("for p in range(start, stop):", loop=time):
            for rule in rules:
                self._assign(printer, rule)
                for slot in (f"r:{rule.rule.name}", f"d:{rule.rule.name}"):
                    if slot in printer.slots.lists and (slot[0] == "r" or rule.scale is None):
                        printer.line(f"{printer.slots.at(slot)} = {self.names[slot]}")
            for one in inside:
                _gather(printer, one)


def _gather(printer: Printer, one: Accumulator) -> None:
    if one.kind in RANKS:
        place_member(printer, one)
        return
    target = f"a_{one.name}"
    if one.when is not None:
        with printer.block(f"if {printer.expression(one.when)}:"):
            _gather(printer, Accumulator(one.name, one.kind, one.body, None, one.initial))
        return
    body = printer.expression(one.body)
    match one.kind:
        case "sum" | "count":
            printer.line(f"{target} += {body}")
        case "any":
            with printer.block(f"if {body}:"):
                printer.line(f"{target} = True")
        case "all":
            with printer.block(f"if not {body}:"):
                printer.line(f"{target} = False")
        case "maximum" | "minimum":
            sign = ">" if one.kind == "maximum" else "<"
            name = printer.named(body)
            with printer.block(f"if {name} {sign} {target}:"):
                printer.line(f"{target} = {name}")


def _nodes(node: Int) -> Iterable[Int]:
    known: dict[int, Int] = {}
    left = [node]
    while left:
        one = left.pop()
        if id(one) not in known:
            known[id(one)] = one
            left += one.arguments
    return known.values()


def _size(node: Int) -> int:
    return len(list(_nodes(node)))


def slots_in(node: Int) -> set[str]:
    """The slots that an integer expression reads."""
    return {one.name for one in _nodes(node) if one.operator == "slot"}


def _direct(one: Computed | Accumulator) -> set[str]:
    """The slots that a rule, or what is gathered over the members, reads itself."""
    if isinstance(one, Computed):
        return slots_in(one.form.numerator) | slots_in(one.form.denominator)
    return slots_in(one.body) | (slots_in(one.when) if one.when else set())


def _word(code: str, place: int) -> str:
    """A code name that Python can use, or a number."""
    usable = code.isascii() and code.isidentifier() and not keyword.iskeyword(code)
    return f"{code}_{place}" if usable else str(place)


def arguments_of(
    generated: Generated, day: int, size: int, household: Iterable[int], members: Iterable[object]
) -> tuple[tuple[Any, ...], list[list[int]]]:
    """The arguments for one household, and the lists among them that the function fills."""
    filled = [[0] * size for _ in range(generated.lists)]
    return (0, size, day, *household, *members, *filled), filled
