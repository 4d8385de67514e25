"""A kept actor's mutation: the transaction that writes asks first whether they are still who they were."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar

from concordat_graphql.ids import encode
from infra.database import sql
from infra.database.scope import observer
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.kept.test_revocation import EVENTS, sign_out_everywhere
from tests.graphql.kept.world import Warm
from tests.support.cluster import Cluster
from tests.support.product import Api, session_token
from tests.support.queue import as_superuser
from tests.support.world import make_actor, make_area, manager

Event = Callable[[Warm], Awaitable[None]]
REFUSED = "select count(*) from audit.event where area_id = $1 and action = 'authorisation.refuse' and actor_id = $2"
LINKED = "select count(*) from audit.event where area_id = $1 and action = 'board.link' and actor_id = $2"


def board(world: Warm, *, name: str, key: str | None = None, area_id: int | None = None) -> dict[str, Any]:
    """Return the input that links a board with the area."""
    which = world.area.id if area_id is None else area_id
    key = key or str(uuid4())
    return {"idempotencyKey": key, "areaId": encode("Area", which), "name": name, "kind": "other"}


async def act(world: Warm, process: Litestar, given: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return what a process answers to the mutation, and the statements that this took."""
    seen: list[str] = []
    watching = observer.set(seen.append)
    try:
        return await Api(process, token=world.token).run("LinkBoard", input=given), seen
    finally:
        observer.reset(watching)


async def boards(world: Warm) -> list[str]:
    async with tenant_scope(manager(world.area), readonly=True):
        rows = await sql.fetch("select name from linked_board where area_id = $1 order by name", world.area.id)
    return [row["name"] for row in rows]


async def count(database: Cluster, query: str, *args: object) -> int:
    (row,) = await as_superuser(database, query, *args)
    return int(row["count"])


def loads(statements: list[str]) -> bool:
    """Return whether the account was read."""
    return any("from session" in statement for statement in statements)


async def test_the_account_is_not_loaded_again(world: Warm) -> None:
    answer, statements = await act(world, world.processes[0], board(world, name="New board"))
    assert answer["data"]["result"]["name"] == "New board"
    assert not loads(statements)
    assert await boards(world) == ["Adults board", "New board"]


@pytest.mark.parametrize("event", EVENTS)
async def test_whatever_ends_it_has_no_effect_from_the_next_mutation_in_every_process(
    world: Warm, event: Event
) -> None:
    await event(world)
    answers = [(await act(world, process, board(world, name="Too late")))[0] for process in world.processes]
    world.forget()
    anew, _ = await act(world, world.processes[0], board(world, name="Too late"))
    assert await boards(world) == ["Adults board"]
    assert answers[0] == answers[1] == anew


@pytest.mark.parametrize(
    "change",
    [
        "update session set last_seen_at = now() - interval '31 minutes' where person_id = $1",
        "update session set expires_at = now() where person_id = $1",
        "delete from session where person_id = $1",
        "delete from role_assignment where person_id = $1",
        "update person set disabled_at = now() where id = $1",
    ],
)
async def test_however_it_was_changed(database: Cluster, world: Warm, change: str) -> None:
    await as_superuser(database, change, world.person)
    for process in world.processes:
        await act(world, process, board(world, name="Too late"))
    assert await boards(world) == ["Adults board"]


async def test_a_session_that_only_needs_noting_writes_once_and_is_noted(database: Cluster, world: Warm) -> None:
    ago = "update session set last_seen_at = now() - interval '61 seconds' where person_id = $1"
    await as_superuser(database, ago, world.person)
    answer, statements = await act(world, world.processes[0], board(world, name="Once"))
    assert answer["data"]["result"]["name"] == "Once"
    assert any(statement.startswith("update session set last_seen_at") for statement in statements)
    assert await boards(world) == ["Adults board", "Once"]


async def test_a_role_that_begins_counts_at_once(database: Cluster, world: Warm) -> None:
    other = await make_area()
    given = board(world, name="Elsewhere", area_id=other.id)
    before, _ = await act(world, world.processes[0], given)
    assert "problems" in before["data"]["result"]
    begins = "insert into role_assignment (person_id, role, area_id, valid_from) values ($1, $2, $3, '2020-01-01')"
    await as_superuser(database, begins, world.person, "business_manager", other.id)
    after, _ = await act(world, world.processes[0], given)
    assert after["data"]["result"]["name"] == "Elsewhere"


async def test_a_refusal_is_recorded_once_in_their_name(database: Cluster, world: Warm) -> None:
    other = await make_area()
    answer, statements = await act(world, world.processes[0], board(world, name="Not theirs", area_id=other.id))
    assert answer["data"]["result"]["problems"][0]["code"] == "NOT_ALLOWED"
    assert not loads(statements)
    assert await count(database, REFUSED, other.id, str(world.person)) == 1


async def test_nothing_is_recorded_as_refused_to_someone_who_is_signed_out(database: Cluster, world: Warm) -> None:
    other = await make_area()
    await sign_out_everywhere(world)
    answer, _ = await act(world, world.processes[0], board(world, name="Not theirs", area_id=other.id))
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert await count(database, REFUSED, other.id, str(world.person)) == 0


async def test_the_trail_names_each_request(database: Cluster, world: Warm) -> None:
    for name in ("One", "Two", "Three"):
        await act(world, world.processes[0], board(world, name=name))
    named = LINKED.replace("*", "distinct request_id")
    assert await count(database, named, world.area.id, str(world.person)) == 3


async def test_a_repeat_has_one_effect_whichever_way_it_went(world: Warm) -> None:
    given = board(world, name="Once", key="the same key")
    first, _ = await act(world, world.processes[0], given)
    world.forget()
    again, statements = await act(world, world.processes[0], given)
    assert loads(statements)
    third, _ = await act(world, world.processes[1], given)
    assert first == again == third
    assert await boards(world) == ["Adults board", "Once"]


async def test_signing_out_while_many_are_under_way_lets_none_begin_after_it(world: Warm) -> None:
    async def one(place: int) -> dict[str, Any]:
        process = world.processes[place % 2]
        return (await act(world, process, board(world, name=f"Board {place:02}")))[0]

    under_way = [asyncio.create_task(one(place)) for place in range(12)]
    await sign_out_everywhere(world)
    done = await asyncio.gather(*under_way)
    after = await boards(world)
    assert len(after) == 1 + sum(bool(answer["data"]) for answer in done)
    late, _ = await act(world, world.processes[1], board(world, name="Too late"))
    assert late["errors"]
    assert await boards(world) == after


async def test_an_officials_mutation_loads_the_account_first(processes: tuple[Litestar, Litestar]) -> None:
    by = await make_actor(Role.OFFICIAL)
    area = await make_area()
    api = Api(processes[0], token=await session_token(by))
    await api.run("NationalFlags", openOnly=True)
    seen: list[str] = []
    watching = observer.set(seen.append)
    given = {"idempotencyKey": str(uuid4()), "areaId": encode("Area", area.id), "name": "A board", "kind": "other"}
    answer = await api.run("LinkBoard", input=given)
    observer.reset(watching)
    assert answer["data"]["result"]["problems"]
    assert loads(seen)


async def test_a_query_by_the_name_of_no_mutation_changes_nothing(world: Warm) -> None:
    api = Api(world.processes[0], token=world.token)
    refused = await api.http.post("/graphql", json={"operationName": "LinkBoard", "query": "mutation { nothing }"})
    assert refused.status_code == 400
    wrong = await api.run("LinkBoard", input={"areaId": "nonsense"})
    assert wrong["errors"]
    assert await boards(world) == ["Adults board"]
