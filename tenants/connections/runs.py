"""A run from the asking to the end: queued → running → done, failed or stopped. One of a connection is open at a time.

`ask` writes the row and the message `connection.run` (`connection_id`, `run_id`). `begin` gives whoever starts a fence,
one higher each time; every later write names it, so that a worker that was frozen cannot write after its heir began.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from asyncpg import Record

from infra.database import sql
from infra.ids import uuid7
from infra.queue import enqueue
from tenants.connections import errors
from tenants.connections.rules.counting import Counts
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound

RUN_JOB = "connection.run"
MOST_REJECTIONS = 1000  #: kept of one page; the count says how many there were
LONGEST_WORDS = 1000
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9_.:-]")
Cause = Literal["schedule", "by_hand", "test", "hook"]

_ASK = """
insert into connection_run (area_id, id, connection_id, cause, asked_by_name)
select area_id, $2, id, $3, $4 from agency_connection where id = $1
on conflict (home, connection_id) where state in ('queued', 'running') do nothing
"""
_NEXT = """
update agency_connection set due_at = now() + make_interval(mins => every_minutes)
where id = $1 and every_minutes is not null
"""
#: hours for which a page that a failed run was on is worth more than beginning anew
RESUMED_WITHIN_HOURS = 6
_ASKS = """encode(sha256(convert_to(jsonb_build_array(c.system, c.base_url, c.auth_mode,
    c.options - 'calls_per_second', c.may_change, c.watermark)::text, 'UTF8')), 'hex')"""
# a run that got no further than where it took up another is not taken up again: the next begins anew
_BEGIN = f"""
with failed as (
    select f.id, f.cursor, coalesce(f.resumed_page, 1) + f.pages as page
    from connection_run n join agency_connection c on c.home = n.home and c.id = n.connection_id
    cross join lateral (select * from connection_run b where b.connection_id = n.connection_id and b.id <> n.id
        and b.cause <> 'test' order by b.id desc limit 1) f
    where n.id = $1 and n.fence = 0 and n.cause in ('schedule', 'by_hand') and f.state = 'failed' and f.pages > 0
        and f.cursor is not null and f.begun_with = {_ASKS}
        and f.heard_from_at > now() - make_interval(hours => $2)
)
update connection_run r set state = 'running', fence = r.fence + 1, started_at = coalesce(r.started_at, now()),
    heard_from_at = clock_timestamp(), problem = null, next_try_at = null, begun_with = coalesce(r.begun_with, {_ASKS}),
    cursor = coalesce(r.cursor, failed.cursor), resumed_run_id = coalesce(r.resumed_run_id, failed.id),
    resumed_page = coalesce(r.resumed_page, failed.page)
from agency_connection c left join failed on true
where r.id = $1 and r.state in ('queued', 'running') and c.home = r.home and c.id = r.connection_id
    and (c.state = 'active' or (r.cause = 'test' and c.state <> 'retired'))
returning r.fence, r.pages, r.cursor::text as cursor, r.cause,
    c.id as connection_id, c.area_id, c.system, c.name, c.base_url,
    c.auth_mode, c.options::text as options, c.may_change, c.watermark
"""
_CHECKPOINT = """
update connection_run set cursor = $3::text::jsonb, pages = pages + $4, read = read + $5, applied = applied + $6,
    proposed = proposed + $7, unchanged = unchanged + $8, rejected = rejected + $9,
    expected = coalesce($10, expected), heard_from_at = clock_timestamp()
where id = $1 and fence = $2 and state = 'running' returning 1
"""
_REJECT = """
insert into connection_rejection (area_id, id, connection_id, run_id, reference, reason)
select r.area_id, row.id, r.connection_id, r.id, row.reference, row.reason
from connection_run r, unnest($2::uuid[], $3::text[], $4::text[]) as row (id, reference, reason) where r.id = $1
"""
_WAIT = """
update connection_run set problem = $3, next_try_at = clock_timestamp() + make_interval(secs => $4)
where id = $1 and fence = $2 and state = 'running'
"""
_END = """
update connection_run set state = $3, problem = $4, said = $5, finished_at = clock_timestamp(),
    heard_from_at = clock_timestamp(), next_try_at = null
