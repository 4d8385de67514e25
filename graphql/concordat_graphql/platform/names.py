"""Names of areas and organisations for a page of rows, in one statement each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from tenants.organisations import queries as organisations
from tenants.tenancy import queries as tenancy
from tenants.tenancy.queries import AreaRow


async def areas_by_id(ids: Iterable[int | None]) -> Mapping[int | None, AreaRow]:
    """Return the areas of these ids; None and unknown ids are left out. Costs one statement, also for no id."""
    wanted = sorted({area_id for area_id in ids if area_id is not None})
    return {row.id: row for row in await tenancy.areas(ids=wanted, limit=len(wanted) + 1)}


async def organisation_names(ids: Iterable[UUID | None]) -> Mapping[UUID | None, str]:
    """Return the names of these organisations. Costs one statement, also for no id."""
    return dict((await organisations.names(ids={wanted for wanted in ids if wanted is not None})).items())


def area_name(areas: Mapping[int | None, AreaRow], area_id: int | None) -> str | None:
    """Return the name of the area, or None."""
    found = areas.get(area_id)
    return None if found is None else found.name
