"""The digest of a day changes with each edit that can change a result on it, and with no other."""

from __future__ import annotations

import functools
import itertools
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

import pytest
from attrs import evolve

from dibao_policy import PolicyText, Source, load
from dibao_policy.core.program import Known, lower_scheme, program_of
from dibao_policy.core.regimes import regimes
from dibao_policy.core.show import digest
from dibao_policy.model import layers
from dibao_policy.model.layers import layer
from dibao_policy.parameters import read
from dibao_policy.problem import has_errors

from .edits import Edit, declaration_edits, rule_edits, value_edits
from .same_meaning import Rewritten, quiet_edits, rewritings
from .texts import DAQING, EVERYTHING, ROOT, Folders, blocks_of, compiled, folders

Made = TypeVar("Made", Edit, Rewritten)

POLICIES = {"daqing": DAQING, "everything": EVERYTHING}


@pytest.fixture(autouse=True)
def _read_each_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit changes one text of several: the others need not be read again."""
    monkeypatch.setattr(layers, "parse", functools.cache(layers.parse))
    monkeypatch.setattr(read, "read_parameters", functools.cache(read.read_parameters))


def digests(texts: Folders) -> dict[str, str] | None:
    """The digest of each regime by its first day, or None where the policy is faulty."""
    scheme, found = layer(next(iter(texts.values())), texts.get)
    if scheme is None or has_errors(found):
        return None
    lowered, found = lower_scheme(scheme)
    if has_errors(found):
        return None
    known = Known()
    programs = [program_of(lowered, regime, known) for regime in regimes(scheme)]
    begun = next((i for i, (_, gaps) in enumerate(programs) if not gaps), len(programs))
    if any(gaps for _, gaps in programs[begun:]):
        return None
    return {str(program.since): digest(program) for program, _ in programs[begun:]}


def on_days(found: Mapping[str, str], days: Iterable[str]) -> dict[str, str | None]:
    """The digest in force on each day."""
    return {
        day: found[max(begun)] if (begun := [one for one in found if one <= day]) else None
        for day in days
    }


@pytest.mark.parametrize("name", POLICIES)
def test_digests_are_those_that_decisions_carry(name: str) -> None:
    texts = folders(*POLICIES[name])

    assert digests(texts) == {
        str(one.regime.since): one.digest for one in compiled(texts).passed.compiled
    }


def some(name: str, deep: bool, edits: Iterable[Made]) -> Iterable[Made]:
    """Daqing is large: every third edit, unless the run is a deep one."""
    return edits if deep or name != "daqing" else itertools.islice(edits, 0, None, 3)


def check_edits(texts: Folders, edits: Iterable[Edit]) -> Counter[str]:
    """Each edit that leaves a sound policy changes the digest where it counts, and nowhere else."""
    known = digests(texts)
    assert known is not None
    sound: Counter[str] = Counter()
    for edit in edits:
        found = digests(edit.texts)
        if found is None:
            continue
        now = on_days(found, known)
        changed = {day for day, one in known.items() if now[day] != one}
        assert changed == edit.since, (edit.kind, edit.place, edit.old, edit.new)
        sound[edit.kind] += bool(edit.since)
    return sound


@pytest.mark.parametrize(("name", "least", "kinds"), [("daqing", 105, 20), ("everything", 130, 40)])
def test_each_edit_of_a_rule_changes_the_digest_where_the_rule_holds(
    name: str, least: int, kinds: int, deep: bool
) -> None:
    texts = folders(*POLICIES[name])
    sound = check_edits(texts, some(name, deep, rule_edits(texts, compiled(texts).passed)))

    assert sound.total() >= least, sound
    assert len(+sound) >= kinds, sound


@pytest.mark.parametrize(("name", "least"), [("daqing", 150), ("everything", 90)])
def test_each_edit_of_a_declaration_changes_the_digest_where_it_is_used(
    name: str, least: int, deep: bool
) -> None:
    texts = folders(*POLICIES[name])
    sound = check_edits(texts, some(name, deep, declaration_edits(texts, compiled(texts).passed)))

    assert sound.total() >= least, sound
    assert len(+sound) >= 8, sound


@pytest.mark.parametrize(("name", "least"), [("daqing", 55), ("everything", 7)])
def test_each_value_changes_the_digest_while_it_is_in_force(name: str, least: int) -> None:
    texts = folders(*POLICIES[name])
    sound = check_edits(texts, value_edits(texts, compiled(texts).passed))

    assert sound.total() == least, sound


def check_same(texts: Folders, rewritten: Iterable[Rewritten]) -> Counter[str]:
    """Each rewriting leaves a sound policy with the same digests."""
    known = digests(texts)
    done: Counter[str] = Counter()
    for one in rewritten:
        assert digests(one.texts) == known, (one.kind, one.place)
        done[one.kind] += 1
    return done


@pytest.mark.parametrize(("name", "least", "kinds"), [("daqing", 150, 15), ("everything", 35, 15)])
def test_what_only_says_why_leaves_the_digest(
    name: str, least: int, kinds: int, deep: bool
) -> None:
    texts = folders(*POLICIES[name])
    done = check_same(texts, some(name, deep, quiet_edits(texts)))

    assert done.total() >= least, done
    assert len(done) >= kinds, done


@pytest.mark.parametrize("name", POLICIES)
def test_another_way_of_writing_leaves_the_digest(name: str) -> None:
    texts = folders(*POLICIES[name])
    done = check_same(texts, rewritings(texts))

    assert len(done) == 13, done


ADDED = {
    "an input that nothing reads": "输入 家庭.备注金额(remark): 元/月\n",
    "an enumeration that nothing uses": "枚举 备注类别(remark_kind) { 其一, 其二 }\n",
    "a procedure": "程序 复核(review_again)\n  步骤 复核 责任 街道 期限 10日\n",
    "a fund": "资金 备用资金(spare) 市 60%, 区 40%\n",
    "a property": "性质 总不为负: 低保金 ≥ 0元/月\n",
    "a version of other days": (
        "定义 家庭.以后(later): 元/月 = 3元/月\n  自 2190-01-01 起\n  依据 未核实\n"
    ),
}


@pytest.mark.parametrize("added", ADDED)
@pytest.mark.parametrize("name", POLICIES)
def test_what_no_rule_of_the_day_uses_leaves_the_digest(name: str, added: str) -> None:
    texts = folders(*POLICIES[name])
    code, text = next(iter(texts.items()))
    more = evolve(text, rules=(*text.rules, Source("more", ADDED[added])))
    known, found = digests(texts), digests({**texts, code: more})

    assert known is not None and found is not None
    assert on_days(found, known) == known


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        # The national rules begin before Daqing's first day, on whatever day that is.
        ("daqing", "自 1999-10-01 至", "自 2005-06-30 至"),
        ("everything", "  自 2020-01-01 至 2023-12-31", "  自 2012-03-04 至 2023-12-31"),
        ("everything", "  自 2020-01-01 起\n\n", "\n\n"),
        # Another layer has taken the rule's place long before its last day.
        ("everything", "至 2030-12-31", "至 2031-01-31"),
        ("everything", "- 自: 2020-01-01", "- 自: 2019-06-01"),
    ],
)
def test_the_days_of_what_is_in_force_leave_the_digest(name: str, old: str, new: str) -> None:
    texts = folders(*POLICIES[name])
    changed = {code: _replaced(text, old, new) for code, text in texts.items()}
    assert changed != texts
    known, found = digests(texts), digests(changed)

    assert known is not None and found is not None
    assert on_days(found, known) == known


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Who judges a fact is told with every result, and changes none.
        (" 人工认定", ""),
        # So is of which facts another value may be suggested.
        ("  可变动", ""),
        # The code name of an enumeration itself is in no household and no result.
        ("残疾等级(disability_grade)", "残疾等级(grade_of_disability)"),
        # What an ordered enumeration may do besides changes nothing that is done already.
        (" 有序 {", " {"),
    ],
)
def test_what_is_declared_besides_leaves_the_digest(old: str, new: str) -> None:
    texts = folders(*EVERYTHING)
    changed = {code: _replaced(text, old, new) for code, text in texts.items()}
    assert changed != texts

    assert digests(changed) == digests(texts)


def _replaced(text: PolicyText, old: str, new: str) -> PolicyText:
    """Those texts anew that hold the words."""

    def replaced(sources: tuple[Source, ...]) -> tuple[Source, ...]:
        return tuple(
            Source(one.name, one.text.replace(old, new)) if old in one.text else one
            for one in sources
        )

    return evolve(text, rules=replaced(text.rules), parameters=replaced(text.parameters))


def test_the_layer_that_a_rule_stands_in_leaves_the_digest() -> None:
    texts = folders(*DAQING)
    known = digests(texts)
    national, moved = texts["national"], 0
    for number, source in enumerate(national.rules):
        for block in blocks_of(source):
            if not block.startswith(("定义", "收入")) or block.count("依据"):
                continue
            rest = list(national.rules)
            rest[number] = Source(source.name, source.text.replace(block, ""))
            local = evolve(texts["daqing"], rules=(*texts["daqing"].rules, Source("more", block)))
            found = digests({"daqing": local, "national": evolve(national, rules=tuple(rest))})
            assert found == known, block
            moved += 1
    assert moved >= 4


def test_the_name_the_code_and_the_version_of_a_policy_leave_the_digest() -> None:
    texts = folders(*DAQING)
    header = texts["daqing"].rules[0]
    written = header.text.replace("大庆市城市居民最低生活保障(daqing)", "另一个政策(other)")
    written = written.replace('\n  版本 "1.0"', '\n  版本 "2.0"')
    assert written.count("另一个政策") == written.count('"2.0"') == 1
    renamed = evolve(
        texts["daqing"], rules=(Source("h", written), *texts["daqing"].rules[1:]), code="other"
    )

    assert digests({"other": renamed, "national": texts["national"]}) == digests(texts)


PRINTED = """
import sys
from dibao_policy import load
for folder in sys.argv[1:]:
    print([(str(one.regime.since), one.digest) for one in load(folder).passed.compiled])
"""


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        ([], {"PYTHONHASHSEED": "0"}),
        ([], {"PYTHONHASHSEED": "1"}),
        ([], {"PYTHONHASHSEED": "4294967295", "TZ": "Asia/Shanghai", "LC_ALL": "C"}),
        ([], {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8"}),
        (["-X", "utf8=0"], {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}),
        (["-O"], {"PYTHONHASHSEED": "7"}),
        (["-OO", "-X", "int_max_str_digits=640"], {}),
    ],
    ids=["seed 0", "seed 1", "Shanghai", "Newfoundland, Turkish", "ASCII", "-O", "-OO"],
)
def test_another_process_finds_the_same_digests(
    options: list[str], environment: dict[str, str]
) -> None:
    paths = [str(ROOT / path) for path in (DAQING[0], EVERYTHING[0])]
    result = subprocess.run(
        [sys.executable, *options, "-c", PRINTED, *paths],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
    )

    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        str([(str(one.regime.since), one.digest) for one in load(path).passed.compiled])
        for path in paths
    ]
