"""Each area's partnership with two years of history: who led, who followed, who chairs, what is vacant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from backend.demo.dates import ARRANGEMENTS_BEGAN
from backend.demo.names import MOST, address_of, name_of
from backend.demo.people import people, scrutinised_with
from backend.demo.plan import FORCES, ICBS, AreaPlan, Mood
from backend.demo.world import World, do
from tenants.membership import service
from tenants.membership.rules import EducationLevel, Kind, Office
from tenants.membership.service import Holder
from tenants.tenancy.actor import Actor

ICBS_BEGAN = date(2022, 7, 1)
_FORMER = MOST - 1  # people who have left are named from the far end: nobody's name comes twice


class Partnership:
    """One area's partnership being written by its business manager."""

    def __init__(self, world: World, plan: AreaPlan, manager: Actor) -> None:
        self.world, self.plan, self.by = world, plan, manager
        self.area_id = world.areas[plan.slug]
        self.number = world.plans.index(plan)
        self.named = {one.subject: one for one in people(world.scale)}
        self.delegates: dict[str, UUID] = {}
        self._left = 0

    async def body(self, kind: Kind, name: str, *, key: str, since: date) -> UUID:
        """List a partner body."""
        return await do(
            self.by, service.add_partner, area_id=self.area_id, kind=kind, name=name, valid_from=since,
            organisation_id=self.world.organisations[key],
        )  # fmt: skip

    async def appoint(
        self, office: Office, holder: Holder, *, since: date, until: date | None = None,
        partner: UUID | None = None, seat: UUID | None = None,
    ) -> UUID:  # fmt: skip
        """Appoint a person."""
        return await do(
            self.by, service.appoint, area_id=self.area_id, office=office, holder=holder, valid_from=since,
            valid_to=until, partner_id=partner, seat_id=seat,
        )  # fmt: skip

    async def replace(self, appointment: UUID, holder: Holder, *, on: date, reason: str) -> UUID:
        """Let another person take over from a day."""
        return await do(
            self.by, service.replace_holder, area_id=self.area_id, appointment_id=appointment, version=1,
            holder=holder, valid_from=on, reason=reason,
        )  # fmt: skip

    def person(self, subject: str, post: str) -> Holder:
        """Return somebody with an account as the holder of an office."""
        one = self.named[subject]
        return Holder(
            person_name=one.name, post=post, email=one.email, telephone=f"01632 960 {100 + self.number:03d}",
            person_id=self.world.people[subject],
        )  # fmt: skip

    def former(self, post: str) -> Holder:
        """Return somebody who has left, or never had an account."""
        self._left += 1
        name = name_of(_FORMER - self.number * 40 - self._left)
        return Holder(person_name=name, post=post, email=address_of(name, domain="formerly"))


async def make_partnerships(world: World) -> None:
    """Write every area's membership."""
    for plan in world.plans:
        partnership = Partnership(world, plan, await world.manager(plan.slug))
        await _councils(partnership)
        await _board(partnership)
        await _force(partnership)
        if plan.mood is not Mood.SETTING_UP:
            await _chair(partnership)
            await _scrutineer(partnership)
            await _education(partnership)
            await _groups(partnership)


async def _councils(of: Partnership) -> None:
    """The first council's director changed last year; a council in reorganisation followed the old one in April."""
    for nth, council in enumerate(of.plan.councils):
        name, began = council.name, ARRANGEMENTS_BEGAN
        if of.plan.mood is Mood.REORGANISING:
            name = f"{of.plan.name} District Council"
        body = await of.body(Kind.LOCAL_AUTHORITY, name, key=f"la:{council.code}", since=began)
        if of.plan.mood is Mood.REORGANISING:
            began = of.world.days.financial_year
            body = await _council_follows(of, body, to=council.name, key=f"la:{council.code}", on=began)
        lead = of.person(f"{of.plan.slug}-lead-{council.code}", "Chief executive")
        await of.appoint(Office.LEAD, lead, partner=body, since=began)
        post = "Director of children’s services"
        delegate = of.person(f"{of.plan.slug}-delegate-{council.code}", post)
        if nth == 0 and began == ARRANGEMENTS_BEGAN:
            before = await of.appoint(Office.DELEGATED, of.former(post), partner=body, since=began)
            on = of.world.days.last_academic_year + timedelta(days=30 + of.number * 9)
            appointed = await of.replace(before, delegate, on=on, reason="The director before retired.")
        else:
            appointed = await of.appoint(Office.DELEGATED, delegate, partner=body, since=began)
        of.delegates.setdefault("council", appointed)


