"""Agencies, duties and requests for the tests, all made through the services as the people who would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from infra.clock import today
from tenants.cooperation.queries import duties as duty_queries
from tenants.cooperation.queries import requests as request_queries
from tenants.cooperation.queries.requests import RequestRow, Wanted
from tenants.cooperation.rules.answers import Answer
from tenants.cooperation.rules.duties import Question
from tenants.cooperation.service import choosing, duties, returns
from tenants.cooperation.service.duty_text import DutyText
from tenants.tenancy.actor import Actor, Grant
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.organisations import make_school
from tests.support.world import AreaMade, actor, manager

MAINTAINED = "maintained_school_governing_body"

QUESTIONS = (
    Question(key="follows", kind="yes_no", text="Does your governing body follow the local arrangements?"),
    Question(key="reviewed", kind="date", text="When was your child protection policy last reviewed?"),
    Question(key="policy", kind="link", text="Where is the policy published?", required=False),
    Question(key="lead", kind="named_person", text="Who is your designated safeguarding lead?"),
    Question(key="note", kind="text", text="Is there anything else we should know?", required=False),
)
ANSWERS = {
    "follows": Answer(value="yes"),
    "reviewed": Answer(value="2026-09-14"),
    "lead": Answer(value="Maya Thornton", post="Deputy head", email="maya@meadow.example.org"),
}


def duty_text(**changes: Any) -> DutyText:
    """Return the text of a yearly safeguarding return for maintained schools."""
    text = DutyText(
        title="Yearly safeguarding return",
        body="Tell us how your school keeps children safe, so that we can help where it is hard.",
        legal_basis=("ca2004_16h", "ea2002_175"),
        cycle="each_academic_year",
        categories=(MAINTAINED,),
        questions=QUESTIONS,
        opens_on=today() - timedelta(days=20),
        due_on=today() + timedelta(days=30),
    )
    return replace(text, **changes)


def contact(area: AreaMade, organisation_id: UUID, name: str = "Maya Contact") -> Actor:
    """Return a school's safeguarding contact, whose grant was made by that area (not stored)."""
    return actor(Role.ESTABLISHMENT_CONTACT, area_id=area.id, organisation_id=organisation_id, name=name)


def trust_lead(trust_id: UUID, *schools: UUID, areas: tuple[AreaMade, ...]) -> Actor:
    """Return a trust's lead, who reaches the trust and its schools in every area (not stored)."""
    return replace(
        actor(Role.TRUST_LEAD, organisation_id=trust_id, name="Theo Trustlead"),
        grants=(Grant(role=Role.TRUST_LEAD, organisation_id=trust_id),),
        reach=frozenset({(None, trust_id), *((None, school) for school in schools)}),
        visits=frozenset(area.id for area in areas),
    )


async def choose(area: AreaMade, organisation_id: UUID, **changes: Any) -> UUID:
    """Choose an organisation as the area's manager; return the agency's id."""
    async with tenant_scope(manager(area)):
        return await choosing.choose(
            by=manager(area),
            area_id=area.id,
            organisation_id=organisation_id,
            **{"reason": "It educates children who live here.", **changes},
        )


async def chosen_school(area: AreaMade, name: str = "Meadow Primary School", *, trust_id: UUID | None = None) -> UUID:
    """Make a school that the area has chosen; return its organisation's id."""
    school = await make_school(area, name=name, trust_id=trust_id)
    await choose(area, school)
    return school


async def published_duty(area: AreaMade, **changes: Any) -> UUID:
    """Write and publish a duty; return its id."""
    who = manager(area)
    async with tenant_scope(who):
        duty_id = await duties.draft_duty(by=who, area_id=area.id, text=duty_text(**changes))
        await duties.publish_duty(by=who, area_id=area.id, duty_id=duty_id, version=1)
    return duty_id


async def open_cycle(
    area: AreaMade, duty_id: UUID, *, opens_on: date | None = None, due_on: date | None = None
) -> UUID:
    """Ask everyone in scope; return the cycle's id."""
    async with tenant_scope(manager(area)):
        return await duties.open_cycle(
            by=manager(area), area_id=area.id, duty_id=duty_id, opens_on=opens_on, due_on=due_on
        )


async def ask(area: AreaMade, **changes: Any) -> UUID:
    """Publish a duty and ask everyone in scope; return the cycle's id."""
    return await open_cycle(area, await published_duty(area, **changes))


async def request_of(area: AreaMade, organisation_id: UUID, *, cycle_id: UUID | None = None) -> RequestRow:
    """Return the one request to an organisation (in a cycle), read as the area's manager."""
    async with tenant_scope(manager(area), readonly=True):
        rows = await request_queries.requests(area_id=area.id, where=Wanted(cycle_id=cycle_id), limit=500)
    (found,) = [row for row in rows if row.organisation_id == organisation_id]
    return found


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An area whose one school has been asked for its return."""

    area: AreaMade
    school: UUID
    contact: Actor
    request: RequestRow


async def asked_school(area: AreaMade, **changes: Any) -> Asked:
    """Make a chosen school in the area and ask it."""
    school = await chosen_school(area)
    await ask(area, **changes)
    return Asked(area=area, school=school, contact=contact(area, school), request=await request_of(area, school))


async def do(by: Actor, verb: Callable[..., Any], **inputs: Any) -> Any:
    """Run one service verb as `by`, in a transaction of its own."""
    async with tenant_scope(by):
        return await verb(by=by, **inputs)


async def send(asked: Asked, **changes: Any) -> RequestRow:
    """Send the school's return as its contact; return the request as it is then."""
    await do(asked.contact, returns.submit, **{
        "area_id": asked.area.id, "request_id": asked.request.id, "version": asked.request.version,
        "answers": ANSWERS, **changes,
    })  # fmt: skip
    return await request_of(asked.area, asked.school, cycle_id=asked.request.cycle_id)


async def duty_of(area: AreaMade, duty_id: UUID) -> duty_queries.DutyRow:
    """Return a duty as the area's manager reads it."""
    async with tenant_scope(manager(area), readonly=True):
        found = await duty_queries.duty(area_id=area.id, duty_id=duty_id)
    assert found is not None
    return found
