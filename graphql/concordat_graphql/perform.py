"""Run one mutation: claim its idempotency key, do the work, audit a refusal, then load what changed.

The key, the effect, the audit entry and the outgoing messages commit together or not at all. A repeat of the same
key returns the first result; the same key with another request is refused.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import asyncpg
import structlog

from concordat_graphql.context import Info
from concordat_graphql.problems import Failed, failed
from concordat_graphql.refusals import record_refusal
from tenants.tenancy import idempotency
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, NotAllowed, NotFound, Problem, Problems
from tenants.tenancy.inputs import UNKEPT

T = TypeVar("T")
log = structlog.get_logger(__name__)

#: what PostgreSQL says when someone else was first
CONFLICTS = (
    asyncpg.UniqueViolationError,
    asyncpg.ExclusionViolationError,
    asyncpg.TransactionRollbackError,  # a deadlock or a serialisation failure
    asyncpg.LockNotAvailableError,
)
REFUSED = (asyncpg.DataError, *CONFLICTS)


async def perform(
    info: Info,
    *,
    input: Any,
    command: str,
    work: Callable[[Actor], Awaitable[object]],
    load: Callable[[str], Awaitable[T]],
    result: str | None = None,
) -> T | Failed:
    """Return what `load` reads for the id that `work` returned, or the problems.

    `input` is the mutation's input object with its `idempotency_key`; `command` is `noun.verb` as in the audit
    trail. `work` runs in a write scope of the actor and returns the id of what changed; `load` is given that id as
    text, in the operation's read scope. Where that text is known before the work, `result` says it.
    """
    actor = info.context.person
    try:
        async with info.context.writing():
            done = await _once(actor, input=input, command=command, work=work, result=result)
    except (Problem, Problems, *REFUSED) as wrong:
        return failed(await problems_of(actor, command=command, wrong=wrong))
    await info.context.renew()
    try:
        async with info.context.reading():
            return await load(done)
    except NotFound as unseen:
        return failed([unseen])


class OutOfSight(NotFound):
    """It was done, perhaps long ago under the same key, and what it changed is not this person's to see any more."""

    def __init__(self) -> None:
        super().__init__("record")
        self.message = "This was done, but what it changed is no longer yours to see."


def seen(row: T | None) -> T:
    """Return what a mutation's `load` read; raises `OutOfSight` when the person can no longer read it."""
    if row is None:
        raise OutOfSight
    return row


async def _once(
    actor: Actor, *, input: Any, command: str, work: Callable[[Actor], Awaitable[object]], result: str | None
) -> str:
    before = await idempotency.claim(
        by=actor, key=input.idempotency_key, command=command, request_hash=request_hash(command, input), result=result
    )
    if before is not None:
        return before
    done = await work(actor)
    if result is None:
        result = str(done)
        await idempotency.complete(by=actor, key=input.idempotency_key, result=result)
    return result


async def problems_of(actor: Actor, *, command: str, wrong: Exception) -> Sequence[Problem]:
    """Return in words what stopped a command; that someone may not do it goes into the audit trail."""
    match wrong:
        case NotAllowed():
            await record_refusal(actor, subject=("command", command), refusal=wrong)
            return [wrong]
        case Problem():
            return [wrong]
        case Problems():
            return wrong.problems
        case asyncpg.DataError():
            log.warning("graphql.unkept", command=command, kind=type(wrong).__name__)
            return [UNKEPT]
    return [Conflict("record")]


def request_hash(command: str, input: Any) -> bytes:
    """Return what makes two inputs of a command the same request: everything but the key."""
    values = {name: value for name, value in _fields(input).items() if name != "idempotency_key"}
    return hashlib.sha256(json.dumps([command, values], default=_said, sort_keys=True).encode()).digest()


def _said(value: Any) -> object:
    return _fields(value) if dataclasses.is_dataclass(value) else str(value)


def _fields(value: Any) -> dict[str, Any]:
    kind: type = type(value)
    return {name: getattr(value, name) for name in _names_of(kind)}


@functools.lru_cache(maxsize=256)
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
