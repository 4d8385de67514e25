"""Taking back what was recorded by mistake and has not happened yet: a beginning goes, an end is lifted.

What has happened is history and stays; it is corrected or ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from piccolo.table import Table

from infra.clock import today
from tenants.membership.errors import happened, term_not_known
from tenants.membership.permissions import check_can_edit
from tenants.membership.rules import Office
from tenants.membership.service.rows import change, find, remove
from tenants.membership.tables import Appointment, BoardGroup, PartnerBody, PartnershipChair, Seat
from tenants.organisations import service as presence
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.rows import Row


class What(StrEnum):
    """What can be taken back."""

    PARTNER = "partner"
    APPOINTMENT = "appointment"
    CHAIR = "chair"
    GROUP = "group"
    SEAT = "seat"


TABLES: Mapping[What, type[Table]] = {
    What.PARTNER: PartnerBody,
    What.APPOINTMENT: Appointment,
    What.CHAIR: PartnershipChair,
    What.GROUP: BoardGroup,
    What.SEAT: Seat,
}
#: what lies within the days of each, and by which column it names it
WITHIN: Mapping[type[Table], tuple[type[Table], str]] = {
    PartnerBody: (Appointment, "partner_id"),
    BoardGroup: (Seat, "group_id"),
    Seat: (Appointment, "seat_id"),
    Appointment: (PartnershipChair, "appointment_id"),
}


async def take_back(*, by: Actor, area_id: int, what: str, id: UUID, version: int, reason: str) -> UUID:
    """Take back a beginning after today, or an end that is today or later; return the row's id.

    What begins within it goes with it, and what was to end with it goes on. A body whose successor is taken back goes
    on as well. Raises `NotAllowed`, `NotFound`, `Conflict`, `Overlap`, and `WrongState` for what has happened.
    """
    check_can_edit(by, area_id=area_id)
    table = TABLES[What(checks.choice(what, of=[w.value for w in What], field="what", name="what is taken back"))]
    row = await find(table, area_id=area_id, id=id, field="id")
    why = checks.reason(reason)
    checks.version(expected=version, found=row["version"], what="record")
    if row["valid_from"] > today():
        await _remove(table, by=by, row=row, why=why)
    elif row["ended_reason"] is not None and row["valid_to"] is not None and row["valid_to"] >= today():
        await _go_on(table, by=by, row=row, why=why)
    else:
        raise happened()
    return id


async def _remove(table: type[Table], *, by: Actor, row: Row, why: str) -> None:
    for within, inner in await _within(table, row):
        await _remove(within, by=by, row=inner, why=why)
    followed = await _named(PartnerBody, row, "succeeded_by") if table is PartnerBody else []
    for body in followed:
        await change(PartnerBody, by=by, row=body, version=body["version"], values={"succeeded_by": None},
                     verb="take_back", reason=why)  # fmt: skip
    await remove(table, by=by, row=row, reason=why)
    if row.get("organisation_id") is not None:
        await presence.end_presence(by=by, area_id=row["area_id"], organisation_id=row["organisation_id"],
                                    basis="partner", on=row["valid_from"])  # fmt: skip
    for body in followed:
        now = {**body, "succeeded_by": None, "version": body["version"] + 1}
        await _go_on(PartnerBody, by=by, row=now, why=why)


async def _go_on(table: type[Table], *, by: Actor, row: Row, why: str) -> None:
    if row.get("office") == Office.SCRUTINEER:
        raise term_not_known()
    values: Row = {"valid_to": None, "ended_reason": None}
    if table is PartnerBody:
        values["succeeded_by"] = None
    await change(table, by=by, row=row, version=row["version"], values=values, verb="take_back", reason=why)
    for within, inner in await _within(table, row):
        if (inner["valid_to"], inner["ended_reason"]) == (row["valid_to"], row["ended_reason"]):
            await _go_on(within, by=by, row=inner, why=why)
    if row.get("organisation_id") is not None:
        await presence.add_presence(by=by, area_id=row["area_id"], organisation_id=row["organisation_id"],
                                    basis="partner", since=row["valid_from"])  # fmt: skip


async def _within(table: type[Table], row: Row) -> list[tuple[type[Table], Row]]:
    if table not in WITHIN:
        return []
    within, column = WITHIN[table]
    return [(within, inner) for inner in await _named(within, row, column)]


async def _named(table: type[Table], row: Row, column: str) -> list[Row]:
    names = table._meta.get_column_by_name
    found: list[Row] = await (
        table.select().where((names("area_id") == row["area_id"]) & (names(column) == row["id"])).run()
    )
    return found
