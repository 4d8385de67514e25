"""Figures written: corrections keep history, the same again writes nothing, and nothing withheld can be worked out."""

from __future__ import annotations

from datetime import date

import asyncpg
import pytest

from infra.database import sql
from tenants.indicators import queries, service
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.indicators import CODE, DEFINITION, act, all_points, card, quarter_lines, send_figures, upload
from tests.support.world import AreaMade, make_area, manager

JULY = date(2026, 7, 1)


async def texts(area: AreaMade) -> list[str]:
    """The months, then the quarter."""
    return ["c" if point.value is None else str(int(point.value)) for point in await all_points(area)]


async def versions(area: AreaMade) -> list[tuple[int | None, str, bool]]:
    async with tenant_scope(manager(area), readonly=True):
        rows = await sql.fetch(
            "select value, suppression, superseded_at is null as current from indicator_observation "
            "where area_id = $1 order by place, period, starts_on, superseded_at",
            area.id,
        )
    return [(None if row["value"] is None else int(row["value"]), row["suppression"], row["current"]) for row in rows]


async def test_a_correction_leaves_what_was_there(database: Cluster) -> None:
    area = await make_area()
    await send_figures(area, f"{CODE},,month,2026-07-01,12,provisional")
    done = await send_figures(area, f"{CODE},,month,2026-07-01,14,revised")
    assert done.written == {"new": 0, "revised": 1, "unchanged": 0, "withheld": 0}
    assert await versions(area) == [(12, "none", False), (14, "none", True)]
    async with tenant_scope(manager(area), readonly=True):
        [before] = await queries.corrections(area_id=area.id, code=CODE)
    assert before.value == 12


async def test_the_same_file_again_writes_nothing(database: Cluster) -> None:
    area = await make_area()
    lines = quarter_lines([3, 20, 30, 53], starts_on=JULY)
    first = await send_figures(area, *lines)
    again = await send_figures(area, *lines)
    assert first.written == {"new": 4, "revised": 0, "unchanged": 0, "withheld": 1}
    assert again.written == {"new": 0, "revised": 0, "unchanged": 4, "withheld": 0}
    assert len(await versions(area)) == 4


async def test_a_figure_of_the_same_file_that_is_withheld_for_anothers_sake_is_counted_as_such(
    database: Cluster,
) -> None:
    area = await make_area()
    done = await send_figures(area, *quarter_lines([3, 12, 20, 35], starts_on=JULY))
    assert await texts(area) == ["c", "c", "20", "35"]
    assert done.written == {"new": 4, "revised": 0, "unchanged": 0, "withheld": 1}


async def test_a_quarter_that_comes_later_is_withheld_for_the_months_have_been_seen(database: Cluster) -> None:
    area = await make_area()
    await send_figures(area, *quarter_lines([3, 20, 30], starts_on=JULY))
    assert await texts(area) == ["c", "20", "30"]
    done = await send_figures(area, f"{CODE},,quarter,2026-07-01,53,final")
    assert done.written == {"new": 1, "revised": 0, "unchanged": 0, "withheld": 1}
    assert await texts(area) == ["c", "20", "30", "c"]


async def test_what_is_withheld_later_is_withheld_in_its_history_too(database: Cluster) -> None:
    """All of it had been seen when a new edition said that it adds up: others at least do not see it."""
    area, code = await make_area(), DEFINITION["code"]
    await act(manager(area), service.define, area.id, **DEFINITION)
    await send_figures(area, *quarter_lines([3, 19, 30], starts_on=JULY, code=code))
    await send_figures(area, f"{code},,month,2026-08-01,20,revised")
    await send_figures(area, f"{code},,quarter,2026-07-01,53,final")
    assert await texts(area) == ["c", "20", "30", "53"]
    await act(manager(area), service.define, area.id, **{**DEFINITION, "edition": "2", "adds_over_time": True})
    await send_figures(area, f"{code},,month,2026-07-01,3,revised")
    july, august = [(None, "small_number", False)], [(None, "secondary", False)] * 2
    assert [row for row in await versions(area) if row[0] not in (30, 53)] == [
        *july, (None, "small_number", True), *august, (None, "secondary", True),
    ]  # fmt: skip


async def test_a_value_withheld_for_cover_does_not_come_back_by_itself(database: Cluster) -> None:
    area = await make_area()
    await send_figures(area, *quarter_lines([3, 20, 30, 53], starts_on=JULY))
    await send_figures(area, f"{CODE},,month,2026-08-01,20,final")
    assert await texts(area) == ["c", "c", "30", "53"]
    await send_figures(area, *quarter_lines([8, 20, 30, 58], starts_on=JULY))
    assert await texts(area) == ["8", "20", "30", "58"]


async def test_an_area_of_one_authority_says_nothing_twice(database: Cluster) -> None:
    area = await make_area()
    place = f"{CODE},{area.la_code},month,2026-07-01"
    await send_figures(area, f"{place},8,final", f"{CODE},,month,2026-07-01,8,final")
    await send_figures(area, f"{place},4,revised", f"{CODE},,month,2026-07-01,4,revised")
    assert await texts(area) == ["c", "c"]


