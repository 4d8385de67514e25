"""Which sub-ICB location lies in which board: the first time, again, moved, taken out, and told in lies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from infra.clock import today
from infra.database import sql
from integrations.errors import AgencyBroken
from integrations.nhs_ods import client
from tenants.organisations import affiliations
from tenants.tenancy.scope import tenant_scope
from tests.integrations.nhs_ods.conftest import Linked
from tests.integrations.nhs_ods.test_sync import rows_written
from tests.support.cluster import Cluster
from tests.support.organisations import administrator

BEGAN = date(2022, 7, 1)
MOVED = date(2026, 10, 1)


@pytest.fixture
async def placed(linked: Linked) -> Linked:
    """Two boards with two sub-ICB locations each."""
    linked.do("invent", boards=2, places_per_board=2, prefix=linked.prefix)
    return linked


async def members(linked: Linked, board: int) -> list[str]:
    """Names of the bodies in a board's geography today."""
    found = await linked.organisation(linked.board(board))
    assert found is not None
    async with tenant_scope(administrator(), readonly=True):
        rows = (await affiliations.members_of(organisation_ids=[found["id"]]))[found["id"]]
    return [row.name for row in rows]


async def lain(linked: Linked, location: str) -> list[tuple[str, date | None, date | None]]:
    """Where a location lies and lay, newest first."""
    found = await linked.organisation(location)
    assert found is not None
    async with tenant_scope(administrator(), readonly=True):
        rows = (await affiliations.boards_of(organisation_ids=[found["id"]]))[found["id"]]
    return [(row.name, row.valid_from, row.valid_to) for row in rows]


async def facts(run: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    async with tenant_scope(administrator(), readonly=True):
        rows = await sql.fetch(
            "select what, before #>> '{}' as before, after #>> '{}' as after from connection_change "
            "where run_id = $1 and what = 'lies in' order by subject",
            run["id"],
        )
    return [tuple(row) for row in rows]


async def test_a_first_sync_enters_locations_and_says_in_which_board_each_lies(placed: Linked) -> None:
    run = await placed.run()
    assert (run["state"], run["read"], run["applied"], run["rejected"]) == ("done", 6, 10, 0)
    location = await placed.organisation(placed.location(0))
    assert location is not None
    assert (location["kind"], location["type_label"]) == ("other_body", "Sub-ICB location")
    assert await members(placed, 0) == [f"NHS Ashen Vale ICB - {placed.location(0, which)}" for which in (0, 1)]
    assert len(await facts(run)) == 4


async def test_a_sync_with_nothing_new_writes_nothing(placed: Linked, database: Cluster) -> None:
    await placed.run()
    before = await rows_written(database)
    run = await placed.run()
    after = await rows_written(database)
    assert (run["applied"], run["unchanged"]) == (0, run["read"])
    assert {**before, "agency_connection": 0} == {**after, "agency_connection": 0}


async def test_a_location_that_moved_lies_in_the_other_board_from_that_day(placed: Linked) -> None:
    await placed.run()
    placed.do("lie", code=placed.location(0), board=placed.board(1), on=MOVED.isoformat())
    run = await placed.run()
    old, new = "NHS Ashen Vale Integrated Care Board", "NHS Bracken Marsh Integrated Care Board"
    assert await lain(placed, placed.location(0)) == [(new, MOVED, None), (old, BEGAN, date(2026, 9, 30))]
    assert len(await members(placed, 1)) == 3
    assert set(await facts(run)) == {  # of one moment, so in no order
        ("lies in", f"{old} from 2022-07-01", f"{old} from 2022-07-01 to 2026-09-30"),
        ("lies in", None, f"{new} from 2026-10-01"),
    }
    assert len(await facts(run)) == 2
    asked = placed.agencies.asked("nhs", containing="/OrganizationAffiliation")[-1]["query"]["primary-organization"]
    assert placed.location(0) in asked
    assert placed.location(1) not in asked, "nothing changed there"


async def test_what_the_directory_takes_out_has_ended_and_is_not_forgotten(placed: Linked) -> None:
    await placed.run()
    placed.do("part", code=placed.location(1), on="2026-11-10")
    placed.do("delete", code=placed.location(1, 1), on="2026-11-10")
    await placed.run()
    assert await members(placed, 1) == []
    yesterday = today() - timedelta(days=1)
    for which in (0, 1):
        assert [(start, end) for _, start, end in await lain(placed, placed.location(1, which))] == [(BEGAN, yesterday)]


async def test_next_is_followed_at_home_although_it_names_another_host(
    placed: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "FIRST_PAGE", {"_count": "3", "_offset": "0"})
    run = await placed.run()
    assert (run["state"], run["rejected"]) == ("done", 0)
    asked = [each["query"]["_offset"] for each in placed.agencies.asked("nhs", containing="/OrganizationAffiliation")]
    assert asked == ["0", "3"]
    assert len(await members(placed, 0)) == len(await members(placed, 1)) == 2


async def test_a_next_link_to_another_path_fails_the_run_and_nothing_of_the_page_is_written(
    placed: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "FIRST_PAGE", {"_count": "3", "_offset": "0"})
    placed.agencies.fault("nhs", "off_path_next", path="/OrganizationAffiliation")
    with pytest.raises(AgencyBroken, match="leads somewhere else"):
        await placed.run()
    assert await placed.organisation(placed.location(0)) is None
