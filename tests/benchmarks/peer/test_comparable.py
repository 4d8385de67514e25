"""Answers that say the same compare as equal, whatever ids and instants look like; any other difference shows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from concordat_graphql.cooperation.keys import encode_in
from tests.benchmarks.peer.comparable import instant, opened, our_agencies, peers_agencies
from tests.benchmarks.peer.equal import _first_difference

AGENCY = UUID("01a2016e-2682-7d2f-a0b5-368184a95e8d")
FACTS: dict[str, Any] = {
    "name": "School 00001",
    "category": "charity",
    "categoryLabel": "Charity",
    "state": "notified",
    "stateLabel": "Told",
    "notifiedOn": "2026-05-01",
    "acknowledgedOn": None,
}
RETURN = {"title": "Return", "dueOn": "2026-12-22", "state": "submitted", "stateLabel": "Sent"}


def ours(**changed: object) -> dict[str, Any]:
    latest = {**RETURN, "submittedAt": "2026-09-23T10:00:00+01:00"}
    node = {"id": encode_in("RelevantAgency", 3, AGENCY), **FACTS, "latestReturn": latest, **changed}
    return {"agencies": {"nodes": [node], "pageInfo": {"hasNextPage": False}}}


def peers() -> dict[str, Any]:
    latest = {**RETURN, "submittedAt": "2026-09-23T09:00:00+00:00"}
    return {"agencies": [{"rowId": str(AGENCY), **FACTS, "latest": [latest]}]}


def test_the_same_agency_told_in_two_ways_is_the_same() -> None:
    assert our_agencies(ours()) == peers_agencies(peers())


@pytest.mark.parametrize("changed", [{"state": "ceased"}, {"latestReturn": None}, {"notifiedOn": None}])
def test_any_fact_that_differs_shows(changed: dict[str, Any]) -> None:
    assert our_agencies(ours(**changed)) != peers_agencies(peers())


def test_an_opaque_id_opens_to_the_bare_one() -> None:
    assert opened(encode_in("DutyCycle", 12, AGENCY)) == str(AGENCY)


def test_an_instant_is_the_same_in_every_offset() -> None:
    assert instant("2026-09-23T10:00:00+01:00") == instant("2026-09-23T09:00:00Z")
    assert instant(None) is None


def test_the_first_difference_is_named_by_its_place() -> None:
    assert _first_difference({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}) == "a: b: 2 is not 3"
