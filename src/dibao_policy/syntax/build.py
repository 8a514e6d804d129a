"""What the grammar recognizes, made into nodes of the tree.

Lark calls one method per rule of `rules.lark` as soon as the rule is complete, so nothing here recurses.
Each method receives the words and nodes of its rule in order.
"""

from __future__ import annotations

import itertools
from typing import Any

from attrs import frozen

from dibao_policy.dates import Period, read_date
from dibao_policy.problem import Problem
from dibao_policy.syntax import problems, tree
from dibao_policy.syntax.build_rules import build_rule
from dibao_policy.syntax.keywords import AGGREGATE_OF, RESERVED
from dibao_policy.syntax.parts import Part, only, parts_of
from dibao_policy.syntax.tokens import Token
from dibao_policy.text import Source, Span, nearest
from dibao_policy.units import UNIT_WORDS, is_unit_text, unit_words_shown
from dibao_policy.values import DIGITS_LIMIT, ROUNDING_NAMES, exact_number

Children = list[Any]


@frozen
class _Nothing:
    span: Span


class Builder:
    """Nodes for one block at a time: call `begin`, feed the parser, read `result` and `problems`."""

    def begin(self, source: Source, keyword: str) -> None:
        """Start a new block."""
        self.source = source
        self.keyword = keyword
        self.problems: list[Problem] = []
        self.result: tree.Block | None = None

    def _at(self, children: Children) -> Span:
        first, last = children[0], children[-1]
        start = first.start_pos if isinstance(first, Token) else first.span.start
        end = last.end_pos if isinstance(last, Token) else last.span.end
        return Span(self.source, start or 0, end or 0)

    def _text(self, token: Token) -> str:
        return str(token.value)[1:-1]

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
        ordered = any(_is(child, "ORDERED") for child in children)
        return tree.Enumeration(names[0], tuple(names[1:]), ordered, self._at(children))

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
            question=only(parts, "ask", self.keyword, self.problems) or "",
            note=only(parts, "note", self.keyword, self.problems) or "",
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
            span=self._at(children),
        )

    def _rule(self, children: Children) -> tree.Block | _Nothing:
        built = build_rule(self.keyword, children, self._at(children), self.problems)
        return _Nothing(self._at(children)) if built is None else built

    define = income = eligibility = benefit = graded = _rule

    # ── names and clauses ─────────────────────────────────────────────────

    def name(self, children: Children) -> tree.Name:
        for token in children:
            if token.type == "WORD" and token.value in UNIT_WORDS:
                self.problems.append(
                    problems.ReservedName(
                        span=self._at([token]), name=token.value, what="单位", what_en="a unit"
                    )
                )
        code = children[2].value if len(children) > 1 else ""
        return tree.Name(children[0].value, code, self._at(children))

    def scope(self, children: Children) -> Part:
        kind = "household" if children[0].type == "HOUSEHOLD" else "member"
        return Part("scope", kind, self._at(children))

    def type(self, children: Children) -> tree.TypeName:
        text = "/".join(token.value for token in children if token.type == "WORD")
        signs = {token.value for token in children if token.type == "DIVIDE"}
        if signs - {"/", "÷"} or text in RESERVED:
            raise AssertionError(text)
        return tree.TypeName(text, self._at(children))

    def common(self, children: Children) -> Any:
        return children[-1]

    policy_clause = input_clause = parameter_clause = define_clause = common
    income_clause = eligibility_clause = benefit_clause = graded_clause = common

    def inherit(self, children: Children) -> Part:
        span = self._at(children[1:])
        version = self._text(children[4]) if len(children) > 3 else ""
        return Part("inherit", tree.Inherit(children[2], version, span), span)

    def version(self, children: Children) -> Part:
        return Part("version", self._text(children[-1]), self._at(children[1:]))

    def document(self, children: Children) -> Part:
        span = self._at(children[1:])
        said = {
            before.type: self._text(token)
            for before, token in itertools.pairwise(children)
            if token.type == "STRING"
        }
        document = tree.Document(
            short_name=children[2].value,
            title=self._text(children[4]),
            number=said.get("NUMBERED", ""),
            address=said.get("ADDRESS", ""),
            unverified=children[-1].type == "UNVERIFIED",
            span=span,
        )
        return Part("document", document, span)

    def since(self, children: Children) -> Part:
        return Part("period", Period(since=read_date(children[1].value)), self._at(children))

    def until(self, children: Children) -> Part:
        return Part("period", Period(until=read_date(children[1].value)), self._at(children))

    def since_until(self, children: Children) -> Part:
        since, until = read_date(children[1].value), read_date(children[3].value)
        if since and until and until < since:
            self.problems.append(
                problems.EmptyPeriod(span=self._at(children), since=str(since), until=str(until))
            )
        return Part("period", Period(since, until), self._at(children))

    def note(self, children: Children) -> Part:
        return Part("note", self._text(children[1]), self._at(children))

    def cite(self, children: Children) -> Part:
        citations = tuple(child for child in children if isinstance(child, tree.Citation))
        return Part("cite", citations, self._at(children))

    def citation(self, children: Children) -> tree.Citation:
        words = [token.value for token in children if token.type == "WORD"]
        return tree.Citation(
            document=words[0],
            article=words[1] if len(words) > 1 else "",
            unverified=children[-1].type == "UNVERIFIED",
            note="",
            span=self._at(children),
        )

    def uncited(self, children: Children) -> tree.Citation:
        note = self._text(children[1]) if len(children) > 1 else ""
        return tree.Citation("", "", True, note, self._at(children))

    def range(self, children: Children) -> Part:
        return Part("range", (children[1], children[3]), self._at(children))

    def default(self, children: Children) -> Part:
        return Part("default", children[1], self._at(children))

    def ask(self, children: Children) -> Part:
        return Part("ask", self._text(children[1]), self._at(children))

    def by(self, children: Children) -> Part:
        keys = tuple(
            tree.TypeName(token.value, self._at([token]))
            for token in children
            if token.type == "WORD"
        )
        return Part("by", keys, self._at(children))

    def mode(self, children: Children) -> Token:
        return children[0]  # type: ignore[no-any-return]

    def rounding(self, children: Children) -> Part:
        clause = self._rounding(children[2], children[3], self._at(children))
        return Part("rounding", clause, clause.span)

    def _rounding(self, quantum: Token, mode: Token, span: Span) -> tree.RoundingClause:
        return tree.RoundingClause(self.quantity([quantum]), ROUNDING_NAMES[mode.value], span)

    def when(self, children: Children) -> Part:
        return Part("when", children[1], self._at(children))

    def _clause(self, kind: str, children: Children) -> Part:
        """NEWLINE KEYWORD expression [when] [cite], or the same after a name and an equals sign."""
        parts = parts_of(children)
        when = next((part.value for part in parts if part.kind == "when"), None)
        citations = next((part.value for part in parts if part.kind == "cite"), ())
        expression = next(
            child for child in children if not isinstance(child, (Token, Part, tree.Name))
        )
        span = self._at(children[1:])
        return Part(kind, tree.Clause(expression, when, citations, span), span)

    def count(self, children: Children) -> Part:
        return self._clause("count", children)

    def impute(self, children: Children) -> Part:
        return self._clause("impute", children)

    def amount(self, children: Children) -> Part:
        return self._clause("amount", children)

    def at_least(self, children: Children) -> Part:
        return self._clause("at_least", children)

    def at_most(self, children: Children) -> Part:
        return self._clause("at_most", children)

    def deduct(self, children: Children) -> Part:
        part = self._clause("deduct", children)
        return Part("deduct", tree.Deduction(children[2], part.value, part.span), part.span)

    def exempt(self, children: Children) -> Part:
        span = self._at(children[1:])
        names = tuple((t.value, self._at([t])) for t in children if _is(t, "WORD"))
        citations = next((part.value for part in parts_of(children)), ())
        return Part("exempt", tree.Exemption(names, citations, span), span)

    def require(self, children: Children) -> Part:
        span = self._at(children[1:])
        template = next((child for child in children if _is(child, "STRING")), None)
        requirement = tree.Requirement(
            label=children[2].value,
            condition=children[4],
            otherwise=self._text(template) if template is not None else "",
            otherwise_span=self._at([template]) if template is not None else None,
            citations=next((part.value for part in parts_of(children)), ()),
            span=span,
        )
        return Part("require", requirement, span)

    def category(self, children: Children) -> Part:
        span = self._at(children[1:])
        citations = next((part.value for part in parts_of(children)), ())
        category = tree.Category(children[2].value, children[4], children[6], citations, span)
        return Part("category", category, span)

    def highest(self, children: Children) -> Part:
        return Part("highest", True, self._at(children[1:]))

    def cumulative(self, children: Children) -> Part:
        return Part("highest", False, self._at(children[1:]))

    # ── expressions ───────────────────────────────────────────────────────

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
        place = next(i for i, child in enumerate(children) if _is(child, "WORD"))
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
            if _is(before, "DOT"):
                body = tree.Reference("member", child.value, (), self._at([child]))
            elif _is(before, "COLON"):
                body = child
            elif _is(before, "ELSE"):
                otherwise = child
        when = next((part.value for part in parts_of(children)), None)
        kind = AGGREGATE_OF[children[0].value]
        return tree.Aggregate(kind, body, when, otherwise, self._at(children))

    def rank(self, children: Children) -> tree.Rank:
        when = next((part.value for part in parts_of(children)), None)
        descending = _is(children[5], "DESCENDING")
        return tree.Rank(children[4], descending, when, self._at(children))


def _is(child: object, kind: str) -> bool:
    return isinstance(child, Token) and child.type == kind


def _figure(text: str) -> str:
    """The digits with which a quantity begins."""
    end = 0
    while end < len(text) and (text[end] in "0123456789."):
        end += 1
    return text[:end]
