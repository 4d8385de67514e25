"""The day on which a fact may change although nobody writes: from that day on the row is not shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from infra.clock import today
from tenants.intervention.rules.drafts import DecisionDraft
from tenants.membership import service as membership
from tenants.membership.rules import Kind, Office
from tenants.overview.rules import Standing, Subject, holds, next_financial_year
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import ask, asked_school, chosen_school, send
from tests.support.membership import START, Partnership, complete, make_partnership, person
from tests.support.world import AreaMade, make_area
from tests.tenants.intervention import people as flags
from tests.tenants.overview.keeping import recorded, refresh, rows, shown
from tests.tenants.overview.moved_clock import move_to

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("stale", "recheck_on", "shown"),
    [
        (False, None, True),
        (False, date(2026, 11, 23), True),
        (False, date(2026, 11, 22), False),
        (False, date(2026, 11, 1), False),
        (True, None, False),
        (True, date(2026, 11, 23), False),
    ],
)
def test_a_row_holds_until_its_day(stale: bool, recheck_on: date | None, shown: bool) -> None:
    assert holds(stale=stale, recheck_on=recheck_on, on=TODAY) is shown


@pytest.mark.parametrize(("year", "month", "day", "next_year"), [(2026, 3, 31, 2026), (2026, 4, 1, 2027)])
def test_a_budget_row_holds_until_the_next_financial_year(year: int, month: int, day: int, next_year: int) -> None:
    assert next_financial_year(date(year, month, day)) == date(next_year, 4, 1)


async def day_of(area: AreaMade, subject: Subject) -> date | None:
    await refresh(area)
    return (await rows(area))[subject].recheck_on


async def until(made: Partnership, last: date) -> None:
    """The scrutineer in term goes on that day."""
    async with tenant_scope(made.manager):
        await membership.appoint(
            by=made.manager, area_id=made.area.id, office=Office.SCRUTINEER,
            holder=person("Sam Scrutineer", no_tie=True), valid_from=START, valid_to=last,
        )  # fmt: skip


async def test_the_day_after_an_appointments_last(database: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await make_partnership()
    await complete(made)
    last = today() + timedelta(days=10)
    assert await day_of(made.area, Subject.MEMBERSHIP) == date(2099, 4, 1)
    await until(made, last)
    assert await day_of(made.area, Subject.MEMBERSHIP) == last + timedelta(days=1)
    kept = (await rows(made.area))[Subject.MEMBERSHIP]
    for days, still_held in ((10, True), (11, False)):
        move_to(monkeypatch, days=days)
        assert kept.holds(today()) is still_held


async def test_a_day_that_has_come_is_shown_before_any_worker_ran(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await make_partnership()
    await refresh(made.area)
    async with tenant_scope(made.manager):
        await membership.add_partner(
            by=made.manager, area_id=made.area.id, kind=Kind.POLICE, name="Rail Police",
            valid_from=today() + timedelta(days=5),
        )  # fmt: skip
    assert await day_of(made.area, Subject.MEMBERSHIP) == today() + timedelta(days=5)
    before = await shown(made.area)
    move_to(monkeypatch, days=5)
    assert await shown(made.area) == await recorded(made.area) != before


async def test_a_cycle_that_opens_falls_due_and_is_a_year_old(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = await make_area()
    await chosen_school(area)
    opens, due = today() + timedelta(days=3), today() + timedelta(days=20)
    await ask(area, opens_on=opens, due_on=due)
    days = []
    for ahead, standing in ((0, Standing.NOT_REPORTED), (3, Standing.MET), (21, Standing.ATTENTION)):
        move_to(monkeypatch, days=ahead)
        days.append(await day_of(area, Subject.COOPERATION))
        assert (await rows(area))[Subject.COOPERATION].fact.standing is standing
    assert days == [opens, due + timedelta(days=1), opens + timedelta(days=365)]
    move_to(monkeypatch, days=3 + 365)
    old = (await shown(area))[Subject.COOPERATION]
    assert (old.standing, old.words) == (Standing.ATTENTION, "None asked for in the last year, 1 late from before")
    assert await day_of(area, Subject.COOPERATION) is None


async def test_nothing_is_reported_when_the_last_cycle_is_a_year_old_and_answered(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = await make_area()
    await send(await asked_school(area, opens_on=today(), due_on=today() + timedelta(days=20)))
    move_to(monkeypatch, days=364)
    assert (await shown(area))[Subject.COOPERATION].words == "100% answered in the last year"
    move_to(monkeypatch, days=365)
    assert (await shown(area))[Subject.COOPERATION].standing is Standing.NOT_REPORTED


async def test_a_decision_falls_due_for_review(database: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    area = await make_area()
    review_on = today() + timedelta(days=30)
    await flags.decided(
        area, DecisionDraft(decision="support", reasons="The area has asked for an adviser.", review_on=review_on)
    )
    assert await day_of(area, Subject.FLAGS) == review_on
    assert (await shown(area))[Subject.FLAGS].words == "1 open"
    move_to(monkeypatch, days=30)
    assert (await shown(area))[Subject.FLAGS].words == "1 open, 1 for the Department"
    assert await day_of(area, Subject.FLAGS) is None
