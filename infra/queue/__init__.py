"""Work that happens later, never lost and never doubled.

    service ── enqueue() ──> outbox ── relay ──> broker ── runner: once() + effect in one transaction
    (same transaction as     (ids only)          (Dramatiq on PostgreSQL,
     the change itself)                           or RabbitMQ)

A message carries ids only. Every message has a `job_run` row from the moment its transaction commits, with the
number of starts, so that one which kills its process is stopped at `MOST_STARTS` and shown to an administrator.
`@job` declares what a message runs, `@sweep` what runs every so often.
"""

from infra.queue.errors import GiveUp, JobError, Later
from infra.queue.inbox import once
from infra.queue.outbox import enqueue
from infra.queue.registry import job, sweep

__all__ = ["GiveUp", "JobError", "Later", "enqueue", "job", "once", "sweep"]