async def _council_follows(of: Partnership, body: UUID, *, to: str, key: str, on: date) -> UUID:
    await of.appoint(Office.LEAD, of.former("Chief executive"), partner=body, since=ARRANGEMENTS_BEGAN)
    return await do(
        of.by, service.succeed_partner, area_id=of.area_id, partner_id=body, version=1, on=on, name=to,
        organisation_id=of.world.organisations[key],
        reason="The new unitary council took over under the reorganisation order.",
    )  # fmt: skip


async def _board(of: Partnership) -> None:
    """The integrated care board; where boards merged, the new one follows the old one in April."""
    plan, on = of.plan, of.world.days.financial_year
    first = plan.icb_before or plan.icb
    body = await of.body(Kind.INTEGRATED_CARE_BOARD, ICBS[first][0], key=f"body:{first}", since=ICBS_BEGAN)
    since = ICBS_BEGAN
    if plan.icb_before:
        await of.appoint(Office.LEAD, of.former("Chief executive"), partner=body, since=since)
        await of.appoint(Office.DELEGATED, of.former("Chief nurse"), partner=body, since=since)
        body, since = await do(
            of.by, service.succeed_partner, area_id=of.area_id, partner_id=body, version=1, on=on,
            name=ICBS[plan.icb][0], organisation_id=of.world.organisations[f"body:{plan.icb}"],
            reason="The boards merged by order at the beginning of the financial year.",
        ), on  # fmt: skip
    await of.appoint(Office.LEAD, of.person(f"icb-{plan.icb}", "Chief executive"), partner=body, since=since)
    delegate = f"{plan.slug}-delegate-icb"
    if delegate in of.named:
        post = "Chief nurse"
        of.delegates["board"] = await of.appoint(
            Office.DELEGATED, of.person(delegate, post), partner=body, since=since
        )


async def _force(of: Partnership) -> None:
    """One chief officer leads for every area of the force; in an area that is behind, no delegate is named."""
    body = await of.body(
        Kind.POLICE, FORCES[of.plan.force], key=f"force:{of.plan.force}", since=ARRANGEMENTS_BEGAN
    )
    chief = of.person(f"chief-{of.plan.force}", "Chief constable")
    before = await of.appoint(Office.LEAD, of.former("Chief constable"), partner=body, since=ARRANGEMENTS_BEGAN)
    on = of.world.days.two_years_ago + timedelta(days=45)
    await of.replace(before, chief, on=on, reason="A new chief constable was appointed.")
    post = "Detective chief superintendent, public protection"
    delegate = of.person(f"{of.plan.slug}-delegate-police", post)
    if of.number == 0:
        delegate = replace(delegate, person_id=None)  # has an account, which nobody has linked to the office yet
    appointed = await of.appoint(Office.DELEGATED, delegate, partner=body, since=ARRANGEMENTS_BEGAN)
    if of.plan.mood is Mood.BEHIND:
        await do(
            of.by, service.end_appointment, area_id=of.area_id, appointment_id=appointed, version=1,
            last_day=of.world.days.ago(75), reason="Moved to another command; the force has not named a successor.",
        )  # fmt: skip
    else:
        of.delegates["police"] = appointed


