"""Documents that are too big, made to order."""

from __future__ import annotations

from graphql import GraphQLError, parse, validate

from concordat_graphql.limits import OperationLimits
from concordat_graphql.schema import schema

SCHEMA = schema._schema


def complaints(document: str) -> list[str]:
    """Return what the limits alone say about a document, whatever else is wrong with it."""
    found: list[GraphQLError] = validate(SCHEMA, parse(document), [OperationLimits])
    return [error.message for error in found]


def nested(levels: int) -> str:
    """A selection so many levels deep, of a type that refers to itself."""
    return "{ __type(name: \"Area\") " + "{ ofType " * levels + "{ name }" + " }" * levels + " }"


def aliased(times: int) -> str:
    """The same field under so many names."""
    return "{ " + " ".join(f"a{i}: viewer {{ name }}" for i in range(times)) + " }"


def fragment_bomb(levels: int) -> str:
    """Each fragment spreads the next one twice: 2 to the power of `levels` when it is opened naively."""
    parts = [f"fragment F{i} on Viewer {{ ...F{i + 1} ...F{i + 1} }}" for i in range(levels)]
    return "query Q { viewer { ...F0 } } " + " ".join(parts) + f" fragment F{levels} on Viewer {{ name }}"


CYCLE = "query Q { viewer { ...A } } fragment A on Viewer { name ...B } fragment B on Viewer { hat ...A }"
TYPES_OF_TYPES = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
