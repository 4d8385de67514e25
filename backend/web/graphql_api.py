"""POST /graphql: the contract for programs, and for our own pages' scripts.

A browser's cookie may run stored operations only, by name. A machine client with a bearer token may send its own
documents unless CONCORDAT_GRAPHQL_ARBITRARY_DOCUMENTS says otherwise. No GET, no batching, no IDE.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError
from litestar import Request, Response, post
from litestar.exceptions import ClientException, HTTPException
from strawberry.types.graphql import OperationType

from backend.auth import actors, stores
from backend.auth.bearer import BearerRefused, verify_bearer
from backend.web.edge import edge_of
from backend.web.ratelimit import GRAPHQL
from backend.web.signed_in import actor_of
from concordat_graphql.operations import run, stored
from infra.settings import Settings
from infra.telemetry.logs import logger
from tenants.tenancy.actor import Actor

LOG = logger("graphql")
AUDIENCE_PATH = "/graphql"


class UnknownDocument(ClientException):
    """The document is not one of ours. Says nothing about what would be."""


class BearerFailed(HTTPException):
    """The access token was not accepted; carries the WWW-Authenticate header."""

    def __init__(self, refused: BearerRefused) -> None:
        super().__init__(status_code=refused.status, headers={"www-authenticate": refused.www_authenticate})


@post("/graphql", opt={"access": "public"}, status_code=200)
async def graphql(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Executes one operation as whoever the cookie or the token says, or as nobody."""
    actor = await _who(request)
    if actor.kind == "client":
        edge_of(request).limiter.take(GRAPHQL, str(actor.id))
    asked = await _asked(request)
    name = asked.get("operationName")
    document = _document(asked.get("query"), name, actor=actor, settings=request.app.state.settings)
    result = await run(
        document,
        actor=actor,
        variables=asked.get("variables"),
        name=name,
        kinds={OperationType.QUERY, OperationType.MUTATION},
        data_dir=request.app.state.settings.data_dir,
    )
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [_formatted(error) for error in result.errors]
    return Response(json.dumps(answer, default=str).encode(), media_type="application/json")


async def _who(request: Request[Any, Any, Any]) -> Actor:
    header = request.headers.get("authorization")
    cookie = actor_of(request)
    if header is None or cookie.signed_in:
        return cookie
    settings: Settings = request.app.state.settings
    try:
        trusted = await stores.trusted_issuers(audience=f"{settings.base_url}{AUDIENCE_PATH}")
        client = await verify_bearer(header, trusted=trusted, issuers=request.app.state.issuers)
    except BearerRefused as refused:
        LOG.warning("bearer", why=refused.code)
        raise BearerFailed(refused) from refused
    actor = await actors.of_client(client, request_id=request.scope["state"].get("request_id"))
    if actor is None:
        raise BearerFailed(BearerRefused("client_not_listed"))
    if not actor.grants:  # the scopes give a role to another client of this issuer, not to this one
        raise BearerFailed(BearerRefused("no_role_for_scope", error="insufficient_scope", status=403))
    return actor


async def _asked(request: Request[Any, Any, Any]) -> Mapping[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(status_code=415)
    try:
        asked = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise ClientException("not JSON") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("variables") or {}, dict):
        raise ClientException("not one operation")
    if not all(isinstance(asked.get(key), str | None) for key in ("query", "operationName")):
        raise ClientException("not one operation")
    return asked


def _document(text: str | None, name: str | None, *, actor: Actor, settings: Settings) -> str:
    known = stored().get(name or "")
    if known is not None and text in (None, known):
        return known
    if text and actor.kind == "client" and settings.graphql_arbitrary_documents:
        return text
    raise UnknownDocument


def _formatted(error: GraphQLError) -> dict[str, Any]:
    return dict(error.formatted)
