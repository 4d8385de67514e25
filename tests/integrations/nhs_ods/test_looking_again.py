"""Once a week everything that is open is read, whatever its date: affiliations may change without being dated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from infra.clock import today
from infra.database import sql
from integrations.nhs_ods.places import LOOK_AGAIN, beginning, watermark_of
from tenants.tenancy.scope import tenant_scope
from tests.integrations.nhs_ods.conftest import Linked, watermark
from tests.integrations.nhs_ods.test_affiliations import members, placed
from tests.integrations.nhs_ods.test_sync import rows_written
from tests.support.cluster import Cluster
from tests.support.organisations import administrator

__all__ = ["placed"]
DAY = date(2026, 11, 22)


async def last_looked(linked: Linked, *, ago: timedelta | None) -> None:
    """Let the last look at everything be so long ago; None: it was made by a version that noted none."""
    newest = str(await watermark(linked.connection)).split()[0]
    then = newest if ago is None else f"{newest} {today() - ago}"
    async with tenant_scope(administrator()):
        await sql.execute("update agency_connection set watermark = $2 where id = $1", linked.connection, then)


async def move_undated(linked: Linked) -> None:
    """A location lies in another board, and its own day of change stays as it was."""
    linked.do("lie", code=linked.location(0), board=linked.board(1), on="2026-10-01", dated=False)


async def test_an_affiliation_that_changed_undated_is_found_by_the_look_of_the_week(placed: Linked) -> None:
    placed.do("rename", code=placed.board(0), name="NHS ASHEN COAST INTEGRATED CARE BOARD", on="2026-11-10")
    await placed.run()
    await move_undated(placed)
    await last_looked(placed, ago=LOOK_AGAIN - timedelta(days=2))
    await placed.run()
    assert len(await members(placed, 1)) == 2, "it is not dated, and the week is not over"
    await last_looked(placed, ago=LOOK_AGAIN)
    run = await placed.run()
    assert len(await members(placed, 1)) == 3
    assert run["applied"] == 2, "the place that ended, and the new one"


async def test_a_connection_that_noted_no_look_looks_at_once(placed: Linked) -> None:
    await placed.run()
    await move_undated(placed)
    await last_looked(placed, ago=None)
    await placed.run()
    assert len(await members(placed, 1)) == 3


async def test_a_look_that_finds_nothing_writes_nothing_and_costs_four_calls(placed: Linked, database: Cluster) -> None:
    await placed.run()
    await last_looked(placed, ago=LOOK_AGAIN)
    before, asked = await rows_written(database), len(placed.agencies.asked("nhs"))
    run = await placed.run()
    after = await rows_written(database)
    assert (run["applied"], run["unchanged"]) == (0, run["read"])
    assert {**before, "agency_connection": 0} == {**after, "agency_connection": 0}
    assert len(placed.agencies.asked("nhs")) - asked == 4, "open, where they lie, closed, taken out"
    assert "lastChangeDate" not in placed.queries()[-2]
    assert "lastChangeDate" in placed.queries()[-1], "of what closed only what changed"


@pytest.mark.parametrize(
    ("ago", "whole"), [(timedelta(0), False), (timedelta(days=6), False), (LOOK_AGAIN, True), (timedelta(90), True)]
)
def test_the_day_of_the_last_look_is_kept_in_the_watermark(ago: timedelta, whole: bool) -> None:
    begun = beginning(f"2026-11-10 {DAY - ago}", on=DAY)
    assert ("lastChangeDate" not in begun["place"], begun["since"]) == (whole, "2026-11-07")
    assert watermark_of(begun) == f"2026-11-10 {DAY if whole else DAY - ago}"


def test_a_run_that_an_earlier_version_began_ends_as_it_began() -> None:
    assert watermark_of({"part": "deleted", "place": None, "since": None, "newest": "2026-11-10"}) == "2026-11-10"
    assert watermark_of({"part": "deleted", "place": None, "since": None, "newest": None}) is None
