"""The comparison of the board overview: flat or nested, the same facts are the same, and any other shows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from concordat_graphql import ids
from tests.benchmarks.peer.overview import our_overview, peers_overview

GIFT = UUID("0198e000-0000-7000-8000-000000000002")
AREA = {"name": "Area 003", "slug": "area-3", "lifecycle": "live", "localAuthorities": [], "linkedBoards": []}
PARTNER = {"name": "Police 003", "kind": "police", "kindLabel": "Police force", "validFrom": "2019-09-29"}
BUDGET = {"label": "2026-27", "state": "agreed", "agreedOn": "2026-03-17"}
FACTS = {"contributor": "Police 003", "form": "cash", "formLabel": "Cash", "state": "agreed", "stateLabel": "Agreed"}
BOARD: dict[str, Any] = {"chair": None, "scrutineers": []}
STANDING = {"complete": True, "missing": []}
NOTHING = {"pence": 0, "text": "£0"}
VACANT = {"vacantSince": "2019-09-29", "holder": None}
LEAD = {"personName": "Lead of Police 003", "post": "Director", "validFrom": "2020-01-01"}


def ours(**changed: object) -> dict[str, Any]:
    gift = {**FACTS, "id": ids.encode("Contribution", GIFT), "amount": {"pence": 601000, "text": "£6,010"}}
    return {
        "area": AREA,
        "membership": {
            **BOARD,
            "partners": [
                {"partner": PARTNER, "lead": {"vacantSince": None, "holder": LEAD}, "delegated": VACANT | changed}
            ],
            "seats": [],
            "completeness": STANDING,
        },
        "budgetSheet": {
            "budget": BUDGET,
            "balance": {"planned": NOTHING, "promised": NOTHING, "received": NOTHING},
            "lines": [],
            "contributions": [{**gift, "received": NOTHING}],
        },
        "budgets": [], "agencyCounts": [], "dutyCycles": [], "interventionFlags": {"nodes": []},
    }  # fmt: skip


def peers(**changed: object) -> dict[str, Any]:
    lead = {"leadVacantSince": None, "leadName": LEAD["personName"], "leadPost": "Director", "leadFrom": "2020-01-01"}
    none = {"delegatedVacantSince": "2019-09-29", "delegatedName": None, "delegatedPost": None, "delegatedFrom": None}
    gift = {**FACTS, "rowId": str(GIFT), "amountPence": "601000", "amountText": "£6,010"}
    sheet = {
        **BUDGET,
        "balance": {f"{name}{end}": "0" if not end else "£0" for name in ("planned", "promised", "received")
                    for end in ("", "Text")},
        "lines": [],
        "contributions": [{**gift, "receivedPence": "0", "receivedText": "£0"} | changed],
    }  # fmt: skip
    board = {**BOARD, "partners": [{**PARTNER, **lead, **none}], "seats": [], "standing": STANDING, "sheet": [sheet]}
    return {"area": {**AREA, **board, "budgets": [], "counts": [], "cycles": [], "flags": []}}


def test_the_same_board_told_flat_and_nested_is_the_same() -> None:
    assert our_overview(ours()) == peers_overview(peers())


@pytest.mark.parametrize("changed", [{"vacantSince": "2020-09-29"}, {"holder": LEAD}])
def test_an_office_that_differs_shows(changed: dict[str, Any]) -> None:
    assert our_overview(ours(**changed)) != peers_overview(peers())


@pytest.mark.parametrize("changed", [{"state": "pledged"}, {"amountPence": "601001"}, {"receivedText": "£1"}])
def test_a_contribution_that_differs_shows(changed: dict[str, Any]) -> None:
    assert our_overview(ours()) != peers_overview(peers(**changed))
