"""From the feed's rows to ours: what is taken, what is refused and in which words; the options of a connection."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from integrations.police_indicators.mapping import Unusable, definition_of, figure_of, instant_of
from integrations.police_indicators.sync import check_options
from tests.tenants.indicators.test_personal import NHS

ROW: dict[str, Any] = {
    "indicator": "police_protection_s46",
    "definitionVersion": "2026.1",
    "force": {"dataPoliceUkId": "testshire", "pfaCode": "E23000999"},
    "area": {"type": "LA", "gssCode": "E10000099"},
    "period": {"type": "month", "start": "2026-09-01", "end": "2026-09-30"},
    "value": None,
    "suppression": "small_number",
    "quality": "provisional",
    "recordingChange": False,
    "updatedAt": "2026-10-12T09:00:00Z",
}
PLACES = {"E10000099": "941", "E10000098": "area"}
DEFINITION = {"code": "missing", "definitionVersion": "1", "title": "Missing", "unit": "count",
              "description": "Children reported missing.", "additive": {"overTime": True}}  # fmt: skip
OPTIONS = {"token_url": "https://login.example/t", "client_id": "x", "scope": "api://a/.default", "places": PLACES}


def changed(**values: Any) -> dict[str, Any]:
    row = deepcopy(ROW)
    for name, value in values.items():
        head, _, rest = name.partition("__")
        if rest:
            row[head][rest] = value
        else:
            row[head] = value
    return row


def test_the_example_of_the_profile_is_a_figure() -> None:
    found = figure_of(ROW, places=PLACES)
    assert (found.code, found.place, found.period, found.value, found.suppression) == (
        "police_protection_s46", "941", "month", None, "small_number",
    )  # fmt: skip
    assert figure_of(changed(value=12, area__gssCode="E10000098"), places=PLACES).place is None
    assert figure_of(changed(value=12.5), places=PLACES).value == Decimal("12.5")


@pytest.mark.parametrize(
    "wrong",
    [
        {"indicator": "Amelia Brackenbury"},
        {"indicator": None},
        {"definitionVersion": ""},
        {"area": None},
        {"area__gssCode": "E10000001"},
        {"period": "2026-09"},
        {"period__start": "soon"},
        {"value": "12"},
        {"value": True},
        {"value": -1},
        {"value": 10**12},
        {"value": float("nan")},
        {"value": float("inf")},
    ],
)
def test_a_row_that_does_not_fit_is_refused_and_not_repeated(wrong: dict[str, Any]) -> None:
    with pytest.raises(Unusable) as refused:
        figure_of(changed(**wrong), places=PLACES)
    assert not [value for value in wrong.values() if value and str(value) in str(refused.value)]


def test_a_definition_says_how_it_adds_up_and_no_more() -> None:
    found = definition_of(DEFINITION)
    assert (found.code, found.adds_over_time, found.adds_over_places) == ("missing", True, False)


def test_a_definition_of_running_totals_adds_up_over_no_time_whatever_it_says() -> None:
    both = {**DEFINITION, "additive": {"overTime": True, "runningTotal": True}}
    found = definition_of(both)
    assert (found.running_total, found.adds_over_time) == (True, False)
    assert not definition_of({**both, "unit": "percent"}).running_total


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"description": "short"},
        {"unit": "miles"},
        {"geography": "street"},
        {"code": "X"},
        {"description": f"Reported for {NHS} in the year."},
        {"title": f"Child {NHS}"},
    ],
)
def test_a_definition_that_does_not_fit_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Unusable) as refused:
        definition_of({**DEFINITION, **wrong})
    assert NHS not in str(refused.value)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-10-12T09:00:00"])
def test_a_time_needs_its_offset(text: str) -> None:
    with pytest.raises(Unusable):
        instant_of(text)


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 0),
        ({"older_header": True}, 0),
        ({"token_url": "x"}, 1),
        ({"client_id": " "}, 1),
        ({"scope": "openid profile"}, 1),
        ({"places": {}}, 1),
        ({"places": {"941": "E10000099"}}, 1),
        ({"places": {"E10000099": "Testshire"}}, 1),
        ({"colour": "blue"}, 1),
    ],
)
def test_options_are_checked_in_sentences(changes: dict[str, Any], count: int) -> None:
    wrong = check_options({**OPTIONS, **changes})
    assert len(wrong) == count
    assert all(sentence.endswith(".") for sentence in wrong)
