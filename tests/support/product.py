"""The whole application on the test database, and browsers and programs that are signed in to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest_asyncio
from litestar import Litestar
from pydantic import SecretStr

from backend.app import create_app
from infra.settings import Settings
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import system_scope
from tenants.tenancy.sessions import service as sessions
from tests.support.cluster import CONTEXT_KEY, SECRET_KEY, Cluster
from tests.web.page_client import PageClient
from tests.web.settings import BASE_URL, page_settings

COOKIE = "concordat-session"


def product_settings(cluster: Cluster, **changed: object) -> Settings:
    """Return settings for the whole application on the test database."""
    return page_settings(
        secret_key=SecretStr(SECRET_KEY),
        context_key=SecretStr(CONTEXT_KEY.hex()),
        database_url=SecretStr(cluster.dsns["app"]),
        database_worker_url=SecretStr(cluster.dsns["worker"]),
        database_national_url=SecretStr(cluster.dsns["national"]),
        database_public_url=SecretStr(cluster.dsns["public"]),
        database_owner_url=SecretStr(cluster.dsns["owner"]),
        data_dir=cluster.folder,
        rate_limit_account_per_minute=100_000,
        rate_limit_sign_in_per_minute=100_000,
        **changed,
    )


@pytest_asyncio.fixture(scope="session")
async def app(database: Cluster) -> Litestar:
    """The application; its database is the session's."""
    return create_app(product_settings(database))


async def session_token(actor: Actor) -> str:
    """Start a session for a stored actor and return its token."""
    assert actor.id is not None
    async with system_scope("test world", powers=["signin"]):
        return await sessions.start(
            by=actor, person_id=actor.id, issuer="test", subject=str(actor.id), hat=actor.hat, absolute_hours=12
        )


async def signed_in(app: Litestar, actor: Actor | None) -> PageClient:
    """Return a browser in which the stored actor is signed in (nobody when None)."""
    client = PageClient(app)
    if actor is not None:
        client.http.cookies.set(COOKIE, await session_token(actor), domain="127.0.0.1")
    return client


class Api:
    """A program that sends stored operations by name, as someone who is signed in."""

    def __init__(self, app: Litestar, *, token: str | None) -> None:
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        cookies = {COOKIE: token} if token else {}
        headers = {"x-concordat-request": "1", "origin": BASE_URL}
        self.http = httpx.AsyncClient(transport=transport, base_url=BASE_URL, headers=headers, cookies=cookies)

    async def run(self, name: str, **variables: Any) -> dict[str, Any]:
        """Send one stored operation; return the answer with `data` and perhaps `errors`."""
        answer = await self.http.post("/graphql", json={"operationName": name, "variables": variables})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def mutate(self, name: str, input: Mapping[str, Any]) -> dict[str, Any]:
        """Send a stored mutation whose root is `result`; return that result."""
        answer = await self.run(name, input=dict(input))
        assert "errors" not in answer, answer["errors"]
        result: dict[str, Any] = answer["data"]["result"]
        return result


async def api_of(app: Litestar, actor: Actor | None) -> Api:
    """Return a program signed in as the stored actor (as nobody when None)."""
    return Api(app, token=None if actor is None else await session_token(actor))


@pytest_asyncio.fixture
async def anonymous(app: Litestar) -> AsyncIterator[PageClient]:
    """A browser in which nobody is signed in."""
    async with PageClient(app) as client:
        yield client


def codes(result: Mapping[str, Any]) -> list[str]:
    """Return the codes of a mutation's problems, or an empty list when it was done."""
    return [problem["code"] for problem in result.get("problems", [])]
