"""The queue's own housekeeping."""

from __future__ import annotations

from infra.database import sql
from infra.queue import runs
from infra.queue.registry import sweep


@sweep("queue.tidy", every=3600, powers=["queue"])
async def tidy() -> None:
    """Forget what was done long ago: inbox rows after 90 days, the runs of messages that ended well after 30.

    Before that, what had its effect is booked as done, whatever its book said.
    """
    await runs.mend()
    await sql.execute("delete from queue.inbox where done_at < now() - interval '90 days'")
    await sql.execute(
        "delete from queue.job_run where state in ('done', 'discarded') and finished_at < now() - interval '30 days'"
    )
