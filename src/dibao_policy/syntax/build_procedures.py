"""The clauses of the blocks that no household decides: procedures, funds, properties."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

from dibao_policy.syntax import block_problems, tree
from dibao_policy.syntax.build_clauses import Clauses
from dibao_policy.syntax.build_expressions import Children, is_token
from dibao_policy.syntax.parts import Part, only, parts_of
from dibao_policy.syntax.tokens import Token
from dibao_policy.values import exact_number

DAY_LIMIT = 3660

_LIMIT_UNITS: dict[str, Literal["日", "工作日", "月"]] = {
    "日": "日", "天": "日", "个工作日": "工作日", "工作日": "工作日", "个月": "月", "月": "月",
    "days": "日", "working_days": "工作日", "months": "月",
}  # fmt: skip
_TIME_LIMIT = re.compile(rf"([1-9][0-9]{{0,4}})({'|'.join(_LIMIT_UNITS)})")


class Procedures(Clauses):
    """Parts of procedures and properties, shares of funds."""

    def step(self, children: Children) -> Part:
        parts = parts_of(children)
        said = {
            kind: only(parts, kind, "步骤", self.problems)
            for kind in ("responsible", "limit", "share", "posting", "documents", "signed")
        }
        span = self._at(children[1:])
        step = tree.Step(
            name=children[2].value,
            responsible=said["responsible"] or (),
            limit=said["limit"],
            share=said["share"],
            posting=said["posting"],
            documents=said["documents"] or (),
            signed=said["signed"] or (),
            citations=self._cited(children),
            span=span,
        )
        return Part("step", step, span)

    def _listed(self, children: Children) -> Part:
        names = tuple(one.text for one in children[1].value)
        return Part(children[0].type.lower(), names, self._at(children))

    responsible = documents = signed = _listed

    def _limit(self, children: Children) -> Part:
        span = self._at(children)
        kind, written = children[0].type.lower(), children[1]
        if written.type == "IMMEDIATE":
            return Part(kind, tree.TimeLimit(0, "即时", span), span)
        found = _TIME_LIMIT.fullmatch(written.value)
        if found is None or not 0 < int(found[1]) <= DAY_LIMIT:
            self.problems.append(
                block_problems.NotATimeLimit(
                    span=self._at([written]), written=written.value, limit=DAY_LIMIT
                )
            )
            return Part(kind, tree.TimeLimit(1, "日", span), span)
        return Part(kind, tree.TimeLimit(int(found[1]), _LIMIT_UNITS[found[2]], span), span)

    limit = posting = _limit

    def _percentage(self, token: Token) -> Fraction:
        text = str(token.value)
        number = exact_number(text.removesuffix("%")) if text.endswith("%") else None
        if number is None or not 0 < number <= 100:
            self.problems.append(block_problems.NotAShare(span=self._at([token]), written=text))
            # No share is 0: what adds shares up knows by it that one is missing.
            return Fraction(0)
        return number / 100

    def share_visited(self, children: Children) -> Part:
        return Part("share", self._percentage(children[1]), self._at(children))

    def share(self, children: Children) -> tree.Share:
        return tree.Share(children[0].value, self._percentage(children[1]), self._at(children))

    def direction(self, children: Children) -> Token:
        return children[0]  # type: ignore[no-any-return]

    effect = direction

    def trend(self, children: Children) -> Part:
        place = next(i for i, child in enumerate(children) if is_token(child, "WORD"))
        scope = children[0].value if place else None
        moved = tree.Reference(scope, children[place].value, (), self._at(children[: place + 1]))
        direction, _, conclusion, effect = children[place + 1 :]
        body = {
            "moved": moved,
            "upward": direction.type == "INCREASES",
            "premise": None,
            "conclusion": conclusion,
            "effect": effect.type.lower(),
            "tolerance": None,
        }
        return Part("trend", body, self._at(children))

    def invariant(self, children: Children) -> Part:
        return self._invariant(children, None, children)

    def within(self, children: Children) -> Part:
        place = next(i for i, child in enumerate(children) if is_token(child, "TOLERANCE"))
        reason = self._text(children[-1]) if is_token(children[-1], "STRING") else ""
        tolerance = tree.Tolerance(
            amount=self.quantity(children[place + 1 : place + 2]),
            reason=reason,
            span=self._at(children[place:]),
        )
        return self._invariant(children[:place], tolerance, children)

    def _invariant(
        self, children: Children, tolerance: tree.Tolerance | None, whole: Children
    ) -> Part:
        body = {
            "moved": None,
            "upward": True,
            "premise": children[0] if len(children) > 1 else None,
            "conclusion": children[-1],
            "effect": "",
            "tolerance": tolerance,
        }
        return Part("invariant", body, self._at(whole))
