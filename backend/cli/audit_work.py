"""Reads the audit chains for `concordat audit`."""

from collections.abc import Callable

from backend.cli.operator import area_id_of, in_scope
from infra.export import to_csv
from tenants.audit import queries
from tenants.audit.queries import COLUMNS, BrokenLink, Entry, as_cells
from tenants.audit.service import PLATFORM, record
from tenants.tenancy import queries as tenancy
from tenants.tenancy.actor import Actor

NAME_OF_PLATFORM = "platform"
CHUNK = 1000


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


async def export(area: str) -> bytes:
    """Return the whole trail as CSV, oldest first, after recording that it was exported."""
    chain = next(iter(await in_scope(lambda _: _names(area))))

    async def work(by: Actor) -> list[Entry]:
        await record(by=by, area_id=chain, action="audit.export", subject=("area", chain))
        return await _everything(chain)

    rows = await in_scope(work, areas=[chain])
    return to_csv(header=COLUMNS, rows=(as_cells(row) for row in reversed(rows)))


async def _everything(chain: int) -> list[Entry]:
    rows: list[Entry] = []
    before: int | None = None
    while chunk := await queries.entries(area_id=chain, before_seq=before, limit=CHUNK):
        rows += chunk
        before = chunk[-1].seq
    return rows
