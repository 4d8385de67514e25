"""Compares the national table with the records for `concordat overview`, as the worker, area by area."""

import asyncio
from collections.abc import Callable

from backend.cli.operator import account_name, area_id_of
from tenants.overview import service
from tenants.overview.alert import tell_of_differences
from tenants.tenancy import queries as tenancy
from tenants.tenancy.scope import tenant_scope, worker_actor

TRIES = 30
BETWEEN_TRIES_SECONDS = 1.0


async def verify(area: str | None, *, on_progress: Callable[[int, int], None]) -> list[str]:
    """Return a sentence for each row that was wrong; `on_progress` is told areas done and areas in all."""
    names = await _names(area)
    wrong: list[str] = []
    for done, (area_id, name) in enumerate(names.items(), start=1):
        wrong += [f"{name}: {sentence}" for sentence in await _verify(area_id)]
        on_progress(done, len(names))
    return wrong


async def _names(area: str | None) -> dict[int, str]:
    async with tenant_scope(worker_actor(account_name())):
        if area is not None:
            return {await area_id_of(area): area}
        return {row.id: row.slug for row in await tenancy.areas(limit=10_000)}


async def _verify(area_id: int) -> list[str]:
    by = worker_actor(account_name(), areas=[area_id], powers=["alert", "mail"])
    for _ in range(TRIES):
        async with tenant_scope(by):
            found = await service.verify(area_id=area_id)
            if found:
                await tell_of_differences(by=by, area_id=area_id, differences=found)
        if found is not None:
            return [f"{one.subject} said “{one.kept}”, and should say “{one.computed}”." for one in found]
        await asyncio.sleep(BETWEEN_TRIES_SECONDS)
    return ["someone kept writing in it; compare it again later."]
