"""What does not fit of the variables that were sent, in words: of the wrong JSON type, or not there where needed.

GraphQL finds these before anything of ours runs, and says them in its own words with the value that it found. Here they
are said as problems are: a sentence, a code, and the field, by its path in the `input` as a problem names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    Undefined,
    VariableDefinitionNode,
    is_input_type,
    is_required_input_field,
    type_from_ast,
)

CODE = "BAD_USER_INPUT"
MOST = 20  #: of each request are told
WORDS: Mapping[str, str] = {
    "String": "text",
    "ID": "an id, as text",
    "Int": "a whole number",
    "Boolean": "true or false",
    "Date": "a day, such as “2026-09-01”",
    "Pence": "an amount in whole pence, as a number",
}
TOO_LARGE = "a number from -2147483648 to 2147483647"

Fault = tuple[str, str]  #: the field, and the sentence about it


def concerns_variables(errors: Sequence[GraphQLError]) -> bool:
    """Return whether GraphQL found fault with the variables. Only the first error has to be of one: of very many the
    last error is that there are too many."""
    nodes = errors[0].nodes if errors else None
    return bool(nodes) and all(isinstance(node, VariableDefinitionNode) for node in nodes or ())


def bad_inputs(
    schema: GraphQLSchema, declared: Sequence[VariableDefinitionNode], given: Mapping[str, Any]
) -> list[GraphQLError]:
    """Return one error for each value that does not fit, in the order in which the schema has the fields."""
    found = [fault for node in declared for fault in _of_variable(schema, node, given)]
    return [GraphQLError(said, extensions={"code": CODE, "field": field}) for field, said in found[:MOST]]


def _of_variable(schema: GraphQLSchema, node: VariableDefinitionNode, given: Mapping[str, Any]) -> Iterator[Fault]:
    name, kind = node.variable.name.value, type_from_ast(schema, node.type)
    value = given.get(name, Undefined)
    if is_input_type(kind) and not (value is Undefined and node.default_value):
        yield from _faults(value, kind, (name,))


def _faults(value: Any, kind: Any, at: tuple[str, ...]) -> Iterator[Fault]:
    if value is None or value is Undefined:
        if isinstance(kind, GraphQLNonNull):
            yield _named(at), f"Give ‘{_named(at)}’: {_form(kind)}."
        return
    plain = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(plain, GraphQLList):
        items = value if isinstance(value, list) else [value]
        for number, item in enumerate(items):
            yield from _faults(item, plain.of_type, (*at, str(number)))
    elif isinstance(plain, GraphQLInputObjectType):
        yield from _of_object(value, plain, at)
    elif not _fits(value, plain):
        large = str(plain) == "Int" and type(value) is int
        yield _named(at), f"‘{_named(at)}’ must be {TOO_LARGE if large else _form(plain)}."


def _of_object(value: Any, kind: GraphQLInputObjectType, at: tuple[str, ...]) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield _named(at), f"‘{_named(at)}’ must be {_form(kind)}."
        return
    for name, field in kind.fields.items():
        if name in value or is_required_input_field(field):
            yield from _faults(value.get(name), field.type, (*at, name))
    for name in value.keys() - kind.fields.keys():
        yield _named((*at, name[:50])), f"There is no ‘{_named((*at, name[:50]))}’ to be given here."


def _fits(value: Any, kind: Any) -> bool:
    try:
        return kind.coerce_input_value(value) is not Undefined
    except Exception:  # each scalar refuses in its own way
        return False


def _form(kind: GraphQLInputType) -> str:
    plain = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(plain, GraphQLList):
        return "a list"
    if isinstance(plain, GraphQLInputObjectType):
        needed = [name for name, field in plain.fields.items() if is_required_input_field(field)]
        return f"an object with {', '.join(f'‘{name}’' for name in needed)}" if needed else "an object"
    return WORDS[str(plain)]


def _named(at: tuple[str, ...]) -> str:
    """Return the path as a problem's `field` has it: within the one `input` of a mutation, that is not said."""
    return ".".join(at[1:] if at[0] == "input" and len(at) > 1 else at)
