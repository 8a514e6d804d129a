"""The tongues in which a notice can be written."""

from __future__ import annotations

from dibao_policy.explain.notices.sentences_zh import SENTENCES
from dibao_policy.explain.notices.tongue import Tongue
from dibao_policy.explain.notices.zh import Chinese
from dibao_policy.problem import Language


def tongue_of(language: Language) -> Tongue:
    """The words of a language."""
    return Chinese(SENTENCES)
