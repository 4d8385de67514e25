"""Boards and trusts from the directory into the register: the first time, again, and when something changes there."""

from __future__ import annotations

from datetime import date

import asyncpg

from infra.database import sql
from tenants.organisations import queries, service
from tenants.tenancy.scope import tenant_scope
from tests.integrations.nhs_ods.conftest import WRITTEN, Linked, watermark
from tests.support.cluster import Cluster
from tests.support.organisations import administrator


async def rows_written(cluster: Cluster) -> dict[str, int]:
    """How often each table was written to, as the server counts it after every transaction."""
    connection = await asyncpg.connect(cluster.superuser)
    try:
        rows = await connection.fetch("select tableoid::regclass::text as name, xmin::text as x from agency_connection")
        found = {"agency_connection": hash(tuple(sorted(row["x"] for row in rows)))}
        for table in WRITTEN:
            if table != "agency_connection":
                said = await connection.fetchval(f"select md5(string_agg(xmin::text, ',' order by ctid)) from {table}")
                found[table] = hash(said)
        return found
    finally:
        await connection.close()


async def test_a_first_sync_enters_the_open_boards_and_trusts(linked: Linked) -> None:
    run = await linked.run()
    assert (run["state"], run["read"], run["applied"], run["rejected"]) == ("done", 6, 6, 0)
    board = await linked.organisation(linked.board(0))
    trust = await linked.organisation(f"R{linked.prefix}0000")
    assert board is not None
    assert trust is not None
    assert (board["kind"], board["name"]) == ("integrated_care_board", "NHS Ashen Vale Integrated Care Board")
    assert (trust["kind"], trust["status"]) == ("other_body", "open")


async def test_a_sync_with_nothing_new_writes_nothing(linked: Linked, database: Cluster) -> None:
    await linked.run()
    before = await rows_written(database)
    run = await linked.run()
    after = await rows_written(database)
    assert (run["state"], run["applied"], run["unchanged"]) == ("done", 0, run["read"])
    assert run["read"] > 0
    assert {**before, "agency_connection": 0} == {**after, "agency_connection": 0}, "only that it worked is noted"


async def test_a_later_sync_asks_for_what_changed_since_three_days_before_the_newest(linked: Linked) -> None:
    await linked.run()
    linked.do("rename", code=linked.board(0), name="NHS ASHEN VALE AND COAST INTEGRATED CARE BOARD", on="2026-11-10")
    await linked.run()
    assert str(await watermark(linked.connection)).split()[0] == "2026-11-10"
    await linked.run()
    assert linked.queries()[-1]["lastChangeDate"] == "gt2026-11-07"
    board = await linked.organisation(linked.board(0))
    assert board is not None
    assert board["name"] == "NHS Ashen Vale and Coast Integrated Care Board"


async def test_a_board_that_closed_is_closed_and_points_at_its_successor(linked: Linked) -> None:
    await linked.run()
    old, new = await linked.organisation(linked.board(0)), await linked.organisation(linked.board(1))
    assert old is not None
    assert new is not None
    linked.do("close", code=linked.board(0), on="2026-10-01", successors=[linked.board(1)])
    run = await linked.run()
    assert run["applied"] == 2
    async with tenant_scope(administrator(), readonly=True):
        found = await queries.organisation(organisation_id=old["id"])
        followed = await queries.current_successors(organisation_id=old["id"])
        changes = await sql.fetch(
            "select what, subject, before, after from connection_change where run_id = $1 order by id", run["id"]
        )
    assert found is not None
    assert (found.status, found.closed_on) == ("closed", date(2026, 10, 1))
    assert [one.id for one in followed] == [new["id"]]
    assert [change["what"] for change in changes] == ["open or closed", "successor"]


async def test_a_body_taken_out_of_the_directory_counts_as_closed_and_may_come_back(linked: Linked) -> None:
    await linked.run()
    linked.do("delete", code=linked.board(2), on="2026-11-01")
    assert (await linked.run())["applied"] == 1
    gone = await linked.organisation(linked.board(2))
    assert gone is not None
    assert gone["status"] == "closed"
    linked.do("add", code=linked.board(2), name=gone["name"].upper(), on="2026-11-12")
    await linked.run()
    back = await linked.organisation(linked.board(2))
    assert back is not None
    assert back["status"] == "open"


async def test_what_an_administrator_wrote_stays(linked: Linked) -> None:
    await linked.run()
    board = await linked.organisation(linked.board(1))
    assert board is not None
    who = administrator()
    async with tenant_scope(who):
        await service.rename_body(by=who, organisation_id=board["id"], name="Our own name for it")
    linked.do("rename", code=linked.board(1), name="NHS QUITE ANOTHER INTEGRATED CARE BOARD", on="2026-11-10")
    await linked.run()
    kept = await linked.organisation(linked.board(1))
    assert kept is not None
    assert kept["name"] == "Our own name for it"


async def test_a_body_without_a_usable_name_is_rejected_by_its_code_and_the_rest_is_taken(linked: Linked) -> None:
    linked.do("add", code=f"Q{linked.prefix}900", name="X", on="2026-11-10")
    run = await linked.run()
    assert (run["state"], run["rejected"], run["applied"]) == ("done", 1, 6)
    async with tenant_scope(administrator(), readonly=True):
        row = await sql.fetch_one("select reference, reason from connection_rejection where run_id = $1", run["id"])
    assert row is not None
    assert tuple(row) == (f"Q{linked.prefix}900", "It has no name, or one that is too long.")
