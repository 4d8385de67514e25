"""Reads the audit chains for `concordat audit`."""

import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from backend.cli.operator import area_id_of, in_scope, operator
from tenants.audit import queries
from tenants.audit.exporting import trail
from tenants.audit.queries import BrokenLink
from tenants.audit.service import PLATFORM, record
from tenants.tenancy import queries as tenancy
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope

NAME_OF_PLATFORM = "platform"


async def verify(area: str | None, *, on_progress: Callable[[int, int], None]) -> list[str]:
    """Return a sentence for each broken chain; `on_progress` is told chains done and chains in all."""
    names = await in_scope(lambda _: _names(area))
    broken: list[str] = []
    for done, (chain, name) in enumerate(names.items(), start=1):
        link = await _first_broken(chain)
        if link is not None:
            broken.append(f"{name}: the chain is broken at entry {link.seq} ({link.why}).")
        on_progress(done, len(names))
    return broken


async def _first_broken(chain: int) -> BrokenLink | None:
    return await in_scope(lambda _: queries.first_broken_link(area_id=chain))


async def _names(area: str | None) -> dict[int, str]:
    if area == NAME_OF_PLATFORM:
        return {PLATFORM: NAME_OF_PLATFORM}
    if area is not None:
        return {await area_id_of(area): area}
    slugs = {row.id: row.slug for row in await tenancy.areas(limit=10_000)}
    return {chain: slugs.get(chain, NAME_OF_PLATFORM) for chain in await queries.chains()}


async def export(area: str, *, to: Path | None) -> None:
    """Write the whole trail as CSV, oldest first, as it is read, after recording that it was exported.

    To standard output where no file is given.
    """
    chain = next(iter(await in_scope(lambda _: _names(area))))

    async def work(by: Actor) -> int:
        await record(by=by, area_id=chain, action="audit.export", subject=("area", chain))
        return await queries.last_seq(area_id=chain)

    with to.open("wb") if to else nullcontext(sys.stdout.buffer) as out:
        last = await in_scope(work, areas=[chain])
        parts = trail(area_id=chain, last_seq=last, scope=lambda: tenant_scope(operator(areas=[chain]), readonly=True))
        async for part in parts:
            out.write(part)
