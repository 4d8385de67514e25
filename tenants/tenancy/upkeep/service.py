"""A platform administrator's decisions about messages that failed or were stopped."""

from __future__ import annotations

from uuid import UUID

from infra.queue import admin
from tenants.audit.service import PLATFORM, record
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound, WrongState
from tenants.tenancy.permissions import check_can_administer


async def retry_job(*, by: Actor, message_id: UUID) -> UUID:
    """Send a failed or stopped message again with a fresh count of starts. Raises `NotFound`, `WrongState`."""
    check_can_administer(by)
    found = await _must_find(message_id)
    if not await admin.retry(message_id):
        raise _not_over(found.state)
    await record(by=by, area_id=PLATFORM, action="job.retry", subject=("job", message_id), after={"job": found.actor})
    return message_id


async def discard_job(*, by: Actor, message_id: UUID, reason: str) -> UUID:
    """Give a failed or stopped message up for good, with a reason. Raises `NotFound`, `WrongState`, `Invalid`."""
    check_can_administer(by)
    found = await _must_find(message_id)
    why = checks.reason(reason)
    if not await admin.discard(message_id):
        raise _not_over(found.state)
    await record(
        by=by,
        area_id=PLATFORM,
        action="job.discard",
        subject=("job", message_id),
        reason=why,
        before={"job": found.actor, "error": found.error},
    )
    return message_id


async def _must_find(message_id: UUID) -> admin.JobRun:
    found = await admin.job_run(message_id)
    if found is None:
        raise NotFound("job")
    return found


def _not_over(state: str) -> WrongState:
    return WrongState(f"Only a job that failed or was stopped can be decided about; this one is {state}.")
