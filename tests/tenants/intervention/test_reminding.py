"""When a decision is due for review: who is written to, once for each date, and what the email says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from infra.clock import today
from infra.database import sql
from tenants.audit import queries as audit
from tenants.intervention import jobs
from tenants.intervention.service.reminding import remind_of_reviews
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.rendering import render
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_actor, make_area
from tests.tenants.intervention import people
from tests.tenants.intervention.test_telling import ended

REVIEW = people.SUPPORT.review_on
assert REVIEW is not None


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Lets a test say which day it is for the reminders."""
    return monkeypatch


def it_is(on: pytest.MonkeyPatch, day: date) -> None:
    for module in ("reminding", "telling"):
        on.setattr(f"tenants.intervention.service.{module}.today", lambda: day)


async def remind(area: AreaMade) -> int:
    worker = worker_actor("flag.remind", areas=[area.id], powers=["mail", "officials"])
    async with tenant_scope(worker):
        return await remind_of_reviews(by=worker, area_id=area.id)


async def mails(database: Cluster, area: AreaMade) -> list[tuple[str, int | None]]:
    """Return to whom an email about a review in the area was written, and whose row it is."""
    rows = await as_superuser(
        database, "select address, area_id from mail where template = 'flag_review_due' and details->>'area' = $1",
        area.name,
    )  # fmt: skip
    return sorted((row["address"].split(".")[0], row["area_id"]) for row in rows)


async def decided(area: AreaMade) -> Actor:
    """Let an official decide on a flag of the area, which has a manager and a lead; return the official."""
    await make_actor(Role.BUSINESS_MANAGER, area=area, name="Bea Manager")
    await make_actor(Role.LEAD_SAFEGUARDING_PARTNER, area=area, name="Lena Lead")
    official = await make_actor(Role.OFFICIAL, name="Oliver Official")
    await people.decided(area, by=official)
    return official


async def test_on_the_day_the_deciding_official_and_the_manager_are_told_once(
    database: Cluster, on: pytest.MonkeyPatch
) -> None:
    area = await make_area()
    await decided(area)
    await make_actor(Role.OFFICIAL, name="Una Uninvolved")
    it_is(on, REVIEW - timedelta(days=1))
    assert (await remind(area), await mails(database, area)) == (0, [])
    it_is(on, REVIEW)
    assert [await remind(area) for _ in range(3)] == [1, 0, 0]
    it_is(on, REVIEW + timedelta(days=30))
    assert await remind(area) == 0
    assert await mails(database, area) == [("bea", area.id), ("oliver", None)]


async def test_a_later_review_date_is_reminded_of_anew(database: Cluster, on: pytest.MonkeyPatch) -> None:
    area = await make_area()
    official = await decided(area)
    it_is(on, REVIEW)
    await remind(area)
    (flag,) = await as_superuser(database, "select id from intervention_flag where area_id = $1", area.id)
    again = replace(people.SUPPORT, review_on=today() + timedelta(days=120))
    await people.decide(area, flag["id"], draft=again, by=official)
    assert await remind(area) == 0
    it_is(on, today() + timedelta(days=120))
    assert await remind(area) == 1
    assert len(await mails(database, area)) == 4


async def test_when_who_decided_has_left_every_official_is_told(database: Cluster, on: pytest.MonkeyPatch) -> None:
    area = await make_area()
    former = await decided(area)
    await ended(former)
    other = await make_actor(Role.SENIOR_OFFICIAL, name="Sena Senior")
    it_is(on, REVIEW)
    await remind(area)
    rows = await as_superuser(
        database, "select person_id from mail where template = 'flag_review_due' and details->>'area' = $1", area.name
    )
    told = {row["person_id"] for row in rows}
    assert (other.id in told, former.id in told) == (True, False)


async def test_a_closed_flag_is_not_reminded_of(database: Cluster, on: pytest.MonkeyPatch) -> None:
    area = await make_area()
    official = await decided(area)
    (flag,) = await as_superuser(database, "select id from intervention_flag where area_id = $1", area.id)
    await people.plain("close_flag", area, flag["id"], by=official)
    it_is(on, REVIEW)
    assert await remind(area) == 0


async def test_the_reminder_is_in_the_areas_trail(database: Cluster, on: pytest.MonkeyPatch) -> None:
    area = await make_area()
    await decided(area)
    it_is(on, REVIEW)
    await remind(area)
    async with tenant_scope(await make_actor(Role.BUSINESS_MANAGER, area=area), readonly=True):
        newest = (await audit.entries(area_id=area.id))[0]
    assert (newest.action, newest.after) == ("flag.remind", {"review_on": REVIEW.isoformat()})


@pytest.mark.parametrize(
    ("national", "said"), [(0, "keep\nyour own record up to date"), (1, "record what you decide now")]
)
def test_the_email_says_what_each_side_can_do(national: int, said: str) -> None:
    values = {"area": "Northshire", "title": "No budget", "day": "3 March 2027", "national": national, "page": "/x"}
    subject, body = render(template="flag_review_due", values=values, link="https://concordat.example")
    assert subject == "Northshire: a decision is due for review"
    assert said in body
    assert "https://concordat.example/x" in body


async def test_the_sweep_asks_every_area_but_those_merged(database: Cluster) -> None:
    area, merged = await make_area(), await make_area()
    async with system_scope("test", powers=["platform"]):
        await sql.execute(
            "update area set lifecycle = 'merged', merged_into = $2 where id = $1", merged.id, area.id
        )
    async with tenant_scope(worker_actor("sweep", powers=["queue"])):
        await jobs.remind_all()
    waiting = "select distinct area_id from queue.outbox where actor = 'flag.remind'"
    asked = {row["area_id"] for row in await as_superuser(database, waiting)}
    assert area.id in asked
    assert merged.id not in asked


async def test_the_worker_sees_who_the_officials_are_only_with_the_power(database: Cluster) -> None:
    area, official = await make_area(), await make_actor(Role.OFFICIAL, name="Oliver Official")
    manager = await make_actor(Role.BUSINESS_MANAGER, area=await make_area(), name="Mia Elsewhere")
    for powers, seen in (((), [False, False]), (("officials",), [True, False])):
        async with tenant_scope(worker_actor("test", areas=[area.id], powers=powers)):
            found = {row["id"] for row in await sql.fetch("select id from person")}
        assert [one.id in found for one in (official, manager)] == seen
