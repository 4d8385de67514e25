"""What the queue starts: one attempt to deliver one message."""

from __future__ import annotations

import time
from dataclasses import replace
from uuid import UUID

from infra.clock import now
from infra.queue import job
from infra.settings import load_settings
from integrations.hosts import public_hosts, public_or_this_machine
from integrations.http import Door, OutboundError, send
from tenants.connections.endpoints import sending
from tenants.connections.endpoints.events import SEND_JOB
from tenants.connections.endpoints.sending import Claimed, Outcome
from tenants.tenancy.scope import tenant_scope, worker_actor

_DOOR = Door(total_seconds=20.0, max_bytes=64 * 1024)
_WORDS = {
    "insecure": "Its address is not https.",
    "host_refused": "Its address is not a public one.",
    "certificate": "Its certificate is not good.",
    "unreachable": "It could not be reached.",
    "deadline": "It did not answer within 20 seconds.",
    "redirect": "It answered with a redirect, which is never followed.",
    "too_large": "It answered with more than 64 kB.",
    "encoded": "It answered in an encoding that we did not ask for.",
}


@job(SEND_JOB, queue="sync", owns_scope=True, limit_seconds=60, leases={"area": 4, "host": 4})
async def send_message(*, delivery_id: UUID, area_id: int, **_names: object) -> None:
    """Make one attempt, unless another worker has the message or its time has not come."""
    by = worker_actor("webhooks", areas=[area_id], powers=["agencies", "mail"])
    async with tenant_scope(by):
        claimed = await sending.claim(delivery_id=delivery_id)
    if claimed is None:
        return
    outcome = await _attempted(claimed)
    async with tenant_scope(by):
        await sending.book(by=by, claimed=claimed, outcome=outcome)


async def _attempted(claimed: Claimed) -> Outcome:
    begun = time.monotonic()
    outcome = await _sent(claimed)
    return replace(outcome, ms=round((time.monotonic() - begun) * 1000))


async def _sent(claimed: Claimed) -> Outcome:
    if not claimed.keys:
        return Outcome(status=None, said="It has no secret that opens. Make a new one.", ms=0)
    door = replace(_DOOR, permits=public_hosts if load_settings().is_production else public_or_this_machine)
    headers = {**claimed.headers(at=now()), "Content-Type": "application/json", "User-Agent": "Concordat-Webhooks/1"}
    try:
        answer = await send(door, "POST", claimed.url, content=claimed.body.decode(), headers=headers)
    except OutboundError as error:
        return Outcome(status=None, said=_WORDS.get(error.code, "It could not be sent."), ms=0)
    return Outcome(status=answer.status, said=f"It answered {answer.status}.", ms=0, again_in=answer.again_in())
