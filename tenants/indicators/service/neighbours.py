"""The local authorities that the area compares itself with: its own choice, changed as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit.service import record
from tenants.indicators.permissions import check_can_keep
from tenants.indicators.tables import IndicatorNeighbour
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid
from tenants.tenancy.inputs import Gather
from tenants.tenancy.rows import Row

MOST = 10  #: the Department's own tool compares with ten statistical neighbours


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A local authority by its three digits, and its name."""

    la_code: str
    la_name: str


async def choose_neighbours(*, by: Actor, area_id: int, neighbours: Sequence[Neighbour]) -> int:
    """Compare with these from today, and with no others; return the area's id. Those chosen before keep their row.

    Raises `Problems` for a code that is none, for one given twice, and for more than ten.
    """
    check_can_keep(by, area_id=area_id)
    wanted = _checked(neighbours)
    await sql.execute("select from area where id = $1 for no key update", area_id)
    had = {row["la_code"]: row for row in await IndicatorNeighbour.select().where(
        (IndicatorNeighbour.area_id == area_id) & IndicatorNeighbour.ended_on.is_null())}  # fmt: skip
    ended = [row["id"] for code, row in had.items() if wanted.get(code) != row["la_name"]]
    added = [(code, name) for code, name in wanted.items() if code not in had or had[code]["la_name"] != name]
    await _end(area_id, ended)
    for code, name in added:
        values: Row = {"area_id": area_id, "id": uuid7(), "la_code": code, "la_name": name, "chosen_on": today()}
        await IndicatorNeighbour.insert(IndicatorNeighbour(**values)).run()
    if ended or added:
        await record(by=by, area_id=area_id, action="indicator_neighbour.choose", subject=("area", area_id),
                     before={"neighbours": sorted(had)}, after={"neighbours": sorted(wanted)})  # fmt: skip
    return area_id


async def _end(area_id: int, ids: list[UUID]) -> None:
    await sql.execute(
        "update indicator_neighbour set ended_on = $3, version = version + 1 where area_id = $1 and id = any ($2)",
        area_id,
        ids,
        today(),
    )


def _checked(neighbours: Sequence[Neighbour]) -> dict[str, str]:
    check = Gather()
    wanted: dict[str, str] = {}
    for each in neighbours:
        code = check(_code, each.la_code)
        name = check(checks.text, each.la_name, name="the authority’s name", field="neighbours", least=2, most=120)
        if code is not None and code in wanted:
            check.wrong("Choose each local authority once.", field="neighbours")
        wanted[code] = name
    if len(wanted) > MOST:
        check.wrong(f"Choose {MOST} local authorities at most.", field="neighbours")
    check.done()
    return wanted


def _code(text: str) -> str:
    cleaned = checks.tidy(text)
    if not re.fullmatch(r"\d{3}", cleaned, re.ASCII):
        raise Invalid("Give each local authority its three digits, like 941.", field="neighbours")
    return cleaned
