"""Finding and changing one dated row of an area: by version, with the history kept and an audit entry written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from tenants.audit.service import record
from tenants.membership.errors import REFUSED
from tenants.membership.tables import Appointment, BoardGroup, PartnerBody, PartnershipChair, Seat
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotFound, WrongState
from tenants.tenancy.inputs import meaning

Dated = type[PartnerBody] | type[Appointment] | type[PartnershipChair] | type[BoardGroup] | type[Seat]
Row = dict[str, Any]

WORDS: Mapping[str, str] = {
    "partner_body": "partner",
    "appointment": "appointment",
    "partnership_chair": "chairing",
    "board_group": "group",
    "seat": "seat",
}


async def find(table: Dated, *, area_id: int, id: UUID, field: str | None = None) -> Row:
    """Return the row; raises `NotFound` when it is not in the area or not the actor's to see."""
    row: Row | None = await table.select().where((table.area_id == area_id) & (table.id == id)).first().run()
    if row is None:
        raise NotFound(WORDS[table._meta.tablename], field=field)
    return row


async def add(table: Dated, *, by: Actor, values: Row, verb: str = "add", reason: str | None = None) -> UUID:
    """Insert a row of the area and audit it; return its id."""
    row = table(**values)
    with meaning(REFUSED):
        await table.insert(row).run()  # type: ignore[arg-type]
    await _audit(table, by=by, row={**values, "id": row.id}, verb=verb, reason=reason, after=values)
    return UUID(str(row.id))


async def change(table: Dated, *, by: Actor, row: Row, version: int, values: Row, verb: str, reason: str) -> None:
    """Change the row if its version is still `version`, and audit what is different; raises `Conflict`."""
    what = WORDS[table._meta.tablename]
    checks.version(expected=version, found=row["version"], what=what)
    columns: dict[Any, Any] = {**values, "version": version + 1}
    with meaning(REFUSED):
        changed = await (
            table.update(columns)
            .where((table.area_id == row["area_id"]) & (table.id == row["id"]) & (table.version == version))
            .returning(table.id)
            .run()
        )
    if not changed:
        raise Conflict(what)
    before = {key: row[key] for key, value in values.items() if row[key] != value}
    after = {key: values[key] for key in before}
    await _audit(table, by=by, row=row, verb=verb, reason=reason, before=before, after=after)


async def end(table: Dated, *, by: Actor, row: Row, version: int, last_day: date, reason: str, **more: Any) -> None:
    """End the row on its last day. History stays; raises `WrongState` when it has ended by then already."""
    what = WORDS[table._meta.tablename]
    if last_day < row["valid_from"]:
        raise Invalid("The last day must be the same as or after the first day.", field="lastDay")
    if row["valid_to"] is not None and row["valid_to"] < last_day:
        raise WrongState(f"This {what} has already ended.")
    values = {"valid_to": checks.day(last_day, name="the last day", field="lastDay"), "ended_reason": reason, **more}
    await change(table, by=by, row=row, version=version, values=values, verb="end", reason=reason)


async def end_all(table: Dated, *, by: Actor, rows: list[Row], last_day: date, reason: str) -> None:
    """End every row that goes on past the day, because what they belong to ends."""
    for row in rows:
        if row["valid_from"] > last_day:
            raise WrongState(f"A {WORDS[table._meta.tablename]} here begins after that day. Correct or end it first.")
        if row["valid_to"] is None or row["valid_to"] > last_day:
            await end(table, by=by, row=row, version=row["version"], last_day=last_day, reason=reason)


async def _audit(
    table: Dated, *, by: Actor, row: Row, verb: str, reason: str | None, before: Row | None = None,
    after: Row | None = None,
) -> None:  # fmt: skip
    name = table._meta.tablename
    await record(
        by=by,
        area_id=row["area_id"],
        action=f"{name}.{verb}",
        subject=(name, row["id"]),
        reason=reason,
        before=before,
        after=after,
    )
