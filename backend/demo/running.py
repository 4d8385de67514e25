"""A run carried out here and now, as the worker would: before opening day no worker is there."""

from __future__ import annotations

from uuid import UUID

from infra.queue import GiveUp
from integrations.engine.carry import Work, link_of
from integrations.engine.ending import carry_to_an_end
from integrations.engine.scopes import scopes_of
from integrations.hosts import public_or_this_machine
from integrations.http import Door
from integrations.systems import CONNECTORS
from tenants.connections import runs

_DOOR = Door(permits=public_or_this_machine, total_seconds=30.0, max_bytes=20_000_000)


async def carried(*, run_id: UUID, area_id: int | None) -> None:
    """Carry a run that was asked for to its end, a good one or not. Its message finds it ended and does nothing."""
    async with scopes_of(area_id=area_id).open():
        begun = await runs.begin(run_id=run_id)
    assert begun is not None, "a run that was just asked for can begin"
    connector = CONNECTORS[begun.system]
    work = Work(
        begun=begun,
        link=link_of(begun),
        connector=connector,
        scopes=scopes_of(area_id=area_id, powers=connector.powers),
        door=_DOOR,
    )
    try:
        await carry_to_an_end(work, pause=None)
    except GiveUp:
        return  # the run says in words why
