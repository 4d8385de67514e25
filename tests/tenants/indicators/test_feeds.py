"""What a connection brings: the same rules as a file's, refused figure by figure, nothing written twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tenants.indicators import service
from tenants.indicators.rules.catalogue import BY_CODE, Definition
from tenants.indicators.service import Benchmark, Neighbour, Published, Recorded
from tenants.tenancy.scope import worker_actor
from tests.support.cluster import Cluster
from tests.support.indicators import CODE, act, all_points, card
from tests.support.world import AreaMade, make_area, manager

CONNECTION = UUID(int=7)
GOOD = Published(
    code=CODE, edition="2026.1", place=None, period="month", starts_on=date(2026, 7, 1), value=Decimal(12)
)


async def record(area: AreaMade, *figures: Published, definitions: Any = (BY_CODE[CODE],)) -> Recorded:
    found: Recorded = await act(
        worker_actor("connection.run", areas=[area.id]), service.record, area.id, connection_id=CONNECTION,
        definitions=definitions, figures=figures, published_at=datetime(2026, 10, 12, 9, tzinfo=UTC),
    )  # fmt: skip
    return found


async def test_a_page_is_written_once(database: Cluster) -> None:
    area = await make_area()
    small = replace(GOOD, starts_on=date(2026, 8, 1), value=Decimal(4))
    first, again = await record(area, GOOD, small), await record(area, GOOD, small)
    assert (first.written.counts, first.refused) == ({"new": 2, "revised": 0, "unchanged": 0, "withheld": 0}, [])
    assert again.written.counts == {"new": 0, "revised": 0, "unchanged": 2, "withheld": 0}
    assert [(point.value, point.source) for point in await all_points(area)] == [
        (12, "Connection"),
        (None, "Connection"),
    ]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "unknown_thing"}, "no definition"),
        ({"edition": "2031.1"}, "no definition"),
        ({"place": "000"}, "not one that this area covers"),
        ({"period": "week"}, "calendar month or quarter"),
        ({"period": "quarter", "starts_on": date(2026, 8, 1)}, "calendar month or quarter"),
        ({"suppression": "hidden"}, "not one of the profile"),
        ({"quality": "fine"}, "not one of the profile"),
        ({"value": None}, "a value or a reason"),
        ({"suppression": "secondary"}, "a value or a reason"),
        ({"value": Decimal("1.5")}, "does not fit"),
    ],
)
async def test_a_figure_that_does_not_fit_is_left_out_alone(
    database: Cluster, wrong: dict[str, Any], words: str
) -> None:
    area = await make_area()
    found = await record(area, replace(GOOD, **wrong), GOOD)
    assert found.written.new == 1
    [(number, reason)] = found.refused
    assert (number, words in reason) == (0, True), reason


async def test_a_definition_is_added_and_never_changed(database: Cluster) -> None:
    area = await make_area()
    await record(area, GOOD)
    await record(area, GOOD, definitions=[replace(BY_CODE[CODE], title="Something else")])
    later: Definition = replace(BY_CODE[CODE], edition="2027.1", title="Counted otherwise")
    await record(area, replace(GOOD, edition="2027.1", starts_on=date(2026, 8, 1)), definitions=[later])
    [measure] = (await card(area)).measures
    assert (measure.title, measure.edition) == ("Counted otherwise", "2027.1")
    assert [point.breaks for point in await all_points(area)] == [False, True]


async def test_published_figures_of_others_stand_beside_the_areas(database: Cluster) -> None:
    area = await make_area()
    await record(area, GOOD)
    await act(manager(area), service.choose_neighbours, area.id,
              neighbours=[Neighbour(la_code="901", la_name="One Council")])  # fmt: skip
    year: dict[str, Any] = {"code": CODE, "period": "year", "starts_on": date(2025, 4, 1), "source": "The release"}
    figures = [
        Benchmark(**year, place="england", value=Decimal(4000)),
        Benchmark(**year, place="901", symbol="c"),
        Benchmark(**year, place="902", value=Decimal(7)),  # nobody chose this one
    ]
    worker = worker_actor("connection.run", areas=[area.id])
    assert await act(worker, service.record_benchmarks, area.id, figures=figures) == 3
    assert await act(worker, service.record_benchmarks, area.id, figures=figures) == 0
    found = (await card(area)).benchmarks
    assert [(each.place_name, each.value, each.symbol) for each in found] == [
        ("England", 4000, None),
        ("One Council", None, "c"),
    ]
