"""A receipt holds all that it takes to decide again, as exact text, and comes back as it went out."""

from __future__ import annotations

import datetime
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rfc8785
from hypothesis import given, settings, strategies as st

import dibao_policy
from dibao_policy import Policy, PolicyError, Source, load
from dibao_policy.evidence import read_receipt, receipt_of, receipt_text, verify_receipt
from dibao_policy.evidence.engine import LANGUAGE_VERSION
from dibao_policy.evidence.read import receipt_schema
from dibao_policy.facts.text import read_text
from dibao_policy.problem import message

from ..conftest import ROOT
from .county import DAY, FAMILY, receipt, receipt_bytes

GOLDEN = Path(__file__).parent / "receipt.json"


@pytest.fixture(scope="module")
def daqing() -> Policy:
    return load(ROOT / "policies" / "daqing")


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value]


def test_the_receipt_of_a_family(policy: Policy, update: bool) -> None:
    text = receipt_text(receipt(policy))
    if update:
        GOLDEN.write_text(text, "utf-8")

    assert text == GOLDEN.read_text("utf-8")


def test_it_follows_its_schema_and_every_leaf_is_a_text(policy: Policy) -> None:
    data = json.loads(receipt_bytes(policy))
    schema = receipt_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)

    assert {type(leaf) for leaf in leaves(data)} == {str, type(None)}
    assert [leaf for leaf in leaves(data) if leaf is None] == [data["issued"]] == [None]


def test_its_digest_is_that_of_its_canonical_form(policy: Policy) -> None:
    data = json.loads(receipt_bytes(policy))
    digest = data.pop("digest")

    assert digest == "sha256:" + hashlib.sha256(rfc8785.dumps(data)).hexdigest()


def test_it_names_the_rules_by_the_digest_that_explanations_show(policy: Policy) -> None:
    mark = receipt(policy).policy

    assert (mark.code, mark.name, mark.version) == ("county", "示例县", "1.0")
    assert mark.digest == policy.on(DAY).digest
    assert mark.content.startswith(f"sha256:{mark.digest}")


def test_facts_are_told_as_they_were_read_and_defaults_as_such(policy: Policy) -> None:
    made = receipt(policy)

    assert [(one.name, one.value, one.origin) for one in made.household] == [
        ("区县", "东区", "given"),
        ("存款", "0", "default"),
    ]
    assert [
        (member.label, *((one.name, one.value, one.origin) for one in member.facts))
        for member in made.members
    ] == [
        ("户主", ("工资", "700.5", "given"), ("出生日期", "1960-05-01", "given")),
        ("", ("工资", "500", "given"), ("出生日期", "1990-10-01", "given")),
        ("", ("工资", "0", "default"), ("出生日期", "2015-02-28", "given")),
    ]


def test_results_are_exact_to_the_last_digit(policy: Policy) -> None:
    family = {**FAMILY, "成员": [*FAMILY["成员"][:2], {"出生日期": "2015-02-28", "工资": "0.01"}]}
    results = {one.name: one.value for one in receipt(policy, family).results}

    assert results["家庭收入"] == "1200.51"
    assert results["人均收入"] == "400.17"
    assert results["低保金"] == "299.49"
    assert results["年满六十"] == ("是", "否", "否")


def test_a_number_whose_decimals_do_not_end_is_a_fraction(policy: Policy) -> None:
    family = {**FAMILY, "成员": [{"出生日期": "1990-10-01", "工资": "0.01"}] * 3}
    uneven = {**FAMILY, "成员": [*family["成员"][:2], {"出生日期": "1990-10-01", "工资": "0.02"}]}

    assert {one.name: one.value for one in receipt(policy, family).results}["人均收入"] == "0.01"
    assert {one.name: one.value for one in receipt(policy, uneven).results}["人均收入"] == "1/75"


def test_it_names_every_value_that_was_computed(policy: Policy) -> None:
    decision = policy.on(DAY).decide(FAMILY)

    assert tuple(one.name for one in receipt(policy).results) == decision.names()


def test_assumed_values_are_inputs_and_computed_again_as_such(policy: Policy) -> None:
    snapshot = policy.on(DAY).assuming("人均收入", "年满六十")
    person = {"出生日期": "1990-10-01", "年满六十": "是"}
    made = receipt_of(snapshot, {"区县": "西区", "人均收入": "449.99", "成员": [person]})

    assert made.assumed == ("人均收入", "年满六十")
    assert ("人均收入", "449.99", "assumed") in [
        (one.name, one.value, one.origin) for one in made.household
    ]
    assert made.policy.digest.endswith("-assumed")
    assert verify_receipt(made, policy).same


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples" / "households").glob("*")), ids=lambda path: path.stem
)
def test_the_households_of_the_examples_are_decided_the_same_again(
    path: Path, daqing: Policy
) -> None:
    household, _ = read_text(Source(path.name, path.read_text("utf-8")))
    made = receipt_of(daqing.on(datetime.date(2011, 8, 1)), household)

    assert read_receipt("r", receipt_text(made).encode()) == (made, ())
    assert verify_receipt(made, daqing).same


def test_there_is_no_time_unless_one_is_named(policy: Policy) -> None:
    issued = "2024-03-02T09:30:00+08:00"
    made = receipt_of(policy.on(DAY), FAMILY, issued)

    assert receipt_bytes(policy) == receipt_bytes(policy)
    assert made.issued == issued
    assert read_receipt("r", receipt_text(made).encode()) == (made, ())
    with pytest.raises(PolicyError, match="D7622"):
        receipt_of(policy.on(DAY), FAMILY, "2024-03-02 9:30")


def test_a_name_that_no_file_can_hold_is_refused(policy: Policy) -> None:
    person = {**FAMILY["成员"][0], "称呼": "\ud83d"}
    with pytest.raises(PolicyError) as refused:
        receipt(policy, {**FAMILY, "成员": [FAMILY["成员"][0], person]})

    assert [(one.code, message(one)) for one in refused.value.problems] == [
        ("D7621", "`成员[2].称呼` 里有不能写进文件的字符，出不了回执")
    ]


def test_a_faulty_household_has_no_receipt(policy: Policy) -> None:
    with pytest.raises(PolicyError, match="D5001"):
        receipt(policy, {"成员": FAMILY["成员"]})


def test_the_versions_of_the_engine_are_those_of_the_release() -> None:
    head = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert f"## {dibao_policy.__version__} (unreleased), language {LANGUAGE_VERSION}\n" in head


VALID = jsonschema.Draft202012Validator(receipt_schema())
FEN = st.integers(0, 200_000).map(lambda fen: str(Decimal(fen) / 100))
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {"出生日期": st.dates(DAY.replace(year=1920), DAY)},
        optional={"工资": FEN, "称呼": st.text(max_size=8)},
    ),
    min_size=1,
    max_size=6,
)
HOUSEHOLDS = st.fixed_dictionaries(
    {"区县": st.sampled_from(["东区", "west"]), "成员": PEOPLE}, optional={"存款": FEN}
)


@given(HOUSEHOLDS)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_what_goes_out_comes_back_and_is_decided_the_same(
    policy: Policy, household: dict[str, Any]
) -> None:
    made = receipt(policy, household)
    content = receipt_text(made).encode()
    again, problems = read_receipt("r", content)

    assert (again, problems) == (made, ())
    assert receipt_text(made).encode() == content
    assert verify_receipt(made, policy).same
    assert VALID.is_valid(json.loads(content))
