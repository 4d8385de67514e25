"""Values of variables that GraphQL would take as they are, taken without asking it: most requests' inputs are plain
JSON of just the right form. Whatever is not, or might not be, is left to GraphQL, which also says in words why."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from graphql import (
    GRAPHQL_MAX_INT,
    GRAPHQL_MIN_INT,
    GraphQLBoolean,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLString,
    Undefined,
    is_required_input_field,
)
from graphql.utilities.coerce_input_value import coerce_default_value

Take = Callable[[Any], Any]


class LeftToGraphQL(Exception):
    """The value, or its type, is not for here."""


def taker(kind: Any) -> Take:
    """Return what takes a value of an input type: the coerced value, or `LeftToGraphQL` is raised."""
    if isinstance(kind, GraphQLNonNull):
        return _present(taker(kind.of_type))
    if isinstance(kind, GraphQLList):
        return _or_null(_list_of(taker(kind.of_type)))
    if isinstance(kind, GraphQLInputObjectType):
        return _or_null(_object(kind))
    return _or_null(_leaf(kind))


def _present(inner: Take) -> Take:
    def take(value: Any) -> Any:
        if value is None:
            raise LeftToGraphQL
        return inner(value)

    return take


def _or_null(inner: Take) -> Take:
    return lambda value: None if value is None else inner(value)


def _list_of(inner: Take) -> Take:
    def take(value: Any) -> Any:
        if type(value) is not list:  # of one value GraphQL makes a list of one
            raise LeftToGraphQL
        return [inner(each) for each in value]

    return take


def _leaf(kind: Any) -> Take:
    if kind is GraphQLInt:
        return _int
    expected = {GraphQLString: str, GraphQLID: str, GraphQLBoolean: bool}.get(kind)

    def take(value: Any) -> Any:
        if type(value) is not expected:
            raise LeftToGraphQL
        return value

    return take


def _int(value: Any) -> Any:
    if type(value) is int and GRAPHQL_MIN_INT <= value <= GRAPHQL_MAX_INT:
        return value
    raise LeftToGraphQL


@lru_cache(maxsize=256)
def _object(kind: GraphQLInputObjectType) -> Take:
    fields = [_field(name, field) for name, field in kind.fields.items()]
    names = frozenset(kind.fields)
    plain = not kind.is_one_of and kind.out_type is GraphQLInputObjectType.out_type

    def take(value: Any) -> Any:
        if not plain or type(value) is not dict or not names.issuperset(value):
            raise LeftToGraphQL
        taken = {}
        for name, take_field, required, default in fields:
            if name in value:
                taken[name] = take_field(value[name])
            elif required:
                raise LeftToGraphQL
            elif default is not Undefined:
                taken[name] = default
        return taken

    return take


def _field(name: str, field: Any) -> tuple[str, Take, bool, Any]:
    """Return a field's name, how it is taken, whether it must be there, and what it is when it is not."""
    default = coerce_default_value(field)
    shareable = default is Undefined or default is None or isinstance(default, str | int)
    nested = isinstance(_named(field.type), GraphQLInputObjectType)
    take = _lazily(field.type) if nested else taker(field.type)
    return name, take, is_required_input_field(field) or not shareable or field.out_name is not None, default


def _named(kind: Any) -> Any:
    while isinstance(kind, GraphQLNonNull | GraphQLList):
        kind = kind.of_type
    return kind


def _lazily(kind: Any) -> Take:
    """Return what takes the type, made when it is first used: an input type may hold itself."""
    made: list[Take] = []

    def take(value: Any) -> Any:
        if not made:
            made.append(taker(kind))
        return made[0](value)

    return take
