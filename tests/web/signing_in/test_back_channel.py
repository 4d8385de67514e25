"""Signing out at the provider ends the sessions here, without anyone's browser."""

from __future__ import annotations

from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tenants.tenancy.sessions import service as sessions
from tests.support.identity_provider import RunningProvider
from tests.support.product import COOKIE
from tests.support.world import make_actor
from tests.web.page_client import PageClient

Said = dict[str, str]


async def session_of(someone: Actor, provider: RunningProvider, *, sid: str) -> str:
    async with system_scope("test", powers=["signin"]):
        return await sessions.start(
            by=someone,
            person_id=UUID(str(someone.id)),
            issuer=provider.issuer(),
            subject=str(someone.id),
            hat=someone.hat,
            absolute_hours=12,
            provider_session=sid,
        )


async def told(provider: RunningProvider, *, sub: str, sid: str, client_id: str = "concordat") -> str:
    form = {"client_id": client_id, "sub": sub, "sid": sid}
    return str((await provider.post("/a/controls/logout-token", form))["logout_token"])


async def tell(app: Litestar, token: str, *, slug: str = "schools") -> httpx.Response:
    async with PageClient(app) as program:
        return await program.http.post(f"/sign-in/{slug}/back-channel", data={"logout_token": token})


async def open_for(app: Litestar, token: str) -> bool:
    async with PageClient(app) as browser:
        browser.http.cookies.set(COOKIE, token, domain="127.0.0.1")
        return (await browser.http.get("/account")).status_code == 200


async def test_the_session_that_ended_at_the_provider_ends_here_and_no_other(
    app: Litestar, provider: RunningProvider
) -> None:
    someone = await make_actor(Role.OFFICIAL)
    ended = await session_of(someone, provider, sid="sid-1")
    other = await session_of(someone, provider, sid="sid-2")
    token = await told(provider, sub=str(someone.id), sid="sid-1")
    answer = await tell(app, token)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert not await open_for(app, ended)
    assert await open_for(app, other)
    again = await tell(app, token)
    assert (again.status_code, again.json()) == (400, {"error": "invalid_request"})


async def test_a_token_for_someone_else_or_sent_to_another_providers_address_ends_nothing(
    app: Litestar, provider: RunningProvider
) -> None:
    someone = await make_actor(Role.OFFICIAL)
    session = await session_of(someone, provider, sid="sid-3")
    for token, slug in (
        (await told(provider, sub="somebody-else", sid="sid-3"), "schools"),
        (await told(provider, sub=str(someone.id), sid="sid-3"), "health"),
        (await told(provider, sub=str(someone.id), sid="sid-3") + "x", "schools"),
        ("", "schools"),
    ):
        await tell(app, token, slug=slug)
    assert await open_for(app, session)


@pytest.mark.parametrize("content", [b"", b"logout_token=a.b.c", b"{}"])
async def test_what_is_no_logout_token_is_refused(app: Litestar, provider: RunningProvider, content: bytes) -> None:
    async with PageClient(app) as program:
        answer = await program.http.post("/sign-in/schools/back-channel", content=content)
    assert answer.status_code == 400


async def test_an_unknown_provider_is_not_found(app: Litestar, provider: RunningProvider) -> None:
    assert (await tell(app, "x", slug="nowhere")).status_code == 404
