"""What the grammar recognizes inside a clause, made into nodes: expressions and what they are made of.

Lark calls one method per rule of `rules.lark` as soon as the rule is complete, so nothing here recurses.
Each method receives the words and nodes of its rule in order.
"""

from __future__ import annotations

import itertools
from typing import Any

from dibao_policy.dates import read_date
from dibao_policy.problem import Problem
from dibao_policy.syntax import block_problems, problems, tree
from dibao_policy.syntax.keywords import AGGREGATE_OF
from dibao_policy.syntax.parts import Part, parts_of
from dibao_policy.syntax.tokens import Token
from dibao_policy.text import Source, Span, nearest
from dibao_policy.units import UNIT_WORDS, is_unit_text, unit_words_shown
from dibao_policy.values import DIGITS_LIMIT, ROUNDING_NAMES, exact_number

Children = list[Any]


class Expressions:
    """Nodes of expressions; `source` and `problems` belong to the block at hand."""

    source: Source
    problems: list[Problem]

    def _at(self, children: Children) -> Span:
        first, last = children[0], children[-1]
        start = first.start_pos if isinstance(first, Token) else first.span.start
        end = last.end_pos if isinstance(last, Token) else last.span.end
        return Span(self.source, start or 0, end or 0)

    def _text(self, token: Token) -> str:
        return str(token.value)[1:-1]

    def _rounding(self, quantum: Token, mode: Token, span: Span) -> tree.RoundingClause:
        return tree.RoundingClause(self.quantity([quantum]), ROUNDING_NAMES[mode.value], span)

    def choose(self, children: Children) -> tree.Choose:
        _, condition, _, value, _, otherwise = children
        span = self._at(children)
        if isinstance(otherwise, tree.Choose):
            return tree.Choose(((condition, value), *otherwise.cases), otherwise.otherwise, span)
        return tree.Choose(((condition, value),), otherwise, span)

    def disjunction(self, children: Children) -> tree.Logic:
        return tree.Logic("or", tuple(children[::2]), self._at(children))

    def conjunction(self, children: Children) -> tree.Logic:
        return tree.Logic("and", tuple(children[::2]), self._at(children))

    def negate(self, children: Children) -> tree.Not:
        return tree.Not(children[1], self._at(children))

    def sign(self, children: Children) -> Token:
        return children[0]  # type: ignore[no-any-return]

    plus = times = sign

    def compare(self, children: Children) -> tree.Comparison:
        span = self._at(children)
        if len(children) > 3:
            self.problems.append(problems.ChainedComparison(span=span))
        return tree.Comparison(children[1].value, children[0], children[2], span)

    def member_of(self, children: Children) -> tree.Membership:
        options = tuple(child for child in children[1:] if not isinstance(child, Token))
        negated = children[1].type == "NOT_IN"
        return tree.Membership(children[0], options, negated, self._at(children))

    not_member_of = member_of

    def between(self, children: Children) -> tree.Between:
        return tree.Between(children[0], children[2], children[4], self._at(children))

    def sum(self, children: Children) -> tree.Sum:
        terms = [(False, children[0])]
        for sign, term in zip(children[1::2], children[2::2], strict=True):
            terms.append((sign.type == "MINUS", term))
        return tree.Sum(tuple(terms), self._at(children))

    def product(self, children: Children) -> tree.Product:
        factors = [(False, children[0])]
        for sign, factor in zip(children[1::2], children[2::2], strict=True):
            factors.append((sign.type == "DIVIDE", factor))
        return tree.Product(tuple(factors), self._at(children))

    def minus(self, children: Children) -> tree.Minus:
        return tree.Minus(children[1], self._at(children))

    def group(self, children: Children) -> Any:
        return children[1]

    def quantity(self, children: Children) -> tree.Quantity:
        text = str(children[0].value)
        span = self._at(children)
        figure = text.rstrip("%") if text.endswith("%") else _figure(text)
        unit = "%" if text.endswith("%") else text[len(figure) :]
        number = exact_number(figure)
        if number is None or len(figure) > DIGITS_LIMIT:
            shown = figure if len(figure) <= DIGITS_LIMIT else f"{figure[:12]}…"
            self.problems.append(problems.NotANumber(span=span, figure=shown, limit=DIGITS_LIMIT))
            return tree.Quantity(exact_number("0") or 0, unit, span)  # type: ignore[arg-type]
        if unit == "%":
            return tree.Quantity(number / 100, "", span)
        if unit and not is_unit_text(unit):
            self.problems.append(
                problems.NotAUnit(
                    span=span,
                    unit=unit,
                    near=nearest(unit, UNIT_WORDS),
                    known=unit_words_shown(),
                )
            )
            unit = ""
        return tree.Quantity(number, unit, span)

    def date(self, children: Children) -> tree.DateLiteral:
        day = read_date(children[0].value)
        # The scanner has reported a date that the calendar does not have.
        return tree.DateLiteral(day or read_date("1900-01-01"), self._at(children))  # type: ignore[arg-type]

    def yes(self, children: Children) -> tree.YesNo:
        return tree.YesNo(True, self._at(children))

    def no(self, children: Children) -> tree.YesNo:
        return tree.YesNo(False, self._at(children))

    def reference(self, children: Children) -> tree.Reference:
        scope = children[0].value if isinstance(children[0], Part) else None
        place = next(i for i, child in enumerate(children) if is_token(child, "WORD"))
        keys = tuple(child for child in children[place + 1 :] if not isinstance(child, Token))
        return tree.Reference(scope, children[place].value, keys, self._at(children))

    def call(self, children: Children) -> tree.Call:
        arguments = tuple(child for child in children if not isinstance(child, Token))
        return tree.Call(children[0].value, arguments, self._at(children))

    def round_to(self, children: Children) -> tree.RoundTo:
        clause = self._rounding(children[4], children[5], self._at(children[3:6]))
        return tree.RoundTo(children[2], clause, self._at(children))

    def aggregate(self, children: Children) -> tree.Aggregate:
        body = otherwise = None
        for before, child in itertools.pairwise(children[2:]):
            if is_token(before, "DOT"):
                body = tree.Reference("member", child.value, (), self._at([child]))
            elif is_token(before, "COLON"):
                body = child
            elif is_token(before, "ELSE"):
                otherwise = child
        when = next((part.value for part in parts_of(children)), None)
        kind = AGGREGATE_OF[children[0].value]
        return tree.Aggregate(kind, body, when, otherwise, self._at(children))

    def bracket(self, children: Children) -> tree.Bracket:
        sign, bound, _, value = children
        if sign.value not in ("<", "≤"):
            self.problems.append(block_problems.BracketSign(span=self._at([sign]), sign=sign.value))
        return tree.Bracket(sign.value, bound, value, self._at(children))

    def steps(self, children: Children) -> tree.Steps:
        brackets = tuple(child for child in children if isinstance(child, tree.Bracket))
        return tree.Steps(
            "pick" if children[0].type == "STEPS" else "progressive",
            children[2],
            brackets,
            last_node(children),
            self._at(children),
        )

    def rank(self, children: Children) -> tree.Rank:
        when = next((part.value for part in parts_of(children)), None)
        descending = any(is_token(child, "DESCENDING") for child in children)
        return tree.Rank(children[4], descending, when, self._at(children))


def is_token(child: object, kind: str) -> bool:
    """Whether a child is a word of this kind."""
    return isinstance(child, Token) and child.type == kind


def last_node(children: Children) -> Any:
    """The last of the children that is no word or sign."""
    return next(child for child in reversed(children) if not isinstance(child, Token))


def _figure(text: str) -> str:
    """The digits with which a quantity begins."""
    end = 0
    while end < len(text) and (text[end] in "0123456789."):
        end += 1
    return text[:end]
