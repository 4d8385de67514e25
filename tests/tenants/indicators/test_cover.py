"""An old quarter sent again after an authority joined or left: withheld is what its own cover would give away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from infra.database import sql
from tenants.tenancy.scope import system_scope
from tests.support.cluster import Cluster
from tests.support.indicators import CODE, all_points, send_figures
from tests.support.world import AreaMade, make_area

MONTH = f"month,{date(2026, 7, 1)}"


async def covers_too(area: AreaMade, *, first: date = date(2021, 1, 1), last: date | None = None) -> str:
    """Let the area cover another authority for that time; return its three digits."""
    other = await make_area()
    async with system_scope("test cover", powers=["platform"]):
        await sql.execute(
            "update area_local_authority set valid_to = $2 where area_id = $1 and valid_to is null",
            other.id, first - timedelta(days=1),
        )  # fmt: skip
        await sql.execute(
            "insert into area_local_authority (area_id, la_code, la_name, valid_from, valid_to) "
            "values ($1, $2, 'Other Council', $3, $4)",
            area.id, other.la_code, first, last,
        )  # fmt: skip
    return other.la_code


async def leaves(area: AreaMade, place: str, *, last: date) -> None:
    async with system_scope("test cover", powers=["platform"]):
        await sql.execute(
            "update area_local_authority set valid_to = $3 where area_id = $1 and la_code = $2", area.id, place, last
        )


def lines(area: AreaMade, figures: dict[str, int]) -> list[str]:
    """One line for each place: "own" is the area's first authority, "" the whole area."""
    return [f"{CODE},{area.la_code if place == 'own' else place},{MONTH},{n},final" for place, n in figures.items()]


async def shown(area: AreaMade) -> dict[str, str]:
    points = await all_points(area)
    return {"own" if one.place == area.la_code else one.place: "c" if one.value is None else str(int(one.value))
            for one in points}  # fmt: skip


async def test_a_quarter_is_judged_by_the_authorities_that_were_covered_then_though_one_has_left(
    database: Cluster,
) -> None:
    area = await make_area()
    third, leaver = await covers_too(area), await covers_too(area)
    await send_figures(area, *lines(area, {"own": 12, third: 30, leaver: 20, "": 62}))
    await leaves(area, leaver, last=date(2026, 9, 30))
    await send_figures(area, *lines(area, {"own": 3, "": 53}))
    # 53 - 30 - 20 would say the 3, and the 30 and the 20 have been seen
    assert await shown(area) == {"own": "c", third: "30", leaver: "20", "area": "c"}


async def test_an_authority_that_joined_later_covers_nothing_of_an_earlier_quarter(database: Cluster) -> None:
    area = await make_area()
    other = await covers_too(area)
    await covers_too(area, first=date(2026, 10, 1))
    await send_figures(area, *lines(area, {"own": 3, other: 50, "": 53}))
    assert await shown(area) == {"own": "c", other: "c", "area": "53"}


async def test_a_total_counted_anew_without_the_authority_that_left_gives_nothing_away_either(
    database: Cluster,
) -> None:
    area = await make_area()
    third, leaver = await covers_too(area), await covers_too(area)
    await send_figures(area, *lines(area, {"own": 12, third: 30, leaver: 20, "": 62}))
    await leaves(area, leaver, last=date(2026, 9, 30))
    await send_figures(area, *lines(area, {"own": 3, "": 33}))
    assert await shown(area) == {"own": "c", third: "30", leaver: "20", "area": "c"}


@pytest.mark.parametrize("total", [53, 73])
async def test_a_total_of_a_month_in_which_one_left_gives_nothing_away_whether_it_counts_it_or_not(
    database: Cluster, total: int
) -> None:
    area = await make_area()
    third, leaver = await covers_too(area), await covers_too(area)
    await send_figures(area, *lines(area, {leaver: 20}))
    await leaves(area, leaver, last=date(2026, 7, 15))
    await send_figures(area, *lines(area, {"own": 3, third: 50, "": total}))
    found = await shown(area)
    assert found["own"] == "c"
    assert [found[third], found[leaver]].count("c") == 1


async def test_a_month_in_which_one_left_whose_figure_nobody_sent_gives_nothing_away(database: Cluster) -> None:
    area = await make_area()
    third = await covers_too(area)
    await covers_too(area, last=date(2026, 7, 15))
    await send_figures(area, *lines(area, {"own": 3, third: 50, "": 53}))
    assert await shown(area) == {"own": "c", third: "c", "area": "53"}
