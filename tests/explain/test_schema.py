"""The data of an account: nobody has to read text with a program, and its form has a number."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from dibao_policy import load
from dibao_policy.explain.data import FORMAT, account_json, account_schema

from .test_notice import POLICIES, ROOT, accounts

CHECK = jsonschema.Draft202012Validator(account_schema())


@pytest.mark.parametrize("code", POLICIES)
def test_every_account_is_of_the_form_that_it_says(code: str) -> None:
    policy = load(ROOT / "policies" / code)
    for account in accounts(policy, 6):
        data = json.loads(json.dumps(account_json(account)))
        CHECK.validate(data)
        assert data["format"] == FORMAT
        # A step says where the policy says so.
        assert all((ROOT / "policies" / one["place"]["file"]).is_file() for one in data["steps"])


def test_nothing_may_be_there_that_the_form_does_not_name() -> None:
    (account,) = accounts(load(ROOT / "policies" / "daqing"), 1)
    data = account_json(account)
    for spoiled in ({**data, "more": 1}, {key: data[key] for key in data if key != "steps"}):
        with pytest.raises(jsonschema.ValidationError):
            CHECK.validate(spoiled)


def test_a_change_of_the_form_is_seen() -> None:
    """Whoever changes the schema in a way that an old reader cannot read gives it another number."""
    assert FORMAT == "dibao-account/1"
    golden = Path(__file__).parent / "golden" / "account.schema.json"
    assert account_schema() == json.loads(golden.read_text("utf-8"))
