"""Officials' reads are recorded before they are made, many at once in one writing, each once."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from concordat_graphql import answering, read_ledger
from concordat_graphql.operations import run
from concordat_graphql.read_ledger import LEDGER, ReadLedger
from infra.database import sql
from infra.database.holding import Guard, NoLongerHolds
from tenants.audit.queries import first_broken_link
from tenants.audit.service import PLATFORM, Entry
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area, official

SUBJECT = ("national_table", "areas")


async def entries(area_id: int = PLATFORM) -> list[tuple[str, str]]:
    async with system_scope("reading the trail", powers=["national"], areas=[area_id]):
        rows = await sql.fetch(
            "select actor_name, subject_id from audit.event"
            " where area_id = $1 and action = 'national.read' order by seq",
            area_id,
        )
    return [(row["actor_name"], row["subject_id"]) for row in rows]


async def test_reads_that_come_together_are_written_in_their_order_and_the_chain_holds(database: Cluster) -> None:
    area = await make_area()
    names = [f"Official {i}" for i in range(40)]
    readers = [actor(Role.OFFICIAL, name=name) for name in names]
    await asyncio.gather(*(LEDGER.record(by=by, area_id=area.id, subject=("area", n)) for n, by in enumerate(readers)))
    assert await entries(area.id) == [(name, str(n)) for n, name in enumerate(names)]
    async with system_scope("verifying", areas=[area.id]):
        assert await first_broken_link(area_id=area.id) is None


async def test_those_that_come_while_one_is_written_go_together(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    started = asyncio.Event()
    real = read_ledger.record_all

    async def watched(batch: list[tuple[Actor, Entry]]) -> None:
        sizes.append(len(batch))
        started.set()
        await real(batch)

    monkeypatch.setattr(read_ledger, "record_all", watched)
    ledger, by = ReadLedger(), official()
    first = asyncio.create_task(ledger.record(by=by, area_id=PLATFORM, subject=SUBJECT))
    await started.wait()
    await asyncio.gather(first, *(ledger.record(by=by, area_id=PLATFORM, subject=SUBJECT) for _ in range(9)))
    assert sizes == [1, 9]
    assert ledger.writing is None


async def test_a_read_whose_entry_cannot_be_written_is_refused(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(batch: list[tuple[Actor, Entry]]) -> None:
        raise ConnectionError("the database has gone")

    monkeypatch.setattr(read_ledger, "record_all", failing)
    with pytest.raises(ConnectionError):
        await LEDGER.record(by=official(), area_id=PLATFORM, subject=SUBJECT)
    monkeypatch.undo()
    await LEDGER.record(by=official(), area_id=PLATFORM, subject=SUBJECT)  # and the next goes on


async def test_an_entry_that_cannot_be_written_refuses_its_own_read_alone(database: Cluster) -> None:
    area, ledger = await make_area(), ReadLedger()
    names = [f"Official {i}" for i in range(9)]
    names[4] = "Official \0"  # no text of PostgreSQL holds this
    readers = [actor(Role.OFFICIAL, name=name) for name in names]
    done = await asyncio.gather(
        *(ledger.record(by=by, area_id=area.id, subject=SUBJECT) for by in readers), return_exceptions=True
    )
    assert isinstance(done.pop(4), asyncpg.DataError)
    assert done == [None] * 8
    assert [name for name, _ in await entries(area.id)] == [name for name in names if "\0" not in name]
    async with system_scope("verifying", areas=[area.id]):
        assert await first_broken_link(area_id=area.id) is None


@pytest.mark.parametrize("fallen", [(), (3,), (0, 6), (0, 1, 2, 3, 4, 5, 6)])
async def test_who_is_no_longer_who_they_were_leaves_no_entry_and_the_others_do(
    database: Cluster, fallen: tuple[int, ...]
) -> None:
    area, ledger = await make_area(), ReadLedger()
    guards = [Guard(sql="{0} = {1}", args=("so 'it' {is}", "not" if n in fallen else "so 'it' {is}")) for n in range(7)]
    done = await asyncio.gather(
        *(
            ledger.record(by=official(), area_id=area.id, subject=("area", n), guard=None if n == 5 else guard)
            for n, guard in enumerate(guards)
        ),
        return_exceptions=True,
    )
    refused = [n for n, each in enumerate(done) if isinstance(each, NoLongerHolds)]
    assert refused == [n for n in fallen if n != 5]
    assert [subject for _, subject in await entries(area.id)] == [str(n) for n in range(7) if n not in refused]


async def test_a_database_that_is_away_is_asked_once_for_all(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    async def failing(batch: list[tuple[Actor, Entry]]) -> None:
        sizes.append(len(batch))
        raise ConnectionError("the database has gone")

    monkeypatch.setattr(read_ledger, "record_all", failing)
    ledger, by = ReadLedger(), official()
    reads = [ledger.record(by=by, area_id=PLATFORM, subject=SUBJECT) for _ in range(5)]
    done = await asyncio.gather(*reads, return_exceptions=True)
    assert [type(each) for each in done] == [ConnectionError] * 5
    assert sizes == [5]


async def test_who_goes_away_while_waiting_takes_nobody_else_along(database: Cluster) -> None:
    before, by = len(await entries()), official()
    tasks = [asyncio.create_task(LEDGER.record(by=by, area_id=PLATFORM, subject=SUBJECT)) for _ in range(5)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(done[0], asyncio.CancelledError)
    assert done[1:] == [None] * 4
    assert len(await entries()) == before + 5


async def test_a_read_tried_on_both_paths_is_recorded_once(database: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    async def failing(**_: object) -> None:
        raise asyncpg.PostgresError("the compiled read failed")

    monkeypatch.setattr(answering, "read_text", failing)
    before = len(await entries())
    result = await run("{ nationalFlags(openOnly: false) { nodes { id } } }", actor=official())
    assert not result.errors
    assert len(await entries()) == before + 1