async def _chair(of: Partnership) -> None:
    """The council's delegate chaired first; the board's chief nurse took over this year."""
    days = of.world.days
    first = of.delegates.get("police") or of.delegates["council"]
    since = ARRANGEMENTS_BEGAN if "police" in of.delegates else days.last_academic_year + timedelta(days=200)
    if of.plan.mood is not Mood.REORGANISING:
        await _choose(of, first, since=since, reason="Chosen by the lead safeguarding partners.")
    if "board" in of.delegates:
        on = days.financial_year + timedelta(days=30)
        await _choose(of, of.delegates["board"], since=on, reason="The chair goes round the partners in turn.")


async def _choose(of: Partnership, appointment: UUID, *, since: date, reason: str) -> None:
    await do(
        of.by, service.choose_chair, area_id=of.area_id, appointment_id=appointment, valid_from=since, reason=reason
    )


async def _scrutineer(of: Partnership) -> None:
    """A three-year term; one has declared a tie; the area that struggles has had nobody since the last left."""
    days, mood = of.world.days, of.plan.mood
    began = days.two_years_ago + timedelta(days=60)
    if mood is Mood.STRUGGLING:
        await of.appoint(
            Office.SCRUTINEER, _declared(of.former("Independent scrutineer")), since=began, until=days.ago(120)
        )
        return
    served = scrutinised_with(of.world.plans, of.plan)
    holder = of.person(f"{served[0].slug}-scrutineer", "Independent scrutineer")
    tie = "Was an assistant director of the council until six years ago." if mood is Mood.DISPUTE else None
    until = date(began.year + 3, began.month, began.day) - timedelta(days=1)
    await of.appoint(Office.SCRUTINEER, _declared(holder, tie), since=began, until=until)


def _declared(holder: Holder, tie: str | None = None) -> Holder:
    return Holder(
        person_name=holder.person_name, post=holder.post, email=holder.email, person_id=holder.person_id,
        declared_tie=tie, no_tie=tie is None,
    )  # fmt: skip


async def _education(of: Partnership) -> None:
    """Schools have a voice at both levels, but not in the area that struggles."""
    days = of.world.days
    for level, title in (
        (EducationLevel.STRATEGIC, "Headteacher representative on the executive"),
        (EducationLevel.OPERATIONAL, "Designated safeguarding leads’ representative"),
    ):
        seat = await do(
            of.by, service.add_seat, area_id=of.area_id, title=title, valid_from=days.last_academic_year,
            education_level=level.value,
        )  # fmt: skip
        if of.plan.mood is not Mood.STRUGGLING or level is EducationLevel.OPERATIONAL:
            holder = of.former("Headteacher")
            await of.appoint(Office.SEAT, holder, seat=seat, since=days.last_academic_year + timedelta(days=20))


async def _groups(of: Partnership) -> None:
    """Sub-groups, one of which has done its work and ended."""
    days = of.world.days
    executive = await _group(of, "Executive group", "The delegated safeguarding partners and the scrutineer.")
    await _group(of, "Learning and practice review group", "Reads reviews and sees that what was learnt is done.")
    seat = await do(
        of.by, service.add_seat, area_id=of.area_id, title="Named doctor", valid_from=days.two_years_ago,
        group_id=executive,
    )  # fmt: skip
    await of.appoint(Office.SEAT, of.former("Named doctor"), seat=seat, since=days.last_academic_year)
    if of.number % 3 == 0:
        ended = await _group(of, "Task group on children missing education", "Set up for one year.")
        await do(
            of.by, service.end_group, area_id=of.area_id, group_id=ended, version=1, last_day=days.financial_year,
            reason="The group finished its report.",
        )  # fmt: skip


async def _group(of: Partnership, name: str, purpose: str) -> UUID:
    return await do(
        of.by, service.add_group, area_id=of.area_id, name=name, purpose=purpose, valid_from=of.world.days.two_years_ago
    )
