"""What was recorded by mistake and has not happened is taken back; what has happened is history."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from infra.clock import today
from infra.database import sql
from tenants.audit import queries as audit
from tenants.membership import queries, service
from tenants.membership.errors import Overlap
from tenants.membership.rules import Kind, Office
from tenants.membership.service.taking_back import What
from tenants.resourcing import service as money
from tenants.tenancy.errors import Conflict, WrongState
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.membership import START, Partnership, complete, make_partnership, person

DAY = today() + timedelta(days=400)
BEFORE = DAY - timedelta(days=1)
WHY = "It was typed into the wrong area."


async def take_back(made: Partnership, what: What, id: UUID, *, version: int = 1) -> None:
    async with tenant_scope(made.manager):
        await service.take_back(
            by=made.manager, area_id=made.area.id, what=what, id=id, version=version, reason=WHY
        )


async def ahead(made: Partnership) -> list[str]:
    async with tenant_scope(made.manager, readonly=True):
        return [f"{row.name} {'from' if row.begins else 'to'} {row.on}" for row in
                await queries.ahead(area_id=made.area.id, after=today())]  # fmt: skip


async def replaced(made: Partnership) -> UUID:
    async with tenant_scope(made.manager):
        return await service.replace_holder(
            by=made.manager, area_id=made.area.id, appointment_id=made.leads[Kind.POLICE], version=1,
            holder=person("Nia New", "Chief constable"), valid_from=DAY, reason="She retires.",
        )  # fmt: skip


async def succeeded(made: Partnership, **more: object) -> UUID:
    async with tenant_scope(made.manager):
        return await service.succeed_partner(
            by=made.manager, area_id=made.area.id, partner_id=made.bodies[Kind.POLICE], version=1, on=DAY,
            name="Greater Police", reason="An order merged them.", **more,
        )  # fmt: skip


async def holder_on_the_day(made: Partnership) -> tuple[str, str | None]:
    async with tenant_scope(made.manager, readonly=True):
        found = await queries.members(area_id=made.area.id, as_at=DAY)
    [police] = [row for row in found.partners if row.partner.kind is Kind.POLICE]
    return police.partner.name, police.lead.holder and police.lead.holder.person_name


async def test_a_hand_over_on_a_day_is_told_and_taken_back_step_by_step(database: Cluster) -> None:
    made = await make_partnership()
    new = await replaced(made)
    assert await ahead(made) == [f"Lena Police to {BEFORE}", f"Nia New from {DAY}"]
    with pytest.raises(Overlap, match="take back"):
        await take_back(made, What.APPOINTMENT, made.leads[Kind.POLICE], version=2)
    await take_back(made, What.APPOINTMENT, new)
    assert await holder_on_the_day(made) == (f"{made.area.name} Police", None), "her last day stays"
    await take_back(made, What.APPOINTMENT, made.leads[Kind.POLICE], version=2)
    assert await holder_on_the_day(made) == (f"{made.area.name} Police", "Lena Police")
    assert await ahead(made) == []


async def test_the_trail_keeps_what_was_taken_back(database: Cluster) -> None:
    made = await make_partnership()
    await take_back(made, What.APPOINTMENT, await replaced(made))
    async with tenant_scope(made.manager, readonly=True):
        entry = (await audit.entries(area_id=made.area.id, limit=1))[0]
    assert (entry.action, entry.reason, entry.after) == ("appointment.remove", WHY, None)
    assert entry.before
    assert entry.before["person_name"] == "Nia New"


async def test_a_body_goes_on_with_its_people_and_chair_when_its_successor_is_taken_back(database: Cluster) -> None:
    made = await make_partnership()
    async with tenant_scope(made.manager):
        await service.choose_chair(by=made.manager, area_id=made.area.id, valid_from=START, reason="Chosen.",
                                   appointment_id=made.delegates[Kind.POLICE])  # fmt: skip
    new = await succeeded(made)
    async with tenant_scope(made.manager):
        await service.appoint(by=made.manager, area_id=made.area.id, office=Office.LEAD, partner_id=new,
                              holder=person("Nia New", "Chief constable"), valid_from=DAY)  # fmt: skip
    assert await holder_on_the_day(made) == ("Greater Police", "Nia New")
    assert await ahead(made) == [
        f"{made.area.name} Police to {BEFORE}", f"Nia New from {DAY}", f"Greater Police from {DAY}",
    ], "what ends with the body is told once"  # fmt: skip
    await take_back(made, What.PARTNER, new)
    assert await holder_on_the_day(made) == (f"{made.area.name} Police", "Lena Police")
    async with tenant_scope(made.manager, readonly=True):
        chair = await queries.chair(area_id=made.area.id, as_at=DAY)
    assert chair
    assert chair.person_name == "Dev Police"
    assert await ahead(made) == []


async def test_a_group_s_end_and_a_group_to_come_are_taken_back_with_seats_and_holders(database: Cluster) -> None:
    made = await make_partnership()
    by, area_id = made.manager, made.area.id
    async with tenant_scope(by):
        old, new = [await service.add_group(by=by, area_id=area_id, name=name, valid_from=first)
                    for name, first in (("Executive", START), ("Quality", DAY))]  # fmt: skip
        for group, first in ((old, START), (new, DAY)):
            seat = await service.add_seat(by=by, area_id=area_id, title="Housing", group_id=group, valid_from=first)
            await service.appoint(by=by, area_id=area_id, office=Office.SEAT, seat_id=seat, valid_from=first,
                                  holder=person("Ola Oak"))  # fmt: skip
        await service.end_group(by=by, area_id=area_id, group_id=old, version=1, last_day=BEFORE, reason="Merged.")
    await take_back(made, What.GROUP, old, version=2)
    await take_back(made, What.GROUP, new)
    async with tenant_scope(by, readonly=True):
        found = await queries.members(area_id=area_id, as_at=DAY)
    assert [group.name for group in found.groups] == ["Executive"]
    holders = [seat.filled and seat.filled.holder for seat in found.seats]
    assert [holder and holder.person_name for holder in holders] == ["Ola Oak"]


async def test_what_has_happened_is_not_taken_back(database: Cluster) -> None:
    made = await make_partnership()
    with pytest.raises(WrongState, match="not ahead"):
        await take_back(made, What.PARTNER, made.bodies[Kind.POLICE])
    with pytest.raises(Conflict):
        await take_back(made, What.APPOINTMENT, await replaced(made), version=7)
    async with tenant_scope(made.manager):
        gone = await sql.execute("delete from appointment where area_id = $1", made.area.id)
    assert gone == "DELETE 1", "the database itself lets only what has not begun be deleted"
    assert await holder_on_the_day(made) == (f"{made.area.name} Police", None)


async def test_a_body_to_come_of_which_money_is_recorded_stays(database: Cluster) -> None:
    made = await make_partnership()
    new = await succeeded(made)
    async with tenant_scope(made.manager):
        budget = await money.open_budget(by=made.manager, area_id=made.area.id, year=DAY.year)
        what = money.Pledge(form="cash", amount_pence=100, partner_id=new)
        await money.pledge(by=made.manager, area_id=made.area.id, budget_id=budget, what=what)
    with pytest.raises(WrongState, match="Something else is recorded"):
        await take_back(made, What.PARTNER, new)
    assert (await holder_on_the_day(made))[0] == "Greater Police"


async def test_a_scrutineer_s_term_has_a_last_day(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    async with tenant_scope(made.manager):
        [scrutineer] = (await queries.members(area_id=made.area.id, as_at=today())).scrutineers
        await service.end_appointment(by=made.manager, area_id=made.area.id, appointment_id=scrutineer.id,
                                      version=1, last_day=DAY, reason="Moves away.")  # fmt: skip
    with pytest.raises(WrongState, match="term"):
        await take_back(made, What.APPOINTMENT, scrutineer.id, version=2)

