"""The latest request of each agency of a list: which one it is, who sees it, what it costs."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from infra.clock import today
from infra.database import sql
from infra.database.scope import observer
from tenants.cooperation.queries.requests import LatestReturn, latest_returns
from tenants.cooperation.service import follow_up, returns
from tenants.tenancy.actor import Actor
from tenants.tenancy.context import current_key
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import (
    Asked,
    asked_school,
    chosen_school,
    contact,
    do,
    request_of,
    send,
)
from tests.support.cooperation import ask as ask_all
from tests.support.world import make_area, manager

SOON, LATER = today() + timedelta(days=40), today() + timedelta(days=80)


async def latest(by: Actor, *asked: tuple[int, UUID]) -> dict[tuple[int, UUID], LatestReturn]:
    async with tenant_scope(by, readonly=True):
        return await latest_returns(agencies=asked)


def key(asked: Asked) -> tuple[int, UUID]:
    return asked.area.id, asked.request.agency_id


async def asked_again(asked: Asked, *, due_on: date, title: str) -> None:
    await ask_all(asked.area, title=title, opens_on=today(), due_on=due_on)


async def test_an_agency_that_was_never_asked_is_left_out(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area)
    async with tenant_scope(manager(area), readonly=True):
        agency_id = await sql.fetch_value("select id from relevant_agency where area_id = $1", area.id)
        assert await latest_returns(agencies=[(area.id, agency_id)]) == {}
        assert await latest_returns(agencies=[]) == {}


@pytest.mark.parametrize("days", [(SOON, LATER), (LATER, SOON)])
async def test_it_is_the_one_due_last_whichever_was_asked_first(database: Cluster, days: tuple[date, date]) -> None:
    asked = await asked_school(await make_area(), due_on=today())
    for day in days:
        await asked_again(asked, due_on=day, title=f"Return due on {day}")
    found = (await latest(manager(asked.area), key(asked)))[key(asked)]
    assert (found.title, found.due_on, found.state) == (f"Return due on {LATER}", LATER, "not_started")


async def test_of_two_due_the_same_day_it_is_the_one_asked_last(database: Cluster) -> None:
    asked = await asked_school(await make_area(), due_on=SOON)
    await asked_again(asked, due_on=SOON, title="The second of the day")
    assert (await latest(manager(asked.area), key(asked)))[key(asked)].title == "The second of the day"


async def test_it_follows_the_answer(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    by = manager(asked.area)
    assert (await latest(by, key(asked)))[key(asked)].submitted_at is None
    sent = await send(asked)
    found = (await latest(by, key(asked)))[key(asked)]
    assert (found.state, found.submitted_at) == ("submitted", sent.submitted_at)
    on = {"area_id": asked.area.id, "request_id": asked.request.id}
    await do(asked.contact, returns.withdraw, version=sent.version, **on)
    found = (await latest(by, key(asked)))[key(asked)]
    assert (found.state, found.submitted_at) == ("draft", None)


async def test_a_request_that_was_stopped_is_still_the_latest(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    on: dict[str, Any] = {"area_id": asked.area.id, "request_id": asked.request.id, "version": asked.request.version}
    await do(manager(asked.area), follow_up.cancel_request, reason="Asked by mistake.", **on)
    assert (await latest(manager(asked.area), key(asked)))[key(asked)].state == "cancelled"


async def test_a_school_reads_its_own_and_no_neighbours(database: Cluster) -> None:
    area = await make_area()
    neighbour = await chosen_school(area, name="Neighbour School")
    asked = await asked_school(area)
    theirs = (area.id, (await request_of(area, neighbour)).agency_id)
    assert list(await latest(asked.contact, key(asked), theirs)) == [key(asked)]
    assert list(await latest(contact(area, neighbour), key(asked), theirs)) == [theirs]


async def test_another_area_reads_nothing_and_two_areas_in_one_list_stay_apart(database: Cluster) -> None:
    here, there = await asked_school(await make_area()), await asked_school(await make_area())
    assert list(await latest(manager(here.area), key(here), key(there))) == [key(here)]
    crossed = (here.area.id, there.request.agency_id)
    assert await latest(manager(here.area), crossed) == {}


#: a hundred areas with a hundred agencies asked twice: what is left out of a copy are the rows they refer to
MANY = """
set session_replication_role = replica;
insert into duty_request (area_id, cycle_id, duty_id, duty_version_id, agency_id, organisation_id, agency_name,
    category, title, cycle_label, opens_on, due_on)
select 10000 + area, md5('cycle' || area || year)::uuid, uuidv7(), uuidv7(), md5(area || '.' || agency)::uuid, uuidv7(),
    'School ' || agency, 'maintained_school_governing_body', 'Yearly return', year::text, make_date(year, 9, 1),
    make_date(year + 1, 2, 12)
from generate_series(1, 100) area, generate_series(1, 100) agency, generate_series(2026, 2027) year;
analyze duty_request;
"""


async def test_each_agency_costs_one_probe_of_the_index(database: Cluster) -> None:
    """The plan for an area's manager, under the access rules of the application's login, in a nation of tables."""
    asked = await asked_school(await make_area())
    seen: list[str] = []
    token = observer.set(seen.append)
    await latest(manager(asked.area), key(asked))
    observer.reset(token)
    plan = await _plan_among_many(database, asked, seen[0])
    (probe,) = [node for node in _nodes(plan) if node.get("Relation Name") == "duty_request"]
    assert probe["Index Name"] == "duty_request_latest"
    assert "area_id = wanted.area_id" in probe["Index Cond"]
    assert "agency_id = wanted.agency_id" in probe["Index Cond"]
    assert not [node for node in _nodes(plan) if "Sort" in node["Node Type"]]


async def _plan_among_many(database: Cluster, asked: Asked, statement: str) -> dict[str, Any]:
    connection = await asyncpg.connect(database.superuser)
    try:
        many = connection.transaction()
        await many.start()
        await connection.execute(MANY)
        context = current_key().sign(manager(asked.area), backend=connection.get_server_pid(), readonly=True)
        await connection.execute("set local role concordat_app")
        await connection.execute("select set_config('concordat.context', $1, true)", context)
        areas, agencies = [asked.area.id] * 50, [uuid4() for _ in range(50)]
        text = await connection.fetchval(f"explain (format json) {statement}", areas, agencies)
        await many.rollback()
        await connection.execute("analyze duty_request")  # the planner's figures of the table are not rolled back
    finally:
        await connection.close()
    plan: dict[str, Any] = json.loads(text)[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for child in plan.get("Plans", []) for node in _nodes(child))]
