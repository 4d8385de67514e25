"""Narrowing a trail: each given part leaves out what it does not name; days are inclusive, and begin in London."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tenants.audit import queries
from tenants.audit.queries import Filter
from tenants.audit.service import record
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, make_area, manager
from tests.tenants.audit.rewriting import rewrite

#: In summer midnight in London is 23:00 of the day before in universal time.
BEFORE_MIDNIGHT = datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 6, 30, 23, 0, 0, tzinfo=UTC)
ENTRIES = (("board.link", ("linked_board", "a"), BEFORE_MIDNIGHT), ("role.end", ("role_assignment", "b"), MIDNIGHT))
BOTH, FIRST, SECOND = ["a", "b"], ["a"], ["b"]


async def written(database: Cluster) -> AreaMade:
    """An area with two entries, a second apart, on two days."""
    area = await make_area()
    async with tenant_scope(manager(area)):
        for action, subject, _ in ENTRIES:
            await record(by=manager(area), area_id=area.id, action=action, subject=subject)
    moments = " ".join(f"when {seq} then '{at}'::timestamptz" for seq, (_, _, at) in enumerate(ENTRIES, start=1))
    change = f"update audit.event set at = case seq {moments} end where area_id = {area.id}"
    await rewrite(database, area_id=area.id, change=change)
    return area


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (Filter(), BOTH),
        (Filter(since=date(2026, 6, 30)), BOTH),
        (Filter(since=date(2026, 7, 1)), SECOND),
        (Filter(since=date(2026, 7, 2)), []),
        (Filter(until=date(2026, 6, 29)), []),
        (Filter(until=date(2026, 6, 30)), FIRST),
        (Filter(until=date(2026, 7, 1)), BOTH),
        (Filter(since=date(2026, 7, 1), until=date(2026, 6, 30)), []),
        (Filter(action="role"), SECOND),
        (Filter(action="role.end"), SECOND),
        (Filter(action="end"), []),
        (Filter(action="%"), []),
        (Filter(action="role%end"), []),
        (Filter(action="role_assignment"), []),
        (Filter(subject_type="linked_board"), FIRST),
        (Filter(subject_type="linked"), []),
        (Filter(subject_id="b"), SECOND),
        (Filter(subject_type="linked_board", subject_id="b"), []),
        (Filter(actor="somebody else"), []),
        (Filter(actor="EA MANAG"), BOTH),
        (Filter(actor="%"), []),
        (Filter(actor="Bea_Manager"), []),
        (Filter(actor="\\"), []),
    ],
    ids=str,
)
async def test_a_filter_leaves_out_what_it_does_not_name(database: Cluster, where: Filter, found: list[str]) -> None:
    area = await written(database)
    async with tenant_scope(manager(area), readonly=True):
        entries = await queries.entries(area_id=area.id, where=where)
    assert [entry.subject_id for entry in reversed(entries)] == found
