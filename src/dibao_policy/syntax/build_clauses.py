"""The clauses of a block, made into parts."""

from __future__ import annotations

import itertools
import re
from typing import Any

from dibao_policy.dates import Period, read_date
from dibao_policy.syntax import block_problems, problems, tree
from dibao_policy.syntax.build_expressions import Children, Expressions, is_token, last_node
from dibao_policy.syntax.keywords import RESERVED
from dibao_policy.syntax.parts import Part, only, parts_of
from dibao_policy.syntax.tokens import Token
from dibao_policy.units import UNIT_WORDS

MONTH_LIMIT = 120

_DIGITS = re.compile("[0-9]+")
_TERMS = ("deductible", "rate", "ceiling", "fixed", "progressive")


class Clauses(Expressions):
    """Parts: what each clause is and what it holds."""

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
    select_clause = taper_clause = special_clause = crosscheck_clause = override_clause = common
    procedure_clause = fund_clause = property_clause = step_part = property_body = common

    def words(self, children: Children) -> Part:
        names = tuple(
            tree.Mention(token.value, self._at([token]))
            for token in children
            if token.type == "WORD"
        )
        return Part("words", names, self._at(children))

    def telling(self, children: Children) -> Token:
        return children[0]  # type: ignore[no-any-return]

    def tell(self, children: Children) -> Part:
        return Part("tell", children[2].type.lower(), self._at(children[1:]))

    def formerly(self, children: Children) -> Part:
        return Part("formerly", children[2].value, self._at(children[1:]))

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

    def discretion(self, children: Children) -> Part:
        return Part("discretion", True, self._at(children))

    def changeable(self, children: Children) -> Part:
        return Part("changeable", True, self._at(children))

    def by(self, children: Children) -> Part:
        keys = tuple(tree.TypeName(one.text, one.span) for one in children[1].value)
        return Part("by", keys, self._at(children))

    def mode(self, children: Children) -> Token:
        return children[0]  # type: ignore[no-any-return]

    def rounding(self, children: Children) -> Part:
        clause = self._rounding(children[2], children[3], self._at(children))
        return Part("rounding", clause, clause.span)

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
        clause = self._clause("deduct", children).value
        at_most = next(
            (
                child
                for before, child in itertools.pairwise(children)
                if is_token(before, "AT_MOST")
            ),
            None,
        )
        deduction = tree.Deduction(children[2], clause, at_most, clause.span)
        return Part("deduct", deduction, clause.span)

    def deductions(self, children: Children) -> Part:
        return self._clause("deductions", children)

    def exempt(self, children: Children) -> Part:
        return self._mentions("exempt", children)

    def excludes(self, children: Children) -> Part:
        return self._mentions("excludes", children)

    def _mentions(self, kind: str, children: Children) -> Part:
        span = self._at(children[1:])
        return Part(kind, tree.Exemption(children[2].value, self._cited(children), span), span)

    def _cited(self, children: Children) -> tuple[tree.Citation, ...]:
        return next((part.value for part in parts_of(children) if part.kind == "cite"), ())

    def require(self, children: Children) -> Part:
        span = self._at(children[1:])
        template = next((child for child in children if is_token(child, "STRING")), None)
        requirement = tree.Requirement(
            label=children[2].value,
            condition=children[4],
            otherwise=self._text(template) if template is not None else "",
            otherwise_span=self._at([template]) if template is not None else None,
            citations=self._cited(children),
            waivers=tuple(part.value for part in parts_of(children) if part.kind == "waiver"),
            span=span,
        )
        return Part("require", requirement, span)

    def waiver(self, children: Children) -> Part:
        label = children[1].value if is_token(children[1], "WORD") else ""
        condition = children[3] if label else children[1]
        span = self._at(children)
        return Part("waiver", tree.Waiver(label, condition, self._cited(children), span), span)

    def category(self, children: Children) -> Part:
        return self._case("category", children)

    def case(self, children: Children) -> Part:
        return self._case("case", children)

    def _case(self, kind: str, children: Children) -> Part:
        span = self._at(children[1:])
        return Part(
            kind,
            tree.Category(children[2].value, children[4], children[6], self._cited(children), span),
            span,
        )

    def rest(self, children: Children) -> Part:
        span = self._at(children[1:])
        clause = tree.Clause(children[3], None, self._cited(children), span)
        return Part("rest", clause, span)

    def highest(self, children: Children) -> Part:
        return Part("highest", True, self._at(children[1:]))

    def cumulative(self, children: Children) -> Part:
        return Part("highest", False, self._at(children[1:]))

    def in_order(self, children: Children) -> Part:
        return Part("in_order", True, self._at(children[1:]))

    def stages(self, children: Children) -> Part:
        stages = tuple(child for child in children if isinstance(child, tree.Stage))
        span = self._at(children[1:])
        return Part("stages", (children[2], stages), span)

    def stage(self, children: Children) -> tree.Stage:
        ends = [int(digits) for digits in _DIGITS.findall(children[0].value)]
        span = self._at(children)
        first, last = ends[0], ends[-1]
        if not 1 <= first <= last <= MONTH_LIMIT:
            self.problems.append(
                block_problems.StageMonths(
                    span=self._at(children[:1]), written=children[0].value, limit=MONTH_LIMIT
                )
            )
        return tree.Stage(first, last, children[1], span)

    def base(self, children: Children) -> Part:
        span = self._at(children[1:])
        less = next((part.value for part in parts_of(children) if part.kind == "words"), ())
        clause = tree.Clause(children[2], None, self._cited(children), span)
        return Part("base", (clause, less), span)

    def recipients(self, children: Children) -> Part:
        span = self._at(children[1:])
        label = children[2]
        terms = next(child for child in children if isinstance(child, tree.Terms))
        condition = children[4]
        if condition is terms:
            condition = tree.Reference(None, label.value, (), self._at([label]))
        return Part(
            "group",
            tree.Group(label.value, condition, terms, self._cited(children), span),
            span,
        )

    def terms(self, children: Children) -> tree.Terms:
        parts = parts_of(children)
        said = {kind: only(parts, kind, "对象", self.problems) for kind in _TERMS}
        span = self._at(children)
        if said["fixed"] is not None and len(parts) > 1:
            self.problems.append(block_problems.FixedBesideTerms(span=span))
        elif said["fixed"] is None and (said["rate"] is None) == (said["progressive"] is None):
            self.problems.append(block_problems.NeedsOneRate(span=span))
        return tree.Terms(**said, span=span)

    def term(self, children: Children) -> Part:
        kind = children[0].type.lower()
        span = self._at(children)
        if kind == "progressive":
            brackets = tuple(child for child in children if isinstance(child, tree.Bracket))
            return Part(kind, (brackets, last_node(children)), span)
        return Part(kind, children[1], span)

    def transition(self, children: Children) -> Part:
        span = self._at(children[1:])
        return Part(
            "transition",
            tree.Transition(children[2].value, children[4], self._cited(children), span),
            span,
        )
