"""Figures for the tests, made through the services. Everything is invented."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tenants.indicators import queries, service
from tenants.indicators.queries.rows import FileRow, Point, Scorecard
from tenants.indicators.rules.periods import months_later, quarter_of
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope
from tests.support.world import AreaMade, manager

CODE = "missing_child_episodes"
HEADINGS = "indicator,local_authority,period_type,period_start,value,quality"
SUPPLIED: dict[str, Any] = {
    "supplied_name": "Priya Analyst",
    "supplied_post": "Performance analyst",
    "supplied_body": "Testshire Police",
}
DEFINITION: dict[str, Any] = {
    "code": "early_help_open",
    "edition": "1",
    "title": "Families with early help",
    "meaning": "Families with an early help plan on the last day of the period.",
    "unit": "count",
    "source": "The council",
    "geography": "local_authority",
    "adds_over_time": False,
    "adds_over_places": True,
}


async def act(by: Actor, verb: Callable[..., Awaitable[Any]], area_id: int, **values: Any) -> Any:
    """Run one verb of the service as that actor, in a scope of its own."""
    async with tenant_scope(by):
        return await verb(by=by, area_id=area_id, **values)


def csv_of(*lines: str) -> bytes:
    """A file with the usual headings and these lines."""
    return "\r\n".join([HEADINGS, *lines, ""]).encode()


def quarter_lines(values: Sequence[int | str], *, starts_on: date, place: str = "", code: str = CODE) -> list[str]:
    """Three months and, when there is a fourth value, their quarter."""
    months = [months_later(quarter_of(starts_on), n) for n in range(3)]
    lines = [f"{code},{place},month,{month},{value},final" for month, value in zip(months, values, strict=False)]
    return lines + [f"{code},{place},quarter,{months[0]},{value},final" for value in values[3:]]


async def upload(area: AreaMade, content: bytes, *, by: Actor | None = None, name: str = "figures.csv") -> FileRow:
    """Upload a file and read what it came to."""
    who = by or manager(area)
    made = await act(who, service.upload, area.id, file_name=name, content=content, **SUPPLIED)
    return await file_of(area, made)


async def send_figures(area: AreaMade, *lines: str) -> FileRow:
    """Upload lines and accept them."""
    found = await upload(area, csv_of(*lines))
    assert found.good, found.problems
    await act(manager(area), service.accept, area.id, import_id=found.id, version=found.version)
    return await file_of(area, found.id)


async def file_of(area: AreaMade, import_id: UUID) -> FileRow:
    """Read one file as the manager."""
    async with tenant_scope(manager(area), readonly=True):
        found = await queries.file(area_id=area.id, import_id=import_id)
    assert found is not None
    return found


async def card(area: AreaMade, place: str | None = None) -> Scorecard:
    """Read the scorecard as the manager."""
    async with tenant_scope(manager(area), readonly=True):
        return await queries.scorecard(area_id=area.id, place=place)


async def all_points(area: AreaMade) -> list[Point]:
    """Read every figure as the manager."""
    async with tenant_scope(manager(area), readonly=True):
        return await queries.points(area_id=area.id)
