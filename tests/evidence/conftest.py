"""The policy of the county, compiled once."""

from __future__ import annotations

import pytest

from dibao_policy import Policy

from .county import county


@pytest.fixture(scope="session")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return county(tmp_path_factory.mktemp("policies"))
