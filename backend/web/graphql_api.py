"""POST /graphql: the contract for programs, and for our own pages' scripts.

A browser's cookie may run stored operations only, by name. A machine client with a bearer token may send its own
documents unless CONCORDAT_GRAPHQL_ARBITRARY_DOCUMENTS says otherwise. No GET, no batching, no IDE.

A query that compiles to one statement needs no more than that one: who asks is kept from the request before, and the
statement itself checks that nothing about them has changed. So does the transaction of a mutation, before anything
else. Anything else loads the account first.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphql import GraphQLError
from litestar import Request, post
from litestar.exceptions import ClientException, HTTPException
from litestar.response.base import ASGIResponse
from strawberry.types.graphql import OperationType

from backend.auth.kept_actors import KeptActor
from backend.web.graphql_asking import asking_actor, kept_actor
from concordat_graphql.answering import answer
from concordat_graphql.commanding import command
from concordat_graphql.operations import DEADLINE_SECONDS, changing, late, run, run_kept, stored
from concordat_graphql.read_ledger import one_operation
from infra.database.holding import Guard
from infra.queue.errors import DATABASE_AWAY
from infra.settings import Settings
from tenants.tenancy.actor import Actor

PATH = "/graphql"
TRIED = "kept_tried"  #: in a request's state: `answer_kept` has had its turn


class UnknownDocument(ClientException):
    """The document is not one of ours. Says nothing about what would be."""

    said = (
        "This is no stored operation. Who is signed in by a cookie, or not at all, names one as operationName; "
        "a system with an access token may send documents of its own as query, where the service lets it."
    )


class NotOneOperation(ClientException):
    """The body is not one operation: a list, a value of another type, or no JSON at all."""

    said = "Send one operation as a JSON object with operationName or query as text, and variables as an object."


class NotJson(HTTPException):
    """The body is of another type."""

    status_code = 415
    said = "Send the operation as JSON, with content-type: application/json."


@post(PATH, opt={"access": "public"}, status_code=200)
async def graphql(request: Request[Any, Any, Any]) -> ASGIResponse:
    """Executes one operation as whoever the cookie or the token says, or as nobody."""
    with one_operation():
        body = await _quickly(request)
        if body is None:
            body = await _in_full(request)
    return ASGIResponse(body=body, media_type="application/json")


async def _quickly(request: Request[Any, Any, Any]) -> bytes | None:
    """Returns the answer for an actor that was kept, when what checks them is what reads or writes."""
    state = request.scope["state"]
    kept = None if TRIED in state else kept_actor(request)
    if kept is None:
        return None
    try:
        asked, settings = await _asked(request), request.app.state.settings
        document = document_of(asked, actor=kept.actor, settings=settings)
    except HTTPException:  # refused again, in the right order, once it is certain who asks
        return None
    return await answer_kept(
        document, asked, kept=kept, request_id=state.get("request_id"), data_dir=settings.data_dir
    )


async def answer_kept(
    document: str, asked: Mapping[str, Any], *, kept: KeptActor, request_id: str | None, data_dir: Path
) -> bytes | None:
    """Returns the answer for an actor that was kept, or None when they must be loaded in full."""
    if asked.get("operationName") in changing():
        return await _changed(asked, kept=kept, request_id=request_id, data_dir=data_dir)
    actor = kept.actor
    if actor.is_official:  # what they read is recorded with the request that it is of, not with the one before
        actor = replace(actor, request_id=request_id)
    return await _compiled(document, asked, actor=actor, guard=kept.guard)


async def _changed(
    asked: Mapping[str, Any], *, kept: KeptActor, request_id: str | None, data_dir: Path
) -> bytes | None:
    """Returns what a stored mutation answers, or None, for a person only: of an official each read is recorded first,
    and of a system there is more to check than its own row."""
    if kept.actor.kind != "person" or kept.actor.is_official:
        return None
    name, actor = asked["operationName"], replace(kept.actor, request_id=request_id)  # the audit trail names it
    body = await _compiled(stored()[name], asked, actor=actor, guard=kept.guard)
    if body is not None:
        return body
    result = await run_kept(
        name, actor=actor, guard=kept.guard, variables=asked.get("variables"), data_dir=data_dir
    )
    return None if result is None else _body(result.data, result.errors)


async def _in_full(request: Request[Any, Any, Any]) -> bytes:
    """Returns the answer for whoever asks as the database has them now."""
    actor, settings = await asking_actor(request), request.app.state.settings
    asked = await _asked(request)
    document = document_of(asked, actor=actor, settings=settings)
    body = await _compiled(document, asked, actor=actor)
    if body is None:
        body = await _executed(document, asked, actor=actor, data_dir=settings.data_dir)
    return body


async def _compiled(
    document: str, asked: Mapping[str, Any], *, actor: Actor, guard: Guard | None = None
) -> bytes | None:
    """Returns the answer by one statement, or None for everything else: the ordinary way says what is wrong."""
    variables, name = asked.get("variables"), asked.get("operationName")
    quickly = command if name in changing() else answer
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            return await quickly(document, actor=actor, variables=variables, name=name, guard=guard)
    except TimeoutError:
        return _body(None, [late()])
    except DATABASE_AWAY:
        return None


async def _executed(document: str, asked: Mapping[str, Any], *, actor: Actor, data_dir: Path) -> bytes:
    result = await run(
        document,
        actor=actor,
        variables=asked.get("variables"),
        name=asked.get("operationName"),
        kinds={OperationType.QUERY, OperationType.MUTATION},
        compiled=False,  # has been tried
        data_dir=data_dir,
    )
    return _body(result.data, result.errors)


def _body(data: Any, errors: Sequence[GraphQLError] | None) -> bytes:
    answered = {"data": data, "errors": [_formatted(error) for error in errors or ()]}
    if not errors:
        del answered["errors"]
    return json.dumps(answered, default=str).encode()


async def _asked(request: Request[Any, Any, Any]) -> Mapping[str, Any]:
    kind = request.headers.get("content-type", "")
    return asked_in(await request.body() if _is_json(kind) else b"", kind=kind)


def _is_json(kind: str) -> bool:
    return kind.partition(";")[0].strip().lower() == "application/json"


def asked_in(body: bytes, *, kind: str) -> Mapping[str, Any]:
    """Returns the one operation that is in a body of that content type. Raises HTTPException: 415, 400."""
    if not _is_json(kind):
        raise NotJson
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise NotOneOperation from None
    if not isinstance(asked, dict) or not isinstance(asked.get("variables") or {}, dict):
        raise NotOneOperation
    if not all(isinstance(asked.get(key), str | None) for key in ("query", "operationName")):
        raise NotOneOperation
    return asked


def document_of(asked: Mapping[str, Any], *, actor: Actor, settings: Settings) -> str:
    """Returns the document that is asked for: one of ours, or a system's own. Raises UnknownDocument."""
    text: str | None = asked.get("query")
    known = stored().get(asked.get("operationName") or "")
    if known is not None and text in (None, known):
        return known
    if text and actor.kind == "client" and settings.graphql_arbitrary_documents:
        return text
    raise UnknownDocument


def _formatted(error: GraphQLError) -> dict[str, Any]:
    return dict(error.formatted)
