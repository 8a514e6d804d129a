"""The tongues in which a notice can be written."""

from __future__ import annotations

from dibao_policy.explain.account import Account
from dibao_policy.explain.notices.build import notice_of
from dibao_policy.explain.notices.document import Audience, Notice
from dibao_policy.explain.notices.en import english_notice
from dibao_policy.explain.notices.sentences_zh import SENTENCES
from dibao_policy.explain.notices.zh import Chinese
from dibao_policy.problem import Language

CHINESE = Chinese(SENTENCES)


def notice_in(language: Language, account: Account, audience: Audience = "citizen") -> Notice:
    """What a decision says to a reader of a language."""
    if language == "en":
        return english_notice(account, audience)
    return notice_of(account, audience, CHINESE)
