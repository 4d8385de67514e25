"""The table of all areas is read from kept rows, says the same as the records, and costs the less the more are kept."""

from __future__ import annotations

from typing import Any

import pytest

from infra.clock import today
from tenants.resourcing.rules import year_of
from tests.graphql.intervention.sending import ask, people
from tests.graphql.intervention.test_queries import counted
from tests.support.cluster import Cluster
from tests.support.membership import make_bodies
from tests.support.queue import as_superuser
from tests.support.resourcing import open_budget
from tests.support.world import AreaMade, make_area, official
from tests.tenants.overview.keeping import refresh

TABLE: dict[str, Any] = {"sort": "name", "descending": False}


async def one(area: AreaMade) -> dict[str, Any]:
    """The area's line of the table."""
    (line,) = (await ask("NationalAreas", official(), **TABLE, search=area.name))["nationalAreas"]
    return dict(line)


async def page(area: AreaMade) -> dict[str, Any]:
    """The area's own page."""
    return dict((await ask("NationalArea", official(), slug=area.slug))["nationalArea"])


async def cost_of(area: AreaMade) -> int:
    with counted() as statements:
        await one(area)
    return len(statements)


async def busy_area(name: str) -> AreaMade:
    area = await make_area(name)
    await open_budget(await make_bodies(area), year=year_of(today()))
    await people.referred(area)
    return area


async def test_kept_rows_say_what_the_records_say(database: Cluster) -> None:
    area = await busy_area("Keptshire")
    line, whole = await one(area), await page(area)
    await refresh(area)
    assert (await one(area), await page(area)) == (line, whole)


async def test_it_is_the_row_that_is_shown(database: Cluster) -> None:
    area = await busy_area("Rowshire")
    await refresh(area)
    await as_superuser(
        database, "update area_fact set words = 'As kept' where area_id = $1 and subject = 'flags'", area.id
    )
    assert (await one(area))["flags"]["words"] == "As kept"
    await as_superuser(database, "update area_fact set stale = true where area_id = $1", area.id)
    assert (await one(area))["flags"]["words"] == "1 open, 1 for the Department", "and never a stale one"
    await as_superuser(
        database, "update area_fact set stale = false, recheck_on = $2 where area_id = $1", area.id, today()
    )
    assert (await one(area))["flags"]["words"] == "1 open, 1 for the Department", "nor one whose day has come"


async def test_rows_that_hold_save_the_reads_behind_them(database: Cluster) -> None:
    area = await busy_area("Savingshire")
    costs = [await cost_of(area)]
    await refresh(area)
    costs.append(await cost_of(area))
    await people.referred(area)
    costs.append(await cost_of(area))
    assert costs == [costs[2] + 5, 1, costs[2]]


@pytest.mark.parametrize("kept", [0, 1, 2])
async def test_the_cost_does_not_grow_with_areas_that_are_not_kept(database: Cluster, kept: int) -> None:
    made = [await busy_area(f"Costshire {kept}") for _ in range(4)]
    for area in made[:kept]:
        await refresh(area)
    with counted() as statements:
        found = await ask("NationalAreas", official(), **TABLE, search=f"Costshire {kept}")
    assert len(found["nationalAreas"]) == 4
    few = len(statements)
    for _ in range(3):
        await busy_area(f"Costshire {kept}")
    with counted() as statements:
        await ask("NationalAreas", official(), **TABLE, search=f"Costshire {kept}")
    assert len(statements) == few
