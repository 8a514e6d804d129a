"""The outcome alone: every result, the reasons of a refusal, the findings. For lists and for other systems."""

from __future__ import annotations

from typing import Any

from dibao_policy.core.show import value_text
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.account import Account, assumed
from dibao_policy.explain.data import discretion_json, given_json
from dibao_policy.explain.notice import disposition, finding_reason, grouped, judged, refusal_reason


def result_text(account: Account) -> str:
    """One line per result, one per condition that was not met, one per finding."""
    lines: list[str] = []
    for told in account.results:
        whose = words.whose(told.member, account)
        lines.append(f"  {whose}{told.rule.name}：{words.value_sentence(told)}")
        lines += [f"    {sentence}" for sentence in judged(told, account)]
    lines += [f"    假定 {name}" for name in _assumed_names(account)]
    lines += [f"    没有问 {line}" for line in grouped(account.not_asked, account.labels)]
    lines += [
        f"    未通过 {told.rule.origin.label}：{refusal_reason(told, account)}"
        for told in account.refusals
    ]
    lines += [
        f"    需要核查 {words.whose(told.member, account)}{told.rule.name}：{disposition(told)}"
        for told in account.findings
    ]
    return "\n".join(lines)


def result_json(account: Account) -> dict[str, Any]:
    """Every named value by its code name (or its Chinese name), the reasons of a refusal, and the findings."""
    program = account.program
    values: dict[str, Any] = {}
    for told in account.steps:
        rule = told.rule
        if rule.origin.clause and rule.origin.block != "收入":
            continue
        value = value_text(told.value, rule.type)
        if told.member is None:
            values[rule.name] = value
        else:
            values.setdefault(rule.name, []).append(value)
    former = {old: rule.name for rule in program.rules for old in rule.former}
    # Whoever still asks for an old name finds the value, and in `former` what it is called now.
    values |= {old: values[name] for old, name in former.items()}
    found = {
        "policy": program.policy,
        "version": program.version,
        "digest": account.digest,
        "day": str(account.day),
        "since": str(program.since),
        "values": values,
        "refusals": [
            {"rule": told.rule.origin.name, "requirement": told.rule.origin.label,
             "reason": refusal_reason(told, account)}
            for told in account.refusals
        ],
        "findings": [
            {"rule": told.rule.name, "member": told.member, "disposition": disposition(told),
             "reason": finding_reason(told, account)}
            for told in account.findings
        ],
        "unverified": [what for what, _ in account.unverified],
        "former": former,
        "renamed": [
            {"old": one.old, "name": one.name, "member": one.member} for one in account.renamed
        ],
    }  # fmt: skip
    if account.discretion:
        found["discretion"] = [
            {"name": told.rule.name, "member": told.member, "facts": facts}
            for told in account.results
            if (facts := discretion_json(told, account))
        ]
    if account.not_asked:
        found["not_asked"] = [given_json(given) for given in account.not_asked]
    if assumed(account):
        found["assumed"] = _assumed_names(account)
    return found


def _assumed_names(account: Account) -> list[str]:
    return list(dict.fromkeys(given.fact.name for given in assumed(account)))
