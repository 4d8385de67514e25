"""What an area counts: its own definitions, and the proposed ones, which are its own from the first figure on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from infra.clock import now
from infra.database import sql
from infra.ids import uuid7
from tenants.indicators.errors import REFUSED, other_unit
from tenants.indicators.permissions import check_can_keep
from tenants.indicators.rules.catalogue import BY_CODE, Definition
from tenants.indicators.rules.values import Geography, Unit
from tenants.indicators.tables import IndicatorDefinition
from tenants.tenancy import checks, rows
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid
from tenants.tenancy.inputs import Gather
from tenants.tenancy.rows import Row

RUNNING = "A running total is a number, and its months do not add up to the quarter. Change one of the answers."
_CODE = re.compile(r"[a-z][a-z0-9_]{2,60}", re.ASCII)
_EDITION = re.compile(r"[0-9A-Za-z][0-9A-Za-z. -]{0,19}", re.ASCII)


async def define(
    *,
    by: Actor,
    area_id: int,
    code: str,
    edition: str,
    title: str,
    meaning: str,
    unit: str,
    source: str,
    geography: str,
    adds_over_time: bool,
    adds_over_places: bool,
    running_total: bool = False,
) -> UUID:
    """Say in plain English what the area counts, in one edition; return the definition's id.

    Raises `Problems`, or `Invalid` for an edition that is there or a unit that differs from an earlier edition's.
    """
    check_can_keep(by, area_id=area_id)
    check = Gather()
    values: Row = {
        "code": check(_pattern, code, _CODE, field="code", name="a code of small letters, digits and underscores"),
        "edition": check(_pattern, edition, _EDITION, field="edition", name="a version, like 2026.1"),
        "title": check(checks.text, title, name="a title", field="title", least=3),
        "meaning": check(checks.text, meaning, name="what is counted", field="meaning", least=10, most=4000),
        "unit": check(checks.choice, unit, of=[each.value for each in Unit], field="unit", name="a unit"),
        "source": check(checks.text, source, name="who counts it", field="source", least=2),
        "geography": check(checks.choice, geography, of=[each.value for each in Geography], field="geography",
                           name="which places it is counted for"),
        "adds_over_time": adds_over_time,
        "adds_over_places": adds_over_places,
        "running_total": running_total,
    }  # fmt: skip
    if running_total and (adds_over_time or unit != Unit.COUNT):
        check.wrong(RUNNING, field="runningTotal")
    check.done()
    await _same_unit(area_id=area_id, code=values["code"], unit=values["unit"])
    return await _add(by=by, area_id=area_id, values={**values, "defined_by": "area"}, verb="define")


async def adopt(*, by: Actor, area_id: int, codes: Iterable[str]) -> None:
    """Make those of the proposed definitions the area's that it does not have yet."""
    wanted = [BY_CODE[code] for code in sorted(set(codes)) if code in BY_CODE]
    had = {row["code"] for row in await sql.fetch("select code from indicator_definition where area_id = $1", area_id)}
    for one in wanted:
        if one.code not in had:
            await _add(by=by, area_id=area_id, values={**values_of(one), "defined_by": "proposed"}, verb="adopt")


def values_of(one: Definition) -> Row:
    """Return the columns of a definition."""
    return {
        "code": one.code,
        "edition": one.edition,
        "title": one.title,
        "meaning": one.meaning,
        "unit": one.unit.value,
        "source": one.source,
        "geography": one.geography.value,
        "adds_over_time": one.adds_over_time,
        "adds_over_places": one.adds_over_places,
        "running_total": one.running_total,
    }


async def bring(*, by: Actor, area_id: int, definitions: Iterable[Definition]) -> None:
    """Add a connection's definitions in the editions that the area does not have; none is changed.

    An edition in another unit than the earlier ones is left out, and so are its figures.
    """
    had = await sql.fetch("select code, edition, unit from indicator_definition where area_id = $1", area_id)
    editions, units = {(row["code"], row["edition"]) for row in had}, {row["code"]: row["unit"] for row in had}
    for one in definitions:
        if (one.code, one.edition) not in editions and units.get(one.code, one.unit.value) == one.unit.value:
            values = {**values_of(one), "defined_by": "connection"}
            await _add(by=by, area_id=area_id, values=values, verb="bring")


async def _add(*, by: Actor, area_id: int, values: Row, verb: str) -> UUID:
    whole = {"area_id": area_id, "id": uuid7(), **values, "defined_at": now()}
    return await rows.add(IndicatorDefinition, by=by, values=whole, verb=verb, refused=REFUSED)


async def _same_unit(*, area_id: int, code: str, unit: str) -> None:
    found = await sql.fetch_value(
        "select unit from indicator_definition where area_id = $1 and code = $2 limit 1", area_id, code
    )
    if found is None and code in BY_CODE:
        found = BY_CODE[code].unit.value
    if found is not None and found != unit:
        raise other_unit()


def _pattern(value: str, pattern: re.Pattern[str], *, field: str, name: str) -> str:
    cleaned = checks.text(value, name=name, field=field, most=61)
    if not pattern.fullmatch(cleaned):
        raise Invalid(f"Enter {name}.", field=field)
    return cleaned
