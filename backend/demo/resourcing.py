"""Two financial years of money in each area: last year's spent, this year's as far as the area has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from backend.demo.plan import AreaPlan, Mood
from backend.demo.world import World, do, side_by_side
from tenants.membership import queries as membership
from tenants.membership.queries.rows import LeadPartner
from tenants.membership.rules import Kind
from tenants.resourcing import queries, service
from tenants.resourcing.queries.rows import ContributionRow, Sheet
from tenants.resourcing.rules import Form, LineKind, State
from tenants.resourcing.service import Pledge
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope

#: what each line takes of the whole, in per cent
_LINES = (
    (LineKind.BUSINESS_SUPPORT, "Business manager, coordinator and administrator", 52),
    (LineKind.SCRUTINY, "Independent scrutineer, 40 days", 11),
    (LineKind.REVIEWS, "Two local child safeguarding practice reviews", 13),
    (LineKind.TRAINING, "Training programme and the yearly conference", 14),
    (LineKind.ANALYSIS, "Data analyst, two days a week", 8),
    (LineKind.OTHER, "Website and printing", 2),
)
#: what each kind of partner gives of the whole, in per cent: for the demonstration only, no formula exists
_SHARES = {Kind.LOCAL_AUTHORITY: 58, Kind.INTEGRATED_CARE_BOARD: 25, Kind.POLICE: 9}


@dataclass(frozen=True, kw_only=True, slots=True)
class Purse:
    """One area's money being written: its manager, its leads as actors, and the whole of its budget in pence."""

    world: World
    plan: AreaPlan
    area_id: int
    by: Actor
    leads: list[tuple[LeadPartner, Actor]]
    whole: int

    async def act(self, verb: Any, *, by: Actor | None = None, **inputs: Any) -> Any:
        """Run one use case in this area, as the manager if nobody else is named."""
        return await do(by or self.by, verb, area_id=self.area_id, **inputs)

    async def sheet(self, year: int) -> Sheet:
        """Return the year's budget with all that belongs to it."""
        async with tenant_scope(self.by, readonly=True):
            found = await queries.sheet(area_id=self.area_id, year=year)
        assert found is not None
        return found


async def fill_purses(world: World) -> None:
    """Write every area's last and current budget."""

    async def write(plan: AreaPlan) -> None:
        purse = await _purse(world, plan)
        if plan.mood is not Mood.SETTING_UP:
            await _last_year(purse)
        await _this_year(purse)

    await side_by_side(world, write)


async def _purse(world: World, plan: AreaPlan) -> Purse:
    by, area_id = await world.manager(plan.slug), world.areas[plan.slug]
    subjects = {account: subject for subject, account in world.people.items()}
    async with tenant_scope(by, readonly=True):
        leads = await membership.lead_partners(area_id=area_id, as_at=world.days.today)
    actors = [(lead, await world.actor(subjects[lead.person_id])) for lead in leads if lead.person_id]
    whole = (140 + 9 * sum(council.share for council in plan.councils)) * 1_000_00
    return Purse(world=world, plan=plan, area_id=area_id, by=by, leads=actors, whole=whole)


async def _last_year(purse: Purse) -> None:
    """Opened, planned, pledged, agreed by every lead, invoiced, received, spent."""
    year, began = purse.world.days.last_financial_year.year, purse.world.days.last_financial_year
    budget_id = await purse.act(service.open_budget, year=year, note="The yearly report gives the outturn.")
    await _plan(purse, budget_id, whole=purse.whole)
    async with tenant_scope(purse.by, readonly=True):  # the bodies of that year: some have been followed by others
        bodies = await membership.lead_partners(area_id=purse.area_id, as_at=began)
    await _pledge(purse, budget_id, bodies)
    await _agree_budget(purse, year)
    sheet = await purse.sheet(year)
    for number, given in enumerate(sheet.contributions):
        await _collect(purse, given, began=began, number=number, until=State.RECEIVED)
    for number, line in enumerate(sheet.lines):
        spent = line.planned_pence * (94 + (purse.area_id + number * 3) % 9) // 100
        await purse.act(service.record_outturn, line_id=line.id, version=line.version, outturn_pence=spent)


async def _plan(purse: Purse, budget_id: UUID, *, whole: int) -> None:
    for kind, description, part in _LINES:
        await purse.act(
            service.add_line, budget_id=budget_id, kind=kind, description=description,
            planned_pence=whole * part // 100,
        )  # fmt: skip


async def _pledge(purse: Purse, budget_id: UUID, bodies: list[LeadPartner]) -> None:
    for body in bodies:
        await _pledge_cash(purse, budget_id, body)
    council = next(body for body in bodies if body.kind is Kind.LOCAL_AUTHORITY)
    in_kind = Pledge(
        form=Form.IN_KIND, amount_pence=purse.whole * 4 // 100, partner_id=council.partner_id,
        valuation_method="Desk and meeting rooms at the council’s internal rate for the year.",
        description="Office and meeting rooms",
    )  # fmt: skip
    other = Pledge(form=Form.CASH, amount_pence=550_00, contributor="Family court advisory service")
    for what in (in_kind, other):
        await purse.act(service.pledge, budget_id=budget_id, what=what)


