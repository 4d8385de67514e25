"""From a document to the tree of shaped fields that it selects, or the reason why it is not made of those alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLUnionType, get_named_type

from concordat_graphql.shapes.document import Flags, Prepared, collected
from concordat_graphql.shapes.shape import Relation, Root, Shape, nothing_bound

LONGEST_KEY = 63  #: bytes of a PostgreSQL identifier, which a response key becomes
DEFINITION = "strawberry-definition"


class NotShaped(Exception):
    """The operation holds something that only the ordinary path can answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """One selected field. `binder` is the number of what binds its arguments, where it is a relation."""

    key: str
    name: str
    definition: GraphQLField | None
    parent: str
    kind: str
    relation: Relation | None = None
    binder: int = -1
    children: tuple[Chosen, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Binder:
    """What turns the arguments of one field node into bound values. The node is without its selections."""

    relation: Relation
    field: GraphQLField
    node: FieldNode | None


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The whole operation: its root fields, and what binds their arguments. `plans` goes when the outline goes.

    `asking`: the numbers of those binders that bind anything, few of many. `logins`: what its parts are read on.
    """

    roots: tuple[Chosen, ...]
    rules: tuple[Root, ...]
    binders: tuple[Binder, ...]
    asking: tuple[int, ...]
    logins: frozenset[str]
    plans: dict[Any, Any] = field(default_factory=dict)


def outline_of_parts(roots: Sequence[Chosen], rules: Sequence[Root], binders: Sequence[Binder]) -> Outline:
    """Return the outline of an operation's parts."""
    relations = [each.relation for each in binders]
    asking = tuple(number for number, each in enumerate(relations) if each.bind is not nothing_bound)
    logins = frozenset(login for each in relations for login in each.logins)
    return Outline(tuple(roots), tuple(rules), tuple(binders), asking, logins)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shapes:
    """Every shape of the schema, by the name of its GraphQL type, and the shaped root fields by name."""

    types: Mapping[str, Shape]
    roots: Mapping[str, Root]


class Outliner:
    """Walks one operation under one set of directive flags."""

    def __init__(self, found: Prepared, *, query: GraphQLObjectType, shapes: Shapes, flags: Flags) -> None:
        self._found = found
        self._query = query
        self._shapes = shapes
        self._flags = dict(flags)
        self._binders: list[Binder] = []

    def outline(self) -> Outline:
        """Return the outline; raises `NotShaped`."""
        selected = collected(self._found, [self._found.operation.selection_set], self._flags)
        roots: list[Chosen] = []
        rules: list[Root] = []
        for key, nodes in selected.items():
            root = self._shapes.roots.get(nodes[0].name.value)
            if root is None:
                raise NotShaped(f"{nodes[0].name.value} is resolved in Python")
            rules.append(root)
            roots.append(self._object(key, nodes, self._query, root.relation))
        if not roots:
            raise NotShaped("nothing is selected")
        return outline_of_parts(roots, rules, self._binders)

    def _object(self, key: str, nodes: list[FieldNode], parent: GraphQLObjectType, relation: Relation) -> Chosen:
        definition = parent.fields[nodes[0].name.value]
        node = FieldNode(name=nodes[0].name, arguments=nodes[0].arguments)
        self._binders.append(Binder(relation, definition, node))
        number = len(self._binders) - 1
        child, others = shaped_member(self._shapes, get_named_type(definition.type))
        return Chosen(
            key=_short(key),
            name=python_name_of(definition),
            definition=definition,
            parent=parent.name,
            kind=child.name,
            relation=relation,
            binder=number,
            children=self._children(nodes, child, paged=relation.keyset is not None, others=others),
        )

    def _children(
        self, nodes: list[FieldNode], kind: GraphQLObjectType, *, paged: bool, others: frozenset[str] = frozenset()
    ) -> tuple[Chosen, ...]:
        selected = collected(self._found, [node.selection_set for node in nodes], self._flags, others=others)
        if paged:
            found = tuple(self._of_page(key, each, kind) for key, each in selected.items())
            if sum(child.name == "nodes" for child in found) > 1:
                raise NotShaped("the nodes of a page are selected twice")
            return found
        return tuple(self._field(key, each, kind) for key, each in selected.items())

    def _of_page(self, key: str, nodes: list[FieldNode], kind: GraphQLObjectType) -> Chosen:
        """`nodes` and `pageInfo` of a connection: parts of the page, not of a row."""
        name = nodes[0].name.value
        definition = kind.fields.get(name)
        if definition is None or not isinstance(child := get_named_type(definition.type), GraphQLObjectType):
            return Chosen(_short(key), name, definition, kind.name, "scalar")
        children = self._children(nodes, child, paged=name == "pageInfo")
        return Chosen(_short(key), name, definition, kind.name, child.name, children=children)

    def _field(self, key: str, nodes: list[FieldNode], parent: GraphQLObjectType) -> Chosen:
        name = nodes[0].name.value
        if name == "__typename":
            return Chosen(_short(key), name, None, parent.name, "String")
        definition = parent.fields[name]
        shape = self._shapes.types.get(parent.name)
        if shape is None:
            raise NotShaped(f"{parent.name} is not shaped")
        python_name = python_name_of(definition)
        relation = shape.relations.get(python_name)
        if relation is not None:
            return self._object(key, nodes, parent, relation)
        if python_name not in scalars_of(shape, parent):
            raise NotShaped(f"{parent.name}.{name} is resolved in Python")
        return Chosen(_short(key), python_name, definition, parent.name, get_named_type(definition.type).name)


def shaped_member(shapes: Shapes, kind: Any) -> tuple[Any, frozenset[str]]:
    """Return a type, or of a union the one member that is a row, with the names of its other members.

    Raises `NotShaped` for a union of which that is not certain.
    """
    if not isinstance(kind, GraphQLUnionType):
        return kind, frozenset()
    rows = [each for each in kind.types if each.name in shapes.types]
    if len(rows) != 1:
        raise NotShaped(f"{kind.name} is not one row")
    return rows[0], frozenset(each.name for each in kind.types if each is not rows[0])


def scalars_of(shape: Shape, kind: GraphQLObjectType) -> dict[str, GraphQLField]:
    """Return the fields of a type that its shape reads as columns or expressions, by their Python name."""
    plain = {
        python_name_of(field): field
        for field in kind.fields.values()
        if not field.args and not isinstance(get_named_type(field.type), GraphQLObjectType)
    }
    named = shape.columns.keys() if shape.table is None else plain.keys()
    return {name: field for name, field in plain.items() if name in named and name not in shape.resolved}


def python_name_of(definition: GraphQLField) -> str:
    """Return the name of the attribute behind a field."""
    return str(definition.extensions[DEFINITION].python_name)


def _short(key: str) -> str:
    if len(key) > LONGEST_KEY:
        raise NotShaped("a response key is longer than an identifier of the database")
    return key
