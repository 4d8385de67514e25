"""Reading requests to agencies: the area's lists, and what an agency has been asked in every area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from infra.clock import today
from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestRow:
    """One agency asked for one duty in one cycle. `step` and `reminders` are 0 for an agency's own people."""

    area_id: int
    area_name: str
    id: UUID
    cycle_id: UUID
    duty_id: UUID
    duty_version_id: UUID
    agency_id: UUID
    organisation_id: UUID
    agency_name: str
    category: str
    category_label: str
    title: str
    cycle_label: str
    opens_on: date
    due_on: date
    state: str
    late: bool
    question_open: bool
    submitted_at: datetime | None
    state_reason: str | None
    step: int
    step_title: str | None
    reminders: int
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which requests of an area to list: each given part narrows."""

    cycle_id: UUID | None = None
    agency_id: UUID | None = None
    search: str | None = None
    category: str | None = None
    state: str | None = None
    step: int | None = None
    late: bool = False
    question_open: bool = False


#: the states, as SQL, in which the agency still has to send something
OWED = "('not_started', 'draft', 'more_needed')"
#: with $1 for today; `forms` selects more beside them
REQUEST_COLUMNS = f"""
    r.area_id, a.name as area_name, r.id, r.cycle_id, r.duty_id, r.duty_version_id, r.agency_id, r.organisation_id,
    r.agency_name, r.category, c.label as category_label, r.title, r.cycle_label, r.opens_on, r.due_on, r.state,
    r.state in {OWED} and r.due_on < $1 as late, r.question_open, r.submitted_at, r.state_reason,
    coalesce(m.step, 0) as step, m.step_title,
    (select count(*) from reminder s where s.area_id = r.area_id and s.request_id = r.id)::integer as reminders,
    r.version"""
REQUEST_TABLES = """duty_request r
    join area a on a.id = r.area_id
    join agency_category c on c.code = r.category
    left join lateral (
        select f.step, f.step_title from follow_up_move f where f.area_id = r.area_id and f.request_id = r.id
        order by f.moved_at desc, f.id desc limit 1
    ) m on true
"""
_REQUEST = f"select {REQUEST_COLUMNS} from {REQUEST_TABLES}"


async def request(*, area_id: int, request_id: UUID) -> RequestRow | None:
    """Return one request, or None."""
    row = await sql.fetch_one(f"{_REQUEST} where r.area_id = $2 and r.id = $3", today(), area_id, request_id)
    return None if row is None else RequestRow(**row)


async def requests(
    *, area_id: int, where: Wanted | None = None, after: Sequence[Any] | None = None, limit: int = 51
) -> list[RequestRow]:
    """Return the area's requests by agency name. `after` is (name, id) of the last row of the page before."""
    where = where or Wanted()
    name, last = after or (None, None)
    rows = await sql.fetch(
        f"""{_REQUEST} where r.area_id = $2
            and ($3::uuid is null or r.cycle_id = $3)
            and ($4::uuid is null or r.agency_id = $4)
            and ($5::text is null or strpos(lower(r.agency_name), lower($5)) > 0)
            and ($6::text is null or r.category = $6)
            and ($7::text is null or r.state = $7)
            and ($8::integer is null or coalesce(m.step, 0) = $8)
            and (not $9 or (r.state in {OWED} and r.due_on < $1))
            and (not $10 or r.question_open)
            and ($11::text is null or (r.agency_name, r.id) > ($11, $12::uuid))
        order by r.agency_name, r.id limit $13""",
        today(),
        area_id,
        where.cycle_id,
        where.agency_id,
        where.search,
        where.category,
        where.state,
        where.step,
        where.late,
        where.question_open,
        name,
        None if last is None else UUID(str(last)),
        limit,
    )
    return [RequestRow(**row) for row in rows]


async def requests_of_organisations(
    *,
    organisation_ids: Sequence[UUID],
    open_only: bool = False,
    area_id: int | None = None,
    after: Sequence[Any] | None = None,
    limit: int = 51,
) -> list[RequestRow]:
    """Return what these organisations have been asked, in every area the reader may act in, soonest due first.

    `after` is (due day, agency name, id) of the last row of the page before. Cancelled requests are left out.
    """
    due, name, last = after or (None, None, None)
    rows = await sql.fetch(
        f"""{_REQUEST} where r.organisation_id = any ($2) and r.state <> 'cancelled'
            and (not $3 or r.state in {OWED})
            and ($4::integer is null or r.area_id = $4)
            and ($5::date is null or (r.due_on, r.agency_name, r.id) > ($5, $6::text, $7::uuid))
        order by r.due_on, r.agency_name, r.id limit $8""",
        today(),
        list(organisation_ids),
        open_only,
        area_id,
        None if due is None else date.fromisoformat(str(due)),
        name,
        None if last is None else UUID(str(last)),
        limit,
    )
    return [RequestRow(**row) for row in rows]


@dataclass(frozen=True, kw_only=True, slots=True)
class LatestReturn:
    """What an agency was asked in its latest due cycle, and how far its answer is."""

    title: str
    due_on: date
    state: str
    submitted_at: datetime | None


async def latest_returns(*, agencies: Sequence[tuple[int, UUID]]) -> dict[tuple[int, UUID], LatestReturn]:
    """Return each (area, agency)'s request of the latest due day; an agency that was never asked is left out.

    One statement for a whole list, with one index probe for each agency.
    """
    rows = await sql.fetch(
        """select r.area_id, r.agency_id, r.title, r.due_on, r.state, r.submitted_at
        from unnest($1::integer[], $2::uuid[]) as wanted (area_id, agency_id)
            cross join lateral (
                select q.area_id, q.agency_id, q.title, q.due_on, q.state, q.submitted_at from duty_request q
                where q.area_id = wanted.area_id and q.agency_id = wanted.agency_id
                order by q.due_on desc, q.id desc limit 1
            ) r""",
        [area for area, _ in agencies],
        [agency for _, agency in agencies],
    )
    return {
        (row["area_id"], row["agency_id"]): LatestReturn(
            title=row["title"], due_on=row["due_on"], state=row["state"], submitted_at=row["submitted_at"]
        )
        for row in rows
    }
