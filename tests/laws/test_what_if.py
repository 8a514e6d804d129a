"""The law of changed rules: what is computed again is what an interpretation of the whole changed program gives."""

from __future__ import annotations

from attrs import evolve

from dibao_policy.core import ir
from dibao_policy.core.order import distinct_reads
from dibao_policy.dates import contains
from dibao_policy.evaluate.interpret import interpret, what_if
from dibao_policy.lawcraft.mutants import RuleMutant, ValueMutant, mutants

from .agreement import passed_policy
from .households import Households


def test_a_slip_changes_the_same_values_either_way(deep: bool) -> None:
    tried = different = 0
    for seed in range(200 if deep else 12):
        _, passed = passed_policy(seed)
        if passed is None:
            continue
        assert passed.lowered is not None
        found = list(mutants(passed, passed.lowered.scheme.code))
        for compiled in passed.compiled:
            program = compiled.program
            facts = Households(program, seed).draw()
            trace = interpret(program, facts)
            before = {(step.rule.name, step.member): step.value for step in trace.steps}
            read = {
                rule.name: frozenset(
                    one.table if isinstance(one, ir.Lookup) else one.name
                    for one in distinct_reads(rule.expression)
                )
                for rule in program.rules
            }
            for mutant in found[seed % 7 :: 7]:
                rules: dict[str, ir.Rule] = {}
                tables: dict[str, ir.Table] = {}
                match mutant:
                    case RuleMutant(version=version, expressions=changed):
                        if contains(version.period, compiled.regime.since):
                            rules = {
                                one.name: evolve(one, expression=changed[one.name])
                                for one in program.rules
                                if one.name in changed
                            }
                    case ValueMutant(entry=entry, table=table):
                        if any(one.entry is entry for one in program.tables):
                            tables[table.name] = table
                if not rules and not tables:
                    continue
                whole = evolve(
                    program,
                    rules=tuple(rules.get(one.name, one) for one in program.rules),
                    tables=tuple(tables.get(one.name, one) for one in program.tables),
                )
                try:
                    steps = interpret(whole, facts).steps
                except ZeroDivisionError:
                    continue
                after = {(step.rule.name, step.member): step.value for step in steps}
                expected = {key: value for key, value in after.items() if value != before[key]}
                assert what_if(trace, rules, tables, read) == expected, (seed, mutant.name)
                tried += 1
                different += bool(expected)
    assert tried > 1_000
    assert different * 20 > tried
