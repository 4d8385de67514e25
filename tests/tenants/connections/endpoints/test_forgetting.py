"""What came and what was sent is forgotten after a while; what waits for an attempt, and what is young, never."""

from __future__ import annotations

from datetime import timedelta

import pytest
from litestar import Litestar

from infra.clock import now
from infra.database import sql
from tenants.connections.endpoints import jobs
from tenants.connections.endpoints.rules import ARRIVALS_KEPT, DELIVERIES_KEPT
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.hooks import Told, arrived, runs_of, tell, told
from tests.support.queue import as_superuser, drain
from tests.support.webhooks import Listening, deliveries_of, listening, messages_of

SOON, LATE = timedelta(minutes=-5), timedelta(minutes=5)


async def swept() -> None:
    async with tenant_scope(worker_actor("webhook.old", powers=["queue"])):
        await jobs.old()
    await drain()


async def ended(listener: Listening, state: str, *, ago: timedelta) -> None:
    """Let all messages have come to this end, after one attempt, so long ago."""
    over = None if state == "waiting" else now() - ago
    async with tenant_scope(worker_actor("clock", areas=[listener.area.id])):
        await sql.execute(
            "insert into webhook_attempt (area_id, delivery_id, number) select area_id, id, 1 from webhook_delivery "
            "where endpoint_id = $1", listener.id
        )  # fmt: skip
        await sql.execute(
            "update webhook_delivery set state = $2, ended_at = $3, next_at = now() + interval '1 day' "
            "where endpoint_id = $1", listener.id, state, over
        )  # fmt: skip


@pytest.mark.parametrize("state", ["delivered", "failed", "stopped"])
@pytest.mark.parametrize(("ago", "left"), [(DELIVERIES_KEPT + SOON, 3), (DELIVERIES_KEPT + LATE, 0)])
async def test_a_message_that_ended_is_listed_for_so_long(
    database: Cluster, state: str, ago: timedelta, left: int
) -> None:
    listener, other = await listening(), await listening()
    await messages_of(listener, 3)
    await messages_of(other, 1)
    await ended(listener, state, ago=ago)
    await ended(other, state, ago=timedelta(0))
    await swept()
    assert [len(await deliveries_of(one)) for one in (listener, other)] == [left, 1]


async def test_what_waits_for_an_attempt_is_never_forgotten(database: Cluster) -> None:
    listener = await listening()
    await messages_of(listener, 2)
    await ended(listener, "waiting", ago=10 * DELIVERIES_KEPT)
    await swept()
    assert [one.state for one in await deliveries_of(listener)] == ["waiting", "waiting"]


async def came(database: Cluster, hook: Told, *, ago: timedelta) -> None:
    """Let what came have come for the last time so long ago."""
    query = "update connection_arrival set last_at = now() - $2::interval where connection_id = $1"
    await as_superuser(database, query, hook.connection, ago)


@pytest.mark.parametrize(("ago", "left"), [(ARRIVALS_KEPT + SOON, 2), (ARRIVALS_KEPT + LATE, 0)])
async def test_what_came_is_listed_for_so_long_taken_or_refused(
    app: Litestar, database: Cluster, ago: timedelta, left: int
) -> None:
    hook, other = await told(), await told()
    for one in (hook, other):
        assert (await tell(app, one)).status_code == 202
        assert (await tell(app, one, webhook_signature="v1,AAAA")).status_code == 401
    await came(database, hook, ago=ago)
    await swept()
    assert [len(await arrived(one)) for one in (hook, other)] == [left, 2]


async def test_a_message_that_was_forgotten_is_not_believed_again(app: Litestar, database: Cluster) -> None:
    """Its id guards no more; its time does, from five minutes after it was signed."""
    hook, signed_at = await told(), now() - timedelta(minutes=6)
    assert (await tell(app, hook, message_id="msg_once")).status_code == 202
    await came(database, hook, ago=ARRIVALS_KEPT + LATE)
    await swept()
    before = len(await runs_of(hook))
    assert (await tell(app, hook, message_id="msg_once", at=signed_at)).status_code == 401
    assert len(await runs_of(hook)) == before
