"""Run one mutation for many inputs at once: as `perform` would for each, in as many statements as for one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from concordat_graphql.context import Info
from concordat_graphql.perform import CONFLICTS, REFUSED, problems_of, request_hash
from concordat_graphql.problems import Failed, failed
from tenants.tenancy import idempotency
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import KeyReused


class Keyed(Protocol):
    """A mutation's input object."""

    idempotency_key: str


One = TypeVar("One", bound=Keyed)
Outcome = object  #: a result, or the `Problem` or `Problems` in its place
Work = Callable[[Actor, list[One]], Awaitable[Sequence[Outcome]]]
_ATTEMPTS = 3  #: of one input by itself


async def perform_each(info: Info, *, inputs: Sequence[One], command: str, work: Work[One]) -> list[Failed | None]:
    """Return for each input its problems, or None where it was done now or before.

    `work` is given the inputs that were not done before, in one write scope, and returns for each its result or what
    is wrong with it, which keeps no other from being done. Where PostgreSQL refuses them together, because someone
    else was first with one of them, each is tried by itself: what was done meanwhile is then found as done.
    """
    actor = info.context.person
    try:
        outcomes = await _once_each(info, inputs=inputs, command=command, work=work)
    except REFUSED:
        outcomes = [await _alone(info, input=one, command=command, work=work) for one in inputs]
    await info.context.renew()
    return [
        failed(await problems_of(actor, command=command, wrong=one)) if isinstance(one, Exception) else None
        for one in outcomes
    ]


async def _alone(info: Info, *, input: One, command: str, work: Work[One]) -> Outcome:
    """Return one input's outcome. Someone may be first with it once more, as when all of a crowd were refused together;
    who is refused by what has been committed finds it at the next attempt."""
    wrong: Exception | None = None
    for _ in range(_ATTEMPTS):
        try:
            (outcome,) = await _once_each(info, inputs=[input], command=command, work=work)
        except CONFLICTS as lost:
            wrong = lost
        except REFUSED as refused:
            return refused
        else:
            return outcome
    return wrong


async def _once_each(info: Info, *, inputs: Sequence[One], command: str, work: Work[One]) -> list[Outcome]:
    actor = info.context.person
    requests = {one.idempotency_key: request_hash(command, one) for one in inputs}
    async with info.context.writing():
        used = await idempotency.used(by=actor, command=command, requests=requests)
        fresh = [one for one in inputs if one.idempotency_key not in used]
        worked = await work(actor, fresh) if fresh else []
        done = dict(zip((one.idempotency_key for one in fresh), worked, strict=True))
        results = {key: str(result) for key, result in done.items() if not isinstance(result, Exception)}
        await idempotency.keep(by=actor, command=command, requests=requests, results=results)
    repeats: dict[str, Outcome] = {key: None if same else KeyReused() for key, same in used.items()}
    return [{**done, **repeats}[one.idempotency_key] for one in inputs]
