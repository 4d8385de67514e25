"""kill -9 of the web process while a trust confirms its schools: each school is sent once, whatever was retried."""

from __future__ import annotations

import asyncio
import random
from uuid import uuid4

import httpx
import pytest

from concordat_graphql.cooperation.keys import encode_in
from infra.database import sql
from tenants.audit import queries as audit
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.faults.test_web_killed import Web
from tests.graphql.cooperation.sending import GIVEN
from tests.support.cluster import Cluster
from tests.support.cooperation import ask, chosen_school
from tests.support.organisations import make_trust
from tests.support.plain_http import TRUSTED
from tests.support.product import COOKIE, session_token
from tests.support.worker_process import until
from tests.support.world import AreaMade, make_actor, make_area, manager

pytestmark = pytest.mark.faults
SCHOOLS, AT_ONCE = 80, 4


async def confirm(web: Web, token: str, command: dict[str, object]) -> bool:
    """Send a confirmation; return whether it was answered as done: not when nothing came, or that it took too long."""
    cookies, headers = {COOKIE: token}, {"x-concordat-request": "1"}
    try:
        async with httpx.AsyncClient(trust_env=False, verify=TRUSTED, cookies=cookies, headers=headers) as client:
            body = {"operationName": "ConfirmReturns", "variables": {"input": command}}
            answer = await client.post(f"{web.address}/graphql", json=body, timeout=10)
            result = (answer.json()["data"] or {}).get("result") if answer.status_code == 200 else None
            return (result or {}).get("sent") == AT_ONCE
    except httpx.TransportError:
        return False


async def until_confirmed(web: Web, token: str, command: dict[str, object]) -> None:
    """Send a confirmation under its key until it is answered, as a client would whose machine is busy."""
    await until(lambda: confirm(web, token, command), why=lambda: f"{command} is not answered")


async def trust_commands(area: AreaMade) -> tuple[str, list[dict[str, object]]]:
    """Return the session of a trust's lead, and confirmations of all its schools, a few in each."""
    trust = await make_trust(area)
    for number in range(SCHOOLS):
        await chosen_school(area, name=f"Academy {number:03}", trust_id=trust)
    await ask(area)
    token = await session_token(await make_actor(Role.TRUST_LEAD, organisation_id=trust))
    async with tenant_scope(manager(area), readonly=True):
        rows = await sql.fetch("select id from duty_request where area_id = $1 order by id", area.id)
    requests = [encode_in("DutyRequest", area.id, row["id"]) for row in rows]
    return token, [
        {"idempotencyKey": str(uuid4()), "requestIds": requests[start : start + AT_ONCE], "answers": GIVEN}
        for start in range(0, SCHOOLS, AT_ONCE)
    ]


async def test_no_school_is_sent_twice_or_by_half(database: Cluster, free_port: int) -> None:
    area = await make_area()
    token, commands = await trust_commands(area)
    web, chance = Web(database, free_port), random.Random(11)
    web.start()
    acknowledged = 0
    for start in range(0, len(commands), 10):
        sent = [asyncio.create_task(confirm(web, token, one)) for one in commands[start : start + 10]]
        await asyncio.sleep(chance.uniform(0.05, 0.25))
        web.kill()
        acknowledged += sum([await task for task in sent])
        web.start()
    for one in commands:  # every key once more, as a client would
        await until_confirmed(web, token, one)
    web.kill()
    assert acknowledged < len(commands), "no kill interrupted anything"
    async with system_scope("test", areas=[area.id]):
        submissions = await sql.fetch_value("select count(*) from submission where area_id = $1", area.id)
        states = await sql.fetch_value("select array_agg(distinct state) from duty_request where area_id = $1", area.id)
        counted = await sql.fetch_value(
            "select requests from cooperation_count where area_id = $1 and state = 'submitted'", area.id
        )
        entries = await audit.entries(area_id=area.id, where=audit.Filter(action="return.submit"), limit=500)
        assert await audit.first_broken_link(area_id=area.id) is None
    assert (submissions, states, counted, len(entries)) == (SCHOOLS, ["submitted"], SCHOOLS, SCHOOLS)
