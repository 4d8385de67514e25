"""Pages are made of stored operations: a GET runs a query, a form runs a mutation, both as the person asking."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError
from litestar import Request
from litestar.exceptions import (
    HTTPException,
    NotAuthorizedException,
    NotFoundException,
    PermissionDeniedException,
    ServiceUnavailableException,
)

from backend.web.form_body import read_form
from backend.web.signed_in import actor_of
from backend.web.strict import Result, wrap
from concordat_graphql.operations import run_stored


class Refused(PermissionDeniedException):
    """The service refused, with its own sentence."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True)
class Outcome:
    """What a mutation did: the changed thing, or the problems and nothing changed."""

    done: Any
    problems: list[Any]

    @property
    def ok(self) -> bool:
        """Whether the change was made."""
        return not self.problems


async def query(request: Request[Any, Any, Any], name: str, **variables: object) -> Any:
    """Returns the data of a stored query, strict about what it selects. Raises what the error pages show."""
    result = await run_stored(name, actor=actor_of(request), variables=variables)
    if result.errors:
        raise _refusal(result.errors[0])
    return wrap(result.data)


async def mutate(request: Request[Any, Any, Any], name: str, input: Mapping[str, object]) -> Outcome:
    """Runs a stored mutation whose one root field is called `result`; adds the form's idempotency key."""
    values = {"idempotencyKey": await form_key(request), **input}
    result = await run_stored(name, actor=actor_of(request), variables={"input": values}, mutation=True,
                              data_dir=request.app.state.settings.data_dir)
    if result.errors or result.data is None:
        raise _refusal((result.errors or [GraphQLError("no data")])[0])
    found: Result = wrap(result.data["result"])
    if found["__typename"] == "Failed":
        return Outcome(done=None, problems=found["problems"])
    return Outcome(done=found, problems=[])


async def form_key(request: Request[Any, Any, Any]) -> str:
    """Returns a key that is the same when the same page's form is sent again with the same content."""
    form = await read_form(request)
    digest = hashlib.sha256(request.url.path.encode())
    for name in sorted(form.raw):
        digest.update(repr((name, list(form.raw[name]))).encode())
    return digest.hexdigest()


def found(value: Any) -> Any:
    """Returns the value; answers 404 when there is none."""
    if value is None:
        raise NotFoundException
    return value


def _refusal(error: GraphQLError) -> HTTPException:
    code = (error.extensions or {}).get("code")
    match code:
        case "UNAUTHENTICATED":
            return NotAuthorizedException()
        case "FORBIDDEN" | "NOT_ALLOWED":
            return Refused(error.message)
        case "NOT_FOUND":
            return NotFoundException()
        case "INVALID" | "BAD_USER_INPUT":
            return HTTPException(status_code=400)
        case "DEADLINE" | "UNAVAILABLE":
            return ServiceUnavailableException()
    return HTTPException(status_code=500, detail="an operation failed")
