"""Keeping endpoints: entered, begun with a secret, changed, stopped, retired; by the area's manager alone."""

from __future__ import annotations

import asyncpg
import pytest

from infra import standard_webhooks as form
from infra.database import sql
from infra.secrets import use_secret
from tenants.connections.endpoints import events, service
from tenants.connections.endpoints.rules import MOST_ENDPOINTS, TYPES, type_of
from tenants.connections.resealing import Rotated, rotate
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, NotAllowed, NotFound, Problems, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cluster import SECRET_KEY, Cluster
from tests.support.connections import engine, keeper, serving
from tests.support.webhooks import (
    Listening,
    add_endpoint,
    deliveries_of,
    endpoint_of,
    happens,
    listening,
    new_secret,
)
from tests.support.world import make_actor, make_area


async def move(listener: Listening, move: str, *, by: Actor | None = None, reason: str | None = "It moves.") -> None:
    who, row = by or keeper(listener.area), await endpoint_of(listener)
    async with tenant_scope(who):
        await service.move_endpoint(
            by=who, area_id=listener.area.id, endpoint_id=listener.id, version=row.version, move=move, reason=reason
        )


async def listed(listener: Listening) -> int:
    async with tenant_scope(worker_actor("webhook.list", areas=[listener.area.id])):
        return await events.list_new(area_id=listener.area.id)


async def test_an_endpoint_begins_with_its_first_secret(database: Cluster) -> None:
    area = await make_area()
    listener = Listening(area=area, id=await add_endpoint(area), secret="")
    assert ((await endpoint_of(listener)).state, (await endpoint_of(listener)).secrets) == ("paused", 0)
    with pytest.raises(WrongState, match="Make its secret first"):
        await move(listener, "resume")
    assert form.key_of(await new_secret(area, listener.id)) is not None
    assert (await endpoint_of(listener)).state == "active"


async def test_one_that_was_paused_by_a_person_stays_so_when_its_secret_is_changed(database: Cluster) -> None:
    listener = await listening()
    await move(listener, "pause")
    await new_secret(listener.area, listener.id)
    assert (await endpoint_of(listener)).state == "paused"


async def test_what_waits_for_one_that_stops_is_not_sent_and_stays_listed(database: Cluster) -> None:
    listener = await listening()
    await happens(listener.area, times=2)
    assert await listed(listener) == 2
    await move(listener, "retire")
    assert [one.state for one in await deliveries_of(listener)] == ["stopped", "stopped"]
    assert ((await endpoint_of(listener)).state, (await endpoint_of(listener)).secrets) == ("retired", 0)
    with pytest.raises(WrongState, match="retired"):
        await move(listener, "resume")


async def test_the_chain_is_read_once_however_often_it_is_asked_for(database: Cluster) -> None:
    listener = await listening()
    await happens(listener.area, times=3)
    await happens(listener.area, "session.start")
    assert [await listed(listener) for _ in range(3)] == [3, 0, 0]
    assert len({one.subject_id for one in await deliveries_of(listener)}) == 3


@pytest.mark.parametrize(
    ("url", "description", "types"),
    [
        ("http://office.example/in", "Office", ("connection.stale",)),
        ("ftp://office.example", "Office", ("connection.stale",)),
        ("https://name:password@office.example", "Office", ("connection.stale",)),
        ("https://office.example/#part", "Office", ("connection.stale",)),
        ("https://", "Office", ("connection.stale",)),
        ("https://office.example/a b", "Office", ("connection.stale",)),
        ("https://[::1", "Office", ("connection.stale",)),
        ("https://office.example", "", ("connection.stale",)),
        ("https://office.example", "Office", ()),
        ("https://office.example", "Office", ("everything",)),
    ],
)
async def test_what_is_no_endpoint_is_refused(
    database: Cluster, url: str, description: str, types: tuple[str, ...]
) -> None:
    area = await make_area()
    who = keeper(area)
    async with tenant_scope(who):
        with pytest.raises(Problems):
            await service.add_endpoint(by=who, area_id=area.id, url=url, description=description, event_types=types)


async def test_an_area_has_a_limited_number(database: Cluster) -> None:
    area = await make_area()
    for _ in range(MOST_ENDPOINTS):
        await add_endpoint(area)
    with pytest.raises(WrongState, match="Retire one first"):
        await add_endpoint(area)


async def test_only_the_areas_manager_keeps_them(database: Cluster) -> None:
    listener = await listening()
    viewer = await make_actor(Role.VIEWER, area=listener.area)
    stranger = await make_actor(Role.BUSINESS_MANAGER, area=await make_area("Elsewhere"))
    for who, refusal in ((viewer, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            await move(listener, "pause", by=who)


async def test_two_who_change_it_at_once_are_told(database: Cluster) -> None:
    listener = await listening()
    who = keeper(listener.area)
    async with tenant_scope(who):
        with pytest.raises(Conflict):
            await service.move_endpoint(
                by=who, area_id=listener.area.id, endpoint_id=listener.id, version=1, move="pause", reason="It moves."
            )


async def test_the_web_cannot_read_what_is_sealed(database: Cluster) -> None:
    listener = await listening()
    async with tenant_scope(keeper(listener.area)):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await sql.fetch("select sealed from webhook_secret")


async def test_its_secrets_are_sealed_anew_with_the_others(database: Cluster) -> None:
    listener = await listening()
    use_secret(b"the secret key of tomorrow, 0123456789")
    try:
        async with serving(listener.area):
            done = await rotate(by=engine(listener.area), area_id=listener.area.id, old_secret=SECRET_KEY.encode())
    finally:
        use_secret(SECRET_KEY.encode())
    assert done == Rotated(anew=1, already=0)


def test_every_kind_of_event_is_told_of_something() -> None:
    told = {
        type_of(action)
        for action in (
            "return.submit", "return.decline", "return.withdraw", "flag.raise", "flag.decide", "seat.add",
            "contribution.agree", "connection.alert", "return.reply", "cycle.open",
        )
    }  # fmt: skip
    assert told | {type_of("return.submit", confirmed=True)} == set(TYPES)
    assert [type_of(action) for action in ("return.save", "flag.amend", "person.create", "webhook.disable")] == [
        None
    ] * 4
