"""The agencies' side: safeguarding leads, trust leads and other agencies' contacts who answer, ask, or decline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backend.demo.duty_texts import CONFIRMED, answers_of
from backend.demo.names import name_of
from backend.demo.pace import share
from backend.demo.people import answering_schools
from backend.demo.plan import Mood
from backend.demo.schools import School, schools, trusts
from tenants.cooperation.queries import agencies as agency_queries
from tenants.cooperation.queries.requests import RequestRow
from tenants.cooperation.service import replies, telling
from tenants.cooperation.service import returns as service
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope

if TYPE_CHECKING:
    from backend.demo.cooperation import Area

#: whom the demo introduces: the school has begun this year's return, the trust has left one school of each area open
MET_SCHOOL, MET_TRUST = 960001, 96001
_QUESTION = "May our lead also serve the infant school next door, if each school has a deputy?"
_REFUSAL = "The proprietor holds that the school is not bound to answer and has asked for the legal basis in writing."


async def last_year(area: Area, requests: list[RequestRow]) -> None:
    """Let those who have an account acknowledge the arrangements, and the first of them answer last year's return."""
    by_urn = _by_urn(area, requests)
    contacts = answering_schools(area.world.scale, area.plan)
    for number, school in enumerate(contacts):
        contact = await area.world.actor(f"school-{school.urn}")
        request = by_urn[school.urn]
        async with tenant_scope(contact):
            if number % 5:
                await telling.acknowledge(by=contact, area_id=area.area_id, agency_id=request.agency_id, version=2)
            if share(number, len(contacts), area.pace.last):
                await _submit(area, contact, school, request, second=False)
    for lead, run in await _trusts(area, part=area.pace.last):
        await _confirm(area, lead, run, by_urn, second=False)


async def this_year(area: Area, requests: list[RequestRow]) -> None:
    """Let schools and trusts answer this year's return as far as the area has come."""
    by_urn = _by_urn(area, requests)
    contacts = answering_schools(area.world.scale, area.plan)
    left = []
    for number, school in enumerate(contacts):
        if school.urn != MET_SCHOOL and share(number, len(contacts), area.pace.returned):
            contact = await area.world.actor(f"school-{school.urn}")
            async with tenant_scope(contact):
                await _submit(area, contact, school, by_urn[school.urn], second=True)
                if number % 40 == 1:
                    await replies.post_message(
                        by=contact, area_id=area.area_id, request_id=by_urn[school.urn].id, body=_QUESTION
                    )
        else:
            left.append(school)
    for lead, run in await _trusts(area, part=area.pace.returned):
        done = run[:-1] if run[0].trust == MET_TRUST else run
        await _confirm(area, lead, done, by_urn, second=True)
    await _begin(area, left, by_urn)


async def _begin(area: Area, left: list[School], by_urn: Mapping[int, RequestRow]) -> None:
    """Some of those who have not answered have begun; one declines; one takes back what it had sent."""
    for number, school in enumerate(left):
        contact = await area.world.actor(f"school-{school.urn}")
        request = by_urn[school.urn]
        async with tenant_scope(contact):
            if number == 0 and area.plan.mood in (Mood.DISPUTE, Mood.STRUGGLING):
                await service.decline(
                    by=contact, area_id=area.area_id, request_id=request.id, version=1, reason=_REFUSAL
                )
            elif number == 1:
                await _submit(area, contact, school, request, second=True)
                await service.withdraw(by=contact, area_id=area.area_id, request_id=request.id, version=2)
            elif number in (0, 2) or share(number, len(left), area.pace.started):
                began = area.world.days.academic_year
                given = answers_of(school, lead=contact.name, began=began, second=True)
                kept = {key: given[key] for key in ("follows", "lead", "policy")}
                await service.save_draft(
                    by=contact, area_id=area.area_id, request_id=request.id, version=1, answers=kept
                )


async def from_agencies(area: Area, requests: list[RequestRow]) -> None:
    """Let the contacts of other agencies acknowledge this year's version; every second one answers too."""
    subjects = {organisation: key for key, organisation in area.world.organisations.items()}
    for number, request in enumerate(requests):
        contact = await area.world.actor(subjects[request.organisation_id].replace(":", "-"), anew=True)
        async with tenant_scope(contact):
            found = await agency_queries.agency(area_id=area.area_id, agency_id=request.agency_id)
            assert found is not None
            await telling.acknowledge(
                by=contact, area_id=area.area_id, agency_id=request.agency_id, version=found.version
            )
            if number % 2 == 0:
                await service.submit(
                    by=contact, area_id=area.area_id, request_id=request.id, version=1, answers=CONFIRMED
                )


async def _submit(area: Area, contact: Actor, school: School, request: RequestRow, *, second: bool) -> None:
    days = area.world.days
    began = days.academic_year if second else days.last_academic_year
    await service.submit(
        by=contact, area_id=area.area_id, request_id=request.id, version=1, confirm_prefilled=True,
        answers=answers_of(school, lead=contact.name, began=began, second=second),
    )  # fmt: skip


async def _trusts(area: Area, *, part: float) -> list[tuple[Actor, list[School]]]:
    """Return the trusts' leads with the schools that each runs here."""
    here = [school for school in schools(area.world.scale) if school.area == area.plan.slug]
    run = {trust.uid: [school for school in here if school.trust == trust.uid] for trust in trusts(area.world.scale)}
    present = [(uid, its) for uid, its in run.items() if its]
    return [
        (await area.world.actor(f"trust-{uid}"), its)
        for number, (uid, its) in enumerate(present)
        if share(number, len(present), part)
    ]


async def _confirm(
    area: Area, lead: Actor, run: list[School], by_urn: Mapping[int, RequestRow], *, second: bool
) -> None:
    days = area.world.days
    began = days.academic_year if second else days.last_academic_year
    async with tenant_scope(lead):
        for school in run:
            given = answers_of(school, lead=name_of(800 + school.number % 900), began=began, second=second)
            await service.confirm(by=lead, area_id=area.area_id, request_id=by_urn[school.urn].id, answers=given)


def _by_urn(area: Area, requests: list[RequestRow]) -> dict[int, RequestRow]:
    return {area.urns[request.organisation_id]: request for request in requests}
