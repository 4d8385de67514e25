"""Reading the whole membership as at a day: who is in which office, and what is vacant since when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from infra.database import sql
from tenants.membership import rules
from tenants.membership.queries.history import APPOINTMENT, KIND_ORDER, PARTNER, as_appointment, as_partner, chair
from tenants.membership.queries.rows import (
    Appointment,
    Filled,
    Group,
    Members,
    Partner,
    PartnerOffices,
    Seat,
)
from tenants.membership.rules import EducationLevel, Office, Period

_ENDED = """select office, coalesce(partner_id, seat_id) as of, max(valid_to) as last
    from appointment where area_id = $1 and valid_to < $2 group by 1, 2"""
_GROUPS = """select id, name, purpose, valid_from, valid_to, version from board_group
    where area_id = $1 and valid @> $2::date order by lower(name)"""
_SEATS = """select id, group_id, title, education_level, valid_from, valid_to, version from seat
    where area_id = $1 and valid @> $2::date order by education_level desc nulls last, lower(title), id"""


async def members(*, area_id: int, as_at: date) -> Members:
    """Return the membership on the day, in six statements whatever its size."""
    offices = await _Offices.read(area_id=area_id, as_at=as_at)
    on_day = "where area_id = $1 and valid @> $2::date"
    partners = await sql.fetch(f"{PARTNER} {on_day} order by {KIND_ORDER}", area_id, as_at)
    groups = await sql.fetch(_GROUPS, area_id, as_at)
    seats = await sql.fetch(_SEATS, area_id, as_at)
    return Members(
        as_at=as_at,
        partners=[offices.of_partner(as_partner(row)) for row in partners],
        chair=await chair(area_id=area_id, as_at=as_at),
        scrutineers=offices.held[(Office.SCRUTINEER, None)],
        groups=[Group(**row) for row in groups],
        seats=[_seat(row, offices) for row in seats],
    )


class _Offices:
    """The appointments of one area around a day, by office and what it is an office of."""

    def __init__(self, as_at: date) -> None:
        self.as_at = as_at
        self.held: dict[tuple[Office, UUID | None], list[Appointment]] = defaultdict(list)
        self.ended: dict[tuple[Office, UUID | None], list[Period]] = defaultdict(list)

    @classmethod
    async def read(cls, *, area_id: int, as_at: date) -> _Offices:
        found = cls(as_at)
        on_day = "where area_id = $1 and valid @> $2::date"
        for row in await sql.fetch(f"{APPOINTMENT} {on_day} order by person_name, id", area_id, as_at):
            holder = as_appointment(row)
            found.held[(holder.office, holder.partner_id or holder.seat_id)].append(holder)
        for row in await sql.fetch(_ENDED, area_id, as_at):
            period = Period(first=date.min, last=row["last"])
            found.ended[(Office(row["office"]), row["of"])].append(period)
        return found

    def of_partner(self, partner: Partner) -> PartnerOffices:
        period = Period(first=partner.valid_from, last=partner.valid_to)
        lead, delegated = (self.filled(o, partner.id, period=period) for o in (Office.LEAD, Office.DELEGATED))
        return PartnerOffices(partner=partner, lead=lead, delegated=delegated)

    def filled(self, office: Office, of: UUID, *, period: Period) -> Filled:
        holders = self.held[(office, of)]
        since = None if holders else rules.vacant_since(office=period, held=self.ended[(office, of)], on=self.as_at)
        return Filled(holder=holders[0] if holders else None, vacant_since=since)


def _seat(row: Any, offices: _Offices) -> Seat:
    level = None if row["education_level"] is None else EducationLevel(row["education_level"])
    period = Period(first=row["valid_from"], last=row["valid_to"])
    filled = offices.filled(Office.SEAT, row["id"], period=period)
    return Seat(**{**row, "education_level": level, "filled": filled})