where id = $1 and fence = $2 and state = 'running' returning connection_id, cause
"""
_FINISH = f"""
with ended as ({_END}),
worked as (update agency_connection set last_worked_at = clock_timestamp(), told_stale_at = null,
    watermark = coalesce($6, watermark) from ended where id = ended.connection_id and ended.cause <> 'test'),
tested as (update agency_connection set state = 'active', state_reason = null
    from ended where id = ended.connection_id and ended.cause = 'test' and state = 'reauthorise')
select 1 from ended
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A run that this worker may carry out, and the connection as it is now."""

    run_id: UUID
    fence: int
    cause: Cause
    cursor: dict[str, Any] | None  #: where the next page begins; None at the beginning
    pages: int  #: done by those who had the run before
    connection_id: UUID
    area_id: int | None
    system: str
    name: str
    base_url: str
    auth_mode: str
    options: dict[str, Any]
    may_change: frozenset[str]  #: of names, status, people, figures
    watermark: str | None  #: what the last good run ended with


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejection:
    """A row that could not be taken: its reference at the agency and the reason in words, no person's data."""

    reference: str
    reason: str


class Overtaken(Exception):
    """This run has an heir, was stopped or has ended: nothing that this worker does counts any more."""


async def ask(*, by: Actor, connection_id: UUID, cause: Cause) -> UUID:
    """Ask for a run and return its id; the message goes out with the commit.

    Raises `NotFound`, and `WrongState` when the connection is not active (a test only needs one that is not retired)
    or has a run under way. Whether `by` may ask is the caller's to check.
    """
    found = await sql.fetch_one("select area_id, state, base_url from agency_connection where id = $1", connection_id)
    if found is None:
        raise NotFound("connection")
    if found["state"] == "retired" or (cause != "test" and found["state"] != "active"):
        raise errors.not_running(found["state"])
    run_id = uuid7()
    if await sql.execute(_ASK, connection_id, run_id, cause, by.name[:200]) != "INSERT 0 1":
        raise errors.under_way()
    if cause != "test":
        await sql.execute(_NEXT, connection_id)
    await _send(found["area_id"], connection_id, run_id, base_url=found["base_url"])
    return run_id


async def go_on(begun: Begun) -> None:
    """Send the message that lets a long run go on later, in the transaction of the page that was its last for now."""
    await _send(begun.area_id, begun.connection_id, begun.run_id, base_url=begun.base_url)


async def _send(area_id: int | None, connection_id: UUID, run_id: UUID, *, base_url: str) -> None:
    host = _NOT_IN_A_NAME.sub("-", urlsplit(base_url).netloc.lower()).strip("-_.:")[:60] or "nowhere"
    await enqueue(RUN_JOB, area_id=area_id, connection_id=connection_id, run_id=run_id, host=host)


async def begin(*, run_id: UUID) -> Begun | None:
    """Take the run over from whoever had it, or None when it has ended or the connection was paused.

    In a transaction of its own. A run that was killed begins again with the cursor of its last checkpoint; a new one,
    asked for by a person or the schedule, with that of the run before when this failed within hours, had come further
    than where it began, and asked the agency the same.
    """
    row = await sql.fetch_one(_BEGIN, run_id, RESUMED_WITHIN_HOURS)
    return None if row is None else _begun(run_id, row)


async def hold(*, run_id: UUID, fence: int) -> None:
    """Keep others from taking the run over until this transaction ends. Raises `Overtaken`."""
    held = "select 1 from connection_run where id = $1 and fence = $2 and state = 'running' for no key update"
    if await sql.fetch_value(held, run_id, fence) is None:
        raise Overtaken


