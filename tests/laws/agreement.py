"""Whether the interpreter and the generated function agree, on every value of random policies and households."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import define, evolve, field, frozen

from dibao_policy.compile import Compiled, run_passes
from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.facts import Facts
from dibao_policy.evaluate.generate import generate
from dibao_policy.evaluate.interpret import interpret, values_of
from dibao_policy.policy import Policy, Snapshot
from dibao_policy.problem import one_line

from .blocks import Made, random_policy
from .households import Households

BEYOND = "beyond-64-bits"


@frozen
class Difference:
    """A value on which the two evaluators do not agree, with all that it takes to see it again."""

    seed: int
    rules: str
    facts: Facts
    name: str = ""
    meant: object = None
    generated: object = None


@define
class Figures:
    """What a run went through."""

    policies: int = 0
    refused: int = 0
    households: int = 0
    values: int = 0
    written: Counter[str] = field(factory=Counter)
    kinds: Counter[str] = field(factory=Counter)


def compiled_policy(seed: int) -> tuple[Made, Compiled | None]:
    """The policy of a seed, compiled, or None where it needs more than 64 bits. Any other fault is ours."""
    made = random_policy(seed)
    passed = run_passes(made.text, lambda code: None)
    faults = [problem for problem in passed.problems if problem.severity == "error"]
    other = [one_line(problem) for problem in faults if problem.slug != BEYOND]
    assert not other, "\n".join([f"seed {seed}", *other, made.rules, made.values])
    return made, None if faults else passed.compiled[-1]


def differences(
    seeds: range, households: int, figures: Figures | None = None
) -> Iterator[Difference]:
    """Every value on which the evaluators differ."""
    figures = figures or Figures()
    for seed in seeds:
        made, compiled = compiled_policy(seed)
        if compiled is None:
            figures.refused += 1
            continue
        figures.policies += 1
        kinds = kinds_in(compiled.program)
        figures.kinds.update(kinds)
        figures.written.update(kind for kind, count in kinds.items() if count)
        names = [rule.name for rule in compiled.program.rules]
        few = random.Random(seed).sample(names, min(len(names), 1 + seed % 3))
        functions = [(compiled, names), (_for_few(compiled, few), few)]
        draw = Households(compiled.program, seed)
        for _ in range(households):
            facts = draw.draw()
            figures.households += 1
            meant = values_of(interpret(compiled.program, facts))
            for one, named in functions:
                yield from _compare(Difference(seed, made.rules, facts), meant, one, named, figures)


def _for_few(compiled: Compiled, names: list[str]) -> Compiled:
    """The same program, with a function that gives a few of its values and is free to skip the others."""
    one = evolve(compiled)
    one.__dict__["generated"] = generate(compiled.integers, names)
    return one


def _compare(
    case: Difference,
    meant: Mapping[str, object],
    compiled: Compiled,
    names: list[str],
    figures: Figures,
) -> Iterator[Difference]:
    snapshot = Snapshot(_NO_POLICY, compiled, day_from_number(case.facts.day))
    decision = snapshot.decide_facts(case.facts)
    for name in names:
        figures.values += 1
        found = decision.raw(name)
        if type(found) is not type(meant[name]) or found != meant[name]:
            yield evolve(case, name=name, meant=meant[name], generated=found)


_NO_POLICY: Policy = None  # type: ignore[assignment]


def kinds_in(program: ir.Program) -> Counter[str]:
    """How often each kind of node stands in a program: operations and aggregates by their name."""
    counts: Counter[str] = Counter()
    left = [rule.expression for rule in program.rules]
    counts.update({f"block {rule.origin.block}" for rule in program.rules})
    while left:
        node = left.pop()
        left += ir.children(node)
        match node:
            case ir.Operate(operation, arguments):
                counts[operation] += 1
                graded = isinstance(arguments[0].type, Enumerated)
                counts["ordered"] += graded and operation not in ("equal", "unequal")
            case ir.Rank(when=when, descending=descending):
                counts["rank"] += 1
                counts["descending" if descending else "ascending"] += 1
                counts["rank when"] += when is not None
            case ir.Aggregate(kind, _, when):
                counts[kind] += 1
                counts["aggregate"] += 1
                counts["when"] += when is not None
            case ir.Round(mode=mode, stated=stated):
                counts["round"] += 1
                counts[f"round {mode.value}"] += stated
            case ir.Lookup(keys=keys):
                counts["lookup"] += 1
                counts[f"lookup {len(keys)}"] += 1
            case _:
                counts[type(node).__name__] += 1
    return counts
