"""The area's side of cooperation: agencies chosen and told, duties asked in two years, replies, follow-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from backend.demo import returns
from backend.demo.duty_texts import SCHOOL_CATEGORIES, confirmation, yearly_return
from backend.demo.pace import PACES, Pace, share
from backend.demo.plan import AreaPlan, Mood, agencies_of
from backend.demo.world import World, do, side_by_side
from infra.working_days import add_working_days
from tenants.cooperation.queries import agencies as agency_queries
from tenants.cooperation.queries import requests as request_queries
from tenants.cooperation.queries.requests import RequestRow, Wanted
from tenants.cooperation.service import choosing, duties, follow_up, reminders, replies, telling
from tenants.organisations import queries as register
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope, worker_actor

MOST = 5_000


@dataclass(kw_only=True)
class Area:
    """One area's cooperation being written."""

    world: World
    plan: AreaPlan
    area_id: int
    by: Actor
    pace: Pace
    urns: dict[UUID, int] = field(default_factory=dict)

    async def act(self, verb: Any, **inputs: Any) -> Any:
        """Run one use case of the area's manager."""
        return await do(self.by, verb, area_id=self.area_id, **inputs)

    async def requests(self, cycle_id: UUID, **where: Any) -> list[RequestRow]:
        """Return the cycle's requests as the manager reads them."""
        async with tenant_scope(self.by, readonly=True):
            return await request_queries.requests(
                area_id=self.area_id, where=Wanted(cycle_id=cycle_id, **where), limit=MOST
            )


async def ask_agencies(world: World, *, tell: Callable[[str], None]) -> None:
    """Write every area's cooperation."""

    async def write(plan: AreaPlan) -> None:
        tell(f"cooperation in {plan.name}")
        await _area(world, plan)

    await side_by_side(world, write)


async def _area(world: World, plan: AreaPlan) -> None:
    by, area_id = await world.manager(plan.slug), world.areas[plan.slug]
    area = Area(world=world, plan=plan, area_id=area_id, by=by, pace=PACES[plan.mood])
    async with tenant_scope(by, readonly=True):
        found = await register.organisations_in_area(area_id=area_id, kind="establishment", limit=MOST)
    area.urns = {school.id: school.urn for school in found if school.urn is not None}
    await _choose(area)
    if plan.mood is Mood.SETTING_UP:
        return
    days = world.days
    await _tell(area, on=days.last_academic_year + timedelta(days=5), version=str(days.last_academic_year.year))
    last, this = await _ask_schools(area)
    await _reply_to_all(area, last)
    await returns.this_year(area, await area.requests(this))
    await _reply(area, await area.requests(this, state="submitted"))
    await _ask_others(area)
    await _follow_up(area, await area.requests(this, late=True))
    sender = worker_actor("cooperation.remind", areas=[area_id])
    await do(sender, reminders.send_due_reminders, area_id=area_id)


async def _choose(area: Area) -> None:
    """Every school, the agencies that work here, and one that was considered and not chosen."""
    await area.act(
        choosing.choose_establishments, categories=SCHOOL_CATEGORIES,
        reason="It educates children who live in the area.",
        expectation="Name a designated safeguarding lead, follow the arrangements and answer the yearly return.",
    )  # fmt: skip
    contacts = {f"agency-{agency.key}": agency for agency in agencies_of(area.world.scale)}
    for agency in contacts.values():
        if area.plan.slug in agency.areas:
            found = await area.act(
                choosing.choose, organisation_id=area.world.organisations[f"agency:{agency.key}"],
                category=agency.category, reason="It works with children and families in the area.",
                expectation="Share what the partners ask for and send someone to the executive twice a year.",
            )  # fmt: skip
            note = "Met their new lead in the spring; wants a shorter form."
            await area.act(choosing.add_note, agency_id=found, body=note)
    away = next((one for one in contacts.values() if area.plan.slug not in one.areas), None)
    if away is not None:
        await area.act(
            choosing.choose, organisation_id=area.world.organisations[f"agency:{away.key}"], category=away.category,
            reason="It closed its service here last year.", chosen=False,
        )  # fmt: skip


