"""What the manager keeps: definitions in editions, targets from a day on, neighbours as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from tenants.indicators import queries, service
from tenants.indicators.service import Neighbour
from tenants.tenancy.errors import Conflict, Invalid, NotFound, Problems, WrongState
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.indicators import CODE, DEFINITION, act, card, send_figures
from tests.support.world import make_area, manager

TARGET = {"code": CODE, "direction": "at_most", "value": "1,200.5", "from_on": date(2026, 4, 1)}


async def test_an_indicator_is_defined_in_editions_of_one_unit(database: Cluster) -> None:
    area = await make_area()
    by = manager(area)
    await act(by, service.define, area.id, **DEFINITION)
    with pytest.raises(Invalid, match="already has that version"):
        await act(by, service.define, area.id, **DEFINITION)
    with pytest.raises(Invalid, match="keeps its unit"):
        await act(by, service.define, area.id, **{**DEFINITION, "edition": "2", "unit": "percent"})
    await act(by, service.define, area.id, **{**DEFINITION, "edition": "2", "title": "Families helped early"})
    [measure] = (await card(area)).measures
    assert (measure.title, measure.edition, measure.defined_by) == ("Families helped early", "2", "area")


async def test_a_definition_says_everything_that_is_wrong_with_it(database: Cluster) -> None:
    area = await make_area()
    wrong = {**DEFINITION, "code": "Early Help", "edition": "", "meaning": "Help", "unit": "miles"}
    with pytest.raises(Problems) as refused:
        await act(manager(area), service.define, area.id, **wrong)
    assert [problem.field for problem in refused.value.problems] == ["code", "edition", "meaning", "unit"]


async def test_a_proposed_indicator_is_the_areas_from_its_first_figure(database: Cluster) -> None:
    area = await make_area()
    assert (await card(area)).measures == []
    await send_figures(area, f"{CODE},,month,2026-07-01,12,final")
    [measure] = (await card(area)).measures
    assert (measure.code, measure.defined_by, measure.edition) == (CODE, "proposed", "2026.1")


async def test_a_target_holds_from_its_day_until_it_is_removed(database: Cluster) -> None:
    area = await make_area()
    by = manager(area)
    await send_figures(area, f"{CODE},,month,2026-07-01,12,final")
    whole = {**TARGET, "value": "30"}
    target_id = await act(by, service.set_target, area.id, **whole)
    with pytest.raises(Invalid, match="from that day already"):
        await act(by, service.set_target, area.id, **whole)
    with pytest.raises(Conflict):
        await act(by, service.remove_target, area.id, target_id=target_id, version=2, reason="Set too low.")
    await act(by, service.remove_target, area.id, target_id=target_id, version=1, reason="Set too low.")
    with pytest.raises(WrongState):
        await act(by, service.remove_target, area.id, target_id=target_id, version=2, reason="Set too low.")
    assert (await card(area)).targets == []
    await act(by, service.set_target, area.id, **whole)
    assert [target.value for target in (await card(area)).targets] == [30]


@pytest.mark.parametrize("value", ["", "many", "-1", "NaN", "1e99", "12.5"])
async def test_a_target_is_a_number_that_the_indicator_could_have(database: Cluster, value: str) -> None:
    area = await make_area()
    with pytest.raises(Problems) as refused:
        await act(manager(area), service.set_target, area.id, **{**TARGET, "value": value})
    assert [problem.field for problem in refused.value.problems] == ["value"]


async def test_a_target_is_of_an_indicator_that_there_is(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(NotFound):
        await act(manager(area), service.set_target, area.id, **{**TARGET, "code": "nothing"})


async def test_neighbours_are_chosen_as_a_whole(database: Cluster) -> None:
    area = await make_area()
    by = manager(area)
    one, other = Neighbour(la_code="901", la_name="One Council"), Neighbour(la_code="902", la_name="Other Council")
    await act(by, service.choose_neighbours, area.id, neighbours=[one, other])
    await act(by, service.choose_neighbours, area.id, neighbours=[other])
    async with tenant_scope(by, readonly=True):
        assert [each.la_code for each in await queries.neighbours(area_id=area.id)] == ["902"]
    await act(by, service.choose_neighbours, area.id, neighbours=[one])
    async with tenant_scope(by, readonly=True):
        assert [each.la_name for each in await queries.neighbours(area_id=area.id)] == ["One Council"]


@pytest.mark.parametrize(
    ("codes", "words"),
    [(["9", "902"], "three digits"), (["901", "901"], "once"), ([str(900 + n) for n in range(11)], "at most")],
)
async def test_neighbours_that_make_no_sense_are_refused(database: Cluster, codes: list[str], words: str) -> None:
    area = await make_area()
    chosen = [Neighbour(la_code=code, la_name="A Council") for code in codes]
    with pytest.raises(Problems, match=words):
        await act(manager(area), service.choose_neighbours, area.id, neighbours=chosen)