async def checkpoint(
    *,
    run_id: UUID,
    fence: int,
    cursor: dict[str, Any] | None,
    counts: Counts,
    rejected: Sequence[Rejection] = (),
    pages: int = 1,
    expected: int | None = None,
) -> None:
    """Say that a page is done and where the next begins, in the transaction of the page's effects.

    `expected` is how many rows the agency says there are in all. Raises `Overtaken`: then the page's effects must go.
    """
    done = await sql.fetch_value(
        _CHECKPOINT,
        run_id,
        fence,
        None if cursor is None else json.dumps(cursor),
        pages,
        counts.read,
        counts.applied,
        counts.proposed,
        counts.unchanged,
        len(rejected),
        expected,
    )
    if done is None:
        raise Overtaken
    await _list_rejected(run_id, rejected)


async def reject(*, run_id: UUID, rows: Sequence[Rejection]) -> None:
    """List what a page's effects found could not be taken, besides what the agency's own page had wrong."""
    if not rows:
        return
    await sql.execute("update connection_run set rejected = rejected + $2 where id = $1", run_id, len(rows))
    await _list_rejected(run_id, rows)


async def _list_rejected(run_id: UUID, rows: Sequence[Rejection]) -> None:
    if kept := rows[:MOST_REJECTIONS]:
        references, reasons = [row.reference[:300] for row in kept], [row.reason[:LONGEST_WORDS] for row in kept]
        await sql.execute(_REJECT, run_id, [uuid7() for _ in kept], references, reasons)


async def finish(*, run_id: UUID, fence: int, watermark: str | None = None, said: str | None = None) -> None:
    """End a run that came to its end: the connection worked now. Raises `Overtaken`.

    `watermark` is what the next run begins from (None: as before); `said` is the sentence that answers a test.
    """
    answer = said and said[:LONGEST_WORDS]
    if await sql.fetch_value(_FINISH, run_id, fence, "done", None, answer, watermark) is None:
        raise Overtaken


async def wait(*, run_id: UUID, fence: int, problem: str, seconds: float) -> None:
    """Say for what a run waits, in words, and in how many seconds it is tried again; nothing once it has an heir."""
    await sql.execute(_WAIT, run_id, fence, problem[:LONGEST_WORDS], seconds)


async def fail(*, run_id: UUID, fence: int, problem: str) -> None:
    """End a run that cannot go on; `problem` is for people, in words. Raises `Overtaken`."""
    await _failed(run_id=run_id, fence=fence, problem=problem)


async def reauthorise(*, run_id: UUID, fence: int, problem: str) -> None:
    """End a run because the agency no longer accepts who we are: no more runs until new credentials are set.

    Raises `Overtaken`.
    """
    ended = await _failed(run_id=run_id, fence=fence, problem=problem)
    await sql.execute(
        "update agency_connection set state = 'reauthorise', state_reason = $2 where id = $1 and state = 'active'",
        ended["connection_id"],
        problem[:LONGEST_WORDS],
    )


async def quarantine(*, run_id: UUID, sha256: str, size: int, reason: str) -> None:
    """Note that an answer could not be read: its SHA-256 (hexadecimal), its bytes, and why; never what was in it."""
    await sql.execute(
        "insert into connection_quarantine (area_id, id, connection_id, run_id, sha256, bytes, reason) "
        "select area_id, $2, connection_id, id, $3, $4, $5 from connection_run where id = $1",
        run_id,
        uuid7(),
        sha256,
        size,
        reason[:LONGEST_WORDS],
    )


async def _failed(*, run_id: UUID, fence: int, problem: str) -> Record:
    ended = await sql.fetch_one(_END, run_id, fence, "failed", problem[:LONGEST_WORDS], None)
    if ended is None:
        raise Overtaken
    return ended


def _begun(run_id: UUID, row: Record) -> Begun:
    cursor = None if row["cursor"] is None else json.loads(row["cursor"])
    parts = {**row, "cursor": cursor, "options": json.loads(row["options"]), "may_change": frozenset(row["may_change"])}
    return Begun(run_id=run_id, **parts)
