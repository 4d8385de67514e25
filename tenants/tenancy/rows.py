"""One row of an area found, added or changed by version, with its audit entry in the same transaction.

For capabilities whose rows have `area_id`, `id` and `version`. The entry's action is `<table>.<verb>`, its before and
after hold the columns that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
from piccolo.table import Table

from infra.database import sql
from tenants.audit.personal import Subject, personal
from tenants.audit.service import record
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, NotFound, Problem, WrongState
from tenants.tenancy.inputs import meaning

Row = dict[str, Any]
Refused = Mapping[str, Callable[[], Problem]]  #: what the refusal of each named constraint means


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a table's rows say of a person: in which columns, and which column is their account where they have one."""

    columns: tuple[str, ...]
    account: str


async def find(
    table: type[Table], *, area_id: int, id: UUID, what: str, field: str | None = None, lock: bool = False
) -> Row:
    """Return the row; `lock` keeps others from changing it until the transaction ends.

    Raises `NotFound` when it is not in the area, or not the actor's to see.
    """
    name = table._meta.tablename
    if lock:
        await sql.execute(f'select from "{name}" where area_id = $1 and id = $2 for no key update', area_id, id)
    same = (_of(table, "area_id") == area_id) & (_of(table, "id") == id)
    found: Row | None = await table.select().where(same).first()
    if found is None:
        raise NotFound(what, field=field)
    return found


async def add(
    table: type[Table],
    *,
    by: Actor,
    values: Row,
    verb: str,
    refused: Refused,
    reason: str | None = None,
    about: About | None = None,
) -> UUID:
    """Insert a row, which has its id, and audit it; return the id."""
    with meaning(refused):
        await table.insert(table(**values)).run()
    await _record(table, by=by, row=values, verb=verb, reason=reason, before=None, after=values, about=about)
    return UUID(str(values["id"]))


async def change(
    table: type[Table],
    *,
    by: Actor,
    row: Row,
    version: int,
    values: Row,
    verb: str,
    what: str,
    refused: Refused,
    reason: str | None = None,
    about: About | None = None,
) -> None:
    """Change the row if its version is still `version`; raises `Conflict` when somebody was first."""
    checks.version(expected=version, found=row["version"], what=what)
    columns: dict[Any, Any] = {**values, "version": version + 1}
    same = (_of(table, "area_id") == row["area_id"]) & (_of(table, "id") == row["id"])
    unmoved = same & (_of(table, "version") == version)
    with meaning(refused):
        changed = await table.update(columns).where(unmoved).returning(_of(table, "id"))
    if not changed:
        raise Conflict(what)
    before = {key: row[key] for key, value in values.items() if row[key] != value}
    after = {key: values[key] for key in before}
    now = {**row, **values}
    await _record(table, by=by, row=now, verb=verb, reason=reason, before=before, after=after, about=about)


async def remove(
    table: type[Table],
    *,
    by: Actor,
    row: Row,
    verb: str,
    what: str,
    refused: Refused,
    reason: str,
    about: About | None = None,
) -> None:
    """Remove the row, which the trail keeps as it was; raises `Conflict` when somebody changed it meanwhile.

    Raises `WrongState` where another table names it.
    """
    same = (_of(table, "area_id") == row["area_id"]) & (_of(table, "id") == row["id"])
    unmoved = same & (_of(table, "version") == row["version"])
    try:
        with meaning(refused):
            gone = await table.delete().where(unmoved).returning(_of(table, "id"))
    except (asyncpg.ForeignKeyViolationError, asyncpg.RestrictViolationError):
        raise WrongState(f"Something else is recorded of this {what} already, so it stays. End it instead.") from None
    if not gone:
        raise Conflict(what)
    said = {key: value for key, value in row.items() if value is not None}
    await _record(table, by=by, row=row, verb=verb, reason=reason, before=said, after=None, about=about)


def _of(table: type[Table], column: str) -> Any:
    return table._meta.get_column_by_name(column)


async def _record(
    table: type[Table],
    *,
    by: Actor,
    row: Row,
    verb: str,
    reason: str | None,
    before: Row | None,
    after: Row | None,
    about: About | None,
) -> None:
    name = table._meta.tablename
    if about is not None:
        whose: Subject = ("person", row[about.account]) if row.get(about.account) else (name, row["id"])
        before, after = (part and personal(part, *about.columns, of=whose) for part in (before, after))
    await record(
        by=by,
        area_id=row["area_id"],
        action=f"{name}.{verb}",
        subject=(name, row["id"]),
        reason=reason,
        before=before,
        after=after,
    )
