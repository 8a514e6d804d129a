"""The page of what is not there yet stays true: each text on it is still refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dibao_policy import PolicyText, Source
from dibao_policy.compile import run_passes
from dibao_policy.problem import has_errors

PAGE = Path(__file__).parent.parent / "docs" / "contribute" / "not-yet.md"
TEXTS = re.findall(r"\| `([^`|]+)` \|$", PAGE.read_text("utf-8"), re.MULTILINE)

FRAME = """政策 示例县(example)
输入 成员.工资(wage): 元/月
定义 家庭.工资合计(wages): 元/月 = 合计(成员.工资)
"""


def problems(text: str) -> bool:
    policy = PolicyText("example", (Source("rules", FRAME + text + "\n"),), ())
    return has_errors(run_passes(policy, lambda code: None).problems)


def test_the_frame_itself_is_sound() -> None:
    assert not problems("")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_of_the_page_is_still_refused(text: str) -> None:
    assert problems(text)


def test_the_page_has_texts() -> None:
    assert len(TEXTS) == 3
