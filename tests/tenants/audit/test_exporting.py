"""A trail as a file: all of it, oldest first, read part by part and never held whole."""

from __future__ import annotations

import csv
import io

import pytest

from infra.database import ENGINE, Scope
from tenants.audit import exporting, queries
from tenants.audit.service import record
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, make_area, manager


async def write(area: AreaMade, *names: str) -> int:
    """Append an entry for each name and return the number of the last."""
    async with tenant_scope(manager(area)):
        for name in names:
            await record(by=manager(area), area_id=area.id, action="board.rename", subject=("linked_board", name))
        return await queries.last_seq(area_id=area.id)


def reading(area: AreaMade) -> Scope:
    return tenant_scope(manager(area), readonly=True)


async def parts_of(area: AreaMade, *, last: int) -> list[list[list[str]]]:
    """The rows of each part; no transaction is open while a part is on its way."""
    parts = []
    async for part in exporting.trail(area_id=area.id, last_seq=last, scope=lambda: reading(area)):
        assert ENGINE.current_transaction.get() is None
        parts.append(list(csv.reader(io.StringIO(part.decode("utf-8-sig"), newline=""))))
    return parts


SUBJECT = queries.COLUMNS.index("subject_id")


@pytest.mark.parametrize(
    ("entries", "at_once", "sizes"), [(0, 2, []), (1, 2, [1]), (4, 2, [2, 2]), (5, 2, [2, 2, 1]), (5, 1000, [5])]
)
async def test_a_trail_is_sent_in_parts_of_so_many_entries(
    database: Cluster, monkeypatch: pytest.MonkeyPatch, entries: int, at_once: int, sizes: list[int]
) -> None:
    monkeypatch.setattr(exporting, "ENTRIES_AT_ONCE", at_once)
    area = await make_area()
    names = [f"board {number}" for number in range(entries)]
    last = await write(area, *names)
    start, *parts = await parts_of(area, last=last)
    assert start == [list(queries.COLUMNS)]
    assert [len(part) for part in parts] == sizes
    assert [row[SUBJECT] for part in parts for row in part] == names, "oldest first"


async def test_what_happens_while_the_file_is_taken_is_not_in_it(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "ENTRIES_AT_ONCE", 1)
    area = await make_area()
    last = await write(area, "one", "two")
    taking = exporting.trail(area_id=area.id, last_seq=last, scope=lambda: reading(area))
    taken = [await anext(taking), await anext(taking)]
    await write(area, "three")
    taken += [part async for part in taking]
    text = b"".join(taken).decode("utf-8-sig")
    assert [row[SUBJECT] for row in csv.reader(io.StringIO(text))][1:] == ["one", "two"]


async def test_a_trail_of_another_area_is_empty_beyond_its_heading(database: Cluster) -> None:
    ours, theirs = await make_area(), await make_area()
    last = await write(theirs, "secret")
    parts = [part async for part in exporting.trail(area_id=theirs.id, last_seq=last, scope=lambda: reading(ours))]
    assert len(parts) == 1
    assert b"secret" not in parts[0]


async def test_a_name_that_would_be_a_formula_is_text_in_every_part(
    database: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "ENTRIES_AT_ONCE", 1)
    area = await make_area()
    last = await write(area, "=1+1", "@SUM(A1)")
    _, *parts = await parts_of(area, last=last)
    assert [row[SUBJECT] for part in parts for row in part] == ["'=1+1", "'@SUM(A1)"]