async def _tell(area: Area, *, on: date, version: str) -> None:
    async with tenant_scope(area.by, readonly=True):
        chosen = await agency_queries.agencies(area_id=area.area_id, limit=MOST)
    ids = [one.id for one in chosen if one.state not in ("not_selected", "ceased")]
    await area.act(telling.tell, agency_ids=ids, told_on=on, channel="email", arrangements_version=version)


async def _ask_schools(area: Area) -> tuple[UUID, UUID]:
    """Ask last year's return, let the schools answer it, and ask this year's; return the two cycles."""
    days = area.world.days
    opened, due = days.last_academic_year + timedelta(days=14), days.last_academic_year + timedelta(days=150)
    text = yearly_return(opens_on=opened, due_on=due, second=False)
    duty_id = await area.act(duties.draft_duty, text=text)
    await area.act(duties.publish_duty, duty_id=duty_id, version=1)
    last = await area.act(duties.open_cycle, duty_id=duty_id)
    await returns.last_year(area, await area.requests(last))
    text = yearly_return(opens_on=days.academic_year + timedelta(days=9), due_on=_due(area), second=True)
    await area.act(duties.revise_duty, duty_id=duty_id, version=2, text=text)
    await area.act(duties.publish_duty, duty_id=duty_id, version=3)
    return last, await area.act(duties.open_cycle, duty_id=duty_id)


def _due(area: Area) -> date:
    """Return the day: in the areas that are well under way one whose first reminder has just come."""
    days = area.world.days
    if area.plan.mood in (Mood.EXCELLENT, Mood.GOOD):
        return add_working_days(days.today, 8)
    return days.ahead(area.pace.due) if area.pace.due > 0 else days.ago(-area.pace.due)


async def _reply_to_all(area: Area, cycle_id: UUID) -> None:
    sent = [request.id for request in await area.requests(cycle_id, state="submitted")]
    comment = "Thank you. The themes of all returns are in our yearly report, with what we will do about them."
    for start in range(0, len(sent), 200):
        await area.act(replies.accept_many, request_ids=sent[start : start + 200], comment=comment)


async def _reply(area: Area, sent: list[RequestRow]) -> None:
    """Accept most of what has been replied to; ask one school for more; answer one of two questions."""
    chosen = [one for number, one in enumerate(sent) if share(number, len(sent), area.pace.replied)]
    if len(chosen) > 1:
        short = chosen.pop()
        await area.act(
            replies.reply, request_id=short.id, version=short.version, outcome="more_needed",
            comment="Thank you. Please add the date on which your lead last trained: the one given is in the future.",
        )  # fmt: skip
    if chosen:
        ids = [one.id for one in chosen]
        await area.act(replies.accept_many, request_ids=ids, comment="Thank you: complete and clear.")
    asked = [one for one in sent if one.question_open]
    for one in asked[:1]:
        body = "Yes: one lead may serve two schools if each has a deputy on site."
        await area.act(replies.post_message, request_id=one.id, body=body)


async def _ask_others(area: Area) -> None:
    """Tell the agencies beside schools of this year's version, and ask them to confirm it."""
    days = area.world.days
    opened = days.academic_year + timedelta(days=12)
    async with tenant_scope(area.by, readonly=True):
        chosen = await agency_queries.agencies(area_id=area.area_id, limit=MOST)
    others = [one for one in chosen if one.organisation_id not in area.urns and one.state != "not_selected"]
    if not others:
        return
    version = str(days.academic_year.year)
    await area.act(
        telling.tell, agency_ids=[one.id for one in others], told_on=opened, channel="meeting",
        arrangements_version=version,
    )  # fmt: skip
    text = confirmation(opens_on=opened, due_on=max(_due(area), opened))
    duty_id = await area.act(duties.draft_duty, text=text)
    await area.act(duties.publish_duty, duty_id=duty_id, version=1)
    cycle_id = await area.act(duties.open_cycle, duty_id=duty_id, arrangements_version=version)
    await returns.from_agencies(area, await area.requests(cycle_id))


async def _follow_up(area: Area, late: list[RequestRow]) -> None:
    """Take the first few of the late ones up the ladder, each with a reason."""
    steps = 4 if area.plan.mood is Mood.STRUGGLING else 2
    for number, request in enumerate(late[:12]):
        to = 1 + number % steps
        reason = "No answer to the reminder." if to == 1 else "No answer to two reminders and a call."
        await area.act(follow_up.move_step, request_id=request.id, from_step=0, to_step=to, reason=reason)
