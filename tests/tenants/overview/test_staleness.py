"""A row turns stale with the change behind it, whoever makes it, and one message asks for it to be computed anew."""

from __future__ import annotations

import asyncpg
import pytest

from infra.clock import today
from infra.database import sql
from tenants.cooperation.service import returns
from tenants.membership import service as membership
from tenants.membership.rules import Kind
from tenants.overview.rules import Standing, Subject
from tenants.resourcing.rules import year_of
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import ANSWERS, asked_school, do, send
from tests.support.membership import complete, make_bodies, make_partnership
from tests.support.resourcing import agree_budget_by_all, open_budget
from tests.support.world import make_area, manager
from tests.tenants.intervention import people as flags
from tests.tenants.overview.keeping import messages, recorded, refresh, rows, shown, stale


async def test_a_new_area_has_no_rows_and_is_read_from_its_records(database: Cluster) -> None:
    area = await make_area()
    assert await rows(area) == {}
    assert await shown(area) == await recorded(area)


async def test_rows_say_what_the_records_say(database: Cluster) -> None:
    made = await make_partnership()
    await complete(made)
    assert await refresh(made.area) == list(Subject)
    kept = await rows(made.area)
    assert {subject: row.fact for subject, row in kept.items()} == await recorded(made.area)
    assert kept[Subject.MEMBERSHIP].fact.standing is Standing.MET
    assert await refresh(made.area) == [], "rows that hold are left alone"


async def test_a_change_of_membership_turns_that_row_stale_and_no_other(database: Cluster) -> None:
    area = await make_area()
    await refresh(area)
    await make_bodies(area)
    assert await stale(area) == {Subject.MEMBERSHIP}
    assert await shown(area) == await recorded(area)
    assert (await rows(area))[Subject.MEMBERSHIP].fact != (await shown(area))[Subject.MEMBERSHIP]
    assert await refresh(area) == [Subject.MEMBERSHIP]
    assert await stale(area) == set()


async def test_a_budget_and_its_agreement_do(database: Cluster) -> None:
    made = await make_partnership()
    await refresh(made.area)
    budget = await open_budget(made, year=year_of(today()))
    assert await stale(made.area) == {Subject.BUDGET}
    await refresh(made.area)
    await agree_budget_by_all(made, budget)
    assert await stale(made.area) == {Subject.BUDGET}
    await refresh(made.area)
    assert (await shown(made.area))[Subject.BUDGET].standing is Standing.MET


async def test_a_school_that_may_not_write_here_does_too(database: Cluster) -> None:
    area = await make_area()
    asked = await asked_school(area)
    await refresh(area)
    await send(asked)
    assert await stale(area) == {Subject.COOPERATION}
    await refresh(area)
    assert (await shown(area))[Subject.COOPERATION].words == "100% answered in the last year"


async def test_an_official_who_acts_on_a_flag_does_too(database: Cluster) -> None:
    area = await make_area()
    flag = await flags.acknowledged(area)
    await refresh(area)
    await flags.decide(area, flag, by=flags.senior())
    assert await stale(area) == {Subject.FLAGS}


async def test_a_change_that_is_taken_back_turns_nothing_stale(database: Cluster) -> None:
    area = await make_area()
    await refresh(area)
    by = manager(area)
    with pytest.raises(RuntimeError, match="changed my mind"):
        async with tenant_scope(by):
            await membership.add_partner(
                by=by, area_id=area.id, kind=Kind.POLICE, name="Testshire Police", valid_from=today()
            )
            raise RuntimeError("changed my mind")
    assert await stale(area) == set()
    assert await messages(database, area) == []


async def test_one_message_asks_for_the_area_however_much_changes(database: Cluster) -> None:
    made = await make_partnership()
    assert await messages(database, made.area) == [], "of an area without rows the sweep asks"
    await refresh(made.area)
    await open_budget(made, year=year_of(today()))
    await complete(made)
    await flags.referred(made.area)
    assert await stale(made.area) == {Subject.BUDGET, Subject.MEMBERSHIP, Subject.FLAGS}
    (message,) = await messages(database, made.area)
    assert (message["actor"], message["args"], message["later"]) == ("overview.refresh", "{}", True)


async def test_nobody_but_the_worker_writes_a_row(database: Cluster) -> None:
    area = await make_area()
    await refresh(area)
    for statement in (
        "update area_fact set words = 'All is well' where area_id = $1",
        "update area_fact set stale = false where area_id = $1",
        "insert into area_fact (area_id, subject, standing, words) values ($1, 'flags', 'met', 'None')",
        "delete from area_fact where area_id = $1",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with tenant_scope(manager(area)):
                await sql.execute(statement, area.id)


async def test_a_return_is_sent_as_before_when_there_is_nothing_to_turn(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    await do(asked.contact, returns.submit, area_id=asked.area.id, request_id=asked.request.id,
             version=asked.request.version, answers=ANSWERS)  # fmt: skip
    assert await rows(asked.area) == {}
