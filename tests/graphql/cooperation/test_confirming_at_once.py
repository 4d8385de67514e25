"""Two confirmations at the same moment: one effect, one entry, one receipt, whoever and however many they are for."""

from __future__ import annotations

import asyncio
import contextvars

import asyncpg
import pytest

from infra.database import sql
from tenants.cooperation.service import returns
from tenants.tenancy.scope import tenant_scope
from tests.graphql.cooperation.confirming import entries, submissions, trust_of
from tests.graphql.cooperation.sending import GIVEN, problem_of, request_id, send
from tests.support.cluster import Cluster
from tests.support.cooperation import ANSWERS, asked_school, contact
from tests.support.worker_process import until
from tests.support.world import make_area


async def test_two_people_send_at_once_and_the_later_is_told(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    colleague = contact(asked.area, asked.school, name="Noor Haddad")
    said = {"requestId": request_id(asked), "version": 1, "answers": GIVEN}
    both = await asyncio.gather(*(send("SubmitReturn", who, **said) for who in (asked.contact, colleague)))
    assert sorted(problem_of(answer) for answer in both) == ["", "CONFLICT"]
    assert await submissions(asked) == 1
    assert len(await entries(asked.area)) == 1


@pytest.mark.parametrize("same_key", [True, False])
async def test_many_are_confirmed_at_once_by_two_and_each_school_is_sent_once(
    database: Cluster, same_key: bool
) -> None:
    here, there = await make_area(), await make_area()
    lead, requests = await trust_of(here, there, schools=8)
    keys = ["the-lead-pressed-twice"] * 4 if same_key else [f"browser-window-{n}" for n in range(4)]
    orders = (requests, requests[::-1], requests[3:] + requests[:3], requests[1:])
    answers = await asyncio.gather(
        *(
            send("ConfirmReturns", lead, key=key, requestIds=some, answers=GIVEN)
            for key, some in zip(keys, orders, strict=True)
        )
    )
    receipts = [{one["request"]["id"]: one["receipt"] for one in answer["outcomes"]} for answer in answers]
    assert [len(some) for some in receipts] == [8, 8, 8, 7]
    assert all(receipts[0][school] == receipt for some in receipts for school, receipt in some.items())
    assert len(set(receipts[0].values())) == 8
    assert len(await entries(here)) + len(await entries(there)) == 8


async def test_many_and_one_of_them_at_once(database: Cluster) -> None:
    area = await make_area()
    lead, requests = await trust_of(area, schools=6)
    alone = [send("SubmitReturn", lead, requestId=one, version=1, answers=GIVEN) for one in requests[::2]]
    together = send("ConfirmReturns", lead, requestIds=requests, answers=GIVEN)
    confirmed, *sent = await asyncio.gather(together, *alone)
    assert confirmed["sent"] == 6
    assert {problem_of(answer) for answer in sent} <= {"", "CONFLICT"}
    assert len(await entries(area)) == 6


async def test_two_spellings_of_one_id_are_one_school(database: Cluster) -> None:
    area = await make_area()
    lead, (one,) = await trust_of(area, schools=1)
    answer = await send("ConfirmReturns", lead, requestIds=[one, one + "="], answers=GIVEN)
    assert {outcome["receipt"] for outcome in answer.get("outcomes", [])} <= {
        (entry.after or {})["receipt"] for entry in await entries(area)
    }
    assert len(await entries(area)) == 1


async def test_a_draft_saved_while_a_confirmation_waits_is_what_is_sent(database: Cluster) -> None:
    """The confirmation has read an empty form when it begins to wait; what it sends is the colleague's draft."""
    asked = await asked_school(await make_area())
    async with tenant_scope(asked.contact):
        await sql.execute("select 1 from duty_request where id = $1 for update", asked.request.id)
        waiting = asyncio.create_task(
            send("ConfirmReturns", contact(asked.area, asked.school), requestIds=[request_id(asked)], answers=[]),
            context=contextvars.Context(),  # another request, so not in this scope
        )
        await _someone_waits_for_a_lock(database)
        saved = {"area_id": asked.area.id, "request_id": asked.request.id, "version": 1, "answers": ANSWERS}
        await returns.save_draft(by=asked.contact, **saved)
    answer = await waiting
    assert answer["sent"] == 1, answer
    async with tenant_scope(asked.contact, readonly=True):
        stored = await sql.fetch_value("select answers::text from submission where request_id = $1", asked.request.id)
    assert "Maya Thornton" in stored


async def _someone_waits_for_a_lock(database: Cluster) -> None:
    connection = await asyncpg.connect(database.superuser)

    async def waits() -> bool:
        return bool(await connection.fetchval("select count(*) from pg_locks where not granted"))

    try:
        await until(waits, why=lambda: "nobody waits")
    finally:
        await connection.close()
