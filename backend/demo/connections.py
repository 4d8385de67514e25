"""Connections that really run against the agencies' invented systems: one of each kind, and one in each bad state.

Without the address of those systems (a test's nation) nothing is linked.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from backend.demo import linked
from backend.demo.register import write_extracts
from backend.demo.running import carried
from backend.demo.schools import schools
from backend.demo.world import World, do
from infra.database import sql
from tenants.connections import runs, service
from tenants.connections.queries import proposals as queries
from tenants.connections.rules.drafts import Draft
from tenants.connections.signing_keys.service import rotate_signing_key
from tenants.organisations import queries as register
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope, worker_actor

DAYS_STALE = 9
BITS = 2048  #: a demonstration’s key is made at once; others have 4096
_LEAD, _PHONE = "designated_safeguarding_lead", "01632 960 123"


async def link_systems(
    world: World, *, url: str | None, register: Path, portal: linked.Portal | None = None
) -> None:
    """Link what there is to link, with the agencies at `url`; each area's manager decides on some proposals."""
    if url is None:
        return
    write_extracts(register / "tonight", scale=world.scale, newer=True)
    for draft, kind, secret in linked.national(url):
        await _run(world, None, draft, kind, secret)
    if portal is not None:
        await _sign(world, linked.signed(url), portal)
    await _enter_by_hand(world, "brackenshire")
    for slug, draft, kind, secret in linked.of_areas(url):
        if slug in world.areas:
            await _run(world, slug, draft, kind, secret)
    await _decide(world, "brackenshire")
    await _pause(world, "eastmarch", linked.oneroster(url, "eastmarch"))
    if "oldmarsh" in world.areas:
        await _stale(world, "oldmarsh", linked.oneroster(url, "oldmarsh"))


async def _enter_by_hand(world: World, slug: str) -> None:
    """Some schools have told the manager whom to call before their system did: what it says stands beside that."""
    by, area_id = await world.manager(slug), world.areas[slug]
    urns = [school.urn for school in schools(world.scale) if school.area == slug][1:3]
    async with tenant_scope(by):
        here = await register.establishments_by_urn(urns=urns, area_id=area_id)
        for urn, name in zip(urns, ("Rosalind Achterberg", "Tobias Wren"), strict=True):
            values = {"post": _LEAD, "name": name, "email": f"office@school-{urn}.example.org", "phone": _PHONE}
            await service.enter_contact(by=by, area_id=area_id, organisation_id=here[urn].id, **values)


async def _run(world: World, slug: str | None, draft: Draft, kind: str | None, secret: str) -> None:
    by, connection = await _linked(world, slug, draft, kind, secret)
    run_id = await do(by, service.run_now, connection_id=connection)
    await carried(run_id=run_id, area_id=None if slug is None else world.areas[slug])


async def _sign(world: World, link: linked.Linked, portal: linked.Portal) -> None:
    """A connection with a key of its own; it runs when a worker finds it due: the web has to show the key."""
    by, connection = await _linked(world, None, *link)
    await do(by, rotate_signing_key, connection_id=connection, bits=BITS)
    portal.register(connection)


async def _linked(world: World, slug: str | None, draft: Draft, kind: str | None, secret: str) -> tuple[Actor, UUID]:
    by = await world.platform() if slug is None else await world.manager(slug)
    area_id = None if slug is None else world.areas[slug]
    connection: UUID = await do(by, service.link_system, area_id=area_id, draft=draft)
    if kind is not None:
        await do(by, service.set_credential, connection_id=connection, version=1, kind=kind, secret=secret)
    return by, connection


async def _decide(world: World, slug: str) -> None:
    """Accept what is proposed for the first school, refuse the next one; the others wait."""
    by, area_id = await world.manager(slug), world.areas[slug]
    async with tenant_scope(by):
        waiting = await queries.proposals(area_id=area_id, limit=50)
        contacts = [row for row in waiting if row.subject_kind == "contact"]
        first = [row for row in contacts if row.organisation_id == contacts[0].organisation_id]
        other = next(row for row in contacts if row not in first)
        await service.accept(by=by, area_id=area_id, proposals={row.id: row.version for row in first})
        reason = "The school told us that this person has left; its system is behind."
        await service.refuse(by=by, area_id=area_id, proposals={other.id: other.version}, reason=reason)


async def _pause(world: World, slug: str, link: linked.Linked) -> None:
    by, connection = await _linked(world, slug, *link)
    reason = "The supplier moves the schools to another server this month."
    await do(by, service.pause_connection, connection_id=connection, version=2, reason=reason)


async def _stale(world: World, slug: str, link: linked.Linked) -> None:
    """It worked until the supplier withdrew its leave to read: what a run of today meets as well."""
    by, connection = await _linked(world, slug, *link)
    area_id = world.areas[slug]
    async with tenant_scope(worker_actor(runs.RUN_JOB, areas=[area_id], powers=["agencies"])):
        # no verb sets the clock back: the nation begins today and its history has to be told
        await sql.execute(
            "update agency_connection set last_worked_at = now() - make_interval(days => $2) where id = $1",
            connection,
            DAYS_STALE,
        )
    run_id = await do(by, service.run_now, connection_id=connection)
    await carried(run_id=run_id, area_id=area_id)
