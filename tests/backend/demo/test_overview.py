"""On the demo's opening day the national table is read from its rows."""

from __future__ import annotations

from infra.clock import today
from infra.database import sql
from tenants.overview import queries
from tenants.overview.rules import Subject
from tenants.tenancy.scope import national_scope
from tests.support.nation import Nation


async def test_every_area_has_its_rows_and_they_are_right(in_nation: Nation) -> None:
    areas = sorted(in_nation.world.areas.values())
    async with national_scope():
        rows = await queries.kept(area_ids=areas)
        said = {subject: await queries.live(subject, area_ids=areas) for subject in Subject}
        everywhere = [row["id"] for row in await sql.fetch("select id from area order by id")]
    assert areas == everywhere
    assert [(row.area_id, row.subject.value) for row in rows] == [
        (area, subject) for area in areas for subject in sorted(Subject)
    ]
    held = [row for row in rows if row.holds(today())]
    assert {row.area_id for row in held} == set(areas)
    assert [row.fact for row in held] == [said[row.subject][row.area_id] for row in held]
