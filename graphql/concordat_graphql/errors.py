"""Which errors a client may read: those GraphQL itself found in the request, and our own. Everything else is masked."""

from __future__ import annotations

import structlog
from graphql import GraphQLError, OperationDefinitionNode
from graphql.utilities import get_operation_ast
from strawberry.extensions import MaskErrors

from concordat_graphql.bad_input import bad_inputs, concerns_variables
from concordat_graphql.context import Unauthenticated
from infra.database.holding import NoLongerHolds
from infra.database.patience import AWAY
from tenants.tenancy.errors import NotAllowed, Problem
from tenants.tenancy.inputs import unkept

log = structlog.get_logger(__name__)


def public_error(error: GraphQLError) -> bool:
    """Return whether a client may read this error."""
    original = _cause(error)
    if original is None:
        return bool(error.nodes or error.positions or (error.extensions or {}).get("code"))
    return isinstance(original, Problem | Unauthenticated) or unkept(original) is not None


def _cause(error: GraphQLError) -> Exception | None:
    """Return what our code raised; None when GraphQL itself found fault with the request (a wrong variable)."""
    cause: Exception | None = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def with_code(error: GraphQLError) -> GraphQLError:
    """Return the error with the stable code of what caused it, and without a guess at what the schema has."""
    original = unkept(error.original_error) or error.original_error
    code: str | None
    match original:
        case Unauthenticated():
            message, code = "Sign in to see this.", "UNAUTHENTICATED"
        case NotAllowed():
            message, code = original.message, "FORBIDDEN"
        case Problem():
            message, code = original.message, original.code
        case None:
            message, code = error.message.partition(" Did you mean")[0], (error.extensions or {}).get("code")
        case _:
            return error
    return GraphQLError(message, nodes=error.nodes, path=error.path, extensions={"code": code} if code else None)


def away(error: GraphQLError) -> GraphQLError:
    """Return what to tell of an error that the database is the reason of: nothing is wrong with what was asked."""
    message = "The database cannot be used at the moment. Try again in a minute."
    return GraphQLError(message, nodes=error.nodes, path=error.path, extensions={"code": "UNAVAILABLE"})


class MaskUnexpected(MaskErrors):
    """Masks by allow-list, and gives our own errors their code."""

    def __init__(self) -> None:
        super().__init__(should_mask_error=lambda error: not public_error(error), error_message="Unexpected error.")

    def _process_errors(self, errors: list[GraphQLError]) -> list[GraphQLError]:
        self.execution_context.context.refused += [
            cause for error in errors if isinstance(cause := _cause(error), NotAllowed)
        ]
        if concerns_variables(errors):
            return self._bad_inputs() or [with_code(error) for error in errors[:1]]
        for error in errors:
            if not public_error(error) and not isinstance(_cause(error), NoLongerHolds):  # that one is run again
                log.error("graphql.unexpected", path=error.path, kind=type(error.original_error).__name__,
                          exc_info=error.original_error)
        told = errors if any(error.path for error in errors) else errors[:1]  # one fault in a document is enough
        told = [away(error) if isinstance(_cause(error), AWAY) else error for error in told]
        return [with_code(error) for error in super()._process_errors(told)]

    def _bad_inputs(self) -> list[GraphQLError]:
        asked = self.execution_context
        assert asked.graphql_document is not None  # it was valid: its variables were looked at
        operation = get_operation_ast(asked.graphql_document, asked.operation_name)
        declared = operation.variable_definitions if isinstance(operation, OperationDefinitionNode) else None
        return bad_inputs(asked.schema._schema, declared or (), asked.variables or {})
