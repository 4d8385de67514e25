"""A trust's lead: all their schools in all areas, confirmed one by one, each in its own transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from infra.clock import today
from tenants.cooperation.queries import records
from tenants.cooperation.queries import requests as request_queries
from tenants.cooperation.rules.answers import Answer
from tenants.cooperation.service import returns
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound, Problems, WrongState
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import (
    ANSWERS,
    ask,
    chosen_school,
    contact,
    do,
    open_cycle,
    published_duty,
    request_of,
    trust_lead,
)
from tests.support.organisations import make_trust
from tests.support.world import AreaMade, make_area


async def confirm(by: Actor, area: AreaMade, school: UUID, **changes: Any) -> UUID:
    request = await request_of(area, school)
    submission: UUID = await do(by, returns.confirm, area_id=area.id, request_id=request.id, **changes)
    return submission


async def mine(by: Actor, *schools: UUID, **where: Any) -> list[tuple[int, str]]:
    async with tenant_scope(by, readonly=True):
        rows = await request_queries.requests_of_organisations(organisation_ids=schools, **where)
    return [(row.area_id, row.agency_name) for row in rows]


async def test_a_lead_sees_their_schools_in_every_area_and_no_other(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    trust = await make_trust(here, there)
    first = await chosen_school(here, name="First Academy", trust_id=trust)
    second = await chosen_school(there, name="Second Academy", trust_id=trust)
    stranger = await chosen_school(here, name="Stranger School")
    await ask(here)
    await ask(there, due_on=today() + timedelta(days=40))
    lead = trust_lead(trust, first, second, areas=(here, there))
    assert await mine(lead, first, second, stranger) == [(here.id, "First Academy"), (there.id, "Second Academy")]
    assert await mine(lead, first, second, area_id=there.id) == [(there.id, "Second Academy")]
    assert await mine(contact(here, first), first, second) == [(here.id, "First Academy")]


async def test_the_list_is_paged_by_due_day_and_name(database: Cluster) -> None:
    area = await make_area()
    trust = await make_trust(area)
    schools = [await chosen_school(area, name=f"Academy {letter}", trust_id=trust) for letter in "ABC"]
    await ask(area)
    lead = trust_lead(trust, *schools, areas=(area,))
    async with tenant_scope(lead, readonly=True):
        first = await request_queries.requests_of_organisations(organisation_ids=schools, limit=2)
    last = first[-1]
    after = (last.due_on.isoformat(), last.agency_name, str(last.id))
    assert await mine(lead, *schools, after=after) == [(area.id, "Academy C")]


async def test_one_answer_for_all_schools_lies_over_what_each_said_last_year(database: Cluster) -> None:
    area = await make_area()
    trust = await make_trust(area)
    school = await chosen_school(area, trust_id=trust)
    duty_id = await published_duty(area)
    await open_cycle(area, duty_id, opens_on=today() - timedelta(days=400), due_on=today() - timedelta(days=300))
    lead = trust_lead(trust, school, areas=(area,))
    await confirm(lead, area, school, answers=ANSWERS)
    cycle = await open_cycle(area, duty_id)
    request = await request_of(area, school, cycle_id=cycle)
    shared = {"reviewed": Answer(value="2026-10-01"), "not_asked_here": Answer(value="x")}
    await do(lead, returns.confirm, area_id=area.id, request_id=request.id, answers=shared)
    async with tenant_scope(lead, readonly=True):
        (sent,) = (await records.record(area_id=area.id, request_id=request.id)).submissions
    assert sent.answers == {**ANSWERS, "reviewed": Answer(value="2026-10-01")}
    assert set(sent.reused) == {"follows", "lead"}


async def test_confirming_twice_has_one_effect(database: Cluster) -> None:
    area = await make_area()
    trust = await make_trust(area)
    school = await chosen_school(area, trust_id=trust)
    await ask(area)
    lead = trust_lead(trust, school, areas=(area,))
    first = await confirm(lead, area, school, answers=ANSWERS)
    assert await confirm(lead, area, school, answers={}) == first


async def test_what_a_colleague_declined_is_not_sent_among_many(database: Cluster) -> None:
    area = await make_area()
    trust = await make_trust(area)
    school = await chosen_school(area, trust_id=trust)
    await ask(area)
    lead, asked = trust_lead(trust, school, areas=(area,)), await request_of(area, school)
    why = {"version": asked.version, "reason": "We are closing in July."}
    await do(lead, returns.decline, area_id=area.id, request_id=asked.id, **why)
    with pytest.raises(WrongState, match="Answer it by itself"):
        await confirm(lead, area, school, answers=ANSWERS)
    declined = await request_of(area, school)
    assert declined.state == "declined"
    await do(
        lead, returns.submit, area_id=area.id, request_id=asked.id, version=declined.version, answers=ANSWERS
    )
    assert (await request_of(area, school)).state == "submitted"


async def test_a_school_with_nothing_to_carry_over_needs_its_own_answers(database: Cluster) -> None:
    area = await make_area()
    trust = await make_trust(area)
    school = await chosen_school(area, trust_id=trust)
    await ask(area)
    with pytest.raises(Problems) as found:
        await confirm(trust_lead(trust, school, areas=(area,)), area, school)
    assert [problem.field for problem in found.value.problems] == [
        "answers.follows", "answers.reviewed", "answers.lead",
    ]  # fmt: skip
    assert (await request_of(area, school)).state == "not_started"


async def test_a_lead_confirms_for_no_school_of_another_trust(database: Cluster) -> None:
    area = await make_area()
    trust, other = await make_trust(area), await make_trust(area, name="Other Trust")
    own = await chosen_school(area, trust_id=trust)
    theirs = await chosen_school(area, name="Their Academy", trust_id=other)
    await ask(area)
    with pytest.raises(NotFound):
        await confirm(trust_lead(trust, own, areas=(area,)), area, theirs, answers=ANSWERS)
    sister = await chosen_school(area, name="Sister Academy", trust_id=trust)
    with pytest.raises(NotFound):
        await confirm(contact(area, sister), area, own, answers=ANSWERS)
