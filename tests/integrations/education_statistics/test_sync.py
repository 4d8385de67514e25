"""Open statistics beside the area's own: whose are shown, what does not fit, a version that is gone."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from infra.database import sql
from integrations.education_statistics.mapping import Unusable, benchmark_of, definition_of
from integrations.education_statistics.sync import CONNECTOR, check_options
from integrations.engine.carry import Work, carry, link_of
from integrations.engine.scopes import scopes_of
from integrations.errors import AgencyBroken, AgencyRefused
from integrations.neighbour import forget_neighbours
from integrations.sandbox.agencies.ees.app import DATA_SET, INDICATOR, TOTAL, VERSION
from tenants.indicators import service
from tenants.indicators.service import Neighbour
from tenants.tenancy.scope import tenant_scope
from tests.integrations.nhs_ods.conftest import DOOR
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, keeper, make_connection, row_of
from tests.support.indicators import act, card
from tests.support.world import AreaMade, make_area, manager

CODE = "referrals_published"
OPTIONS = {"data_set_id": DATA_SET, "data_set_version": VERSION, "indicator_id": INDICATOR, "code": CODE}
ROWS = 21 * 3  #: of the invented data set: England and twenty authorities, three years


@dataclass(frozen=True)
class LinkedStatistics:
    """The area, its connection, and the sandbox behind it."""

    agencies: RunningAgencies
    area: AreaMade
    connection: UUID

    async def run(self, *, cause: Any = "by_hand") -> dict[str, Any]:
        run_id = await asked(self.area, self.connection, cause=cause)
        started = await begun(self.area, run_id)
        scopes = scopes_of(area_id=self.area.id)
        await carry(Work(begun=started, link=link_of(started), connector=CONNECTOR, scopes=scopes, door=DOOR))
        return dict(await row_of(self.area, "connection_run", run_id))


@pytest.fixture
async def linked(database: Cluster, agencies: RunningAgencies) -> AsyncIterator[LinkedStatistics]:
    forget_neighbours()
    area = await make_area()
    connection = await make_connection(
        area, system="education_statistics", name="Statistics", base_url=f"{agencies.url('ees')}/v1", auth_mode="none",
        options={"calls_per_second": 1000, **OPTIONS},
    )  # fmt: skip
    async with tenant_scope(keeper(area)):
        await sql.execute("update agency_connection set may_change = array['figures'] where id = $1", connection)
    yield LinkedStatistics(agencies, area, connection)
    forget_neighbours()


async def test_england_and_the_chosen_neighbours_are_shown(linked: LinkedStatistics) -> None:
    run = await linked.run()
    assert (run["state"], run["read"], run["applied"]) == ("done", ROWS, ROWS)
    found = (await card(linked.area)).benchmarks
    assert {each.place for each in found} == {"england"}
    chosen = [Neighbour(la_code="905", la_name="Elsewhere Council")]
    await act(manager(linked.area), service.choose_neighbours, linked.area.id, neighbours=chosen)
    found = (await card(linked.area)).benchmarks
    assert {each.place_name for each in found} == {"England", "Elsewhere Council"}
    assert {each.starts_on for each in found} == {date(2022, 4, 1), date(2023, 4, 1), date(2024, 4, 1)}
    [measure] = (await card(linked.area)).measures
    assert (measure.title, measure.edition, measure.defined_by) == ("Number of referrals", VERSION, "connection")


async def test_the_same_figures_write_nothing(linked: LinkedStatistics) -> None:
    await linked.run()
    run = await linked.run()
    assert (run["applied"], run["unchanged"]) == (0, ROWS)


async def test_pages_are_read_one_after_the_other(linked: LinkedStatistics, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrations.education_statistics.client.PAGE_SIZE", 20)
    run = await linked.run()
    assert (run["pages"], run["applied"]) == (4, ROWS)


async def test_of_two_rows_for_a_place_and_year_one_is_refused_until_a_filter_is_chosen(
    linked: LinkedStatistics,
) -> None:
    linked.agencies.fault("ees", "broken_down", times=None)
    run = await linked.run()
    assert (run["state"], run["applied"], run["rejected"]) == ("done", ROWS, ROWS)
    async with tenant_scope(keeper(linked.area)):
        await sql.execute(
            "update agency_connection set options = options || $2::text::jsonb where id = $1",
            linked.connection,
            json.dumps({"filter_ids": [TOTAL]}),
        )
    run = await linked.run()
    assert (run["read"], run["unchanged"], run["rejected"]) == (ROWS, ROWS, 0)


async def test_rows_that_do_not_fit_are_refused_in_words(linked: LinkedStatistics) -> None:
    linked.agencies.fault("ees", "odd_rows")
    run = await linked.run()
    assert (run["state"], run["rejected"], run["applied"]) == ("done", 3, ROWS)


async def test_a_version_that_is_gone_says_what_to_do(linked: LinkedStatistics) -> None:
    linked.agencies.fault("ees", "new_version")
    with pytest.raises(AgencyRefused, match="Look up the new one"):
        await linked.run()


async def test_an_answer_that_is_no_page_is_set_aside(linked: LinkedStatistics) -> None:
    linked.agencies.fault("ees", "malformed", path="query")
    with pytest.raises(AgencyBroken):
        await linked.run()


async def test_testing_the_connection_names_the_indicator(linked: LinkedStatistics) -> None:
    assert "“Number of referrals”, for 21 places" in str(await linked.run(cause="test"))


ROW: dict[str, Any] = {
    "timePeriod": {"code": "RY", "period": "2025"},
    "geographicLevel": "LA",
    "locations": {"LA": "owqlK"},
    "values": {INDICATOR: "632830"},
}
PLACES = {"owqlK": "941"}


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        (("RY", "2025"), date(2024, 4, 1)),
        (("AY", "2024/2025"), date(2024, 9, 1)),
        (("FY", "2024-25"), date(2024, 4, 1)),
        (("CY", "2024"), date(2024, 1, 1)),
    ],
)
def test_each_kind_of_year_has_its_first_day(period: tuple[str, str], starts: date) -> None:
    row = {**ROW, "timePeriod": {"code": period[0], "period": period[1]}}
    assert benchmark_of(row, places=PLACES, options=OPTIONS).starts_on == starts


@pytest.mark.parametrize(
    ("text", "kept"),
    [("12", (Decimal(12), None)), ("12.345", (Decimal("12.34"), None)), ("c", (None, "c")), ("low", (None, "low"))],
)
def test_a_value_is_a_number_or_the_publishers_symbol(text: str, kept: tuple[Decimal | None, str | None]) -> None:
    found = benchmark_of({**ROW, "values": {INDICATOR: text}}, places=PLACES, options=OPTIONS)
    assert (found.value, found.symbol) == kept


@pytest.mark.parametrize("row", [None, {}, {**ROW, "values": {INDICATOR: 12}}, {**ROW, "values": {INDICATOR: "=1+1"}},
                                 {**ROW, "locations": {"LA": "x"}}, {**ROW, "timePeriod": {"code": "T1"}}])  # fmt: skip
def test_a_row_that_does_not_fit_is_refused(row: Any) -> None:
    with pytest.raises(Unusable):
        benchmark_of(row, places=PLACES, options=OPTIONS)


def test_an_indicator_that_is_not_there_is_said() -> None:
    with pytest.raises(Unusable, match="not in this version"):
        definition_of({"indicators": [{"id": "other"}]}, OPTIONS)


@pytest.mark.parametrize(
    ("changes", "count"),
    [({}, 0), ({"data_set_version": "1.*"}, 1), ({"code": "Referrals"}, 1), ({"data_set_id": "x"}, 1), ({"y": 1}, 1)],
)
def test_options_are_checked_in_sentences(changes: dict[str, Any], count: int) -> None:
    assert len(check_options({**OPTIONS, **changes})) == count
