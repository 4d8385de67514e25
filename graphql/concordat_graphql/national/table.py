"""The table of all areas: one line for each, narrowed and sorted. Pure, but for `lines`, which reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concordat_graphql.national import facts
from concordat_graphql.national.facts import NOT_REPORTED, Fact, Reader, Standing
from tenants.tenancy import queries as tenancy
from tenants.tenancy.errors import Invalid
from tenants.tenancy.queries import AreaRow

MOST_AREAS = 500
READERS: Mapping[str, Reader] = {
    "membership": facts.membership,
    "budget": facts.budget,
    "cooperation": facts.cooperation,
    "flags": facts.flags,
}
LIFECYCLES = {"setting_up": "Being set up", "live": "Live", "merged": "Merged into another area"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One area with what each capability reports."""

    area: AreaRow
    local_authorities: tuple[str, ...]
    facts: Mapping[str, Fact]


async def lines(areas: Sequence[AreaRow]) -> list[Line]:
    """Return a line for each area, in one read per capability."""
    ids = [area.id for area in areas]
    covered: dict[int, list[str]] = {area_id: [] for area_id in ids}
    for row in await tenancy.cover(area_ids=ids):
        covered[row.area_id].append(row.la_name)
    reported = {name: await reader(ids) for name, reader in READERS.items()}
    return [
        Line(
            area=area,
            local_authorities=tuple(covered[area.id]),
            facts={name: found.get(area.id, NOT_REPORTED) for name, found in reported.items()},
        )
        for area in areas
    ]


def narrowed(
    found: Sequence[Line], *, search: str | None = None, attention: str | None = None, lifecycle: str | None = None
) -> list[Line]:
    """Return the lines whose area or local authority has the words, that need attention there, at that stage."""
    if attention is not None and attention not in READERS:
        raise Invalid("Choose what to look at from those listed.", field="attention")
    if lifecycle is not None and lifecycle not in LIFECYCLES:
        raise Invalid("Choose a stage from those listed.", field="lifecycle")
    words = (search or "").strip().casefold()
    return [
        line
        for line in found
        if (not words or any(words in name.casefold() for name in (line.area.name, *line.local_authorities)))
        and (attention is None or line.facts[attention].standing is Standing.ATTENTION)
        and (lifecycle is None or line.area.lifecycle == lifecycle)
    ]


def ordered(found: Sequence[Line], *, by: str = "name", descending: bool = False) -> list[Line]:
    """Return the lines by name, stage or a fact's amount; what is not reported comes last either way."""
    by_name = sorted(found, key=lambda line: line.area.name.casefold(), reverse=descending and by == "name")
    if by == "name":
        return by_name
    if by == "lifecycle":
        return sorted(by_name, key=lambda line: line.area.lifecycle, reverse=descending)
    if by not in READERS:
        raise Invalid("Choose a column to sort by from those shown.", field="sort")
    known = [line for line in by_name if line.facts[by].amount is not None]
    unknown = [line for line in by_name if line.facts[by].amount is None]
    return sorted(known, key=lambda line: line.facts[by].amount or 0, reverse=descending) + unknown
