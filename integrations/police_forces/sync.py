"""The directory of forces as a connector: one page; a force that is no longer listed counts as closed."""

from __future__ import annotations

from collections.abc import Sequence

from integrations.agency import Agency
from integrations.connector import Connector, Counts, Cursor, Link, Page, Rejected, no_proof
from integrations.errors import AgencyBroken
from integrations.listed_bodies import digest_of, note
from integrations.police_forces import client
from integrations.police_forces.mapping import Unusable, listed_of
from tenants.connections import records
from tenants.connections.records import Seen
from tenants.organisations.directory import service
from tenants.organisations.directory.rules import Listed
from tenants.organisations.directory.service import Fact
from tenants.tenancy.actor import Actor

SYSTEM = "police_forces"
KIND = "force"
#: of the forces that we know: fewer listed than that, and the list was cut short rather than the forces closed
_WHOLE = 0.5


def start(link: Link) -> Cursor:  # noqa: ARG001
    """Return where a run begins: there is one page."""
    return {}


async def fetch(link: Link, agency: Agency, cursor: Cursor) -> Page[Listed]:  # noqa: ARG001
    """Return the forces that are safeguarding partners somewhere. Raises what the client raises."""
    items: list[Listed] = []
    rejected: list[Rejected] = []
    for number, row in enumerate(await client.forces(agency), start=1):
        try:
            found = listed_of(row)
        except Unusable as error:
            rejected.append(Rejected(reference=f"row {number}", reason=str(error)))
            continue
        items += [] if found is None else [found]
    return Page(items=items, next=None, rejected=rejected, total=len(items))


async def apply(*, by: Actor, link: Link, page: Page[Listed]) -> Counts:
    """Apply names that are new, and close forces that are no longer listed; a list as it was known writes nothing."""
    known = await records.listing(connection_id=link.connection_id, kind=KIND)
    new = [item for item in page.items if item.code not in known or known[item.code].digest != digest_of(link, item)]
    gone = sorted(set(known) - {item.code for item in page.items})
    if gone and (page.rejected or len(page.items) < _WHOLE * len(known)):
        raise AgencyBroken("The list of forces is far shorter than before.", sha256=None, size=0)
    facts = [*await _apply_listed(by, link, new), *await _apply_gone(by, link, gone)]
    await note(by, link, facts)
    touched = len({fact.organisation_id for fact in facts})
    return Counts(read=len(page.items), applied=len(facts), unchanged=max(len(page.items) - touched, 0))


async def _apply_listed(by: Actor, link: Link, new: Sequence[Listed]) -> Sequence[Fact]:
    if not new:
        return []
    names, status = "names" in link.may_change, "status" in link.may_change
    applied = await service.apply_listed(by=by, source=SYSTEM, rows=new, names=names, status=status)
    seen = [Seen(external_id=each.code, digest=digest_of(link, each), subject=applied.bodies.get(each.code))
            for each in new]  # fmt: skip
    await records.remember(connection_id=link.connection_id, kind=KIND, rows=seen)
    return applied.facts


async def _apply_gone(by: Actor, link: Link, gone: Sequence[str]) -> Sequence[Fact]:
    if not gone or "status" not in link.may_change:
        return []
    applied = await service.apply_withdrawn(by=by, source=SYSTEM, codes=gone)
    await records.forget(connection_id=link.connection_id, kind=KIND, external_ids=gone)
    return applied.facts


async def probe(link: Link, agency: Agency) -> str:  # noqa: ARG001
    """Say how many forces are listed."""
    return f"data.police.uk answered: it lists {len(await client.forces(agency))} forces."


CONNECTOR: Connector[Listed] = Connector(
    system=SYSTEM,
    label="Police forces (data.police.uk)",
    national=True,
    auth_modes=("none",),
    authorise=no_proof,
    start=start,
    fetch=fetch,
    apply=apply,
    probe=probe,
    powers=frozenset({"register"}),
)