async def test_the_history_says_no_value_beside_one_that_is_withheld(database: Cluster) -> None:
    area = await make_area()
    await send_figures(area, *quarter_lines([9, 20, 30, 59], starts_on=JULY))
    await send_figures(area, f"{CODE},,month,2026-07-01,3,revised", f"{CODE},,quarter,2026-07-01,53,revised")
    async with tenant_scope(manager(area), readonly=True):
        found = await queries.corrections(area_id=area.id, code=CODE)
    assert {row.value for row in found} == {None}


async def test_the_history_of_a_quarter_that_once_withheld_something_says_no_value_though_nothing_is_withheld_now(
    database: Cluster,
) -> None:
    """53, as it was, without the 20 and the 30 that are shown now, would say that July's c was a 3."""
    area = await make_area()
    await send_figures(area, *quarter_lines([3, 20, 30, 53], starts_on=JULY))
    await send_figures(area, *quarter_lines([8, 20, 30, 58], starts_on=JULY))
    assert await texts(area) == ["8", "20", "30", "58"]
    async with tenant_scope(manager(area), readonly=True):
        found = await queries.corrections(area_id=area.id, code=CODE)
    assert {row.value for row in found} == {None}


async def test_a_revision_that_makes_one_small_withholds_what_comes_with_it_for_the_rest_is_remembered(
    database: Cluster,
) -> None:
    area = await make_area()
    await send_figures(area, *quarter_lines([10, 20, 30, 60], starts_on=JULY))
    await send_figures(area, *quarter_lines([3, 20, 30, 53], starts_on=JULY))
    assert await texts(area) == ["c", "20", "30", "c"]


async def test_a_total_revised_with_the_one_month_that_became_small_does_not_say_by_how_much(database: Cluster) -> None:
    """August and September were withheld and stay so: July's 0 and 4 more in the quarter would say its 4."""
    area = await make_area()
    await send_figures(area, *quarter_lines([0, 2, 7, 9], starts_on=JULY))
    assert await texts(area) == ["0", "c", "c", "9"]
    await send_figures(area, f"{CODE},,month,2026-07-01,4,revised", f"{CODE},,quarter,2026-07-01,13,revised")
    assert await texts(area) == ["c", "c", "c", "c"]


async def test_a_total_revised_with_two_months_is_shown(database: Cluster) -> None:
    area = await make_area()
    await send_figures(area, *quarter_lines([9, 20, 30, 59], starts_on=JULY))
    await send_figures(area, *quarter_lines([10, 22, 30, 62], starts_on=JULY))
    assert await texts(area) == ["10", "22", "30", "62"]


async def test_what_others_say_of_a_month_that_nobody_sent_is_no_small_number(database: Cluster) -> None:
    """A file whose July has a bad cell: 53 without 20 and 30."""
    area = await make_area()
    _, *others = quarter_lines([3, 20, 30, 53], starts_on=JULY)
    await send_figures(area, *others)
    assert await texts(area) == ["c", "30", "53"]


async def test_a_later_edition_that_does_not_add_up_does_not_uncover_figures_of_the_one_before(
    database: Cluster,
) -> None:
    area, code = await make_area(), DEFINITION["code"]
    await act(manager(area), service.define, area.id, **{**DEFINITION, "adds_over_time": True})
    await act(manager(area), service.define, area.id, **{**DEFINITION, "edition": "2"})
    await send_figures(area, *quarter_lines([3, 20, 30, 53], starts_on=JULY, code=code))
    assert await texts(area) == ["c", "c", "30", "53"]


@pytest.mark.parametrize("value", [1, 5])
async def test_the_database_itself_takes_no_small_number(database: Cluster, value: int) -> None:
    area = await make_area()
    await send_figures(area, f"{CODE},,month,2026-07-01,12,final")
    with pytest.raises(asyncpg.CheckViolationError, match="small_numbers_are_never_kept"):
        async with tenant_scope(manager(area)):
            await sql.execute("update indicator_observation set value = $1 where area_id = $2", value, area.id)


async def test_a_break_in_the_series_is_marked_where_the_counting_changed(database: Cluster) -> None:
    area = await make_area()
    heads = "indicator,period_type,period_start,value,recording_change"
    lines = [f"{CODE},month,2026-0{month}-01,20,{change}" for month, change in ((7, "no"), (8, "yes"), (9, ""))]
    found = await upload(area, "\n".join([heads, *lines]).encode())
    await act(manager(area), service.accept, area.id, import_id=found.id, version=1)
    assert [point.breaks for point in (await card(area)).points] == [False, True, False]


async def test_a_new_edition_of_a_definition_is_a_break(database: Cluster) -> None:
    area = await make_area()
    await act(manager(area), service.define, area.id, **DEFINITION)
    await send_figures(area, "early_help_open,,month,2026-07-01,20,final")
    await act(manager(area), service.define, area.id, **{**DEFINITION, "edition": "2"})
    await send_figures(area, "early_help_open,,month,2026-08-01,20,final")
    assert [(point.edition, point.breaks) for point in await all_points(area)] == [("1", False), ("2", True)]
