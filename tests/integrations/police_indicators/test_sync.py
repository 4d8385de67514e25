"""The proposed feed, page by page: the first time, again, what changed, a worker that dies, figures that do not fit."""

from __future__ import annotations

import pytest

from integrations.engine.carry import carry
from integrations.errors import AgencyBroken, AgencyRefused
from tests.integrations.police_indicators.conftest import GSS, LinkedForce
from tests.support.connections import row_of
from tests.support.indicators import all_points, card

ROWS = 3 * 24  #: of the invented force: indicators and months
CHANGED = {"indicator": "missing_child_episodes", "area": GSS, "start": "2026-09-01"}


async def test_the_first_run_brings_definitions_and_two_years_of_figures(linked: LinkedForce) -> None:
    run = await linked.run()
    assert (run["state"], run["problem"], run["read"], run["applied"]) == ("done", None, ROWS, ROWS)
    points = await all_points(linked.area)
    assert len(points) == ROWS
    assert {point.place for point in points} == {linked.area.la_code}
    assert [point.starts_on.isoformat() for point in points if point.breaks] == ["2025-04-01"]
    assert any(point.value is None for point in points), "the force withheld some"
    measures = (await card(linked.area)).measures
    assert {(measure.defined_by, measure.edition) for measure in measures} == {("connection", "2026.1")}


async def test_a_run_with_nothing_published_since_asks_once_and_writes_nothing(linked: LinkedForce) -> None:
    await linked.run()
    before, asked = await linked.written(), len(linked.agencies.asked("police"))
    run = await linked.run()
    assert (run["state"], run["read"], run["applied"]) == ("done", 0, 0)
    [question] = linked.agencies.asked("police")[asked:]
    assert (question["path"], question["status"]) == ("/v1/publications/latest", 304)
    assert await linked.written() == before


async def test_the_same_figures_read_again_write_nothing(linked: LinkedForce) -> None:
    await linked.run()
    before = await linked.written()
    await linked.alter("watermark = null")
    run = await linked.run()
    assert (run["read"], run["applied"], run["unchanged"]) == (ROWS, 0, ROWS)
    assert await linked.written() == before


async def test_what_is_published_anew_supersedes_and_the_rest_is_not_asked_for(linked: LinkedForce) -> None:
    await linked.run()
    linked.agencies.do("police", "republish", **CHANGED, value=77, suppression="none", quality="revised")
    run = await linked.run()
    assert (run["read"], run["applied"]) == (1, 1)
    [point] = [each for each in await all_points(linked.area) if each.code == CHANGED["indicator"]
               and each.starts_on.isoformat() == CHANGED["start"]]  # fmt: skip
    assert (point.value, point.quality.value) == (77, "revised")


async def test_small_counts_that_the_force_did_not_withhold_are_not_stored(linked: LinkedForce) -> None:
    linked.agencies.fault("police", "unsuppressed", times=None)
    await linked.run()
    values = [point.value for point in await all_points(linked.area)]
    assert len(values) == ROWS
    assert not [value for value in values if value is not None and 1 <= value <= 5]


async def test_rows_that_do_not_fit_are_refused_in_words_and_the_rest_is_taken(linked: LinkedForce) -> None:
    linked.agencies.fault("police", "bad_rows")
    run = await linked.run()
    assert (run["state"], run["rejected"], run["applied"]) == ("done", 3, ROWS - 1)
    assert await linked.rejections(run) == [
        (f"{GSS}, row 1", "The value is not a number of 0 or more."),
        (f"{GSS}, row 2", "The period has no first day."),
        (f"{GSS}, row 3", "The row is not an object."),
    ]


async def test_a_row_that_the_area_cannot_take_is_told_with_its_line(linked: LinkedForce) -> None:
    await linked.alter("""options = jsonb_set(options, '{places}', '{"E10000099": "998"}')""")
    run = await linked.run()
    assert (run["state"], run["read"], run["rejected"], run["applied"]) == ("done", ROWS, ROWS, 0)
    told = dict(await linked.rejections(run))
    assert len(told) == ROWS
    assert told[f"{GSS}, row 1: missing_child_episodes, month from 2024-10-01"] == (
        "The local authority is not one that this area covers."
    )


async def test_a_run_that_died_goes_on_at_the_page_it_was_on(
    linked: LinkedForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.police_indicators.client.PAGE_SIZE", 20)
    linked.agencies.fault("police", "status", times=1, path="cursor=", status=404)
    work = await linked.work()
    with pytest.raises(AgencyRefused):
        await carry(work)
    assert len(await all_points(linked.area)) == 20
    asked = len(linked.agencies.asked("police"))
    await carry(await linked.work(run_id=work.begun.run_id))
    again = linked.agencies.asked("police")[asked:]
    assert all("cursor" in each["query"] for each in again)
    assert len(again) == 3
    assert len(await all_points(linked.area)) == ROWS


async def test_a_publication_in_the_middle_begins_the_reading_anew(
    linked: LinkedForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.police_indicators.client.PAGE_SIZE", 30)
    linked.agencies.fault("police", "gone_cursor", path="cursor=")
    run = await linked.run()
    assert (run["state"], run["applied"]) == ("done", ROWS)
    linked.agencies.fault("police", "gone_cursor", times=None, path="observations")
    await linked.alter("watermark = null")
    with pytest.raises(AgencyBroken, match="faster than we can read"):
        await linked.run()


async def test_a_service_without_publications_is_read_in_full(linked: LinkedForce) -> None:
    linked.agencies.fault("police", "without_latest", times=None)
    assert (await linked.run())["applied"] == ROWS
    assert (await row_of(linked.area, "agency_connection", linked.connection))["watermark"] is None


@pytest.mark.parametrize("kind", ["malformed", "html"])
async def test_an_answer_that_is_no_feed_is_set_aside(linked: LinkedForce, kind: str) -> None:
    linked.agencies.fault("police", kind, path="observations")
    with pytest.raises(AgencyBroken):
        await linked.run()
    assert await all_points(linked.area) == []


async def test_without_leave_for_figures_nothing_is_written(linked: LinkedForce) -> None:
    await linked.alter("may_change = '{}'")
    run = await linked.run()
    assert (run["state"], run["read"], run["applied"], await all_points(linked.area)) == ("done", ROWS, 0, [])


async def test_testing_the_connection_says_what_answered_and_that_it_is_proposed(linked: LinkedForce) -> None:
    run = await linked.run(cause="test")
    assert "3 indicators, last published 2026-10-12" in str(run)
    assert "The feed is a proposed interface" in str(run)
