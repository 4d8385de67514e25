"""The second way to a data set's figures: its file, where questions are refused. Bounded at every turn."""

from __future__ import annotations

from typing import Any

import pytest

from infra.database import sql
from integrations.education_statistics import csv_file
from integrations.education_statistics.mapping import Unusable, chosen_filters, column_of
from integrations.errors import AgencyBroken, AgencyDown, AgencyRefused
from integrations.sandbox.agencies.ees.app import INDICATOR, TOTAL
from tenants.tenancy.scope import tenant_scope
from tests.integrations.education_statistics.test_sync import ROWS, LinkedStatistics, linked
from tests.support.connections import keeper
from tests.support.indicators import card

__all__ = ["linked"]
_CHOOSE = "update agency_connection set options = options || jsonb_build_object('filter_ids', $2::text[]) where id = $1"


async def refuse_questions(linked: LinkedStatistics, *, filters: list[str] | None = None) -> None:
    """Let every query be refused, and choose the total so that each place and year has one row."""
    linked.agencies.fault("ees", "no_questions", times=None)
    await choose(linked, [TOTAL] if filters is None else filters)


async def choose(linked: LinkedStatistics, filters: list[str]) -> None:
    """Choose filters."""
    async with tenant_scope(keeper(linked.area)):
        await sql.execute(_CHOOSE, linked.connection, filters)


@pytest.mark.parametrize("fault", [None, "plain_file"], ids=["packed", "plain"])
async def test_the_file_brings_the_same_figures_as_the_questions(linked: LinkedStatistics, fault: str | None) -> None:
    asked = await linked.run()
    await refuse_questions(linked)
    if fault:
        linked.agencies.fault("ees", fault)
    run = await linked.run()
    assert (asked["applied"], run["state"]) == (ROWS, "done")
    assert (run["read"], run["applied"], run["unchanged"], run["rejected"]) == (ROWS, 0, ROWS, 0)


@pytest.mark.parametrize("retry_after", [None, 40], ids=["at once", "asked to wait"])
async def test_a_question_that_takes_the_gateway_too_long_is_answered_by_the_file(
    linked: LinkedStatistics, monkeypatch: pytest.MonkeyPatch, retry_after: int | None
) -> None:
    monkeypatch.setattr("integrations.agency.ATTEMPTS", 2)
    await choose(linked, [TOTAL])
    told = {} if retry_after is None else {"retry_after": retry_after}
    linked.agencies.fault("ees", "status", status=504, path="/query", times=None, **told)
    run = await linked.run()
    assert (run["state"], run["read"], run["applied"], run["rejected"]) == ("done", ROWS, ROWS, 0)


async def test_a_later_page_that_takes_the_gateway_too_long_is_answered_by_the_file_too(
    linked: LinkedStatistics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.agency.ATTEMPTS", 2)
    monkeypatch.setattr("integrations.education_statistics.client.PAGE_SIZE", 20)
    await choose(linked, [TOTAL])
    linked.agencies.fault("ees", "late_pages", times=None)
    run = await linked.run()
    assert (run["state"], run["pages"], run["read"]) == ("done", 2, 20 + ROWS)
    assert (run["applied"], run["unchanged"], run["rejected"]) == (ROWS, 20, 0), "the first page is in the file again"


@pytest.mark.parametrize("status", [500, 503])
async def test_a_service_that_is_down_is_asked_again_later_and_not_for_its_file(
    linked: LinkedStatistics, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr("integrations.agency.ATTEMPTS", 2)
    linked.agencies.fault("ees", "status", status=status, path="/query", times=None)
    with pytest.raises(AgencyDown, match=f"answered {status}"):
        await linked.run()
    assert not linked.agencies.asked("ees", containing="/csv")


async def test_without_a_filter_the_second_row_of_a_place_is_refused_here_too(linked: LinkedStatistics) -> None:
    await refuse_questions(linked, filters=[])
    run = await linked.run()
    assert (run["state"], run["applied"], run["rejected"]) == ("done", ROWS, ROWS)


async def test_a_file_that_swells_is_set_aside_and_nothing_of_it_is_kept(
    linked: LinkedStatistics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "MOST_UNPACKED", 1_000_000)
    await refuse_questions(linked)
    linked.agencies.fault("ees", "swelling_file", bytes=3_000_000)
    with pytest.raises(AgencyBroken, match="larger than we take") as broken:
        await linked.run()
    assert broken.value.sha256 is not None
    assert broken.value.size < 100_000, "it was small on its way"
    assert not (await card(linked.area)).benchmarks


@pytest.mark.parametrize(("bound", "words"), [("MOST_READ", "more than 5 rows"), ("MOST_KEPT", "choose the filters")])
async def test_rows_are_bounded(
    linked: LinkedStatistics, monkeypatch: pytest.MonkeyPatch, bound: str, words: str
) -> None:
    monkeypatch.setattr(csv_file, bound, 5)
    await refuse_questions(linked)
    with pytest.raises(AgencyBroken, match=words):
        await linked.run()


@pytest.mark.parametrize("fault", ["malformed", "html", "gzip_bomb", "truncate"])
async def test_what_is_no_such_file_writes_nothing(linked: LinkedStatistics, fault: str) -> None:
    await refuse_questions(linked)
    linked.agencies.fault("ees", fault, path="csv", times=None)
    with pytest.raises(Exception, match=r"cannot be read|no column|compressed|does not answer"):
        await linked.run()


async def test_a_file_that_is_refused_too_says_so(linked: LinkedStatistics) -> None:
    await refuse_questions(linked)
    linked.agencies.fault("ees", "status", path="csv", status=403)
    with pytest.raises(AgencyRefused, match="cannot be downloaded either"):
        await linked.run()


META: dict[str, Any] = {
    "indicators": [{"id": INDICATOR, "column": "referral_count"}, {"id": "nameless"}],
    "filters": [{"column": "breakdown", "options": [{"id": TOTAL, "label": "Total"}]}],
}


def test_columns_and_filters_are_those_of_the_metadata() -> None:
    assert column_of(META, {"indicator_id": INDICATOR}) == "referral_count"
    assert chosen_filters(META, {"filter_ids": [TOTAL]}) == {"breakdown": "Total"}
    with pytest.raises(Unusable, match="column"):
        column_of(META, {"indicator_id": "nameless"})
    with pytest.raises(Unusable, match="filter"):
        chosen_filters(META, {"filter_ids": ["gone1"]})


@pytest.mark.parametrize(("told", "period"), [("202425", "2024/25"), ("2025", "2025"), ("2024Q1", "2024Q1")])
def test_a_year_over_two_is_written_as_the_questions_write_it(told: str, period: str) -> None:
    assert csv_file._period(told) == period
