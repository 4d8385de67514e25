"""Connections in different states: one that worked and proposes, one whose credentials were refused, one paused.

None runs by itself: the systems are invented. `make demo` starts local agencies that an area can be linked to by hand.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.demo.schools import School, schools
from backend.demo.world import World, do
from tenants.connections import changes, proposals, runs, service
from tenants.connections.changes import Applied
from tenants.connections.proposals import Proposed
from tenants.connections.queries import proposals as queries
from tenants.connections.rules.counting import Counts
from tenants.connections.rules.drafts import Draft
from tenants.connections.rules.systems import ROLE_TOKENS
from tenants.connections.runs import Begun, Rejection
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope, worker_actor

_PEOPLE = ("Ida Field", "Ola Nord", "Ivo Reed", "Ada Marsh", "Una Dale", "Eli Brook", "Zoe Heath", "Max Thorne")
_INVENTED = "invented for the demonstration"
_LEAD = "designated_safeguarding_lead"


async def link_systems(world: World) -> None:
    """Link what there is to link."""
    await _national(world)
    await _working(world, "brackenshire")
    await _refused(world, "wrenshire")
    if "eastmarch" in world.areas:
        await _paused(world, "eastmarch")


def _draft(**changed: Any) -> Draft:
    said: dict[str, Any] = {
        "system": "schools_oneroster",
        "name": "School information system",
        "base_url": "https://schools.example/ims/oneroster/rostering/v1p2",
        "auth_mode": "client_secret",
        "options": {"token_url": "https://schools.example/token", "client_id": "concordat",
                    "role_tokens": ROLE_TOKENS.default},
        "every_minutes": None,
        "may_change": ("people",),
    }  # fmt: skip
    return Draft(**{**said, **changed})


async def _linked(world: World, slug: str, draft: Draft, kind: str) -> UUID:
    by, area_id = await world.manager(slug), world.areas[slug]
    connection: UUID = await do(by, service.link_system, area_id=area_id, draft=draft)
    await do(by, service.set_credential, connection_id=connection, version=1, kind=kind, secret=_INVENTED)
    return connection


async def _begun(by: Actor, area_id: int | None, connection: UUID) -> tuple[Begun, Actor]:
    run = await do(by, service.run_now, connection_id=connection)
    worker = worker_actor("connection.run", areas=[] if area_id is None else [area_id], powers=["agencies"])
    async with tenant_scope(worker):
        begun = await runs.begin(run_id=run)
    assert begun is not None
    return begun, worker


async def _working(world: World, slug: str) -> None:
    """A run that names safeguarding leads: some accepted, the others wait."""
    by, area_id = await world.manager(slug), world.areas[slug]
    connection = await _linked(world, slug, _draft(), "client_secret")
    begun, worker = await _begun(by, area_id, connection)
    here = [school for school in schools(world.scale) if school.area == slug][: len(_PEOPLE)]
    async with tenant_scope(worker):
        rows = [_proposed(world, school, name) for school, name in zip(here, _PEOPLE, strict=False)]
        counts = await proposals.propose(
            by=worker, connection_id=connection, run_id=begun.run_id, area_id=area_id, rows=rows
        )
        read = Counts(read=len(here) * 4, unchanged=len(here) * 3) + counts
        rejected = [Rejection(reference="staff 4711", reason="It names no school of this area.")]
        await runs.checkpoint(run_id=begun.run_id, fence=begun.fence, cursor=None, counts=read, rejected=rejected)
        await runs.finish(run_id=begun.run_id, fence=begun.fence, watermark="2026-11-01T00:00:00Z")
    async with tenant_scope(by):
        waiting = await queries.proposals(area_id=area_id, limit=2)
        await service.accept(by=by, area_id=area_id, proposals={row.id: row.version for row in waiting})


def _proposed(world: World, school: School, name: str) -> Proposed:
    first = name.split()[0].lower()
    said = {"post": _LEAD, "name": name, "email": f"{first}@{school.urn}.example"}
    return Proposed(organisation_id=world.organisations[f"urn:{school.urn}"], external_id=f"staff-{school.urn}",
                    action="add", subject_kind="contact", proposed=said)  # fmt: skip


async def _refused(world: World, slug: str) -> None:
    """The supplier has withdrawn the token: nothing runs until a new one is set."""
    by, area_id = await world.manager(slug), world.areas[slug]
    draft = _draft(system="schools_wonde", name="Schools through Wonde", base_url="https://wonde.example/v1.0",
                   auth_mode="bearer_token", options={"role_tokens": ROLE_TOKENS.default})  # fmt: skip
    connection = await _linked(world, slug, draft, "bearer_token")
    begun, worker = await _begun(by, area_id, connection)
    async with tenant_scope(worker):
        problem = "Wonde no longer accepts our access token. Ask the schools to approve the link again."
        await runs.reauthorise(run_id=begun.run_id, fence=begun.fence, problem=problem)


async def _paused(world: World, slug: str) -> None:
    by = await world.manager(slug)
    connection = await _linked(world, slug, _draft(name="Information system of four schools"), "client_secret")
    reason = "The supplier moves the schools to another server this month."
    await do(by, service.pause_connection, connection_id=connection, version=2, reason=reason)


async def _national(world: World) -> None:
    """The forces’ names are kept for the whole country."""
    by = await world.platform()
    draft = Draft(system="police_forces", name="Police forces", base_url="https://police.example/api",
                  auth_mode="none", every_minutes=None, may_change=("names",))  # fmt: skip
    connection: UUID = await do(by, service.link_system, area_id=None, draft=draft)
    begun, worker = await _begun(by, None, connection)
    async with tenant_scope(worker):
        fact = Applied(what="name", subject_kind="police_force", subject="Fenmark Police",
                       before="Fenmark Constabulary", after="Fenmark Police")  # fmt: skip
        await changes.note(by=worker, link_id=connection, run_id=begun.run_id, rows=[fact])
        counts = Counts(read=43, applied=1, unchanged=42)
        await runs.checkpoint(run_id=begun.run_id, fence=begun.fence, cursor=None, counts=counts)
        await runs.finish(run_id=begun.run_id, fence=begun.fence)
