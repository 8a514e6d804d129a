"""What came of a verification, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from dibao_policy.evidence.bundle import Bundle
from dibao_policy.evidence.engine import Engine
from dibao_policy.evidence.receipt import PolicyMark, Receipt, receipt_digest
from dibao_policy.evidence.signing import Signature
from dibao_policy.evidence.strict import printable
from dibao_policy.evidence.verify import PartDifference, ValueDifference, Verdict
from dibao_policy.evidence.written import content_digest
from dibao_policy.policy import Policy
from dibao_policy.problem import Language, one_line
from dibao_policy.render import problem_json

_SHOWN = 20

_WORDS: dict[str, tuple[str, str]] = {
    "receipt": (
        "回执 {file}：{name}（{code}，版本 {version}），{day}，{people} 人",
        "Receipt {file}: {name} ({code}, version {version}), {day}, {people} people",
    ),
    "issued": ("  出具时间 {issued}", "  issued {issued}"),
    "assumed": ("  假定的数值：{names}", "  assumed values: {names}"),
    "bundle": (
        "政策包 {file}：{name}（{code}，版本 {version}）",
        "Bundle {file}: {name} ({code}, version {version})",
    ),
    "files": (
        "  {count} 个文件与清单的摘要逐一相符；政策没有错误",
        "  {count} files, each with the digest of the manifest; the policy is sound",
    ),
    "whole": ("  内容与自己的摘要相符", "  the content has the digest that it states"),
    "signed": (
        "  签名成立：{algorithm}，公钥标记 {key}",
        "  the signature holds: {algorithm}, mark of the key {key}",
    ),
    "unsigned": (
        "  没有核对签名：没有给出公钥（--key）",
        "  no signature was looked at: no public key was given (--key)",
    ),
    "not_again": (
        "没有重算：没有指明政策在哪里（--policies 或 --bundle）",
        "Not computed again: no policy was named (--policies or --bundle)",
    ),
    "again": (
        "  用 {place} 里的政策重算",
        "  computed again by the policy in {place}",
    ),
    "same": (
        "相同：规则和数值一样（校验码 {digest}），{count} 项结果逐字一致",
        "The same: the same rules and values (digest {digest}), {count} results alike to the letter",
    ),
    "different": ("不同", "Different"),
    "rules": (
        "  规则或数值不同：回执的校验码是 {recorded}，现在是 {found}",
        "  other rules or values: the digest in the receipt is {recorded}, and is {found} now",
    ),
    "rules_only": ("  规则或数值不同", "  other rules or values"),
    "inputs": ("  输入不同", "  other facts"),
    "results": ("  结果不同", "  other results"),
    "results_same": ("  {count} 项结果都一样", "  all {count} results are the same"),
    "refused": ("  按现在的规定算不出来", "  the rules of today do not decide on these facts"),
    "order": ("  各项的次序不同", "  the order of the entries differs"),
    "not_of_rules": (
        "  规则、数值和输入都一样，结果却不同：回执上的结果不是这样算出来的",
        "  the rules, values and facts are the same and the results are not: "
        "those of the receipt do not come of them",
    ),
    "value": ("    {whose}{name}：回执 {recorded}，重算 {found}", "    {whose}{name}: receipt {recorded}, now {found}"),
    "member": ("成员[{place}] ", "member {place}: "),
    "none": ("没有", "none"),
    "part": ("    {kind} {name}：{change}", "    {kind} {name}: {change}"),
    "more": ("    …… 还有 {count} 处", "    … and {count} more"),
    "engine": (
        "注：回执由引擎 {package}（语言 {language}）出具，现在是 {now}（语言 {now_language}）",
        "Note: the receipt was made by engine {package} (language {language}); "
        "this is {now} (language {now_language})",
    ),
    "digests": (
        "注：引擎也不同；校验码是引擎写出的规则的校验码，引擎换了写法时会跟着变",
        "Note: the engine is another one too; a digest is of the rules as the engine prints them, "
        "and changes with how it does",
    ),
    "words": (
        "注：政策的名称或版本的写法变了，现在是 {name}，版本 {version}",
        "Note: the name or version of the policy is written otherwise now: {name}, version {version}",
    ),
    "fact": ("输入", "fact"),
    "parameter": ("参数", "parameter"),
    "rule": ("规则", "rule"),
    "changed": ("改过", "changed"),
    "gone": ("现在没有", "gone"),
    "new": ("出具时没有", "new"),
}  # fmt: skip


def _word(key: str, lang: Language, /, **facts: object) -> str:
    """A line; what comes of a file from outside cannot pose as another one."""
    shown = {name: printable(str(fact)) for name, fact in facts.items()}
    return _WORDS[key][0 if lang == "zh" else 1].format(**shown)


@frozen
class Checked:
    """A receipt that is whole, and what it was held against: `place` is empty where it was not computed again."""

    file: str
    receipt: Receipt
    signature: Signature | None
    place: str
    verdict: Verdict | None


# ── in words ──────────────────────────────────────────────────────────────


def bundle_lines(
    file: str, bundle: Bundle, policy: Policy, signature: Signature | None, lang: Language
) -> Iterator[str]:
    """A sound bundle, line by line."""
    facts = {"name": policy.name, "code": policy.code, "version": policy.version}
    yield _word("bundle", lang, file=file, **facts)
    yield _word("files", lang, count=len(bundle.files))
    yield _signed(signature, lang)


def receipt_lines(checked: Checked, lang: Language) -> Iterator[str]:
    """A whole receipt and the verdict, line by line."""
    receipt, verdict = checked.receipt, checked.verdict
    policy = receipt.policy
    yield _word(
        "receipt", lang, file=checked.file, name=policy.name, code=policy.code,
        version=policy.version, day=receipt.day, people=len(receipt.members),
    )  # fmt: skip
    if receipt.issued is not None:
        yield _word("issued", lang, issued=receipt.issued)
    if receipt.assumed:
        separator = "、" if lang == "zh" else ", "
        yield _word("assumed", lang, names=separator.join(receipt.assumed))
    yield _word("whole", lang)
    yield _signed(checked.signature, lang)
    if verdict is None:
        yield _word("not_again", lang)
        return
    yield _word("again", lang, place=checked.place)
    yield from _verdict(verdict, lang)
    yield from _notes(verdict, lang)


def _signed(signature: Signature | None, lang: Language) -> str:
    if signature is None:
        return _word("unsigned", lang)
    return _word("signed", lang, algorithm=signature.algorithm, key=signature.key)


def _verdict(verdict: Verdict, lang: Language) -> Iterator[str]:
    recorded, found = verdict.receipt.policy, verdict.policy
    count = len(verdict.receipt.results)
    if verdict.same:
        yield _word("same", lang, digest=recorded.digest, count=count)
        return
    yield _word("different", lang)
    if verdict.refused:
        if verdict.parts:
            yield _word("rules_only", lang)
            yield from _some([_part(one, lang) for one in verdict.parts], lang)
        yield _word("refused", lang)
        yield from _some([f"    {printable(one_line(one, lang))}" for one in verdict.refused], lang)
        return
    if not verdict.same_rules and found is not None:
        yield _word("rules", lang, recorded=recorded.digest, found=found.digest)
        yield from _some([_part(one, lang) for one in verdict.parts], lang)
    if verdict.inputs:
        yield _word("inputs", lang)
        yield from _some([_value(one, lang) for one in verdict.inputs], lang)
    if verdict.results:
        yield _word("results", lang)
        yield from _some([_value(one, lang) for one in verdict.results], lang)
    else:
        yield _word("results_same", lang, count=count)
    if verdict.same_rules and not verdict.inputs:
        yield _word("not_of_rules" if verdict.results else "order", lang)


def _some(lines: list[str], lang: Language) -> Iterator[str]:
    """Lines up to a number that a person reads; the data has all of them."""
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield _word("more", lang, count=len(lines) - _SHOWN)


def _part(one: PartDifference, lang: Language) -> str:
    kind, change = _word(one.kind, lang), _word(one.change, lang)
    return _word("part", lang, kind=kind, name=one.name, change=change)


def _value(one: ValueDifference, lang: Language) -> str:
    none = _word("none", lang)
    return _word(
        "value",
        lang,
        whose="" if one.member is None else _word("member", lang, place=one.member + 1),
        name=one.name,
        recorded=none if one.recorded is None else one.recorded,
        found=none if one.found is None else one.found,
    )


def _notes(verdict: Verdict, lang: Language) -> Iterator[str]:
    recorded, now = verdict.receipt.engine, verdict.engine
    if verdict.other_engine:
        yield _word(
            "engine", lang, package=recorded.package, language=recorded.language,
            now=now.package, now_language=now.language,
        )  # fmt: skip
        if not verdict.same_rules:
            yield _word("digests", lang)
    if verdict.other_words and verdict.policy is not None:
        yield _word("words", lang, name=verdict.policy.name, version=verdict.policy.version)


# ── as data ───────────────────────────────────────────────────────────────


def bundle_json(
    file: str, content: bytes, bundle: Bundle, policy: Policy, signature: Signature | None
) -> dict[str, Any]:
    """A sound bundle as data."""
    return {
        "file": file,
        "kind": "bundle",
        "policy": {"code": policy.code, "name": policy.name, "version": policy.version},
        "digest": content_digest(content),
        "signature": _signature_json(signature),
        "files": [
            {"path": place, "digest": content_digest(inner)} for place, inner in bundle.files
        ],
    }


def receipt_json(checked: Checked) -> dict[str, Any]:
    """A whole receipt and the verdict as data."""
    receipt, verdict = checked.receipt, checked.verdict
    told: dict[str, Any] = {
        "file": checked.file,
        "kind": "receipt",
        "policy": _mark_json(receipt.policy),
        "engine": _engine_json(receipt.engine),
        "day": receipt.day,
        "digest": receipt_digest(receipt),
        "signature": _signature_json(checked.signature),
        "verdict": "not-computed",
    }
    if verdict is None:
        return told
    return {
        **told,
        "verdict": "same" if verdict.same else "different",
        "policy_now": None if verdict.policy is None else _mark_json(verdict.policy),
        "engine_now": _engine_json(verdict.engine),
        "parts": [
            {"kind": one.kind, "name": one.name, "change": one.change} for one in verdict.parts
        ],
        "inputs": [_value_json(one) for one in verdict.inputs],
        "results": [_value_json(one) for one in verdict.results],
        "refused": [problem_json(one) for one in verdict.refused],
    }


def _signature_json(signature: Signature | None) -> dict[str, str] | None:
    if signature is None:
        return None
    return {"algorithm": signature.algorithm, "key": signature.key}


def _mark_json(mark: PolicyMark) -> dict[str, str]:
    return {
        "code": mark.code,
        "name": mark.name,
        "version": mark.version,
        "digest": mark.digest,
        "content": mark.content,
    }


def _engine_json(engine: Engine) -> dict[str, str]:
    return {"package": engine.package, "language": engine.language}


def _value_json(one: ValueDifference) -> dict[str, Any]:
    return {
        "name": one.name,
        "member": one.member,
        "recorded": one.recorded,
        "found": one.found,
    }
