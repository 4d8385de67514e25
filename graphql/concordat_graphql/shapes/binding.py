"""Arguments of one request become bound values, by the same conversion that a resolver's arguments get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLField,
    GraphQLSchema,
    NameNode,
    VariableNode,
    get_argument_values,
    get_variable_values,
    is_leaf_type,
    is_non_null_type,
    is_required_argument,
    print_ast,
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature
from graphql.execution.values import VariableValues, VariableValueSource
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import convert_arguments

from concordat_graphql.shapes.document import Prepared
from concordat_graphql.shapes.inputs import maker
from concordat_graphql.shapes.outline import DEFINITION, Binder, Outline
from concordat_graphql.shapes.shape import Bound, nothing_bound
from concordat_graphql.shapes.taking import LeftToGraphQL, Take, taker
from infra.clock import today
from tenants.tenancy.actor import Actor

NOTHING: Bound = {}


class NotBound(Exception):
    """A variable is missing or wrong: the ordinary path says so in words."""


def always() -> Bound:
    """Return what every fragment may name: `today`, in London."""
    return {"today": today()}


def coerced(schema: GraphQLSchema, found: Prepared, given: Mapping[str, Any]) -> Any:
    """Return the variables as GraphQL takes them; raises `NotBound`."""
    quick = as_given(found.signatures, given)
    if quick is not None:
        return quick
    values = get_variable_values(schema, found.operation.variable_definitions or (), dict(given))
    if isinstance(values, list):
        raise NotBound
    return values


def as_given(signatures: Sequence[GraphQLVariableSignature], given: Mapping[str, Any]) -> VariableValues | None:
    """Return the variables when each is its own Python value, as nearly all are; None when GraphQL has to say."""
    sources, values = dict[str, VariableValueSource](), dict[str, Any]()
    for each in signatures:
        required = is_non_null_type(each.type)
        if each.name not in given:
            if required or each.default is not None:
                return None
            sources[each.name] = VariableValueSource(each)
            continue
        value = given[each.name]
        sources[each.name] = VariableValueSource(each, value)
        try:
            values[each.name] = taking(each.type)(value)
        except LeftToGraphQL:
            return None
    return VariableValues(sources, values)


@lru_cache(maxsize=512)
def taking(kind: Any) -> Take:
    """Return what takes the values of a type that variables were declared with."""
    return taker(kind)


@dataclass(frozen=True, slots=True)
class Arguments:
    """A field node's arguments: what is the same in every request, and which variable says each of the others."""

    fixed: Mapping[str, Any]
    asked: tuple[tuple[str, str, bool], ...]  #: (argument's Python name, variable, whether null will do)


def bounds_of(outline: Outline, *, actor: Actor, variables: Any, converter: GraphQLCoreConverter) -> list[Bound]:
    """Return the values of each field by its number; raises what a `bind` raises."""
    found = [NOTHING] * len(outline.binders)
    for number in outline.asking:
        found[number] = bound(outline.binders[number], actor=actor, variables=variables, converter=converter)
    return found


def bound(binder: Binder, *, actor: Actor, variables: Any, converter: GraphQLCoreConverter) -> Bound:
    """Return the values of one field; raises what its `bind` raises, for an actor or an argument it refuses."""
    if binder.relation.bind is nothing_bound:  # as of most fields
        return NOTHING
    found = arguments_of(binder, converter)
    if found is None:
        values = get_argument_values(binder.field, binder.node, variables) if binder.node else {}
        return binder.relation.bind(actor, **_converted(binder, values, converter))
    given = dict(found.fixed)
    for name, variable, nullable in found.asked:
        if variable in variables.coerced:
            given[name] = variables.coerced[variable]
            if given[name] is None and not nullable:
                raise NotBound
    return binder.relation.bind(actor, **given)


def input_of(binder: Binder, *, variables: Any, converter: GraphQLCoreConverter) -> dict[str, Any]:
    """Return the arguments of a mutation's field, as its resolver is given them; raises `NotPlain` for an input that
    only Strawberry converts."""
    assert binder.node is not None
    given = get_argument_values(binder.field, binder.node, variables)
    names = converter.config.name_converter
    asked = {names.from_argument(each): each for each in _declared(binder)}
    return {each.python_name: maker(each.type, names)(given[name]) for name, each in asked.items() if name in given}


@lru_cache(maxsize=1024)
def arguments_of(binder: Binder, converter: GraphQLCoreConverter) -> Arguments | None:
    """Return the arguments of a binder, worked out once; None when a variable stands where it must be converted."""
    nodes = binder.node.arguments or () if binder.node else ()
    asked = {node.name.value: node.value.name.value for node in nodes if isinstance(node.value, VariableNode)}
    others = [node for node in nodes if node.name.value not in asked]
    if any(not _plain(binder.field.args[name].type) for name in asked) or any(map(_has_variable, others)):
        return None
    left = {name: arg for name, arg in binder.field.args.items() if name not in asked or not is_required_argument(arg)}
    field = GraphQLField(binder.field.type, args=left)
    node = FieldNode(name=NameNode(value="field"), arguments=tuple(others))
    names = {converter.config.name_converter.from_argument(each): each.python_name for each in _declared(binder)}
    fixed = _converted(binder, get_argument_values(field, node), converter)
    nullable = {name: not is_non_null_type(binder.field.args[name].type) for name in asked}
    return Arguments(fixed, tuple((names[name], variable, nullable[name]) for name, variable in asked.items()))


def _plain(kind: Any) -> bool:
    """Return whether a value of the type is its own Python value: no list and no input object."""
    return is_leaf_type(kind.of_type if is_non_null_type(kind) else kind)


def _has_variable(node: ArgumentNode) -> bool:
    return "$" in print_ast(node.value)


def _declared(binder: Binder) -> Any:
    return binder.field.extensions[DEFINITION].arguments


def _converted(binder: Binder, given: dict[str, Any], converter: GraphQLCoreConverter) -> dict[str, Any]:
    return convert_arguments(
        given, _declared(binder), scalar_registry=converter.scalar_registry, config=converter.config
    )
