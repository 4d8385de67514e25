"""Returns that are sent in two round trips while the web process, or back ends of the database, are killed: each is
sent once, with its entry in a whole chain, whatever was retried."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from concordat_graphql.operations import run_stored
from infra.database import sql
from infra.queue.errors import DATABASE_AWAY
from tenants.audit import queries as audit
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import system_scope
from tests.faults.test_confirming_killed import trust_commands
from tests.faults.test_web_killed import Web
from tests.graphql.cooperation.confirming import trust_of
from tests.graphql.cooperation.sending import GIVEN
from tests.support.cluster import Cluster
from tests.support.plain_http import TRUSTED
from tests.support.product import COOKIE
from tests.support.worker_process import until
from tests.support.world import AreaMade, make_area

pytestmark = pytest.mark.faults
SCHOOLS = 40
BUSY = """select pid from pg_stat_activity where usename = 'concordat_app' and state <> 'idle'
    and datname = current_database() and pid <> pg_backend_pid()"""


def command(request_id: str) -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4()), "requestId": request_id, "version": 1, "answers": GIVEN}


def receipt(result: dict[str, Any] | None) -> str | None:
    """The receipt in an answer; None where it was not done, as far as the sender can tell."""
    sent = ((result or {}).get("result") or {}).get("submissions") or [{}]
    found: str | None = sent[0].get("receipt")
    return found


async def counted(area: AreaMade) -> tuple[int, int, int]:
    """Submissions, requests that are sent, and entries about them, in a chain that is whole."""
    async with system_scope("test", areas=[area.id]):
        assert await audit.first_broken_link(area_id=area.id) is None
        entries = await audit.entries(area_id=area.id, where=audit.Filter(action="return.submit"), limit=500)
        submissions = await sql.fetch_value("select count(*) from submission where area_id = $1", area.id)
        sent = await sql.fetch_value(
            "select requests from cooperation_count where area_id = $1 and state = 'submitted'", area.id
        )
    return submissions, sent, len(entries)


async def over_http(web: Web, token: str, given: dict[str, Any]) -> str | None:
    cookies, headers = {COOKIE: token}, {"x-concordat-request": "1"}
    with contextlib.suppress(httpx.TransportError):
        async with httpx.AsyncClient(trust_env=False, verify=TRUSTED, cookies=cookies, headers=headers) as client:
            body = {"operationName": "SubmitReturn", "variables": {"input": given}}
            answer = await client.post(f"{web.address}/graphql", json=body, timeout=10)
            return receipt(answer.json().get("data"))
    return None


async def until_sent(sent: Callable[[], Awaitable[str | None]]) -> str:
    """Send under the same key until there is a receipt, as a client would whose machine is busy."""
    found: list[str | None] = []

    async def answered() -> bool:
        found.append(await sent())
        return found[-1] is not None

    await until(answered, why=lambda: f"no receipt after {len(found)} times")
    return str(found[-1])


async def test_no_return_is_sent_twice_or_lost_when_the_web_process_is_killed(
    database: Cluster, free_port: int
) -> None:
    area = await make_area()
    token, many = await trust_commands(area)
    requests = [request for one in many for request in one["requestIds"]][:SCHOOLS]  # type: ignore[attr-defined]
    commands = [command(request) for request in requests]
    web, chance = Web(database, free_port), random.Random(7)
    web.start()
    told: list[str | None] = []
    for start in range(0, SCHOOLS, 10):
        sent = [asyncio.create_task(over_http(web, token, one)) for one in commands[start : start + 10]]
        await asyncio.sleep(chance.uniform(0.02, 0.2))
        web.kill()
        told += [await task for task in sent]
        web.start()
    again = [await until_sent(partial(over_http, web, token, one)) for one in commands]
    web.kill()
    assert None in told, "no kill interrupted anything"
    assert all(first in (None, second) for first, second in zip(told, again, strict=True))
    assert await counted(area) == (SCHOOLS, SCHOOLS, SCHOOLS)


async def in_process(by: Actor, given: dict[str, Any]) -> str | None:
    with contextlib.suppress(*DATABASE_AWAY):
        result = await run_stored("SubmitReturn", actor=by, variables={"input": given}, mutation=True)
        return receipt(result.data)
    return None


async def test_no_return_is_sent_twice_or_by_half_when_back_ends_are_killed(database: Cluster) -> None:
    area = await make_area()
    lead, requests = await trust_of(area, schools=SCHOOLS)
    commands, chance, killed = [command(request) for request in requests], random.Random(3), 0
    superuser = await asyncpg.connect(database.superuser)
    sending = asyncio.gather(*(in_process(lead, one) for one in commands))
    while not sending.done():
        for row in await superuser.fetch(BUSY):
            killed += await superuser.fetchval("select pg_terminate_backend($1)", row["pid"])
        await asyncio.sleep(chance.uniform(0.005, 0.03))
    await superuser.close()
    told = await sending
    again = [await until_sent(partial(in_process, lead, one)) for one in commands]
    assert killed > 0
    assert all(first in (None, second) for first, second in zip(told, again, strict=True))
    assert await counted(area) == (SCHOOLS, SCHOOLS, SCHOOLS)
