"""One linear-time rule for how big an operation may be: depth, aliases, root fields and list-weighted cost.

Fragments are measured once each, so nesting them costs nothing (Strawberry's own limiters are exponential there).
A list with `first` is priced by its page size, any other list by `UNPAGED`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
    get_named_type,
)

MAX_DEPTH = 10
MAX_ALIASES = 15
MAX_ROOTS = 6
MAX_COST = 10_000
MAX_TOKENS = 1_500
DEFAULT_PAGE = 50
UNPAGED = 25


class Size(NamedTuple):
    """How big a selection is."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0

    def beside(self, other: Size) -> Size:
        """Return the size of both selections side by side."""
        return Size(max(self.depth, other.depth), self.aliases + other.aliases, self.cost + other.cost)


class OperationLimits(ValidationRule):
    """Refuses an operation over any limit with code QUERY_TOO_COMPLEX."""

    context: ValidationContext

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        definitions = context.document.definitions
        self._fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
        self._measured: dict[str, Size] = {}
        for definition in definitions:
            if isinstance(definition, OperationDefinitionNode):
                self._check(definition)

    def _check(self, operation: OperationDefinitionNode) -> None:
        root = self.context.schema.get_root_type(operation.operation)
        size = self._measure(operation.selection_set, root)
        roots = sum(isinstance(s, FieldNode) for s in operation.selection_set.selections)
        limits = (
            ("depth", size.depth, MAX_DEPTH),
            ("aliases", size.aliases, MAX_ALIASES),
            ("top-level fields", roots, MAX_ROOTS),
            ("cost", size.cost, MAX_COST),
        )
        for what, got, most in limits:
            if got > most:
                message = f"This operation is too big: {what} {got}, and the limit is {most}."
                self.report_error(GraphQLError(message, operation, extensions={"code": "QUERY_TOO_COMPLEX"}))

    def _measure(self, selections: SelectionSetNode | None, parent: Any) -> Size:
        size = Size()
        for selection in selections.selections if selections else ():
            match selection:
                case FragmentSpreadNode():
                    size = size.beside(self._fragment(selection.name.value))
                case InlineFragmentNode():
                    on = selection.type_condition
                    inner = self.context.schema.get_type(on.name.value) if on else parent
                    size = size.beside(self._measure(selection.selection_set, inner))
                case FieldNode():
                    size = size.beside(self._field(selection, parent))
        return size

    def _field(self, node: FieldNode, parent: Any) -> Size:
        definition = getattr(parent, "fields", {}).get(node.name.value)
        child = get_named_type(definition.type) if definition else None
        inner = self._measure(node.selection_set, child)
        times = _page(node, definition.type if definition else None, parent)
        return Size(inner.depth + 1, inner.aliases + bool(node.alias), 1 + times * inner.cost)

    def _fragment(self, name: str) -> Size:
        if name not in self._measured:
            self._measured[name] = Size()  # a cycle measures as nothing here; graphql-core refuses it by itself
            fragment = self._fragments.get(name)
            if fragment is not None:
                on = self.context.schema.get_type(fragment.type_condition.name.value)
                self._measured[name] = self._measure(fragment.selection_set, on)
        return self._measured[name]


def _page(node: FieldNode, kind: GraphQLOutputType | None, parent: Any) -> int:
    for argument in node.arguments or ():
        if argument.name.value == "first":
            value = argument.value
            return max(1, int(value.value)) if isinstance(value, IntValueNode) else DEFAULT_PAGE
    if getattr(parent, "name", "").endswith("Connection"):
        return 1  # the connection's own `first` has counted
    return UNPAGED if _is_list(kind) else 1


def _is_list(kind: GraphQLOutputType | None) -> bool:
    while isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    return isinstance(kind, GraphQLList)
