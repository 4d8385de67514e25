"""Finding, adding, changing and ending one dated row of membership: the history stays, an audit entry is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from piccolo.table import Table

from tenants.membership.errors import REFUSED, begins_later
from tenants.tenancy import checks, rows
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, WrongState
from tenants.tenancy.rows import About, Row

#: whose rows name a person
PERSONAL: Mapping[str, About] = {
    "appointment": About(columns=("person_name", "post", "email", "telephone", "declared_tie"), account="person_id"),
}
WORDS: Mapping[str, str] = {
    "partner_body": "partner",
    "appointment": "appointment",
    "partnership_chair": "chairing",
    "board_group": "group",
    "seat": "seat",
}


async def find(table: type[Table], *, area_id: int, id: UUID, field: str | None = None) -> Row:
    """Return the row; raises `NotFound` when it is not in the area or not the actor's to see."""
    return await rows.find(table, area_id=area_id, id=id, what=_what(table), field=field)


async def add(table: type[Table], *, by: Actor, values: Row, verb: str = "add", reason: str | None = None) -> UUID:
    """Insert a row of the area and audit it; return its id."""
    about = PERSONAL.get(table._meta.tablename)
    return await rows.add(table, by=by, values=values, verb=verb, refused=REFUSED, reason=reason, about=about)


async def change(table: type[Table], *, by: Actor, row: Row, version: int, values: Row, verb: str, reason: str) -> None:
    """Change the row if its version is still `version`, and audit what is different; raises `Conflict`."""
    about = PERSONAL.get(table._meta.tablename)
    await rows.change(
        table, by=by, row=row, version=version, values=values, verb=verb, what=_what(table), refused=REFUSED,
        reason=reason, about=about,
    )  # fmt: skip


async def end(
    table: type[Table], *, by: Actor, row: Row, version: int, last_day: date, reason: str, **more: Any
) -> None:
    """End the row on its last day. History stays; raises `WrongState` when it has ended by then already."""
    if last_day < row["valid_from"]:
        raise Invalid("The last day must be the same as or after the first day.", field="lastDay")
    if row["valid_to"] is not None and row["valid_to"] < last_day:
        raise WrongState(f"This {_what(table)} has already ended.")
    if row["valid_to"] == last_day and not more:
        raise WrongState(f"That this {_what(table)} ends on that day is recorded already.")
    values = {"valid_to": checks.day(last_day, name="the last day", field="lastDay"), "ended_reason": reason, **more}
    await change(table, by=by, row=row, version=version, values=values, verb="end", reason=reason)


async def end_all(table: type[Table], *, by: Actor, rows: list[Row], last_day: date, reason: str) -> None:
    """End every row that goes on past the day, because what they belong to ends."""
    for row in rows:
        if row["valid_from"] > last_day:
            raise begins_later(_what(table))
        if row["valid_to"] is None or row["valid_to"] > last_day:
            await end(table, by=by, row=row, version=row["version"], last_day=last_day, reason=reason)


async def remove(table: type[Table], *, by: Actor, row: Row, reason: str) -> None:
    """Remove a row that has not begun; the trail keeps it. Raises `WrongState` where another table names it."""
    about = PERSONAL.get(table._meta.tablename)
    await rows.remove(
        table, by=by, row=row, verb="remove", what=_what(table), refused=REFUSED, reason=reason, about=about
    )


def _what(table: type[Table]) -> str:
    return WORDS[table._meta.tablename]
