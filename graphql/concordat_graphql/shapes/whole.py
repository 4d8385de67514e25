"""Everything that a shaped root field can answer, without a document: for the checks at start."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLField, GraphQLObjectType, get_named_type

from concordat_graphql.shapes.outline import (
    Binder,
    Chosen,
    Outline,
    Shapes,
    outline_of_parts,
    python_name_of,
    scalars_of,
    shaped_member,
)
from concordat_graphql.shapes.shape import Relation


class Whole:
    """Builds the outline of one root field with all its shaped fields; a type inside itself is not opened again."""

    def __init__(self, shapes: Shapes, query: GraphQLObjectType, *, login: str) -> None:
        self._shapes = shapes
        self._query = query
        self._login = login
        self._binders: list[Binder] = []

    def of(self, name: str) -> Outline:
        """Return the outline of the root field with that name."""
        root = self._shapes.roots[name]
        chosen = self._object(self._query.fields[name], self._query, root.relation, ())
        return outline_of_parts([chosen], [root], self._binders)

    def _object(
        self, definition: GraphQLField, parent: GraphQLObjectType, relation: Relation, path: tuple[str, ...]
    ) -> Chosen:
        self._binders.append(Binder(relation, definition, None))
        number = len(self._binders) - 1
        kind, _ = shaped_member(self._shapes, get_named_type(definition.type))
        children = self._page(kind, path) if relation.keyset else self._fields(kind, (*path, kind.name))
        name = python_name_of(definition)
        return Chosen(name, name, definition, parent.name, kind.name, relation, number, children)

    def _page(self, kind: GraphQLObjectType, path: tuple[str, ...]) -> tuple[Chosen, ...]:
        node: Any = get_named_type(kind.fields["nodes"].type)
        facts = tuple(Chosen(name, name, None, "PageInfo", "scalar") for name in ("hasNextPage", "endCursor"))
        return (
            Chosen("nodes", "nodes", None, kind.name, node.name, children=self._fields(node, (*path, node.name))),
            Chosen("pageInfo", "pageInfo", None, kind.name, "PageInfo", children=facts),
        )

    def _fields(self, kind: GraphQLObjectType, path: tuple[str, ...]) -> tuple[Chosen, ...]:
        shape = self._shapes.types[kind.name]
        scalars = tuple(
            Chosen(name, name, field, kind.name, get_named_type(field.type).name)
            for name, field in scalars_of(shape, kind).items()
        )
        return scalars + tuple(self._relations(kind, path))

    def _relations(self, kind: GraphQLObjectType, path: tuple[str, ...]) -> list[Chosen]:
        relations = self._shapes.types[kind.name].relations
        fields = {python_name_of(field): field for field in kind.fields.values()}
        return [
            self._object(fields[name], kind, relation, path)
            for name, relation in relations.items()
            if get_named_type(fields[name].type).name not in path
            and (not relation.logins or self._login in relation.logins)
        ]
