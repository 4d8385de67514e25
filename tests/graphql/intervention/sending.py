"""Sending the stored operations about flags as somebody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from concordat_graphql.ids import encode
from concordat_graphql.operations import run_stored
from infra.database import sql
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.world import AreaMade, actor, make_area, manager, official
from tests.tenants.intervention import people
from tests.tenants.intervention.people import REASON, scrutineer, senior

DRAFT = {
    "kind": "arrangements_inadequate",
    "title": "No scrutiny since January",
    "concern": "The scrutineer's post has been vacant since January and no one has been found.",
    "tried": "Two advertisements, and a request to the next partnership.",
    "partners": ["Testshire Council"],
    "evidence": [{"title": "Advertisement", "url": "https://testshire.example/post"}],
    "told": [{"name": "Una Chief", "post": "Chief executive", "on": "2026-01-05"}],
    "note": None,
}


async def ask(name: str, who: Actor, /, **variables: Any) -> dict[str, Any]:
    """Return the data of a stored query; an error fails the test."""
    result = await run_stored(name, actor=who, variables=variables)
    assert result.errors is None, result.errors
    assert result.data is not None
    return result.data


async def refusal_of(name: str, who: Actor, /, **variables: Any) -> str:
    """Return the code of the error with which a stored query is refused."""
    result = await run_stored(name, actor=who, variables=variables)
    assert result.errors
    return str((result.errors[0].extensions or {}).get("code"))


async def send(name: str, who: Actor, /, *, key: str | None = None, **said: Any) -> dict[str, Any]:
    """Return what a stored mutation answers: the changed flag or the problems."""
    variables = {"input": {"idempotencyKey": key or str(uuid4()), **said}}
    result = await run_stored(name, actor=who, variables=variables, mutation=True)
    if result.errors:
        return {"__typename": str((result.errors[0].extensions or {}).get("code"))}
    assert result.data is not None
    return dict(result.data["result"])


def area_id(area: AreaMade) -> str:
    return str(encode("Area", area.id))


def opaque(area: AreaMade, flag_id: object) -> str:
    return str(encode("InterventionFlag", f"{area.id}.{flag_id}"))


async def actors(area: AreaMade) -> dict[str, Actor]:
    """Return everyone who may try something on a flag of the area."""
    return {
        "manager": manager(area),
        "scrutineer": scrutineer(area),
        "viewer": actor(Role.VIEWER, area_id=area.id),
        "other area": manager(await make_area()),
        "official": official(),
        "senior": senior(),
        "nobody": ANONYMOUS,
    }


async def count(area: AreaMade, table: str) -> int:
    async with tenant_scope(manager(area), readonly=True):
        return int(await sql.fetch_value(f"select count(*) from {table} where area_id = $1", area.id))


__all__ = ["DRAFT", "REASON", "actors", "area_id", "ask", "count", "opaque", "people", "refusal_of", "send"]
