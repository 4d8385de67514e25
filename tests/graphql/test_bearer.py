"""A system with access tokens, over real HTTP: its own issuer, our endpoint, and every way to be refused."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio
from litestar import Litestar

from backend.app import create_app
from backend.auth.issuers import Issuers
from concordat_graphql import ids
from concordat_graphql.operations import stored
from infra.secrets import token_hash
from integrations.hosts import public_or_this_machine
from integrations.http import Door
from tenants.audit import queries as audit
from tenants.audit.service import PLATFORM
from tenants.tenancy import service as tenancy
from tenants.tenancy.providers import service
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.platform.sending import OPERATOR
from tests.journeys.server import served
from tests.support.cluster import Cluster
from tests.support.identity_provider import SECRET, RunningProvider, running_provider
from tests.support.plain_http import TRUSTED
from tests.support.product import product_settings
from tests.support.world import AreaMade, actor, make_area
from tests.web.settings import BASE_URL

OURS = f"{BASE_URL}/graphql"
SCOPES = ["duties:read", "duties:write", "other:read"]
WHO = "{ viewer { name hat roles { role area { slug } } } }"


def machine(client_id: str, audience: str = OURS) -> dict[str, Any]:
    return {"client_id": client_id, "client_secret": SECRET, "audience": audience, "scopes": SCOPES}


@dataclass
class Clock:
    """Ours, that a test may put forward."""

    ahead: float = 0

    def __call__(self) -> float:
        return time.time() + self.ahead


@dataclass
class World:
    """A running service, a running issuer, and a system known to both that may read and write in one area."""

    address: str
    app: Litestar
    provider: RunningProvider
    area: AreaMade
    client: UUID
    clock: Clock = field(default_factory=Clock)

    async def token(self, *, client: str = "case-system", scope: str = "duties:read", issuer: str = "a") -> str:
        return await self.provider.machine_token(client=client, scope=scope, issuer=issuer)

    async def send(self, token: str | None, **body: Any) -> httpx.Response:
        headers = {} if token is None else {"authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as http:
            return await http.post(f"{self.address}/graphql", json=body, headers=headers)


async def trusted(provider: RunningProvider, area: AreaMade, client_id: str, **scopes: str) -> UUID:
    async with tenant_scope(OPERATOR):
        return await service.save_machine_client(
            by=OPERATOR,
            name=f"The {client_id}",
            issuer=provider.issuer(),
            client_id=client_id,
            scope_roles={f"duties:{scope}": role for scope, role in scopes.items()},
            area_id=area.id,
        )


@pytest_asyncio.fixture(scope="module")
async def world(database: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    clients = [machine("case-system"), machine("reader"), machine("stranger"), machine("astray", "https://other.example")]
    area, clock = await make_area(), Clock()
    app = create_app(product_settings(database))
    app.state.issuers = Issuers(door=Door(permits=public_or_this_machine), clock=clock)

    folder: Path = tmp_path_factory.mktemp("machines")
    with running_provider(folder, clients=clients) as provider:
        client = await trusted(provider, area, "case-system", read="viewer", write="business_manager")
        await trusted(provider, area, "reader", read="viewer")
        await trusted(provider, area, "astray", read="viewer")
        async with served(lambda _: app) as address:
            yield World(address, app, provider, area, client, clock)


def challenge(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.headers["www-authenticate"].removeprefix('Bearer realm="concordat"').strip(", ")


async def test_a_system_sends_a_document_of_its_own_as_the_role_its_scope_gives(world: World) -> None:
    answer = await world.send(await world.token(), query=WHO)
    assert answer.status_code == 200
    assert answer.json()["data"]["viewer"] == {
        "name": "The case-system",
        "hat": "local",
        "roles": [{"role": "viewer", "area": {"slug": world.area.slug}}],
    }


LINK = "mutation Mine($input: LinkBoardInput!) { linkBoard(input: $input) { __typename ... on LinkedBoard { name } } }"


def board(area: AreaMade, name: str = "Adults board") -> dict[str, Any]:
    values = {"areaId": ids.encode("Area", area.id), "name": name, "kind": "safeguarding_adults"}
    return {"input": {"idempotencyKey": str(uuid4()), **values}}


async def test_what_it_may_do_follows_its_scopes_and_the_trail_names_it(world: World) -> None:
    reading = await world.send(await world.token(), query=LINK, variables=board(world.area))
    assert reading.json()["data"]["linkBoard"] == {"__typename": "Failed"}
    writing = await world.token(scope="duties:write")
    done = await world.send(writing, query=LINK, variables=board(world.area, "Board of a system"))
    assert done.json()["data"]["linkBoard"]["name"] == "Board of a system"
    async with tenant_scope(actor(Role.VIEWER, area_id=world.area.id), readonly=True):
        entry = (await audit.entries(area_id=world.area.id, limit=1))[0]
    assert (entry.actor_kind, entry.actor_name, entry.actor_role) == ("client", "The case-system", "business_manager")


async def test_another_areas_rows_stay_out_of_reach(world: World) -> None:
    elsewhere = await make_area()
    answer = await world.send(await world.token(scope="duties:write"), query=LINK, variables=board(elsewhere))
    assert answer.json()["data"]["linkBoard"] == {"__typename": "Failed"}


@pytest.mark.parametrize(
    ("client", "issuer", "scope"),
    [("astray", "a", "duties:read"), ("stranger", "a", "duties:read"), ("case-system", "b", "duties:read")],
    ids=["wrong audience", "unknown client", "untrusted issuer"],
)
async def test_a_token_that_is_not_for_us_is_refused_without_a_hint(
    world: World, client: str, issuer: str, scope: str
) -> None:
    answer = await world.send(await world.token(client=client, issuer=issuer, scope=scope), query=WHO)
    assert challenge(answer) == (401, 'error="invalid_token"')
    assert client not in answer.text


@pytest.mark.parametrize("token", ["rubbish", "a.b.c", "x" * 20_000])
async def test_rubbish_is_refused(world: World, token: str) -> None:
    assert challenge(await world.send(token, query=WHO)) == (401, 'error="invalid_token"')


@pytest.mark.parametrize(("client", "scope"), [("case-system", "other:read"), ("reader", "duties:write")])
async def test_a_scope_that_gives_this_system_no_role_is_not_enough(world: World, client: str, scope: str) -> None:
    before = await refusals()
    answer = await world.send(await world.token(client=client, scope=scope), query=WHO)
    assert challenge(answer) == (403, 'error="insufficient_scope"')
    assert [entry.subject_id for entry in (await refusals())[: -len(before) or None]] == [scope]


async def refusals() -> list[audit.Entry]:
    where = audit.Filter(action="authorisation.refuse", subject_type="scope")
    async with tenant_scope(OPERATOR, readonly=True):
        return await audit.entries(area_id=PLATFORM, where=where)


async def test_a_system_that_was_switched_off_is_refused_at_once(world: World) -> None:
    token = await world.token()
    await switch(world, enabled=False)
    try:
        assert challenge(await world.send(token, query=WHO)) == (401, 'error="invalid_token"')
    finally:
        await switch(world, enabled=True)
    assert (await world.send(token, query=WHO)).status_code == 200


async def switch(world: World, *, enabled: bool) -> None:
    async with tenant_scope(OPERATOR):
        await service.switch_machine_client(by=OPERATOR, client=world.client, enabled=enabled)


async def test_new_keys_of_the_issuer_are_found_and_the_old_ones_not_believed(world: World) -> None:
    old = await world.token()
    assert (await world.send(old, query=WHO)).status_code == 200
    await world.provider.rotate_keys()
    world.clock.ahead += 61  # an unknown key is looked for once a minute at most
    assert (await world.send(await world.token(), query=WHO)).status_code == 200
    assert challenge(await world.send(old, query=WHO)) == (401, 'error="invalid_token"')


async def test_documents_of_its_own_can_be_switched_off(world: World) -> None:
    settings, token = world.app.state.settings, await world.token()
    world.app.state.settings = settings.model_copy(update={"graphql_arbitrary_documents": False})
    try:
        assert (await world.send(token, query=WHO)).status_code == 400
        known = await world.send(token, operationName="AreaSettings", variables={"slug": world.area.slug})
        assert known.json()["data"]["area"]["slug"] == world.area.slug
        whole = await world.send(token, operationName="MyAccount", query=stored()["MyAccount"])
        assert whole.json()["data"]["viewer"]["name"] == "The case-system"
    finally:
        world.app.state.settings = settings


async def test_without_a_token_one_is_nobody(world: World) -> None:
    answer = await world.send(None, query=WHO)
    assert answer.status_code == 403, "no cookie, no token and no header of our own pages"


async def settings_of(world: World, token: str) -> httpx.Response:
    return await world.send(token, operationName="AreaSettings", variables={"slug": world.area.slug})


async def kept(world: World, token: str) -> bool:
    """Send a compiled read twice; return whether the system is then kept."""
    assert (await settings_of(world, token)).status_code == 200
    assert (await settings_of(world, token)).status_code == 200
    return world.app.state.kept_actors.get(token_hash(f"Bearer {token}")) is not None


async def test_a_system_that_is_kept_and_switched_off_is_refused_at_once(world: World) -> None:
    token = await world.token()
    assert await kept(world, token)
    await switch(world, enabled=False)
    try:
        assert challenge(await settings_of(world, token)) == (401, 'error="invalid_token"')
    finally:
        await switch(world, enabled=True)


async def test_a_system_that_is_kept_and_moved_to_another_area_reads_there(world: World) -> None:
    token = await world.token(scope="duties:write")
    await world.send(token, query=LINK, variables=board(world.area))
    assert await kept(world, token)
    assert "Adults board" in (await settings_of(world, token)).text
    elsewhere = await make_area()
    await trusted(world.provider, elsewhere, "case-system", read="viewer", write="business_manager")
    try:
        assert "Adults board" not in (await settings_of(world, token)).text
    finally:
        await trusted(world.provider, world.area, "case-system", read="viewer", write="business_manager")


async def test_a_system_of_an_area_that_was_merged_reads_it_and_changes_nothing(world: World) -> None:
    token, old, into = await world.token(scope="duties:write"), await make_area(), await make_area()
    await trusted(world.provider, old, "case-system", read="viewer", write="business_manager")
    try:
        assert await kept(world, token)
        async with tenant_scope(OPERATOR):
            await tenancy.merge_area(by=OPERATOR, area_id=old.id, into=into.id, reason="Reorganised")
        await world.send(token, operationName="AreaSettings", variables={"slug": old.slug})
        found = world.app.state.kept_actors.get(token_hash(f"Bearer {token}"))
        assert found.actor.read_areas == {old.id}
        assert found.actor.write_areas == frozenset()
        refused = await world.send(token, query=LINK, variables=board(old))
        assert refused.json()["data"]["linkBoard"] == {"__typename": "Failed"}
    finally:
        await trusted(world.provider, world.area, "case-system", read="viewer", write="business_manager")


async def test_a_system_is_kept_only_under_the_keys_that_its_issuer_publishes(world: World) -> None:
    old = await world.token()
    assert await kept(world, old)
    await world.provider.rotate_keys()
    world.clock.ahead += 61
    assert (await settings_of(world, await world.token())).status_code == 200
    assert challenge(await settings_of(world, old)) == (401, 'error="invalid_token"')
