"""Which engine computes: the version of the package and that of the language."""

from __future__ import annotations

from attrs import frozen

import dibao_policy

LANGUAGE_VERSION = "0.1"
"""The version of the language, apart from that of the package; see the changelog."""


@frozen
class Engine:
    """What computed a decision."""

    package: str
    language: str


def engine_now() -> Engine:
    """The engine that computes here."""
    return Engine(dibao_policy.__version__, LANGUAGE_VERSION)
