"""The places of the members, as lines of Python.

The loop that computes each member's key also settles the places: the member at hand moves back by one everybody
before it whom it passes, and stands behind all others. Equal keys so keep their order of appearance,
and whoever does not count keeps place 0.
"""

from __future__ import annotations

from dibao_policy.core.integers import Accumulator
from dibao_policy.evaluate.print_code import Printer

RANKS = ("descending", "ascending")


def places_list(one: Accumulator) -> str:
    """What the list of the places is called."""
    return f"s_a_{one.name}"


def start_places(printer: Printer, one: Accumulator) -> None:
    """The lists of the places and of the keys, before the loop over the members."""
    printer.line(f"{places_list(one)} = [0] * (stop - start)")
    printer.line(f"k_{one.name} = [0] * (stop - start)")


def place_member(printer: Printer, one: Accumulator) -> None:
    """The member at hand among those before it."""
    if one.when is None:
        _place(printer, one)
    else:
        with printer.block(f"if {printer.expression(one.when)}:"):
            _place(printer, one)


def _place(printer: Printer, one: Accumulator) -> None:
    places, keys = places_list(one), f"k_{one.name}"
    key = printer.named(printer.expression(one.body))
    printer.line(f"{keys}[p - start] = {key}")
    printer.line(f"{places}[p - start] = 1")
    passed = f"{keys}[o] {'<' if one.kind == 'descending' else '>'} {key}"
    with printer.block("for o in range(p - start):"):
        if one.when is not None:
            with printer.block(f"if {places}[o] == 0:"):
                printer.line("continue")
        with printer.block(f"if {passed}:"):
            printer.line(f"{places}[o] += 1")
        with printer.block("else:"):
            printer.line(f"{places}[p - start] += 1")