async def _pledge_cash(purse: Purse, budget_id: UUID, body: LeadPartner) -> None:
    pence = purse.whole * _SHARES[body.kind] // 100
    if body.kind is Kind.LOCAL_AUTHORITY:
        pence //= len(purse.plan.councils)
    payer = "The police and crime commissioner" if body.kind is Kind.POLICE else None
    what = Pledge(form=Form.CASH, amount_pence=pence, partner_id=body.partner_id, payer=payer)
    await purse.act(service.pledge, budget_id=budget_id, what=what)


async def _agree_budget(purse: Purse, year: int, *, but: Kind | None = None) -> None:
    budget = (await purse.sheet(year)).budget
    for by in _signing(purse, but):
        await purse.act(service.agree_budget, by=by, budget_id=budget.id, version=budget.version)


def _signing(purse: Purse, but: Kind | None) -> list[Actor]:
    return [actor for lead, actor in purse.leads if lead.kind is not but]


async def _collect(
    purse: Purse, given: ContributionRow, *, began: date, number: int, until: State, but: Kind | None = None
) -> None:
    """Take a pledge as far along its life as the area has come: agreed, invoiced, part received or received."""
    of: dict[str, Any] = {"contribution_id": given.id}
    today = purse.world.days.today
    for by in _signing(purse, but):
        await purse.act(service.agree_contribution, by=by, **of, version=given.version)
    if but is not None or until is State.AGREED:
        return
    version = given.version + 1
    if given.form is Form.CASH:
        reference = f"{purse.plan.slug[:4].upper()}-{began.year}-{number + 1:03d}"
        on = min(began + timedelta(days=20 + number), today)
        await purse.act(service.invoice, **of, version=version, reference=reference, invoiced_on=on)
        version += 1
    if until is State.INVOICED:
        return
    half = given.amount_pence // 2
    on = min(began + timedelta(days=50 + 5 * number), today)
    await purse.act(service.receive, **of, version=version, amount_pence=half, received_on=on, reference="First half")
    if until is State.RECEIVED:
        rest, later = given.amount_pence - half, min(on + timedelta(days=90), today)
        await purse.act(service.receive, **of, version=version + 1, amount_pence=rest, received_on=later)


async def _this_year(purse: Purse) -> None:
    days, mood = purse.world.days, purse.plan.mood
    year = days.financial_year.year
    if mood is Mood.SETTING_UP:
        budget_id = await purse.act(service.open_budget, year=year, note="The first budget of the partnership.")
        await _plan(purse, budget_id, whole=purse.whole)
        return
    copied = await purse.act(service.open_budget, year=year, copy_from=year - 1, note="Begun from last year’s.")
    match mood:
        case Mood.EXCELLENT | Mood.GOOD | Mood.ORDINARY:
            await _agree_budget(purse, year)
            await _take_in(purse, year)
        case Mood.BEHIND:
            await _agree_budget(purse, year, but=Kind.POLICE)
            await _take_in(purse, year, but=Kind.POLICE)
        case Mood.DISPUTE:
            await _dispute(purse, year, copied)
        case Mood.MERGING:
            await purse.act(service.reopen_budget, **await _agreed(purse, year), reason="The board has merged.")
        case _:
            note = "Cost of moving the records to the new council"
            await purse.act(
                service.add_line, budget_id=copied, kind=LineKind.OTHER, description=note, planned_pence=9_000_00
            )


async def _take_in(purse: Purse, year: int, *, but: Kind | None = None) -> None:
    """How far the money has come: all of it, half of it, or invoiced only."""
    began = purse.world.days.financial_year
    until = {Mood.EXCELLENT: State.RECEIVED, Mood.GOOD: State.PART_RECEIVED}.get(purse.plan.mood, State.INVOICED)
    for number, given in enumerate((await purse.sheet(year)).contributions):
        each = State.AGREED if number == 1 and until is State.INVOICED else until
        await _collect(purse, given, began=began, number=number, until=each, but=but)


async def _agreed(purse: Purse, year: int) -> dict[str, Any]:
    await _agree_budget(purse, year)
    budget = (await purse.sheet(year)).budget
    return {"budget_id": budget.id, "version": budget.version}


async def _dispute(purse: Purse, year: int, budget_id: UUID) -> None:
    """The board takes its pledge back; the council agrees alone; a line that nobody wants to pay for goes."""
    board = next(lead for lead, _ in purse.leads if lead.kind is Kind.INTEGRATED_CARE_BOARD)
    await _pledge_cash(purse, budget_id, board)
    sheet = await purse.sheet(year)
    for given in sheet.contributions:
        if given.partner_id == board.partner_id:
            why = "The board says that it cannot commit to last year’s amount before its own budget is set."
            await purse.act(service.withdraw, contribution_id=given.id, version=given.version, reason=why)
    line = sheet.lines[-1]
    await purse.act(service.remove_line, line_id=line.id, version=line.version, reason="No partner will fund it.")
    budget = (await purse.sheet(year)).budget
    council = next(actor for lead, actor in purse.leads if lead.kind is Kind.LOCAL_AUTHORITY)
    await purse.act(service.agree_budget, by=council, budget_id=budget.id, version=budget.version)
