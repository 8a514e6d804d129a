"""What a policy declares, by name."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from dibao_policy.dates import Period
from dibao_policy.parameters.series import Series
from dibao_policy.syntax import tree
from dibao_policy.text import Span


@frozen
class Layer:
    """One policy folder of the chain, from the most local to the most general."""

    code: str
    name: str
    version: str
    header: tree.PolicyHeader
    files: tuple[tree.File, ...] = field(repr=False)


@frozen
class EnumerationDeclaration:
    """A type with a closed list of values."""

    node: tree.Enumeration
    layer: str


@frozen
class InputDeclaration:
    """A fact to be brought."""

    node: tree.Input
    layer: str


@frozen
class ParameterDeclaration:
    """A dated value, with its series where a YAML file gives one, and the layer of that file."""

    node: tree.Parameter
    layer: str
    series: Series | None
    series_layer: str = ""


@frozen
class RuleVersion:
    """A rule and the days on which it holds; `replaced` is the layer whose rule it was put in the place of."""

    node: tree.Rule
    period: Period
    layer: str
    replaced: str = ""


@frozen
class Stated:
    """A procedure, a fund or a property, and the layer that states it."""

    node: tree.Procedure | tree.Fund | tree.Property
    layer: str


@frozen
class Scheme:
    """All layers of a policy together. Keys are Chinese names; `codes` leads from a code name to one.

    `former` leads from a name that a thing had before to the one that it has now, `former_of` the other way.
    """

    code: str
    name: str
    version: str
    period: Period
    layers: tuple[Layer, ...]
    documents: Mapping[tuple[str, str], tree.Document]
    enumerations: Mapping[str, EnumerationDeclaration]
    inputs: Mapping[str, InputDeclaration]
    parameters: Mapping[str, ParameterDeclaration]
    rules: Mapping[str, tuple[RuleVersion, ...]]
    deductions: Mapping[str, str]
    codes: Mapping[str, str]
    former: Mapping[str, str]
    former_of: Mapping[str, tuple[str, ...]]
    stated: tuple[Stated, ...]
    broken: frozenset[str]
    header_span: Span = field(repr=False)
