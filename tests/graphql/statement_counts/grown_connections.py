"""An area with `n` connections, the newest of which ran, changed, rejected and proposed `n` things."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tenants.connections import changes, runs, service
from tenants.connections.changes import Applied
from tenants.connections.hooks import arrivals
from tenants.connections.hooks.rules import message_of
from tenants.connections.rules.counting import Counts
from tenants.connections.runs import Rejection
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.connections import asked, begun, engine, keeper, serving
from tests.support.hooks import changed_secret
from tests.support.organisations import make_school
from tests.support.webhooks import Listening, add_endpoint, messages_of, new_secret
from tests.support.world import AreaMade
from tests.tenants.connections.entered import about, accept, linked, proposed, waiting


@dataclass(frozen=True, kw_only=True)
class Connected:
    """A connection with its newest run, a school of the area and one of its contacts."""

    connection: UUID
    run: UUID
    school: UUID
    contact: UUID
    endpoint: UUID


async def connected(area: AreaMade, n: int) -> Connected:
    """Link `n` systems, let the last run `n` times, and decide on half of what it proposes."""
    made = [await linked(area, name=f"System {i}") for i in range(n)]
    schools = [await make_school(area, name=f"Hill {i}") for i in range(n)]
    for i in range(n):
        await proposed(
            area, made[-1], about(schools[i], f"Ada {i}"), about(schools[i], f"Ola {i}", subject_kind="role")
        )
    contacts = [row for row in await waiting(area) if row.subject_kind == "contact"]
    await accept(area, *contacts)
    run = await _ran(area, made[-1], n)
    await linked(None, name=f"Police forces {area.id}")
    contact = await _entered(area, schools[0])
    return Connected(
        connection=made[-1], run=run, school=schools[0], contact=contact, endpoint=await _told(area, made[-1], n)
    )


async def _ran(area: AreaMade, connection: UUID, n: int) -> UUID:
    run = await begun(area, await asked(area, connection))
    facts = [Applied(what="name", subject_kind="organisation", subject=f"Hill {i}", after="Hill") for i in range(n)]
    rejected = [Rejection(reference=str(i), reason="It names no school.") for i in range(n)]
    async with serving(area):
        await changes.note(by=engine(area), link_id=connection, run_id=run.run_id, rows=facts)
        await runs.checkpoint(run_id=run.run_id, fence=1, cursor=None, counts=Counts(read=n), rejected=rejected)
        await runs.finish(run_id=run.run_id, fence=1)
    return run.run_id


async def _told(area: AreaMade, connection: UUID, n: int) -> UUID:
    """Let `n` messages arrive for the connection, and make `n` for an endpoint of the area."""
    await changed_secret(area, connection)
    async with system_scope("hooks", powers=["hooks"], areas=[area.id]):
        for i in range(n):
            message = message_of({}, body=b"", taken=False)
            await arrivals.refuse(area_id=area.id, connection_id=connection, message=message, reason=f"Reason {i}")
    endpoints = [await add_endpoint(area) for _ in range(n)]
    secret = await new_secret(area, endpoints[-1])
    await messages_of(Listening(area=area, id=endpoints[-1], secret=secret), n)
    return endpoints[-1]


async def _entered(area: AreaMade, school: UUID) -> UUID:
    who = keeper(area)
    async with tenant_scope(who):
        return await service.enter_contact(by=who, area_id=area.id, organisation_id=school, post="other", name="Ivo")
