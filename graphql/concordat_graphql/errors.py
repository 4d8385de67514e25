"""Which errors a client may read: those GraphQL itself found in the request, and our own. Everything else is masked."""

from __future__ import annotations

import asyncpg
import structlog
from graphql import GraphQLError
from strawberry.extensions import MaskErrors

from concordat_graphql.context import Unauthenticated
from tenants.tenancy.errors import Invalid, NotAllowed, Problem

log = structlog.get_logger(__name__)


def unstorable(refused: asyncpg.DataError) -> Invalid:
    """Return the problem for a value that PostgreSQL cannot hold: a number too large, half a character, no character.

    The checks of each capability name the field; this is for what none of them thought of, so it is in the log.
    """
    log.warning("graphql.unstorable", kind=type(refused).__name__)
    return Invalid("Something that was entered is too large, or has characters that cannot be kept. Change it.")


def public_error(error: GraphQLError) -> bool:
    """Return whether a client may read this error."""
    original = error.original_error
    if original is None:
        return bool(error.nodes or error.positions or (error.extensions or {}).get("code"))
    return isinstance(original, Problem | Unauthenticated | asyncpg.DataError)


def with_code(error: GraphQLError) -> GraphQLError:
    """Return the error with the stable code of what caused it, and without a guess at what the schema has."""
    original = error.original_error
    code: str | None
    match original:
        case Unauthenticated():
            message, code = "Sign in to see this.", "UNAUTHENTICATED"
        case NotAllowed():
            message, code = original.message, "FORBIDDEN"
        case asyncpg.DataError():
            message, code = unstorable(original).message, Invalid.code
        case Problem():
            message, code = original.message, original.code
        case None:
            message, code = error.message.partition(" Did you mean")[0], (error.extensions or {}).get("code")
        case _:
            return error
    return GraphQLError(message, nodes=error.nodes, path=error.path, extensions={"code": code} if code else None)


class MaskUnexpected(MaskErrors):
    """Masks by allow-list, and gives our own errors their code."""

    def __init__(self) -> None:
        super().__init__(should_mask_error=lambda error: not public_error(error), error_message="Unexpected error.")

    def _process_errors(self, errors: list[GraphQLError]) -> list[GraphQLError]:
        for error in errors:
            if not public_error(error):
                log.error("graphql.unexpected", path=error.path, kind=type(error.original_error).__name__,
                          exc_info=error.original_error)
        told = errors if any(error.path for error in errors) else errors[:1]  # one fault in a document is enough
        return [with_code(error) for error in super()._process_errors(told)]
