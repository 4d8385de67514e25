"""Lists in pages: nothing twice, nothing left out, also among namesakes, and at both ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from infra.clock import today
from tenants.cooperation.queries import agencies, requests
from tenants.cooperation.queries.requests import Wanted
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import ask, asked_school, chosen_school, contact, send, trust_lead
from tests.support.organisations import make_trust
from tests.support.world import AreaMade, make_area, manager

Page = Callable[[Sequence[Any] | None, int], Awaitable[list[Any]]]
NAMES = ("Ash School", "Birch School", "Birch School", "Birch School", "ash school", "Zoë's School", "Élan School")


async def all_pages(page: Page, key: Callable[[Any], Sequence[Any]], *, size: int) -> list[Any]:
    """Walk through a list as a client does: each page begins after the last row of the one before."""
    rows: list[Any] = []
    after: Sequence[Any] | None = None
    while found := await page(after, size):
        assert len(found) <= size
        rows += found
        after = key(found[-1])
    return rows


async def schools(area: AreaMade) -> list[UUID]:
    return [await chosen_school(area, name=name) for name in NAMES]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
async def test_agencies_in_pages_are_the_whole_list(database: Cluster, size: int) -> None:
    area = await make_area()
    await schools(area)
    async with tenant_scope(manager(area), readonly=True):
        whole = await agencies.agencies(area_id=area.id, limit=50)
        paged = await all_pages(
            lambda after, limit: agencies.agencies(area_id=area.id, after=after, limit=limit),
            lambda row: (row.name, row.id),
            size=size,
        )
    assert paged == whole
    assert sorted(row.name for row in paged) == sorted(NAMES)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
async def test_requests_in_pages_are_the_whole_list(database: Cluster, size: int) -> None:
    area = await make_area()
    await schools(area)
    cycle_id = await ask(area)
    where = Wanted(cycle_id=cycle_id)
    async with tenant_scope(manager(area), readonly=True):
        whole = await requests.requests(area_id=area.id, where=where, limit=50)
        paged = await all_pages(
            lambda after, limit: requests.requests(area_id=area.id, where=where, after=after, limit=limit),
            lambda row: (row.agency_name, row.id),
            size=size,
        )
    assert paged == whole
    assert len(paged) == len(NAMES)


@pytest.mark.parametrize("size", [1, 2, 5, 50])
async def test_a_trusts_list_over_two_areas_and_two_due_days_is_whole(database: Cluster, size: int) -> None:
    here, there = await make_area(), await make_area()
    trust = await make_trust(here, there)
    made = [await chosen_school(area, name="Birch Academy", trust_id=trust) for area in (here, there, here, there)]
    for days, area in ((30, here), (30, there), (40, here)):
        await ask(area, due_on=today() + timedelta(days=days))
    lead = trust_lead(trust, *made, areas=(here, there))
    async with tenant_scope(lead, readonly=True):
        paged = await all_pages(
            lambda after, limit: requests.requests_of_organisations(organisation_ids=made, after=after, limit=limit),
            lambda row: (row.due_on.isoformat(), row.agency_name, str(row.id)),
            size=size,
        )
    assert len({row.id for row in paged}) == len(paged) == 6
    assert [row.due_on for row in paged] == sorted(row.due_on for row in paged)


async def test_after_the_last_there_is_nothing(database: Cluster) -> None:
    area = await make_area()
    await schools(area)
    async with tenant_scope(manager(area), readonly=True):
        last = (await agencies.agencies(area_id=area.id, limit=50))[-1]
        assert await agencies.agencies(area_id=area.id, after=(last.name, last.id)) == []


async def test_a_row_that_is_gone_from_the_filter_is_no_obstacle(database: Cluster) -> None:
    """A page link made before its last row was answered still leads on from there."""
    area = await make_area()
    await chosen_school(area, name="Zelkova School")
    asked = await asked_school(area)
    where = Wanted(cycle_id=asked.request.cycle_id, state="not_started")
    await send(asked)
    async with tenant_scope(manager(area), readonly=True):
        after = (asked.request.agency_name, asked.request.id)
        rest = await requests.requests(area_id=area.id, where=where, after=after)
    assert [row.agency_name for row in rest] == ["Zelkova School"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("birch", 3),
        ("BIRCH", 3),
        ("ash", 2),
        ("%", 0),
        ("_", 0),
        ("zoë", 1),
        ("'", 1),
        ("\\", 0),
        (" School", 7),
    ],
)
async def test_a_search_is_for_the_text_itself(database: Cluster, search: str, found: int) -> None:
    area = await make_area()
    await schools(area)
    async with tenant_scope(manager(area), readonly=True):
        rows = await agencies.agencies(area_id=area.id, search=search)
    assert len(rows) == found


async def test_filters_narrow_together(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area, name="Late School")
    asked = await asked_school(area, opens_on=today() - timedelta(days=60), due_on=today() - timedelta(days=1))
    await send(asked)
    async with tenant_scope(manager(area), readonly=True):
        for where, expected in (
            (Wanted(late=True), ["Late School"]),
            (Wanted(late=True, search="meadow"), []),
            (Wanted(state="submitted"), ["Meadow Primary School"]),
            (Wanted(state="submitted", late=True), []),
            (Wanted(agency_id=asked.request.agency_id), ["Meadow Primary School"]),
            (Wanted(step=0), ["Late School", "Meadow Primary School"]),
            (Wanted(step=1), []),
            (Wanted(question_open=True), []),
        ):
            rows = await requests.requests(area_id=area.id, where=where)
            assert [row.agency_name for row in rows] == expected, where


async def test_a_schools_own_list_leaves_out_what_was_answered_when_asked_for_what_is_open(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    async with tenant_scope(contact(asked.area, asked.school), readonly=True):
        open_before = await requests.requests_of_organisations(organisation_ids=[asked.school], open_only=True)
    await send(asked)
    async with tenant_scope(contact(asked.area, asked.school), readonly=True):
        open_after = await requests.requests_of_organisations(organisation_ids=[asked.school], open_only=True)
        everything = await requests.requests_of_organisations(organisation_ids=[asked.school])
    assert (len(open_before), len(open_after), len(everything)) == (1, 0, 1)
