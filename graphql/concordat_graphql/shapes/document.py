"""Documents, parsed and validated once by the same rules as on the ordinary path, and what they select."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

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
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.language import Visitor, visit

from concordat_graphql.limits import MAX_TOKENS, OperationLimits

K = TypeVar("K")
V = TypeVar("V")
Selected = dict[str, list[FieldNode]]
Flags = tuple[tuple[str, bool], ...]
KNOWN_DIRECTIVES = frozenset({"include", "skip"})
LONGEST = 16_000  #: characters of a document that is looked at here; our own longest has a tenth of that
MOST_CHARACTERS = 500_000  #: of all documents that are kept, with what was made of each
MOST_FORMS = 32  #: outlines kept of one document, and plans of one outline


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A valid document of one operation. `switches`: the variables that its directives ask.

    `outlines` goes with the document when it is no longer kept.
    """

    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    switches: tuple[str, ...]
    signatures: tuple[GraphQLVariableSignature, ...]
    outlines: dict[Any, Any] = field(default_factory=dict)

    @property
    def name(self) -> str | None:
        """Return the operation's name, if it has one."""
        return self.operation.name.value if self.operation.name else None

    def flags(self, variables: dict[str, Any]) -> Flags:
        """Return what the directives' variables say in this request."""
        return tuple((name, bool(variables[name])) for name in self.switches)


class Documents:
    """Documents as they were prepared, at most so many characters of them; which was not asked for longest goes."""

    def __init__(self, *, most: int = MOST_CHARACTERS) -> None:
        self._most = most
        self._kept: OrderedDict[str, Prepared | None] = OrderedDict()
        self.characters = 0

    def get(self, text: str, prepare: Callable[[str], Prepared | None]) -> Prepared | None:
        """Return what `prepare` made of the text, now or before."""
        if text in self._kept:
            self._kept.move_to_end(text)
            return self._kept[text]
        found = self._kept[text] = prepare(text)
        self.characters += len(text)
        while self.characters > self._most:
            self.characters -= len(self._kept.popitem(last=False)[0])
        return found


def remembered(into: dict[K, V], key: K, make: Callable[[], V]) -> V:
    """Return what was made for the key before, or is made now; all are forgotten when there are too many."""
    if key not in into:
        if len(into) >= MOST_FORMS:
            into.clear()
        into[key] = make()
    return into[key]


DOCUMENTS = Documents()  #: of the one schema that there is


def prepared(text: str, schema: GraphQLSchema, kind: OperationType = OperationType.QUERY) -> Prepared | None:
    """Return the document when it is one valid operation of the kind; None for anything else, which the ordinary path
    answers."""
    if len(text) > LONGEST:
        return None
    found = DOCUMENTS.get(text, lambda text: _prepared(text, schema))
    return found if found is not None and found.operation.operation is kind else None


def _prepared(text: str, schema: GraphQLSchema) -> Prepared | None:
    try:
        document = parse(text, max_tokens=MAX_TOKENS, no_location=True)
    except GraphQLError:
        return None
    if validate(schema, document, [*specified_rules, OperationLimits], max_errors=1):
        return None
    return _of_one(document, schema)


def _of_one(document: DocumentNode, schema: GraphQLSchema) -> Prepared | None:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    asked = _Directives()
    visit(document, asked)
    if len(operations) != 1 or asked.others:
        return None
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    signed = (get_variable_signature(schema, each) for each in operations[0].variable_definitions or ())
    signatures = tuple(each for each in signed if not isinstance(each, GraphQLError))  # it is valid: none is
    return Prepared(operations[0], fragments, tuple(sorted(asked.variables)), signatures)


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
