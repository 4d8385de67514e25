"""What Wonde remembers: the token, and what tests changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from integrations.sandbox.agencies.agency import Setup
from integrations.sandbox.agencies.wonde.people import Nation, Row, employee

TOKEN = "wonde-token-0123456789abcdef"  # noqa: S105 - of an invented system


@dataclass
class State:
    """Everything that changes. `changed` is by school and employee; `deleted` lists what was removed, in order."""

    setup: Setup
    nation: Nation
    token: str = TOKEN
    changed: dict[tuple[int, str], Row] = field(default_factory=dict)
    deleted: dict[int, list[Row]] = field(default_factory=dict)
    handed_out: Counter[str] = field(default_factory=Counter)

    def employees(self, school: int) -> list[Row]:
        """Who works at a school now, in the order of their ids."""
        gone = {row["id"] for row in self.deleted.get(school, [])}
        rows = [employee(self.nation, school, kind, nth) for kind, nth in self.nation.employees(school)]
        rows = [{**row, **self.changed.get((school, row["id"]), {})} for row in rows]
        known = {row["id"] for row in rows}
        added = [row for (place, name), row in self.changed.items() if place == school and name not in known]
        return sorted((row for row in [*rows, *added] if row["id"] not in gone), key=lambda row: str(row["id"]))

    def reset(self) -> None:
        """Forget what tests did."""
        self.token = TOKEN
        self.changed.clear()
        self.deleted.clear()
        self.handed_out.clear()

    def seen(self) -> dict[str, Any]:
        """How many rows of each kind were handed out."""
        return {"handed_out": dict(self.handed_out)}


def nation_of(setup: Setup) -> Nation:
    """The nation that the options describe, or the schools that it is told to hold: `[[urn, name], …]`."""
    listed = tuple((int(urn), str(name)) for urn, name in setup.holds or ())
    schools = len(listed) or setup.number("schools", 6)
    return Nation(
        seed=setup.seed,
        schools=schools,
        staff=setup.number("staff", schools * 5 // 2),
        others=setup.number("others", 2),
        first_urn=setup.number("first_urn", 900_001),
        base_url=setup.base_url,
        listed=listed,
    )
