"""The queue's own housekeeping."""

from __future__ import annotations

from infra.database import sql
from infra.queue import runs, waiting
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
    await sql.execute("delete from queue.process where until < now() - interval '1 day'")
    await sql.execute("delete from queue.lease where until < now() - interval '1 day'")


@sweep("queue.find_lost", every=600, powers=["queue"])
async def find_lost() -> None:
    """Send again what a broker was given an hour ago and nobody runs: the broker may have lost its disk.

    Should it still be in a queue there, the second delivery of it has no effect.
    """
    for delivery in await waiting.lost(after_seconds=3600):
        await runs.send_again(delivery, seconds=0)
