"""Reminders: sent once for each reminder day, to whoever answers for the agency, by the worker."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from infra.clock import today
from infra.database import sql
from infra.working_days import add_working_days
from tenants.cooperation.jobs import remind_all
from tenants.cooperation.queries import records
from tenants.cooperation.service.reminders import announce_cycle, send_due_reminders
from tenants.tenancy.mail.rendering import render
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.cooperation import Asked, ask, asked_school, choose, contact, request_of, send
from tests.support.organisations import make_school
from tests.support.queue import as_superuser, relayed
from tests.support.world import AreaMade, make_actor, make_area, manager


async def due_soon(area: AreaMade, *, email: str | None = "office@meadow.example.org") -> Asked:
    """A school whose answer is due in two working days, which is a reminder day."""
    school = await make_school(area)
    await choose(area, school, contact_email=email)
    await ask(area, due_on=add_working_days(today(), 2), opens_on=today() - timedelta(days=30))
    return Asked(area=area, school=school, contact=contact(area, school), request=await request_of(area, school))


async def sweep(area: AreaMade) -> int:
    worker = worker_actor("cooperation.remind", areas=[area.id])
    async with tenant_scope(worker):
        return await send_due_reminders(by=worker, area_id=area.id)


async def addresses(database: Cluster, area: AreaMade) -> list[str]:
    rows = await as_superuser(database, "select address from mail where area_id = $1 order by address", area.id)
    return [row["address"] for row in rows]


async def test_a_reminder_is_sent_once_however_often_the_sweep_runs(database: Cluster) -> None:
    asked = await due_soon(await make_area())
    assert [await sweep(asked.area), await sweep(asked.area)] == [1, 0]
    assert await addresses(database, asked.area) == ["office@meadow.example.org"]
    assert (await request_of(asked.area, asked.school)).reminders == 1
    async with tenant_scope(manager(asked.area), readonly=True):
        (row,) = (await records.record(area_id=asked.area.id, request_id=asked.request.id)).reminders
    assert (row.day, row.sent_to) == (-2, "office@meadow.example.org")


async def test_it_goes_to_those_who_hold_a_role_for_the_school_too_each_once(database: Cluster) -> None:
    area = await make_area()
    asked = await due_soon(area)
    await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=asked.school, name="Noor Haddad")
    neighbour = await make_school(area)
    await make_actor(Role.ESTABLISHMENT_CONTACT, area=area, organisation_id=neighbour, name="Other Person")
    await sweep(area)
    sent = await addresses(database, area)
    assert len(sent) == 2
    assert sent[0].startswith("noor.haddad.")


async def test_nobody_is_reminded_who_has_answered_or_has_no_address(database: Cluster) -> None:
    answered = await due_soon(await make_area())
    await send(answered)
    silent = await due_soon(await make_area(), email=None)
    assert [await sweep(answered.area), await sweep(silent.area)] == [0, 0]


async def test_not_before_the_day(database: Cluster) -> None:
    asked = await asked_school(await make_area(), due_on=add_working_days(today(), 30))
    assert await sweep(asked.area) == 0


async def test_the_sweep_asks_for_every_area(database: Cluster) -> None:
    areas = {(await make_area()).id for _ in range(2)}
    worker = worker_actor("cooperation.remind_all", powers=["queue"])
    async with tenant_scope(worker):
        await remind_all()
    asked: set[int | None] = set()
    while batch := await relayed():  # the outbox also holds what other tests wrote
        asked |= {message.area_id for message in batch if message.actor == "cooperation.remind"}
    assert areas <= asked


async def test_a_worker_of_one_area_reads_no_other(database: Cluster) -> None:
    asked = await due_soon(await make_area())
    async with tenant_scope(worker_actor("cooperation.remind", areas=[(await make_area()).id])):
        assert await sql.fetch_value("select count(*) from duty_request where id = $1", asked.request.id) == 0


def test_the_email_says_what_is_due_and_when() -> None:
    values: dict[str, str | int | UUID] = {
        "area": "Northmere Partnership", "agency": "Meadow Primary School", "title": "Yearly safeguarding return",
        "due": "13 February 2026", "late": 0,
    }  # fmt: skip
    subject, body = render(template="cooperation_reminder", values=values, link="https://concordat.example")
    assert subject == "Reminder: Yearly safeguarding return, due 13 February 2026"
    assert "It is due on 13 February 2026." in body
    late, _ = render(template="cooperation_reminder", values={**values, "late": 1}, link="")
    assert late.startswith("Overdue:")


async def announce(area: AreaMade, cycle_id: UUID) -> int:
    worker = worker_actor("cooperation.announce", areas=[area.id])
    async with tenant_scope(worker):
        return await announce_cycle(by=worker, area_id=area.id, cycle_id=cycle_id)


async def test_opening_a_cycle_writes_to_everyone_it_asks(database: Cluster) -> None:
    asked = await due_soon(await make_area())
    assert await announce(asked.area, asked.request.cycle_id) == 1
    assert await addresses(database, asked.area) == ["office@meadow.example.org"]


async def test_opening_a_cycle_leaves_the_message_that_does_it(database: Cluster) -> None:
    asked = await due_soon(await make_area())
    rows = await as_superuser(
        database, "select actor, args->>'cycle_id' as cycle from queue.job_run where area_id = $1", asked.area.id
    )
    assert [(row["actor"], row["cycle"]) for row in rows] == [("cooperation.announce", str(asked.request.cycle_id))]


async def test_a_cycle_that_opens_later_is_not_announced_yet(database: Cluster) -> None:
    area = await make_area()
    school = await make_school(area)
    await choose(area, school, contact_email="office@meadow.example.org")
    cycle = await ask(area, opens_on=today() + timedelta(days=5), due_on=today() + timedelta(days=40))
    assert await announce(area, cycle) == 0
