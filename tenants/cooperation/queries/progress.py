"""How far a cycle has come: by category and by follow-up step, and what the Department may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from infra.clock import today
from infra.database import sql


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryProgress:
    """How the agencies of one category have answered. `late` are those that still owe an answer past the due day."""

    category: str
    category_label: str
    asked: int
    not_started: int
    draft: int
    submitted: int
    accepted: int
    more_needed: int
    declined: int
    late: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StepProgress:
    """How many that have not answered stand at a follow-up step; step 0 is before any follow-up."""

    step: int
    title: str | None
    requests: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CooperationRate:
    """How many of an area's requests, in cycles that opened in the last year, were answered. Counts only.

    `late_before`: answers that cycles of earlier years still wait for, past their due day.
    """

    area_id: int
    asked: int
    returned: int
    accepted: int
    late: int
    late_before: int = 0


#: both name `{area_id}`, `{cycle_id}` and `{today}` in braces
BY_CATEGORY = """select r.category, c.label as category_label,
    count(*) filter (where r.state <> 'cancelled')::integer as asked,
    count(*) filter (where r.state = 'not_started')::integer as not_started,
    count(*) filter (where r.state = 'draft')::integer as draft,
    count(*) filter (where r.state = 'submitted')::integer as submitted,
    count(*) filter (where r.state = 'accepted')::integer as accepted,
    count(*) filter (where r.state = 'more_needed')::integer as more_needed,
    count(*) filter (where r.state = 'declined')::integer as declined,
    count(*) filter (
        where r.state in ('not_started', 'draft', 'more_needed') and r.due_on < {today})::integer as late
from duty_request r join agency_category c on c.code = r.category
where r.area_id = {area_id} and r.cycle_id = {cycle_id}
group by r.category, c.label, c.position order by c.position"""
BY_STEP = """select coalesce(m.step, 0) as step, max(m.step_title) as title, count(*)::integer as requests
from duty_request r left join lateral (
    select f.step, f.step_title from follow_up_move f where f.area_id = r.area_id and f.request_id = r.id
    order by f.moved_at desc, f.id desc limit 1) m on true
where r.area_id = {area_id} and r.cycle_id = {cycle_id} and r.due_on < {today}
    and r.state in ('not_started', 'draft', 'more_needed')
group by 1 order by 1"""
RATES = """select area_id,
    coalesce(sum(requests) filter (where recent and state <> 'cancelled'), 0)::integer as asked,
    coalesce(sum(requests) filter (where recent and state in ('submitted', 'accepted')), 0)::integer as returned,
    coalesce(sum(requests) filter (where recent and state = 'accepted'), 0)::integer as accepted,
    coalesce(sum(requests) filter (where recent and owed), 0)::integer as late,
    coalesce(sum(requests) filter (where not recent and owed), 0)::integer as late_before
from (select area_id, requests, state, opens_on > $2::date - 365 as recent,
        state in ('not_started', 'draft', 'more_needed') and due_on < $2::date as owed
      from cooperation_count where ($1::integer[] is null or area_id = any ($1)) and opens_on <= $2::date) counted
group by area_id
having coalesce(sum(requests) filter (where recent and state <> 'cancelled' or owed), 0) > 0 order by area_id"""
_NUMBERED = {"area_id": "$1", "cycle_id": "$2", "today": "$3"}


async def by_category(*, area_id: int, cycle_id: UUID) -> list[CategoryProgress]:
    """Return the cycle's progress, one row for each category asked, in the order of the Schedule."""
    rows = await sql.fetch(BY_CATEGORY.format_map(_NUMBERED), area_id, cycle_id, today())
    return [CategoryProgress(**row) for row in rows]


async def by_step(*, area_id: int, cycle_id: UUID) -> list[StepProgress]:
    """Return how many late requests of the cycle stand at each follow-up step."""
    rows = await sql.fetch(BY_STEP.format_map(_NUMBERED), area_id, cycle_id, today())
    return [StepProgress(**row) for row in rows]


async def rates(*, area_ids: list[int] | None = None) -> list[CooperationRate]:
    """Return each area's cooperation rate over cycles that opened in the last year. Any scope, also the national.

    An area that asked for nothing in that time and waits for nothing from before has none.
    """
    rows = await sql.fetch(RATES, area_ids, today())
    return [CooperationRate(**row) for row in rows]


async def turns_of(*, area_ids: Sequence[int], after: date) -> dict[int, date]:
    """Return the first day after `after` on which `rates` may change although nobody writes, by area id.

    A cycle opens, falls due, or opened a year ago.
    """
    rows = await sql.fetch(
        """select area_id, min(day) as day from cooperation_count
            cross join lateral (values (opens_on), (due_on + 1), (opens_on + 365)) turns (day)
        where area_id = any ($1) and requests <> 0 and day > $2 group by area_id""",
        list(area_ids),
        after,
    )
    return {row["area_id"]: row["day"] for row in rows}
