"""Reading how membership came to be: bodies and their successors, every appointment, every chair."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from infra.database import sql
from tenants.membership.queries.rows import Appointment, Chair, Group, LeadPartner, Partner, Seat
from tenants.membership.rules import EducationLevel, Kind, Office

KIND_ORDER = "array_position(array['local_authority', 'integrated_care_board', 'police'], kind), name"
PARTNER = """select id, kind, name, organisation_id, valid_from, valid_to, succeeded_by, ended_reason, version
    from partner_body"""
APPOINTMENT = """select id, office, partner_id, seat_id, person_name, post, organisation, email, telephone, person_id,
    declared_tie, valid_from, valid_to, ended_reason, version from appointment"""
_CHAIR = """select c.id, c.appointment_id, a.partner_id, a.person_name, c.valid_from, c.valid_to, c.version
    from partnership_chair c join appointment a on a.area_id = c.area_id and a.id = c.appointment_id
    where c.area_id = $1"""


async def partners(*, area_id: int) -> list[Partner]:
    """Return every partner body the area has had, those that have not ended first."""
    rows = await sql.fetch(f"{PARTNER} where area_id = $1 order by valid_to desc nulls first, {KIND_ORDER}", area_id)
    return [as_partner(row) for row in rows]


async def partner(*, area_id: int, partner_id: UUID) -> Partner | None:
    """Return one partner body, or None when it is not there or not the reader's to see."""
    row = await sql.fetch_one(f"{PARTNER} where area_id = $1 and id = $2", area_id, partner_id)
    return None if row is None else as_partner(row)


async def appointment(*, area_id: int, appointment_id: UUID) -> Appointment | None:
    """Return one appointment, or None when it is not there or not the reader's to see."""
    row = await sql.fetch_one(f"{APPOINTMENT} where area_id = $1 and id = $2", area_id, appointment_id)
    return None if row is None else as_appointment(row)


async def group(*, area_id: int, group_id: UUID) -> Group | None:
    """Return one group, or None when it is not there or not the reader's to see."""
    row = await sql.fetch_one(
        "select id, name, purpose, valid_from, valid_to, version from board_group where area_id = $1 and id = $2",
        area_id,
        group_id,
    )
    return None if row is None else Group(**row)


async def seat(*, area_id: int, seat_id: UUID) -> Seat | None:
    """Return one seat by itself, or None when it is not there or not the reader's to see."""
    row = await sql.fetch_one(
        "select id, group_id, title, education_level, valid_from, valid_to, version from seat "
        "where area_id = $1 and id = $2",
        area_id,
        seat_id,
    )
    if row is None:
        return None
    level = None if row["education_level"] is None else EducationLevel(row["education_level"])
    return Seat(**{**row, "education_level": level})


async def chairing(*, area_id: int, chair_id: UUID) -> Chair | None:
    """Return one chairing, or None when it is not there or not the reader's to see."""
    row = await sql.fetch_one(f"{_CHAIR} and c.id = $2", area_id, chair_id)
    return None if row is None else Chair(**row)


async def appointments(*, area_id: int, after: tuple[date, UUID] | None = None, limit: int = 51) -> list[Appointment]:
    """Return the history of every office, newest first; `after` is (first day, id) of the last one already read."""
    day, last = after or (None, None)
    rows = await sql.fetch(
        f"{APPOINTMENT} where area_id = $1 and ($2::date is null or (valid_from, id) < ($2, $3)) "
        "order by valid_from desc, id desc limit $4",
        area_id,
        day,
        last,
        limit,
    )
    return [as_appointment(row) for row in rows]


async def chair(*, area_id: int, as_at: date) -> Chair | None:
    """Return who chairs the partnership on the day."""
    row = await sql.fetch_one(f"{_CHAIR} and c.valid @> $2::date", area_id, as_at)
    return None if row is None else Chair(**row)


async def chairs(*, area_id: int) -> list[Chair]:
    """Return everyone who has chaired, newest first."""
    return [Chair(**row) for row in await sql.fetch(f"{_CHAIR} order by c.valid_from desc", area_id)]


async def lead_partners(*, area_id: int, as_at: date) -> list[LeadPartner]:
    """Return the partner bodies of the day with their leads: the bodies whose agreement the area needs."""
    return (await lead_partners_of(area_ids=[area_id], as_at=as_at))[area_id]


async def lead_partners_of(*, area_ids: Sequence[int], as_at: date) -> dict[int, list[LeadPartner]]:
    """Return the same of each area, in one statement however many areas there are."""
    rows = await sql.fetch(
        "select p.area_id, p.id as partner_id, p.kind, p.name, p.organisation_id, a.id as appointment_id, "
        "a.person_name, a.person_id from partner_body p left join appointment a on a.area_id = p.area_id "
        "and a.partner_id = p.id and a.office = 'lead' and a.valid @> $2::date "
        "where p.area_id = any ($1) and p.valid @> $2::date "
        f"order by {KIND_ORDER.replace('kind', 'p.kind').replace('name', 'p.name')}",
        list(area_ids),
        as_at,
    )
    found: dict[int, list[LeadPartner]] = {area_id: [] for area_id in area_ids}
    for row in rows:
        values = {**row, "kind": Kind(row["kind"])}
        found[values.pop("area_id")].append(LeadPartner(**values))
    return found


def as_partner(row: Any) -> Partner:
    """Return the dataclass of a row."""
    return Partner(**{**row, "kind": Kind(row["kind"])})


def as_appointment(row: Any) -> Appointment:
    """Return the dataclass of a row."""
    return Appointment(**{**row, "office": Office(row["office"])})
