"""Reading relevant agencies, whom they may be, and how they were told. One statement each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryRow:
    """A statutory category of relevant agency (SI 2018/789, Schedule)."""

    code: str
    grouping: str
    label: str
    paragraph: int | None
    citation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyRow:
    """An agency that the area considered, chose, told."""

    area_id: int
    area_name: str
    id: UUID
    organisation_id: UUID
    name: str
    category: str
    category_label: str
    state: str
    reason: str
    expectation: str | None
    contact_name: str | None
    contact_email: str | None
    notified_on: date | None
    notified_channel: str | None
    notified_version: str | None
    acknowledged_on: date | None
    acknowledged_by: str | None
    acknowledged_version: str | None
    state_reason: str | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TellingRow:
    """One time an agency was told, by which channel, of which version."""

    id: UUID
    told_on: date
    channel: str
    arrangements_version: str
    told_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteRow:
    """The area's own note."""

    id: UUID
    body: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CandidateRow:
    """An organisation of the register that is present in the area and not on its list."""

    id: UUID
    name: str
    category: str | None
    town: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyCount:
    """How many agencies of a category stand at a state."""

    category: str
    category_label: str
    state: str
    agencies: int


_AGENCY = """
select g.area_id, a.name as area_name, g.id, g.organisation_id, g.name, g.category, c.label as category_label, g.state,
    g.reason, g.expectation, g.contact_name, g.contact_email, g.notified_on, g.notified_channel, g.notified_version,
    g.acknowledged_on, g.acknowledged_by, g.acknowledged_version, g.state_reason, g.version
from relevant_agency g join area a on a.id = g.area_id join agency_category c on c.code = g.category
"""


async def categories(*, on: date | None = None) -> list[CategoryRow]:
    """Return the statutory categories in force on a day (today), in the order of the Schedule."""
    rows = await sql.fetch(
        "select code, grouping, label, paragraph, citation from agency_category "
        "where valid_from <= $1 and (valid_to is null or valid_to >= $1) order by position",
        on or today(),
    )
    return [CategoryRow(**row) for row in rows]


async def agency(*, area_id: int, agency_id: UUID) -> AgencyRow | None:
    """Return one agency, or None."""
    row = await sql.fetch_one(f"{_AGENCY} where g.area_id = $1 and g.id = $2", area_id, agency_id)
    return None if row is None else AgencyRow(**row)


async def agencies(
    *,
    area_id: int,
    search: str | None = None,
    category: str | None = None,
    state: str | None = None,
    after: Sequence[Any] | None = None,
    limit: int = 51,
) -> list[AgencyRow]:
    """Return the area's agencies by name. `after` is (name, id) of the last row of the page before."""
    name, last = after or (None, None)
    rows = await sql.fetch(
        f"""{_AGENCY} where g.area_id = $1
            and ($2::text is null or strpos(lower(g.name), lower($2)) > 0)
            and ($3::text is null or g.category = $3)
            and ($4::text is null or g.state = $4)
            and ($5::text is null or (g.name, g.id) > ($5, $6::uuid))
        order by g.name, g.id limit $7""",
        area_id,
        search,
        category,
        state,
        name,
        None if last is None else UUID(str(last)),
        limit,
    )
    return [AgencyRow(**row) for row in rows]


async def inclusions(*, organisation_ids: Sequence[UUID], limit: int = 500) -> list[AgencyRow]:
    """Return where the organisations are included, in every area that the reader may see, by area and name."""
    rows = await sql.fetch(
        f"""{_AGENCY} where g.organisation_id = any ($1) and g.state not in ('not_selected', 'selected')
        order by a.name, g.name, g.id limit $2""",
        list(organisation_ids),
        limit,
    )
    return [AgencyRow(**row) for row in rows]


async def tellings(*, area_id: int, agency_id: UUID) -> list[TellingRow]:
    """Return when and how the agency was told, newest first, at most 100."""
    rows = await sql.fetch(
        "select id, told_on, channel, arrangements_version, told_by from agency_telling "
        "where area_id = $1 and agency_id = $2 order by told_on desc, id desc limit 100",
        area_id,
        agency_id,
    )
    return [TellingRow(**row) for row in rows]


async def notes(*, area_id: int, agency_id: UUID) -> list[NoteRow]:
    """Return the area's notes on the agency, newest first, at most 100. An agency's people read none."""
    rows = await sql.fetch(
        "select id, body, written_by, written_at from agency_note "
        "where area_id = $1 and agency_id = $2 order by written_at desc, id desc limit 100",
        area_id,
        agency_id,
    )
    return [NoteRow(**row) for row in rows]


async def counts(*, area_id: int) -> list[AgencyCount]:
    """Return how many agencies stand where, by category in the order of the Schedule: as kept, not counted."""
    rows = await sql.fetch(
        """select n.category, c.label as category_label, n.state, n.agencies
        from agency_count n join agency_category c on c.code = n.category
        where n.area_id = $1 and n.agencies > 0 order by c.position, n.state""",
        area_id,
    )
    return [AgencyCount(**row) for row in rows]


async def candidates(*, area_id: int, search: str, limit: int = 20) -> list[CandidateRow]:
    """Return open organisations of the register that are not on the area's list, by name; those of the area first."""
    rows = await sql.fetch(
        """select o.id, o.name, o.category, o.town from organisation_fact o
        where o.status = 'open' and strpos(lower(o.name), lower($2)) > 0
            and not exists (select 1 from relevant_agency g where g.area_id = $1 and g.organisation_id = o.id)
        order by not exists (select 1 from area_organisation p where p.area_id = $1 and p.organisation_id = o.id
            and p.valid_to is null), o.name, o.id limit $3""",
        area_id,
        search,
        limit,
    )
    return [CandidateRow(**row) for row in rows]
