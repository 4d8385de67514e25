"""Arguments of one request become bound values, by the same conversion that a resolver's arguments get."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLSchema, get_argument_values, get_variable_values
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import convert_arguments

from concordat_graphql.shapes.document import Prepared
from concordat_graphql.shapes.outline import DEFINITION, Binder
from concordat_graphql.shapes.shape import Bound
from infra.clock import today
from tenants.tenancy.actor import Actor


class NotBound(Exception):
    """A variable is missing or wrong: the ordinary path says so in words."""


def always() -> Bound:
    """Return what every fragment may name: `today`, in London."""
    return {"today": today()}


def coerced(schema: GraphQLSchema, found: Prepared, given: Mapping[str, Any]) -> Any:
    """Return the variables as GraphQL takes them; raises `NotBound`."""
    values = get_variable_values(schema, found.operation.variable_definitions or (), dict(given))
    if isinstance(values, list):
        raise NotBound
    return values


def bound(binder: Binder, *, actor: Actor, variables: Any, converter: GraphQLCoreConverter) -> Bound:
    """Return the values of one field; raises what its `bind` raises, for an actor or an argument it refuses."""
    definition = binder.field.extensions[DEFINITION]
    given = get_argument_values(binder.field, binder.node, variables) if binder.field.args and binder.node else {}
    arguments = convert_arguments(
        given, definition.arguments, scalar_registry=converter.scalar_registry, config=converter.config
    )
    return binder.relation.bind(actor, **arguments)
