"""The table of all areas: one line for each, narrowed and sorted. Pure, but for `lines`, which reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tenants.overview import queries as overview
from tenants.overview.rules import Facts, Standing, Subject
from tenants.tenancy import queries as tenancy
from tenants.tenancy.errors import Invalid
from tenants.tenancy.queries import AreaRow

MOST_AREAS = 500
SUBJECTS = frozenset(subject.value for subject in Subject)
LIFECYCLES = {"setting_up": "Being set up", "live": "Live", "merged": "Merged into another area"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One area with what it reports."""

    area: AreaRow
    local_authorities: tuple[str, ...]
    facts: Facts


async def lines(areas: Sequence[AreaRow]) -> list[Line]:
    """Return a line for each area, in a fixed number of statements."""
    ids = [area.id for area in areas]
    covered: dict[int, list[str]] = {area_id: [] for area_id in ids}
    for row in await tenancy.cover(area_ids=ids):
        covered[row.area_id].append(row.la_name)
    reported = await overview.facts_of(area_ids=ids)
    return [Line(area=area, local_authorities=tuple(covered[area.id]), facts=reported[area.id]) for area in areas]


def narrowed(found: Sequence[Line], *, attention: str | None = None, lifecycle: str | None = None) -> list[Line]:
    """Return the lines that need attention on that subject, of areas at that stage.

    In SQL: `fact.standing = 'attention'` and `area.lifecycle = $1`. Words are searched by `tenancy.areas` already.
    """
    if attention is not None and attention not in SUBJECTS:
        raise Invalid("Choose what to look at from those listed.", field="attention")
    if lifecycle is not None and lifecycle not in LIFECYCLES:
        raise Invalid("Choose a stage from those listed.", field="lifecycle")
    return [
        line
        for line in found
        if (attention is None or line.facts[Subject(attention)].standing is Standing.ATTENTION)
        and (lifecycle is None or line.area.lifecycle == lifecycle)
    ]


def ordered(found: Sequence[Line], *, by: str = "name", descending: bool = False) -> list[Line]:
    """Return the lines by name, stage or a fact's amount; what is not reported comes last either way.

    In SQL: `lower(area.name collate "C")`, `area.lifecycle collate "C"` or `fact.amount`, each `asc` or
    `desc nulls last`; then `lower(area.name collate "C"), area.id` in any case.
    """
    by_name = sorted(found, key=lambda line: (name_key(line.area.name), line.area.id))
    if by == "name":
        return sorted(by_name, key=lambda line: name_key(line.area.name), reverse=descending)
    if by == "lifecycle":
        return sorted(by_name, key=lambda line: line.area.lifecycle, reverse=descending)
    if by not in SUBJECTS:
        raise Invalid("Choose a column to sort by from those shown.", field="sort")
    known = [line for line in by_name if line.facts[Subject(by)].amount is not None]
    unknown = [line for line in by_name if line.facts[Subject(by)].amount is None]
    return sorted(known, key=lambda line: line.facts[Subject(by)].amount or 0, reverse=descending) + unknown


def name_key(name: str) -> bytes:
    """Return what a name is sorted by: as `lower(name collate "C")` is in PostgreSQL, byte for byte."""
    return name.encode().lower()
