"""What people enter in the tests of connections."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from msgspec import structs

from infra.database import sql
from tenants.connections import proposals, service
from tenants.connections.proposals import Proposed
from tenants.connections.queries import known, links
from tenants.connections.queries import proposals as queries
from tenants.connections.queries.links import ConnectionRow
from tenants.connections.queries.proposals import ContactRow, ProposalRow
from tenants.connections.rules.counting import Counts
from tenants.connections.rules.drafts import Draft
from tenants.connections.service import Decided
from tenants.tenancy.scope import tenant_scope
from tests.support.connections import asked, engine, keeper, serving
from tests.support.world import AreaMade

SCHOOLS = Draft(
    system="schools_oneroster",
    name="School information system",
    base_url="https://schools.example/ims/oneroster/rostering/v1p2",
    auth_mode="client_secret",
    options={
        "token_url": "https://schools.example/token",
        "client_id": "concordat",
        "role_tokens": "ext:designatedSafeguardingLead = designated_safeguarding_lead\nprincipal = headteacher",
    },
    may_change=("people",),
)
NATIONAL = Draft(
    system="police_forces", name="Police forces", base_url="https://data.police.example/api", auth_mode="none"
)


async def linked(area: AreaMade | None, **changed: Any) -> UUID:
    """Link a system as its keeper."""
    who = keeper(area)
    draft = replace(NATIONAL if area is None else SCHOOLS, **changed)
    async with tenant_scope(who):
        return await service.link_system(by=who, area_id=None if area is None else area.id, draft=draft)


async def row_of(area: AreaMade | None, connection: UUID) -> ConnectionRow:
    """Read a connection as its keeper."""
    async with tenant_scope(keeper(area), readonly=True):
        found = await links.connection(connection_id=connection)
    assert found is not None
    return found


def about(school: UUID, name: str = "Ida Field", **changed: Any) -> Proposed:
    """A safeguarding lead that the agency names."""
    said = {"post": "designated_safeguarding_lead", "name": name, "email": f"{name.split()[0].lower()}@school.example"}
    new = Proposed(organisation_id=school, external_id=name, action="add", subject_kind="contact", proposed=said)
    return structs.replace(new, **changed)


async def proposed(area: AreaMade, connection: UUID, *rows: Proposed, run: UUID | None = None) -> Counts:
    """Let a run of the connection propose."""
    run_id = run or await asked(area, connection)
    async with serving(area):
        counts = await proposals.propose(
            by=engine(area), connection_id=connection, run_id=run_id, area_id=area.id, rows=rows
        )
        await _end(run_id)
    return counts


async def _end(run_id: UUID) -> None:
    await sql.execute("update connection_run set state = 'done', finished_at = now() where id = $1", run_id)


async def waiting(area: AreaMade) -> list[ProposalRow]:
    """Return what waits for a decision."""
    async with tenant_scope(keeper(area), readonly=True):
        return await known.beside_today(area_id=area.id, rows=await queries.proposals(area_id=area.id))


async def accept(area: AreaMade, *rows: ProposalRow, **said: Any) -> list[Decided]:
    """Accept proposals as the area's manager; what became of each."""
    who = keeper(area)
    async with tenant_scope(who):
        return await service.accept(by=who, area_id=area.id, proposals={row.id: row.version for row in rows}, **said)


async def refused(area: AreaMade, *, reason: str = "She left in May.") -> list[ProposalRow]:
    """Refuse all that waits, as the area's manager; return what is refused, newest first."""
    who = keeper(area)
    async with tenant_scope(who):
        seen = {row.id: row.version for row in await queries.proposals(area_id=area.id)}
        await service.refuse(by=who, area_id=area.id, proposals=seen, reason=reason)
        rows = await queries.proposals(area_id=area.id, waiting=False)
    return [row for row in rows if row.state == "refused"]


async def contacts(area: AreaMade, school: UUID, *, ended: bool = False) -> list[ContactRow]:
    """Return a school's contacts of today, or all it ever had."""
    async with tenant_scope(keeper(area), readonly=True):
        return await queries.contacts_of(area_id=area.id, organisation_ids=[school], ended=ended)
