"""What the queue starts: one run of one connection."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from infra.queue import GiveUp, job
from infra.queue.progress import Progress
from infra.settings import load_settings
from integrations.engine.carry import Work, link_of
from integrations.engine.ending import carry_to_an_end
from integrations.engine.scopes import scopes_of
from integrations.hosts import public_hosts, public_or_this_machine
from integrations.http import Door
from integrations.systems import CONNECTORS
from tenants.connections import runs
from tenants.connections.runs import RUN_JOB

_TOTAL_SECONDS = 30.0
_MOST_BYTES = 20_000_000


@job(RUN_JOB, queue="sync", powers=["agencies"], owns_scope=True, limit_seconds=600, leases={"area": 2, "host": 4})
async def run(
    *, run_id: UUID, area_id: int | None, pause: timedelta | None, progress: Progress, **_names: object
) -> None:
    """Carry out a run, from its cursor when it was begun before; nothing when it has ended.

    Two runs of an area and four calling one host at once, in all workers together.

    Raises `GiveUp` when this version knows no such system or its options cannot be used, and what `carry_to_an_end`
    raises.
    """
    begun = await _begun(run_id=run_id, area_id=area_id)
    if begun is None:
        return
    connector = CONNECTORS.get(begun.system)
    scopes = scopes_of(area_id=area_id, powers=connector.powers if connector else frozenset())
    if connector is None:
        async with scopes.open():
            await runs.fail(run_id=run_id, fence=begun.fence, problem=f"There is no system named {begun.system}.")
        raise GiveUp(f"This version of Concordat has no system named {begun.system}.")
    link = link_of(begun)
    if wrong := connector.check_options(link.options):
        problem = f"The options of this connection need mending. {' '.join(wrong)}"
        async with scopes.open():
            await runs.fail(run_id=run_id, fence=begun.fence, problem=problem)
        raise GiveUp(problem)
    work = Work(
        begun=begun,
        link=link,
        connector=connector,
        scopes=scopes,
        door=door(),
        told=lambda pages: progress(pages, words="Pages done"),
        is_ending=lambda: progress.asked_to_stop,
    )
    await carry_to_an_end(work, pause=pause)


def door() -> Door:
    """Return how far a run's calls may go: public addresses, and this machine too when it is not production."""
    rule = public_hosts if load_settings().is_production else public_or_this_machine
    return Door(permits=rule, total_seconds=_TOTAL_SECONDS, max_bytes=_MOST_BYTES)


async def _begun(*, run_id: UUID, area_id: int | None) -> runs.Begun | None:
    async with scopes_of(area_id=area_id).open():
        return await runs.begin(run_id=run_id)
