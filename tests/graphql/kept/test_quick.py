"""A kept actor's read is one statement; everything else loads the account first."""

from __future__ import annotations

import pytest

from backend.app import create_app
from backend.web.ratelimit import RateLimiter
from infra.database.scope import observer
from tenants.tenancy.scope import tenant_scope
from tenants.tenancy.sessions import service as sessions
from tests.graphql.kept.world import READ, Warm
from tests.support.cluster import Cluster
from tests.support.product import Api, product_settings
from tests.support.queue import as_superuser


async def test_the_one_statement_checks_the_session_before_it_reads(world: Warm) -> None:
    answer, (statement,) = await world.ask(world.processes[0])
    assert answer["data"]["area"]["linkedBoards"][0]["name"] == "Adults board"
    assert statement.index("set_config") < statement.index("session_live") < statement.index("linked_board")


async def test_a_process_that_has_not_met_them_loads_the_account(world: Warm) -> None:
    world.forget()
    answer, statements = await world.ask(world.processes[0])
    assert len(statements) > 1
    again, statements = await world.ask(world.processes[0])
    assert len(statements) == 1
    assert again == answer


async def test_a_session_in_use_is_noted_once_a_minute(database: Cluster, world: Warm) -> None:
    ago = "update session set last_seen_at = now() - interval '61 seconds' where person_id = $1"
    await as_superuser(database, ago, world.person)
    _, statements = await world.ask(world.processes[0])
    assert any(statement.startswith("update session set last_seen_at") for statement in statements)
    assert len((await world.ask(world.processes[0]))[1]) == 1
    assert len((await world.ask(world.processes[1]))[1]) == 1


async def test_what_is_public_is_one_statement_that_asks_nothing_of_the_session(world: Warm) -> None:
    seen: list[str] = []
    watching = observer.set(seen.append)
    answer = await Api(world.processes[0], token=world.token).run("PublicArea", slug=world.area.slug)
    observer.reset(watching)
    assert answer["data"]["publicArea"]["area"]["slug"] == world.area.slug
    (statement,) = seen
    assert "session_live" not in statement


async def test_what_is_not_one_statement_loads_the_account(world: Warm) -> None:
    api = Api(world.processes[0], token=world.token)
    answer = await api.run("MyAccount")
    assert answer["data"]["viewer"]["name"] == world.actor.name
    refused = await api.http.post("/graphql", json={"operationName": "NoSuchThing"})
    assert refused.status_code == 400


async def test_every_request_counts_once_against_the_accounts_allowance(
    database: Cluster, world: Warm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.app.RateLimiter", lambda: RateLimiter(clock=lambda: 0.0))  # no allowance comes back
    settings = product_settings(database).model_copy(update={"rate_limit_account_per_minute": 20})
    api = Api(create_app(settings), token=world.token)
    body = [{"operationName": name, "variables": {"slug": world.area.slug}} for name in (READ, READ, "MyAccount")]
    codes = [(await api.http.post("/graphql", json=body[n % 3])).status_code for n in range(12)]
    assert codes == [200] * 10 + [429] * 2


async def test_a_page_never_uses_a_kept_actor(world: Warm) -> None:
    api = Api(world.processes[0], token=world.token)
    page = await api.http.get("/account")
    assert page.status_code == 200
    assert world.actor.name in page.text


@pytest.mark.parametrize("path", ["/graphql/", "//graphql"])
async def test_another_spelling_of_the_address_gains_nothing(world: Warm, path: str) -> None:
    async with tenant_scope(world.actor):
        await sessions.revoke_all(by=world.actor, person_id=world.person, reason="signed out")
    api = Api(world.processes[0], token=world.token)
    answer = await api.http.post(path, json={"operationName": READ, "variables": {"slug": world.area.slug}})
    assert "Adults board" not in answer.text
