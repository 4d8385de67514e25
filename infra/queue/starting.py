"""Whether a delivery starts now, later or never. Needs the power `queue`.

When a process died, every message it had at work is a suspect. From then on a process runs one suspect of each queue at
a time, and a death counts as a start of the suspect that started last alone: a message that ends processes does so
soon after its start, and an innocent neighbour loses the start of the first death, no more. The last to start is always
the one of `interactive`, where there is one: a suspect of a slow queue does not start while that is at work.
"""

from __future__ import annotations

from uuid import UUID

from asyncpg import Record

from infra.database import sql
from infra.queue import leases, runs
from infra.queue.processes import Process
from infra.queue.registry import JOBS, QUEUES, Job
from infra.queue.runs import MOST_STARTS, Delivery

A_MOMENT = 1.0
_TRIES = 3

# an effect that committed is the end of its message, also when the process died before it was booked: no start counts
_BEGIN = """
update queue.job_run as run set
    starts = run.starts + (not had.effect and run.starts < $2)::integer,
    state = case when had.effect then 'done' when run.starts >= $2 then 'stopped' else 'running' end,
    error = case when had.effect then null when run.starts >= $2 then $3 else run.error end,
    process = case when not had.effect and run.starts < $2 then $4::uuid end,
    started_at = case when had.effect then run.started_at else now() end,
    finished_at = case when had.effect or run.starts >= $2 then now() end
from (select exists (select from queue.inbox where message_id = $1) as effect) as had
where run.message_id = $1 and (
    (had.effect and run.state in ('queued', 'running', 'failed', 'stopped'))
    or (run.state = 'queued' or (run.state = 'running' and (run.process is null or run.process = $4)))
        and ($5 or not run.suspect))
returning run.starts, run.state
"""
_LOOK = """
select run.state, run.suspect, run.process, extract(epoch from process.until - now())::float as alive_for
from queue.job_run as run left join queue.process on process.id = run.process where run.message_id = $1
"""
# several workers may meet the same death at once: one of them finds its messages, in the order of their ids. Two that
# started within the same moment may have been booked the other way round: the interactive one was the last ($2)
_RECKON = """
with held as (
    select message_id, suspect, started_at, actor = any ($2::text[]) as is_interactive
    from queue.job_run where process = $1 and state = 'running'
    order by message_id for update),
guilty as (
    select message_id from held where suspect order by is_interactive desc, started_at desc, message_id limit 1)
update queue.job_run as run set state = 'queued', process = null, suspect = true,
    starts = greatest(0, run.starts - (exists (
        select from guilty where guilty.message_id <> held.message_id))::integer)
from held where run.message_id = held.message_id
"""
_STOPPED = f"It was started {MOST_STARTS} times and never came to an end; it may be ending its worker process."


async def start(delivery: Delivery, *, job: Job | None, process: Process) -> int | None:
    """Count a start and return its number, or None when the message must not run now.

    None: it is done, stopped or discarded; or it was sent again for a moment later, without counting as a start, since
    it is at work elsewhere, is a suspect while another one runs here, or finds its leases taken.
    """
    for _ in range(_TRIES):
        row = await _begin(delivery.message_id, process)
        if row is not None:
            runs_now = row["state"] == "running" and await _leased(delivery, job=job, process=process)
            return int(row["starts"]) if runs_now else None
        if not await _made_way(delivery, process, queue=job.queue if job else QUEUES[0]):
            return None
    return None


async def _leased(delivery: Delivery, *, job: Job | None, process: Process) -> bool:
    wanted = leases.names(job, area_id=delivery.area_id, args=delivery.args) if job else {}
    if not wanted or await leases.take(wanted, message_id=delivery.message_id, process=process):
        return True
    await runs.later(delivery, seconds=A_MOMENT)
    return False


async def _begin(message_id: UUID, process: Process) -> Record | None:
    is_alone = message_id in process.suspects.values()
    return await sql.fetch_one(_BEGIN, message_id, MOST_STARTS, _STOPPED, process.id, is_alone)


async def _made_way(delivery: Delivery, process: Process, *, queue: str) -> bool:
    """Remove what kept the message from starting; False when nothing is to be done now."""
    found = await sql.fetch_one(_LOOK, delivery.message_id)
    if found is None or found["state"] not in ("queued", "running"):
        return False
    if found["process"] not in (None, process.id):
        if found["alive_for"] is not None and found["alive_for"] > 0:
            await runs.send_again(delivery, seconds=found["alive_for"])
            return False
        await sql.execute(_RECKON, found["process"], [job.name for job in JOBS.values() if job.queue == "interactive"])
    elif found["suspect"] and not process.may_run_suspect(delivery.message_id, queue=queue):
        await runs.send_again(delivery, seconds=A_MOMENT)
        return False
    return True
