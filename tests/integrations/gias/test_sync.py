"""The register every night, from an address where today's file may not be there yet."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from infra.clock import today
from infra.database import sql
from infra.queue import GiveUp
from integrations.engine.carry import Work, carry, link_of
from integrations.engine.ending import carry_to_an_end
from integrations.engine.scopes import scopes_of
from integrations.errors import AgencyDown, AgencyRefused
from integrations.gias.load import importer_scope
from integrations.gias.sync import CONNECTOR
from integrations.hosts import only_hosts
from integrations.http import Door
from integrations.neighbour import forget_neighbours
from integrations.sandbox.agencies.delivery import MAINTENANCE
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, make_connection, row_of, serving

DOOR = Door(permits=only_hosts("127.0.0.1"), total_seconds=20, max_bytes=1_000_000)


def yesterday() -> str:
    """As the names of the files have it; asked for when a test runs, which may be the day after it was gathered."""
    return f"{today() - timedelta(days=1):%Y%m%d}"


@dataclass(frozen=True)
class Nightly:
    """The national connection to the register."""

    connection: UUID
    agencies: RunningAgencies

    async def run(self) -> dict[str, Any]:
        """Run once and return the run's row."""
        run = await asked(None, self.connection)
        held = await begun(None, run)
        scopes = scopes_of(area_id=None)
        await carry(Work(begun=held, link=link_of(held), connector=CONNECTOR, scopes=scopes, door=DOOR))
        return await row_of(None, "connection_run", run)

    async def ended(self) -> dict[str, Any]:
        """Run once, to whatever end, and return the run's row."""
        run = await asked(None, self.connection)
        held = await begun(None, run)
        work = Work(begun=held, link=link_of(held), connector=CONNECTOR, scopes=scopes_of(area_id=None), door=DOOR)
        with contextlib.suppress(GiveUp):
            await carry_to_an_end(work, pause=None)
        return await row_of(None, "connection_run", run)

    def files(self) -> list[str]:
        """The files asked for, with what came of it."""
        return [f"{each['status']} {each['path'].rpartition('/')[2]}" for each in self.agencies.asked("gias")]


@pytest.fixture
async def nightly(database: Cluster, agencies: RunningAgencies) -> AsyncIterator[Nightly]:
    forget_neighbours()
    base = agencies.url("gias") + "/edubase/downloads/public"
    connection = await make_connection(
        None, system="gias", base_url=base, auth_mode="none", options={"calls_per_second": 1000}
    )
    yield Nightly(connection, agencies)
    forget_neighbours()


async def imported(file_name: str) -> list[tuple[str, int]]:
    """How each import of a file ended, and how many rows it had."""
    async with importer_scope():
        rows = await sql.fetch("select status, rows_read from import_run where file_name = $1 order by id", file_name)
    return [tuple(row) for row in rows]


async def test_yesterdays_files_are_taken_while_todays_are_not_there(nightly: Nightly) -> None:
    row = await nightly.run()
    assert (row["state"], row["pages"], row["problem"]) == ("done", 4, None)
    assert (await imported(f"edubasealldata{yesterday()}.csv"))[-1] == ("done", 200)
    in_order = ("allgroupsdata", "edubasealldata", "links_edubasealldata", "alllinksdata")
    found = [name for name in nightly.files() if name.startswith("200")]
    assert found == [f"200 {name}{yesterday()}.csv" for name in in_order]
    assert sum(name.startswith("404") for name in nightly.files()) == 4


async def test_the_same_files_again_are_not_even_read(nightly: Nightly) -> None:
    await nightly.run()
    name = f"edubasealldata{yesterday()}.csv"
    before = await imported(name)
    row = await nightly.run()
    assert (row["read"], row["applied"], row["unchanged"]) == (0, 0, 4)
    assert await imported(name) == before


async def test_todays_file_is_taken_as_soon_as_it_is_there(nightly: Nightly) -> None:
    await nightly.run()
    nightly.agencies.do("gias", "publish", rows=2300)
    row = await nightly.run()
    name = f"edubasealldata{today():%Y%m%d}.csv"
    assert (await imported(name))[-1] == ("done", 2300)
    async with serving(None):
        told = await sql.fetch_one(
            "select what, (after->>'created')::int as created from connection_change "
            "where run_id = $1 and subject = $2",
            row["id"],
            name,
        )
    assert told is not None
    assert told["what"] == "register file"
    assert row["applied"] >= told["created"] > 0


async def test_a_register_without_files_for_a_week_is_away(nightly: Nightly) -> None:
    nightly.agencies.do("gias", "withdraw")
    with pytest.raises(AgencyDown, match="no allgroupsdata file of the last 7 days"):
        await nightly.run()
    assert len(nightly.files()) == 7


async def test_a_run_that_met_a_maintenance_page_fails_and_takes_the_other_files(nightly: Nightly) -> None:
    nightly.agencies.fault("gias", "html", times=None, path="/edubasealldata")
    row = await nightly.ended()
    name = f"edubasealldata{today():%Y%m%d}.csv"
    assert (row["state"], row["pages"]) == ("failed", 4)
    assert row["problem"].startswith(f"{name} was not taken. This is not a CSV file: it is a web page")
    assert row["problem"].endswith("The other files of the register are as they should be.")
    assert (await imported(name))[-1] == ("refused", 0)
    assert f"200 alllinksdata{yesterday()}.csv" in nightly.files()
    async with serving(None):
        aside = await sql.fetch("select bytes from connection_quarantine where run_id = $1", row["id"])
    assert [each["bytes"] for each in aside] == [len(MAINTENANCE.encode())]


async def test_the_run_after_one_that_met_a_maintenance_page_begins_anew(nightly: Nightly) -> None:
    nightly.agencies.fault("gias", "html", times=None, path="/edubasealldata")
    assert (await nightly.ended())["state"] == "failed"
    nightly.agencies.clear()
    again = await nightly.ended()
    assert (again["state"], again["pages"]) == ("done", 4)


async def test_a_maintenance_page_is_listed_with_the_file_that_it_stood_for(nightly: Nightly) -> None:
    nightly.agencies.fault("gias", "html", times=None, path="/edubasealldata")
    row = await nightly.ended()
    async with serving(None):
        reasons = await sql.fetch("select reference, reason from connection_rejection where run_id = $1", row["id"])
    assert any(each["reference"].startswith("edubasealldata") and "page" in each["reason"] for each in reasons)


async def test_an_address_that_needs_a_password_now_is_told_as_such(nightly: Nightly) -> None:
    nightly.agencies.fault("gias", "status", times=None, status=403)
    with pytest.raises(AgencyRefused, match="answered 403 instead of a file"):
        await nightly.run()


async def test_a_download_that_breaks_off_is_fetched_again(nightly: Nightly) -> None:
    nightly.agencies.fault("gias", "truncate", path="edubasealldata" + yesterday())
    row = await nightly.run()
    assert row["state"] == "done"
    assert nightly.files().count(f"200 edubasealldata{yesterday()}.csv") == 2


async def test_a_test_says_which_file_is_the_newest(nightly: Nightly) -> None:
    run = await asked(None, nightly.connection, cause="test")
    held = await begun(None, run)
    await carry(Work(begun=held, link=link_of(held), connector=CONNECTOR, scopes=scopes_of(area_id=None), door=DOOR))
    said = (await row_of(None, "connection_run", run))["said"]
    assert said == f"The newest links file is links_edubasealldata{yesterday()}.csv."
