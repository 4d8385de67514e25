"""Who sends an operation to /graphql: a browser's session or a system's access token, kept or asked for."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from litestar import Request
from litestar.exceptions import HTTPException

from backend.auth import actors, stores
from backend.auth.bearer import BearerRefused, VerifiedClient, too_little, verify_bearer
from backend.auth.issuers import Issuers
from backend.auth.kept_actors import KeptActor, KeptActors
from backend.web.edge import edge_of
from backend.web.ratelimit import GRAPHQL
from backend.web.signed_in import actor_of
from concordat_graphql.refusals import record_refusal
from infra.secrets import token_hash
from infra.settings import Settings
from infra.telemetry.logs import logger
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed

LOG = logger("graphql")
AUDIENCE_PATH = "/graphql"
NO_ROLE = "No scope of this access token gives its client a role here."

_SAID = {
    401: "The access token was not accepted. It must be of type at+jwt (RFC 9068), be signed by an issuer and name a "
    "client that are listed here, be for this service alone, and be within its time.",
    403: NO_ROLE,
    503: "The keys of the access token’s issuer cannot be had at the moment. Try again in a minute.",
}


class BearerFailed(HTTPException):
    """The access token was not accepted; carries the WWW-Authenticate header."""

    def __init__(self, refused: BearerRefused) -> None:
        super().__init__(status_code=refused.status, headers={"www-authenticate": refused.www_authenticate})
        self.said = _SAID.get(refused.status)


def kept_actor(request: Request[Any, Any, Any]) -> KeptActor | None:
    """Returns who sent this token a moment ago: to be used only in a statement that checks the guard, or None."""
    state = request.scope["state"]
    kept: KeptActor | None = state.get("kept_actor")
    header = request.headers.get("authorization")
    if kept is not None or header is None or actor_of(request).signed_in:
        return kept
    kept = _kept_actors(request).get(token_hash(header))
    if kept is not None:
        _count(request, kept.actor)
    return kept


async def asking_actor(request: Request[Any, Any, Any]) -> Actor:
    """Returns whoever the cookie or the token says, or nobody, as the database has it now. Raises BearerFailed."""
    if (sign_in := request.scope["state"].pop("sign_in", None)) is not None:
        await sign_in()
    header, cookie = request.headers.get("authorization"), actor_of(request)
    if header is None or cookie.signed_in:
        return cookie
    try:
        actor = await _client(request, header)
    except BearerRefused as refused:
        LOG.warning("bearer", why=refused.code)
        if refused.client is not None:
            await _record(refused.client, request_id=request.scope["state"].get("request_id"))
        raise BearerFailed(refused) from refused
    _count(request, actor)
    return actor


async def _client(request: Request[Any, Any, Any], header: str) -> Actor:
    settings: Settings = request.app.state.settings
    issuers: Issuers = request.app.state.issuers
    trusted = await stores.trusted_issuers(audience=f"{settings.base_url}{AUDIENCE_PATH}")
    client = await verify_bearer(header, trusted=trusted, issuers=issuers)
    found = await actors.of_client(client, request_id=request.scope["state"].get("request_id"))
    if found is None:
        raise BearerRefused("client_not_listed")
    if not found.actor.grants:  # the scopes give a role to another client of this issuer, not to this one
        raise too_little(client)
    _keep(request, header, found, client)
    return found.actor


async def _record(client: VerifiedClient, *, request_id: str | None) -> None:
    found = await actors.of_client(client, request_id=request_id)
    if found is not None:
        refusal = NotAllowed(NO_ROLE)
        await record_refusal(found.actor, subject=("scope", " ".join(sorted(client.scopes))[:200]), refusal=refusal)


def _keep(request: Request[Any, Any, Any], header: str, found: KeptActor, client: VerifiedClient) -> None:
    """Keeps a system until its token ends, as long as its issuer publishes the keys that the token was checked with."""
    ring = request.app.state.issuers.keys(client.issuer).kept
    keys = ring.fresh()
    kept = replace(found, holds=lambda: keys is not None and ring.fresh() is keys)
    _kept_actors(request).keep(token_hash(header), kept, seconds=client.expires_at.timestamp() - time.time())


def _count(request: Request[Any, Any, Any], actor: Actor) -> None:
    """Counts the request against the system's allowance, once."""
    state = request.scope["state"]
    if actor.kind == "client" and not state.get("client_counted"):
        state["client_counted"] = True
        edge_of(request).limiter.take(GRAPHQL, str(actor.id))


def _kept_actors(request: Request[Any, Any, Any]) -> KeptActors:
    kept = request.app.state.kept_actors
    assert isinstance(kept, KeptActors)
    return kept
