"""Integer expressions to lines of Python, each shared expression computed once where it is in sight."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from dibao_policy.core.forms import Int

_INFIX = {"+": "+", "-": "-", "*": "*", "//": "//", "<": "<", "<=": "<=", "==": "=="}
_WORDS = {"and": " and ", "or": " or "}


@frozen
class Slots:
    """What each slot is called; which names are lists over members, and which values have lists.

    `within` holds the values without a line of their own: they are computed where they are read.
    """

    names: Mapping[str, str]
    member_lists: frozenset[str]
    loop_names: frozenset[str]
    lists: Mapping[str, str]
    within: Mapping[str, Int]

    def at(self, slot: str) -> str:
        """The place of the member at hand in a slot's list."""
        name = self.lists[slot]
        return f"{name}[p - start]" if name.startswith("s_") else f"{name}[p]"


class Printer:
    """Lines of a function body. Names live in scopes: one per block that is open."""

    def __init__(self, slots: Slots, roots: Sequence[Int]) -> None:
        self.slots = slots
        self.lines: list[str] = []
        self.indent = 1
        self.scopes: list[dict[int, str]] = [{}]
        self.assigned: list[set[str]] = [set()]
        self.counter = 0
        self.constants: dict[tuple[int, ...], str] = {}
        self.uses: dict[int, int] = {}
        self.household: dict[int, bool] = {}
        self._count(roots)

    def _count(self, roots: Sequence[Int]) -> None:
        seen: set[int] = set()
        left = list(roots)
        for root in roots:
            self.uses[id(root)] = self.uses.get(id(root), 0) + 1
        while left:
            node = left.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            for argument in self._arguments(node):
                self.uses[id(argument)] = self.uses.get(id(argument), 0) + 1
                left.append(argument)

    def _arguments(self, node: Int) -> tuple[Int, ...]:
        """The parts of an expression, through values that are computed where they are read."""
        if node.operator == "slot" and node.name in self.slots.within:
            return (self.slots.within[node.name],)
        return node.arguments

    # ── lines and blocks ──────────────────────────────────────────────────

    def line(self, text: str) -> None:
        """One line at the depth of the open block."""
        self.lines.append("    " * self.indent + text)

    @contextlib.contextmanager
    def block(self, head: str, loop: int | None = None) -> Iterator[None]:
        """A block: what is named inside is out of sight after it."""
        self.line(head)
        self.indent += 1
        self.scopes.append({})
        self.assigned.append(set())
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.line("pass")
        self.scopes.pop()
        self.assigned.pop()
        self.indent -= 1

    def tables(self) -> list[str]:
        """The tables that the function reads."""
        return [f"{name} = {values!r}" for values, name in self.constants.items()]

    # ── expressions ───────────────────────────────────────────────────────

    def assign(self, name: str, node: Int, slot: str) -> None:
        """Give a value its name."""
        if node.operator == "if" and self._known(node) is None:
            text = self._choice(node, name)
        else:
            text = self.expression(node)
        if text != name:
            self.line(f"{name} = {text}")
        self.assigned[-1].add(slot)
        if node.operator not in ("const", "slot"):
            self.scopes[-1][id(node)] = name

    def named(self, text: str) -> str:
        """A name for a text that is used more than once."""
        if text.isidentifier():
            return text
        self.counter += 1
        name = f"t{self.counter}"
        self.line(f"{name} = {text}")
        return name

    def hoist(self, roots: Sequence[Int]) -> None:
        """Compute before a loop what inside it would be the same for every member."""
        seen: set[int] = set()
        left = list(roots)
        while left:
            node = left.pop()
            if id(node) in seen or node.operator == "const":
                continue
            seen.add(id(node))
            if node.operator == "slot":
                left += self._arguments(node)
            elif self._of_household(node):
                if self._known(node) is None:
                    self._name(node, self._text(node))
            else:
                left += node.arguments

    def _of_household(self, node: Int) -> bool:
        """Whether an expression reads nothing that belongs to one member, and all that it reads is known."""
        found = self.household.get(id(node))
        if found is None:
            if node.operator == "slot" and node.name not in self.slots.within:
                name = self.slots.names[node.name]
                found = name not in self.slots.member_lists and name not in self.slots.loop_names
            else:
                found = all([self._of_household(argument) for argument in self._arguments(node)])
            self.household[id(node)] = found
        return found

    def _known(self, node: Int) -> str | None:
        for scope in reversed(self.scopes):
            if id(node) in scope:
                return scope[id(node)]
        return None

    def _name(self, node: Int, text: str) -> str:
        name = self.named(text)
        self.scopes[-1][id(node)] = name
        return name

    def expression(self, node: Int) -> str:
        """The text of an expression; lines that it needs come first."""
        if node.operator == "const":
            return str(node.low) if node.low >= 0 else f"({node.low})"
        if node.operator == "slot":
            return self._slot(node)
        known = self._known(node)
        if known is not None:
            return known
        text = self._text(node)
        return self._name(node, text) if self.uses.get(id(node), 0) > 1 else text

    def _slot(self, node: Int) -> str:
        name = self.slots.names[node.name]
        if name in self.slots.member_lists:
            text = f"{name}[p]"
        elif node.name in self.slots.within:
            text = ""
        elif node.name in self.slots.lists and not any(node.name in one for one in self.assigned):
            text = self.slots.at(node.name)
        else:
            return name
        known = self._known(node)
        if known is not None:
            return known
        text = text or self.expression(self.slots.within[node.name])
        return self._name(node, text) if self.uses.get(id(node), 0) > 1 else text

    def _text(self, node: Int) -> str:
        match node.operator:
            case "table":
                name = self.constants.setdefault(node.table, f"T{len(self.constants)}")
                return f"{name}[{self.expression(node.arguments[0])}]"
            case "neg":
                return f"(-{self.expression(node.arguments[0])})"
            case "not":
                return f"(not {self.expression(node.arguments[0])})"
            case "if":
                return self._choice(node)
            case "and" | "or":
                return f"({_WORDS[node.operator].join(self._conditions(node))})"
        first, second = (self.expression(argument) for argument in node.arguments)
        return f"({first} {_INFIX[node.operator]} {second})"

    def _conditions(self, node: Int) -> list[str]:
        """The conditions of 且 or 或; what one of them needs is computed before all of them."""
        return [self.expression(argument) for argument in node.arguments]

    def _choice(self, node: Int, target: str = "") -> str:
        """A conditional: in one line, or as a statement that gives `target` or a new name its value."""
        condition = self.expression(node.arguments[0])
        outer, self.lines = self.lines, []
        texts: list[str] = []
        bodies: list[list[str]] = []
        self.indent += 1
        for branch in node.arguments[1:]:
            self.scopes.append({})
            self.assigned.append(set())
            texts.append(self.expression(branch))
            self.scopes.pop()
            self.assigned.pop()
            bodies.append(self.lines)
            self.lines = []
        self.indent -= 1
        self.lines = outer
        if not any(bodies):
            return f"({texts[0]} if {condition} else {texts[1]})"
        self.counter += not target
        name = target or f"t{self.counter}"
        for head, body, text in zip((f"if {condition}:", "else:"), bodies, texts, strict=True):
            self.line(head)
            self.lines += body
            self.lines.append("    " * (self.indent + 1) + f"{name} = {text}")
        self.scopes[-1][id(node)] = name
        return name
