"""A row that held and was wrong is put right, logged, counted and told to the administrators, once a day."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from infra.database import sql
from infra.telemetry.metrics import ALARMS
from tenants.overview import jobs
from tenants.overview.rules import Subject
from tenants.tenancy.mail.rendering import render
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cluster import Cluster
from tests.support.cooperation import chosen_school
from tests.support.queue import as_superuser
from tests.support.world import AreaMade, make_actor, make_area, make_person
from tests.tenants.overview.keeping import messages, recorded, refresh, rows, verify

WRONG = "update area_fact set words = 'All is well', standing = 'met' where area_id = $1 and subject = 'membership'"


@pytest_asyncio.fixture
async def administrator(database: Cluster) -> AsyncIterator[object]:
    """One platform administrator whom nobody has written to today."""
    await as_superuser(database, "delete from mail where template = 'overview_differs'")
    made = await make_actor(Role.PLATFORM_ADMINISTRATOR, name="Pat Platform")
    yield made.id
    await as_superuser(database, "update role_assignment set valid_to = '2020-06-01' where person_id = $1", made.id)


async def compare(area: AreaMade) -> None:
    by = worker_actor("overview.verify", areas=[area.id], powers=["alert", "mail"])
    async with tenant_scope(by):
        await jobs.verify(by=by, area_id=area.id)


async def mails(database: Cluster, person_id: object) -> list[str]:
    found = await as_superuser(
        database,
        "select details->>'area' as area from mail where person_id = $1 and template = 'overview_differs' order by id",
        person_id,
    )
    return [row["area"] for row in found]


async def test_rows_that_are_right_are_no_news(database: Cluster, administrator: object) -> None:
    area = await make_area()
    await refresh(area)
    with capture_logs() as logs:
        await compare(area)
    assert logs == []
    assert await mails(database, administrator) == []


async def test_a_wrong_row_is_put_right_and_told(database: Cluster, administrator: object) -> None:
    area = await make_area()
    await refresh(area)
    await as_superuser(database, WRONG, area.id)
    before = ALARMS.labels("overview_differs")._value.get()
    with capture_logs() as logs:
        await compare(area)
    assert {subject: row.fact for subject, row in (await rows(area)).items()} == await recorded(area)
    (entry,) = logs
    assert entry["log_level"] == "error"
    assert (entry["event"], entry["area_id"], entry["subject"]) == ("overview_differs", area.id, "membership")
    assert (entry["kept"].split(" (")[0], entry["computed"].split(" (")[0]) == (
        "met: All is well",
        "attention: 7 missing",
    )
    assert ALARMS.labels("overview_differs")._value.get() == before + 1
    assert await mails(database, administrator) == [area.name]


async def test_many_wrong_areas_are_one_mail_a_day(database: Cluster, administrator: object) -> None:
    one, other = await make_area(), await make_area()
    for area in (one, other):
        await refresh(area)
        await as_superuser(database, WRONG, area.id)
        await compare(area)
    assert await mails(database, administrator) == [one.name]
    await as_superuser(database, "update mail set created_at = now() - interval '1 day' where person_id = $1",
                       administrator)  # fmt: skip
    await as_superuser(database, WRONG, one.id)
    await compare(one)
    assert len(await mails(database, administrator)) == 2


async def test_those_who_are_no_administrators_any_more_are_not_written_to(database: Cluster) -> None:
    former = await make_actor(Role.PLATFORM_ADMINISTRATOR, name="Former Platform")
    await as_superuser(database, "update role_assignment set valid_to = '2020-06-01' where person_id = $1", former.id)
    gone = await make_actor(Role.PLATFORM_ADMINISTRATOR, name="Gone Platform")
    await as_superuser(database, "update person set disabled_at = now() where id = $1", gone.id)
    area = await make_area()
    await refresh(area)
    await as_superuser(database, WRONG, area.id)
    await compare(area)
    assert await mails(database, former.id) == await mails(database, gone.id) == []


async def test_a_row_that_is_stale_or_missing_is_computed_and_no_news(database: Cluster) -> None:
    area = await make_area()
    assert await verify(area) == []
    assert set(await rows(area)) == set(Subject)
    await as_superuser(database, WRONG.replace("standing = 'met'", "stale = true"), area.id)
    assert await verify(area) == []
    assert {subject: row.fact for subject, row in (await rows(area)).items()} == await recorded(area)


async def test_a_row_that_would_be_shown_too_long_is_found_too(database: Cluster) -> None:
    area = await make_area()
    await refresh(area)
    await as_superuser(
        database, "update area_fact set recheck_on = null where area_id = $1 and subject = 'budget'", area.id
    )
    assert [one.subject for one in await verify(area) or []] == [Subject.BUDGET]
    assert (await rows(area))[Subject.BUDGET].recheck_on is not None


async def test_a_wrong_count_of_agencies_is_put_right_and_told(database: Cluster, administrator: object) -> None:
    area = await make_area()
    await refresh(area)
    await chosen_school(area)
    await as_superuser(database, "update agency_count set agencies = 3 where area_id = $1", area.id)
    await compare(area)
    assert await mails(database, administrator) == [area.name]
    assert await verify(area) == []


async def test_only_the_power_to_alert_shows_the_worker_who_administers(
    database: Cluster, administrator: object
) -> None:
    area = await make_area()
    stranger = await make_person()
    for powers, seen in (([], 0), (["mail"], 0), (["alert"], 1)):
        async with tenant_scope(worker_actor("overview.verify", areas=[area.id], powers=powers), readonly=True):
            assert await sql.fetch_value("select count(*) from person where id = $1", administrator) == seen
            assert await sql.fetch_value("select count(*) from person where id = $1", stranger) == 0


async def test_the_mail_says_what_to_do(database: Cluster) -> None:
    values = {"area": "Brackenshire", "slug": "brackenshire", "subjects": "membership, flags"}
    subject, body = render(template="overview_differs", values=values, link="")
    assert "Brackenshire" in subject
    assert "concordat overview verify brackenshire" in body


async def test_an_area_in_which_someone_writes_is_compared_later(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*, area_id: int) -> None:
        return None

    area = await make_area()
    monkeypatch.setattr("tenants.overview.service.verify", busy)
    await compare(area)
    assert [message["actor"] for message in await messages(database, area)] == ["overview.verify"]
