"""Policy folders as texts, taken apart and put together in another order."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from dibao_policy import Policy, PolicyText, Source, compile_policy
from dibao_policy.folders import read_folder
from dibao_policy.syntax.arrange import arrange
from dibao_policy.syntax.scan import scan

ROOT = Path(__file__).parents[2]

Folders = Mapping[str, PolicyText]
"""The texts of a policy and of those that it inherits from, the policy first."""


def folders(*paths: str) -> Folders:
    """The texts of policy folders, by their codes."""
    found = {}
    for path in paths:
        text, problems = read_folder(ROOT / path)
        assert problems == ()
        found[text.code] = text
    return found


DAQING = ("policies/daqing", "policies/national")
EVERYTHING = ("tests/sample/everything", "tests/sample/everything_below")


def compiled(texts: Folders) -> Policy:
    """The policy of a set of folders."""
    return compile_policy(next(iter(texts.values())), texts.get)


def blocks_of(source: Source) -> list[str]:
    """The blocks of a text, each with the comments that follow it."""
    blocks, problems = arrange(source, scan(source)[0])
    assert problems == []
    starts = [block.keyword.start_pos for block in blocks]
    ends = [*starts[1:], len(source.text)]
    return [source.text[start:end] for start, end in zip(starts, ends, strict=True)]


def shuffled(text: PolicyText, pick: random.Random) -> PolicyText:
    """The same blocks and values in other files and another order, under other names of files."""
    blocks = [block for source in text.rules for block in blocks_of(source)]
    pick.shuffle(blocks)
    values = {
        name: node
        for source in text.parameters
        for name, node in yaml.load(source.text, yaml.BaseLoader).items()
    }
    names = list(values)
    pick.shuffle(names)
    rules = _in_files(blocks, pick, "dibao")
    given = [yaml_text({name: values[name]}, pick) for name in names]
    return PolicyText(text.code, rules, _in_files(given, pick, "yaml"), text.siblings)


def _in_files(parts: list[str], pick: random.Random, ending: str) -> tuple[Source, ...]:
    """Parts dealt out to a few files, which come in any order."""
    if not parts:
        return ()
    files: list[list[str]] = [[] for _ in range(pick.randint(1, 4))]
    for part in parts:
        pick.choice(files).append(part)
    names = pick.sample(range(100), len(files))
    return tuple(
        Source(f"{name}.{ending}", "\n".join(file))
        for name, file in zip(names, files, strict=True)
        if file
    )


_PLAIN = re.compile(r"[0-9.%-]+|[0-9.]+[^\W\d_]+(/[^\W\d_]+)?")


def yaml_text(node: Any, pick: random.Random, indent: int = 0) -> str:
    """A tree of mappings, lists and words as YAML: keys in any order, some mappings on one line."""
    space = " " * indent
    lines = []
    items = list(node.items())
    pick.shuffle(items)
    for key, value in items:
        if isinstance(value, list):
            lines.append(f"{space}{key}:")
            for item in value:
                entry = yaml_text(item, pick, indent + 4)
                lines.append(f"{space}  - {entry[indent + 4 :].rstrip()}")
        elif isinstance(value, dict) and (_has_list(value) or pick.random() < 0.5):
            lines += [f"{space}{key}:", yaml_text(value, pick, indent + 2).rstrip()]
        else:
            lines.append(f"{space}{key}: {_inline(value, pick)}")
    return "\n".join(lines) + "\n"


def _has_list(node: dict[str, Any]) -> bool:
    return any(isinstance(value, list) for value in node.values())


def _inline(value: Any, pick: random.Random) -> str:
    if isinstance(value, dict):
        items = list(value.items())
        pick.shuffle(items)
        return "{" + ", ".join(f"{key}: {_inline(one, pick)}" for key, one in items) + "}"
    return value if _PLAIN.fullmatch(value) else '"' + value.replace('"', '\\"') + '"'
