"""Documents, parsed and validated once by the same rules as on the ordinary path, and what they select."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    parse,
    specified_rules,
    validate,
)
from graphql.language import Visitor, visit

from concordat_graphql.limits import MAX_TOKENS, OperationLimits

Selected = dict[str, list[FieldNode]]
Flags = tuple[tuple[str, bool], ...]
KNOWN_DIRECTIVES = frozenset({"include", "skip"})


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A valid document of one operation. `switches`: the variables that its directives ask."""

    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    switches: tuple[str, ...]

    @property
    def name(self) -> str | None:
        """Return the operation's name, if it has one."""
        return self.operation.name.value if self.operation.name else None

    def flags(self, variables: dict[str, Any]) -> Flags:
        """Return what the directives' variables say in this request."""
        return tuple((name, bool(variables[name])) for name in self.switches)


@lru_cache(maxsize=512)
def prepared(
    text: str, schema: GraphQLSchema, kind: OperationType = OperationType.QUERY
) -> Prepared | None:
    """Return the document when it is one valid operation of the kind; None for anything else, which the ordinary path
    answers."""
    try:
        document = parse(text, max_tokens=MAX_TOKENS)
    except GraphQLError:
        return None
    if validate(schema, document, [*specified_rules, OperationLimits], max_errors=1):
        return None
    return _prepared(document, kind)


def _prepared(document: DocumentNode, kind: OperationType) -> Prepared | None:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    asked = _Directives()
    visit(document, asked)
    if len(operations) != 1 or operations[0].operation is not kind or asked.others:
        return None
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    return Prepared(operations[0], fragments, tuple(sorted(asked.variables)))


class _Directives(Visitor):
    """Gathers the variables that @include and @skip ask, and whether there is any other directive."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()
        self.others = False

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.others = self.others or node.name.value not in KNOWN_DIRECTIVES
        values = [argument.value for argument in node.arguments or ()]
        self.variables |= {value.name.value for value in values if isinstance(value, VariableNode)}


def collected(
    found: Prepared,
    selections: list[SelectionSetNode | None],
    flags: dict[str, bool],
    *,
    others: frozenset[str] = frozenset(),
) -> Selected:
    """Return the selected fields by response key, fragments opened, in the order in which GraphQL answers them.

    Fragments on `others` are left out: the types of a union that the object is not.
    """
    into: Selected = {}
    seen: set[str] = set()
    for each in selections:
        _Collecting(found, flags, others, into, seen).collect(each)
    return into


@dataclass(frozen=True, slots=True)
class _Collecting:
    found: Prepared
    flags: dict[str, bool]
    others: frozenset[str]
    into: Selected
    seen: set[str]

    def collect(self, selections: SelectionSetNode | None) -> None:
        for node in selections.selections if selections else ():
            if not _included(node, self.flags):
                continue
            match node:
                case FieldNode():
                    self.into.setdefault((node.alias or node.name).value, []).append(node)
                case InlineFragmentNode():
                    self._open(node)
                case FragmentSpreadNode():
                    if node.name.value not in self.seen:
                        self.seen.add(node.name.value)
                        self._open(self.found.fragments[node.name.value])

    def _open(self, fragment: InlineFragmentNode | FragmentDefinitionNode) -> None:
        on = fragment.type_condition
        if on is None or on.name.value not in self.others:
            self.collect(fragment.selection_set)


def _included(node: SelectionNode, flags: dict[str, bool]) -> bool:
    for directive in node.directives or ():
        [argument] = directive.arguments or ()
        value: Any = argument.value
        says = flags[value.name.value] if isinstance(value, VariableNode) else value.value
        if says is (directive.name.value == "skip"):
            return False
    return True
