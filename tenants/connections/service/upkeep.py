"""What the worker does about connections by itself, in the scope of the area (no area: of a national one)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from asyncpg import Record

from infra.clock import now, today
from infra.database import sql
from tenants.audit.service import PLATFORM, record
from tenants.connections import runs
from tenants.connections.queries import links
from tenants.connections.queries.links import ConnectionRow
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import WrongState
from tenants.tenancy.mail.service import send_mail
from tenants.tenancy.roles import Role

STALE, STOPPED = "connection_stale", "connection_stopped"
_DUE = "select 1 from agency_connection where id = $1 and state = 'active' and due_at <= now() for no key update"
_TOLD = """
update agency_connection set told_stale_at = now() where id = $1 and told_stale_at is null returning 1
"""
_GIVE_UP = """
update connection_run set state = 'failed', fence = fence + 1, finished_at = now(),
    problem = 'It never came to an end: nothing was heard of it for too long.'
where id = $1 and state in ('queued', 'running') and coalesce(heard_from_at, asked_at) < now() - $2::interval
returning 1
"""
_MANAGERS = """
select distinct p.id, p.email from role_assignment h join person p on p.id = h.person_id
where h.area_id = $1 and h.role = $2 and p.disabled_at is null and h.valid_from <= $3
    and (h.valid_to is null or h.valid_to >= $3) order by p.id
"""
_ADMINISTRATORS = """
select distinct p.id, p.email from role_assignment h join person p on p.id = h.person_id
where h.role = $1 and p.disabled_at is null and h.valid_from <= $2 and (h.valid_to is null or h.valid_to >= $2)
order by p.id
"""


async def ask_when_due(*, by: Actor, connection_id: UUID) -> UUID | None:
    """Ask for a run when its time has come; None when it is not due any more, or one is under way."""
    if await sql.fetch_value(_DUE, connection_id) is None:
        return None
    try:
        return await runs.ask(by=by, connection_id=connection_id, cause="schedule")
    except WrongState:  # someone asked by hand meanwhile
        return None


async def tell(*, by: Actor, connection_id: UUID) -> int:
    """Write that a connection is stale, or stopped because its credentials open nothing any more, to the area's
    business managers (of a national one: the platform administrators); return how many.

    Once: again only after the connection has worked and failed anew.
    """
    row = await links.connection(connection_id=connection_id)
    if row is None or (row.stale_since is None and row.state != "reauthorise"):
        return 0
    if await sql.fetch_value(_TOLD, connection_id) is None:
        return 0
    people = await _concerned(row.area_id)
    values = await _values(row)
    for person in people:
        await send_mail(
            by=by, area_id=row.area_id, to=person["email"], person_id=person["id"], values=values,
            template=STOPPED if row.state == "reauthorise" else STALE,
        )  # fmt: skip
    await record(
        by=by,
        area_id=PLATFORM if row.area_id is None else row.area_id,
        action="connection.alert",
        subject=("agency_connection", row.id),
        after={"last_worked_at": row.last_worked_at, "told": len(people)},
    )
    return len(people)


async def _concerned(area_id: int | None) -> list[Record]:
    if area_id is None:
        return await sql.fetch(_ADMINISTRATORS, Role.PLATFORM_ADMINISTRATOR.value, today())
    return await sql.fetch(_MANAGERS, area_id, Role.BUSINESS_MANAGER.value, today())


async def _values(row: ConnectionRow) -> dict[str, str]:
    slug = await sql.fetch_value("select slug from area where id = $1", row.area_id)
    page = "/platform/connections" if slug is None else f"/area/{slug}/connections"
    worked = "never yet" if row.last_worked_at is None else f"{row.last_worked_at:%d %B %Y}".lstrip("0")
    return {
        "name": row.name,
        "worked": worked,
        "hours": str(row.stale_after_hours),
        "problem": (row.state_reason or row.run_problem or "No run has been refused: none came to an end.")[:280],
        "page": page,
    }


async def give_up(*, by: Actor, run_id: UUID, unheard: timedelta) -> bool:
    """End a run that nobody has been heard from for so long; False when it has ended or was heard from."""
    if await sql.fetch_value(_GIVE_UP, run_id, unheard) is None:
        return False
    row = await sql.fetch_one("select area_id, connection_id from connection_run where id = $1", run_id)
    assert row is not None
    await record(
        by=by,
        area_id=PLATFORM if row["area_id"] is None else row["area_id"],
        action="connection.give_up",
        subject=("agency_connection", row["connection_id"]),
        after={"run_id": run_id, "at": now()},
    )
    return True
