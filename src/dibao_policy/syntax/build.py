"""What the grammar recognizes, made into blocks of the tree."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from dibao_policy.dates import Period
from dibao_policy.problem import Problem
from dibao_policy.syntax import problems, tree
from dibao_policy.syntax.build_expressions import Children, is_token
from dibao_policy.syntax.build_procedures import Procedures
from dibao_policy.syntax.build_rules import build_override, build_rule
from dibao_policy.syntax.parts import PROCEDURES_TELL, Part, only, parts_of, telling_of
from dibao_policy.text import Source, Span


@frozen
class _Nothing:
    span: Span


class Builder(Procedures):
    """Nodes for one block at a time: call `begin`, feed the parser, read `result` and `problems`."""

    def begin(self, source: Source, keyword: str) -> None:
        """Start a new block."""
        self.source = source
        self.keyword = keyword
        self.problems: list[Problem] = []
        self.result: tree.Block | None = None

    # ── blocks ────────────────────────────────────────────────────────────

    def block(self, children: Children) -> None:
        self.result = None if isinstance(children[0], _Nothing) else children[0]

    def policy(self, children: Children) -> tree.PolicyHeader:
        parts = parts_of(children[2:])
        period = only(parts, "period", self.keyword, self.problems)
        version = only(parts, "version", self.keyword, self.problems)
        note = only(parts, "note", self.keyword, self.problems)
        return tree.PolicyHeader(
            name=children[1],
            version=version or "",
            inherits=tuple(part.value for part in parts if part.kind == "inherit"),
            documents=tuple(part.value for part in parts if part.kind == "document"),
            period=period or Period(),
            note=note or "",
            span=self._at(children),
        )

    def enumeration(self, children: Children) -> tree.Enumeration:
        names = [child for child in children if isinstance(child, tree.Name)]
        ordered = any(is_token(child, "ORDERED") for child in children)
        return tree.Enumeration(names[0], ordered, tuple(names[1:]), self._at(children))

    def input(self, children: Children) -> tree.Input:
        parts = parts_of(children[6:])
        low, high = only(parts, "range", self.keyword, self.problems) or (None, None)
        return tree.Input(
            scope=children[1].value,
            name=children[3],
            type=children[5],
            low=low,
            high=high,
            default=only(parts, "default", self.keyword, self.problems),
            discretion=bool(only(parts, "discretion", self.keyword, self.problems)),
            changeable=bool(only(parts, "changeable", self.keyword, self.problems)),
            question=only(parts, "ask", self.keyword, self.problems) or "",
            note=only(parts, "note", self.keyword, self.problems) or "",
            former=only(parts, "formerly", self.keyword, self.problems) or (),
            span=self._at(children),
        )

    def parameter(self, children: Children) -> tree.Parameter:
        parts = parts_of(children[4:])
        low, high = only(parts, "range", self.keyword, self.problems) or (None, None)
        return tree.Parameter(
            name=children[1],
            type=children[3],
            keys=only(parts, "by", self.keyword, self.problems) or (),
            low=low,
            high=high,
            note=only(parts, "note", self.keyword, self.problems) or "",
            former=only(parts, "formerly", self.keyword, self.problems) or (),
            span=self._at(children),
        )

    def _rule(self, children: Children) -> tree.Block | _Nothing:
        built = build_rule(self.keyword, children, self._at(children), self.problems)
        return _Nothing(self._at(children)) if built is None else built

    define = income = eligibility = benefit = graded = _rule
    select = taper = special = crosscheck = _rule

    def override(self, children: Children) -> tree.Override | _Nothing:
        built = build_override(self.keyword, children, self._at(children), self.problems)
        return _Nothing(self._at(children)) if built is None else built

    def _one(self, parts: list[Part], kind: str) -> Any:
        return only(parts, kind, self.keyword, self.problems)

    def procedure(self, children: Children) -> tree.Procedure | _Nothing:
        parts = parts_of(children[2:])
        if not any(part.kind == "step" for part in parts):
            return self._missing(children, "步骤")
        return tree.Procedure(
            name=children[1],
            steps=tuple(part.value for part in parts if part.kind == "step"),
            citations=sum((part.value for part in parts if part.kind == "cite"), ()),
            note=self._one(parts, "note") or "",
            telling=self._telling(parts, PROCEDURES_TELL),
            period=self._one(parts, "period") or Period(),
            span=self._at(children),
        )

    def _telling(self, parts: list[Part], known: tuple[str, ...]) -> tree.Telling:
        return telling_of(parts, known, self.keyword, self.problems)

    def _missing(self, children: Children, clause: str) -> _Nothing:
        name = children[1]
        self.problems.append(
            problems.MissingClause(
                span=name.span, block=f"{self.keyword} {name.text}", clause=clause
            )
        )
        return _Nothing(self._at(children))

    def fund(self, children: Children) -> tree.Fund:
        parts = parts_of(children[2:])
        self._telling(parts, ())
        return tree.Fund(
            name=children[1],
            shares=tuple(child for child in children if isinstance(child, tree.Share)),
            dedicated=any(is_token(child, "DEDICATED") for child in children),
            citations=sum((part.value for part in parts if part.kind == "cite"), ()),
            note=self._one(parts, "note") or "",
            period=self._one(parts, "period") or Period(),
            span=self._at(children),
        )

    def property_block(self, children: Children) -> tree.Property:
        parts = parts_of(children[3:])
        body = next(part.value for part in parts if part.kind in ("trend", "invariant"))
        return tree.Property(
            name=children[1],
            **body,
            citations=sum((part.value for part in parts if part.kind == "cite"), ()),
            note=self._one(parts, "note") or "",
            period=self._one(parts, "period") or Period(),
            span=self._at(children),
        )
