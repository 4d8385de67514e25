"""Who gets an email about a move, and what it does not say."""

from __future__ import annotations

from datetime import date

import pytest

from concordat_graphql import ids
from infra.database import sql
from tenants.intervention.service.telling import tell_of_move
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail import queries as mail
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope, tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_actor, make_area
from tests.tenants.intervention import people


async def moved(database: Cluster, area: AreaMade, move: str) -> int:
    """Tell of the newest such move as the worker would; return how many emails were written."""
    (row,) = await as_superuser(
        database, "select id from intervention_flag_move where area_id = $1 and move = $2 order by id desc limit 1",
        area.id, move,
    )  # fmt: skip
    worker = worker_actor("flag.tell", areas=[area.id], powers=["mail", "officials"])
    async with tenant_scope(worker):
        return await tell_of_move(by=worker, area_id=area.id, move_id=row["id"])


async def told(area: AreaMade, reader: Actor) -> list[str]:
    async with tenant_scope(reader, readonly=True):
        return sorted(row.address.split(".")[0] for row in await mail.mails(area_id=area.id))


async def ended(former: Actor) -> None:
    """End every role of a person in January."""
    async with system_scope("test", powers=["platform"]):
        await sql.execute(
            "update role_assignment set valid_to = $2, ended_reason = 'Left' where person_id = $1",
            former.id, date(2026, 1, 31),
        )  # fmt: skip


async def staffed(area: AreaMade) -> Actor:
    """Give the area a lead, a scrutineer, a viewer and a school's contact; return its manager."""
    await make_actor(Role.LEAD_SAFEGUARDING_PARTNER, area=area, name="Lena Lead")
    await make_actor(Role.INDEPENDENT_SCRUTINEER, area=area, name="Sol Scrutineer")
    await make_actor(Role.VIEWER, area=area, name="Val Viewer")
    return await make_actor(Role.BUSINESS_MANAGER, area=area, name="Bea Manager")


async def test_a_move_is_told_to_those_who_run_the_partnership_but_not_to_who_made_it(database: Cluster) -> None:
    area = await make_area()
    manager = await staffed(area)
    flag_id = await people.raised(area, by=manager)
    await people.refer(area, flag_id, by=manager)
    await moved(database, area, "refer")
    assert await told(area, manager) == ["lena", "sol"]


async def test_a_referral_is_told_to_everyone_who_is_an_official_today_and_says_only_which_area(
    database: Cluster,
) -> None:
    area = await make_area()
    manager = await staffed(area)
    official = await make_actor(Role.OFFICIAL, name="Oliver Official")
    senior = await make_actor(Role.SENIOR_OFFICIAL, name="Sena Senior")
    former = await make_actor(Role.OFFICIAL, name="Fay Former")
    await ended(former)
    flag_id = await people.raised(area, by=manager)
    await people.refer(area, flag_id, by=manager)
    await moved(database, area, "refer")
    rows = await as_superuser(
        database, "select person_id, area_id, template, details::text as said from mail where person_id = any ($1)",
        [official.id, senior.id, former.id],
    )  # fmt: skip
    assert {(row["person_id"], row["area_id"], row["template"]) for row in rows} == {
        (official.id, None, "flag_referred"), (senior.id, None, "flag_referred"),
    }  # fmt: skip
    flag = ids.encode("InterventionFlag", f"{area.id}.{flag_id}")
    assert {row["said"] for row in rows} == {f'{{"area": "{area.name}", "page": "/national/flags/{flag}"}}'}
    assert await told(area, manager) == ["lena", "sol"], "the area sees no official"


async def test_a_move_that_is_not_a_referral_is_told_to_no_official_who_has_not_acted(database: Cluster) -> None:
    area = await make_area()
    official = await make_actor(Role.OFFICIAL, name="Una Uninvolved")
    await people.raised(area)
    await moved(database, area, "raise")
    rows = await as_superuser(database, "select 1 from mail where person_id = $1", official.id)
    assert rows == []


async def test_an_official_who_acted_is_told_of_the_areas_next_move_out_of_the_areas_sight(database: Cluster) -> None:
    area = await make_area()
    manager = await staffed(area)
    official = await make_actor(Role.OFFICIAL, name="Oliver Official")
    await make_actor(Role.OFFICIAL, name="Una Uninvolved")
    flag_id = await people.referred(area)
    await people.plain("acknowledge_flag", area, flag_id, by=official)
    assert await moved(database, area, "acknowledge") == 3
    await people.plain("withdraw_flag", area, flag_id, by=manager)
    assert await moved(database, area, "withdraw") == 3, "the lead, the scrutineer and the official"
    assert "oliver" not in await told(area, manager)
    rows = await as_superuser(database, "select area_id from mail where person_id = $1", official.id)
    assert [row["area_id"] for row in rows] == [None]


async def test_someone_whose_role_has_ended_is_not_told(database: Cluster) -> None:
    area = await make_area()
    await ended(await make_actor(Role.PARTNERSHIP_CHAIR, area=area, name="Fay Former"))
    await people.raised(area)
    assert await moved(database, area, "raise") == 0


async def test_the_email_says_how_the_flag_stands_and_not_what_was_said(database: Cluster) -> None:
    area = await make_area()
    await staffed(area)
    await people.decided(area)
    await moved(database, area, "decide")
    rows = await as_superuser(database, "select details::text as said from mail where area_id = $1", area.id)
    for row in rows:
        assert '"stands": "decided"' in row["said"]
        assert people.SUPPORT.reasons not in row["said"]
        assert people.DRAFT.concern not in row["said"]
    assert len(rows) == 3


@pytest.mark.parametrize(("verb", "messages"), [("raise", 1), ("amend", 1), ("refer", 2)])
async def test_each_move_but_a_change_of_words_asks_the_worker_to_tell(
    database: Cluster, verb: str, messages: int
) -> None:
    area = await make_area()
    flag_id = await people.raised(area)
    if verb == "amend":
        await people.amend(area, flag_id)
    if verb == "refer":
        await people.refer(area, flag_id)
    waiting = "select count(*) as n from queue.outbox where area_id = $1 and actor = 'flag.tell'"
    assert (await as_superuser(database, waiting, area.id))[0]["n"] == messages


async def test_the_worker_reads_no_official_who_has_not_acted_in_the_area(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    official = await make_actor(Role.OFFICIAL, name="Oliver Official")
    flag_id = await people.referred(there)
    await people.plain("acknowledge_flag", there, flag_id, by=official)
    for area, seen in ((here, 0), (there, 1)):
        async with tenant_scope(worker_actor("test", areas=[area.id])):
            assert await sql.fetch_value("select count(*) from person where id = $1", official.id) == seen
