"""What the agencies' invented systems hold of the nation, and which areas are linked to which of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from backend.demo.areas import ICBS_BEGAN
from backend.demo.dates import Days
from backend.demo.plan import FORCES, ICBS, Scale, areas_of
from backend.demo.schools import School, schools

SCHOOLS_OF_A_SYSTEM = 8
#: the areas whose schools keep a OneRoster server, named as the area is
ONEROSTER = ("brackenshire", "eastmarch", "calderwick", "oldmarsh")
WONDE = "wrenshire"
SIGN_IN = ("brackenshire", "calderwick")
#: a board that merged this month, so that its areas have something to decide
MERGED, SUCCESSOR = "fenwold", ("QZ7", "NHS Fens and Ravensholt Integrated Care Board")


def held(*, scale: Scale, days: Days, register: Path) -> dict[str, Any]:
    """Return what each agency holds, in the form that `integrations.sandbox.agencies --nation` reads.

    `register` is the folder of the register's extracts. Oldmarsh's supplier has withdrawn its leave to read.
    """
    slugs = {area.slug for area in areas_of(scale)}
    return {
        "oneroster": {area: _listed(scale, area) for area in ONEROSTER if area in slugs},
        "wonde": _listed(scale, WONDE),
        "dsi": [school.urn for area in SIGN_IN for school in _schools(scale, area)[-3:]],
        "ees": [[int(council.code), council.name] for area in areas_of(scale) for council in area.councils],
        "nhs": boards(days),
        "datapolice": {f"{key}-police": name for key, name in FORCES.items()},
        "gias": str(register / "tonight"),
        "faults": [{"agency": "oneroster", "kind": "status", "status": 403, "times": None, "path": "/oldmarsh/ims"}],
    }


def boards(days: Days) -> list[Mapping[str, Any]]:
    """Return the boards as the NHS lists them: two merged in April, one at the beginning of this month."""
    month = days.today.replace(day=1)
    closed = {
        "east-coast": (days.financial_year, ICBS["coast-and-estuary"][1]),
        "silver-estuary": (days.financial_year, ICBS["coast-and-estuary"][1]),
        MERGED: (month, SUCCESSOR[0]),
    }
    found: list[Mapping[str, Any]] = [
        {"code": SUCCESSOR[0], "name": SUCCESSOR[1], "opened": month.isoformat()},
    ]
    for key, (name, code) in ICBS.items():
        board: dict[str, Any] = {"code": code, "name": name, "opened": ICBS_BEGAN.isoformat()}
        if key in closed:
            day, successor = closed[key]
            board |= {"closed": (day - timedelta(days=1)).isoformat(), "successors": [successor]}
        board["locations"] = _locations(code, name, moves=closed.get(key))
        found.append(board)
    return found


def _locations(board: str, name: str, *, moves: tuple[date, str] | None) -> list[Mapping[str, Any]]:
    """A board's sub-ICB locations: those of a board that closed lie in its successor's geography since."""
    moved = {} if moves is None else {"moved": {"on": moves[0].isoformat(), "board": moves[1]}}
    place = name.removesuffix("Integrated Care Board").strip()
    opened = ICBS_BEGAN.isoformat()
    return [
        {"code": code, "name": f"{place} ICB - {code}", "opened": opened, **moved}
        for code in (f"9{board[-1]}{letter}" for letter in "AB")
    ]


def _listed(scale: Scale, area: str) -> list[list[Any]]:
    return [[school.urn, school.name] for school in _schools(scale, area)[:SCHOOLS_OF_A_SYSTEM]]


def _schools(scale: Scale, area: str) -> list[School]:
    return [school for school in schools(scale) if school.area == area]
