"""One linear-time rule for how big an operation may be: depth, aliases, root fields and list-weighted cost.

Fragments are measured once each, so nesting them costs nothing (Strawberry's own limiters are exponential there).
A list with `first` is priced by its page size (the largest when it is a variable), any other list by `UNPAGED`;
introspection is priced as any other list, so that types of fields of types are refused. Programs read
`graphql/schema.graphql` instead.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
    get_named_type,
)
from graphql.type.introspection import SchemaMetaFieldDef, TypeMetaFieldDef

MAX_DEPTH = 10
MAX_ALIASES = 15
MAX_ROOTS = 10
MAX_COST = 10_000
MAX_TOKENS = 1_500
MAX_DIRECTIVES = 10
DEFAULT_PAGE = 50
LARGEST_PAGE = 200
UNPAGED = 25
META = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


class Size(NamedTuple):
    """How big a selection is."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0
    directives: int = 0
    fields: int = 0  #: at the top of the selection, its fragments opened

    def beside(self, other: Size) -> Size:
        """Return the size of both selections side by side."""
        sums = (mine + theirs for mine, theirs in zip(self[1:], other[1:], strict=True))
        return Size(max(self.depth, other.depth), *sums)

    def directed(self, node: SelectionNode) -> Size:
        """Return the size with the directives on the selection itself."""
        return self._replace(directives=self.directives + len(node.directives or ()))


class OperationLimits(ValidationRule):
    """Refuses an operation over any limit with code QUERY_TOO_COMPLEX."""

    context: ValidationContext

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        definitions = context.document.definitions
        self._fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
        self._measured: dict[str, Size] = {}
        operations = [d for d in definitions if isinstance(d, OperationDefinitionNode)]
        if len(operations) > 1:
            message = "Send one operation at a time."
            self.report_error(GraphQLError(message, operations[1], extensions={"code": "QUERY_TOO_COMPLEX"}))
        for operation in operations[:1]:
            self._check(operation)

    def _check(self, operation: OperationDefinitionNode) -> None:
        root = self.context.schema.get_root_type(operation.operation)
        size = self._measure(operation.selection_set, root)
        limits = (
            ("depth", size.depth, MAX_DEPTH),
            ("aliases", size.aliases, MAX_ALIASES),
            ("top-level fields", size.fields, MAX_ROOTS),
            ("directives", size.directives, MAX_DIRECTIVES),
            ("cost", size.cost, MAX_COST),
        )
        for what, got, most in limits:
            if got > most:
                message = f"This operation is too big: {what} {got}, and the limit is {most}."
                self.report_error(GraphQLError(message, operation, extensions={"code": "QUERY_TOO_COMPLEX"}))
                return

    def _measure(self, selections: SelectionSetNode | None, parent: Any) -> Size:
        size = Size()
        for selection in selections.selections if selections else ():
            match selection:
                case FragmentSpreadNode():
                    size = size.beside(self._fragment(selection.name.value).directed(selection))
                case InlineFragmentNode():
                    on = selection.type_condition
                    inner = self.context.schema.get_type(on.name.value) if on else parent
                    size = size.beside(self._measure(selection.selection_set, inner).directed(selection))
                case FieldNode():
                    size = size.beside(self._field(selection, parent).directed(selection))
        return size

    def _field(self, node: FieldNode, parent: Any) -> Size:
        definition = getattr(parent, "fields", {}).get(node.name.value) or META.get(node.name.value)
        child = get_named_type(definition.type) if definition else None
        inner = self._measure(node.selection_set, child)
        times = _page(node, definition, parent)
        cost = 1 + times * inner.cost
        return Size(inner.depth + 1, inner.aliases + bool(node.alias), cost, inner.directives, fields=1)

    def _fragment(self, name: str) -> Size:
        if name not in self._measured:
            self._measured[name] = Size()  # a cycle measures as nothing here; graphql-core refuses it by itself
            fragment = self._fragments.get(name)
            if fragment is not None:
                on = self.context.schema.get_type(fragment.type_condition.name.value)
                self._measured[name] = self._measure(fragment.selection_set, on)
        return self._measured[name]


def _page(node: FieldNode, definition: GraphQLField | None, parent: Any) -> int:
    for argument in node.arguments or ():
        if argument.name.value == "first":
            value = argument.value
            return max(1, int(value.value)) if isinstance(value, IntValueNode) else LARGEST_PAGE
    if definition is None:
        return 1
    if "first" in definition.args:
        return DEFAULT_PAGE
    if getattr(parent, "name", "").endswith("Connection"):
        return 1  # the connection's own `first` has counted
    return UNPAGED if _is_list(definition.type) else 1


def _is_list(kind: GraphQLOutputType) -> bool:
    while isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    return isinstance(kind, GraphQLList)
