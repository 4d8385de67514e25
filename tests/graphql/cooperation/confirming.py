"""A trust whose schools were asked, and what was written when they were sent."""

from __future__ import annotations

from infra.database import sql
from tenants.audit import queries as audit
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope
from tests.graphql.cooperation.sending import opaque
from tests.support.cooperation import Asked, ask, chosen_school, request_of, trust_lead
from tests.support.organisations import make_trust
from tests.support.world import AreaMade, manager


async def trust_of(*areas: AreaMade, schools: int) -> tuple[Actor, list[str]]:
    """A trust's lead and the opaque ids of what its schools were asked, in turn in each of the areas."""
    trust = await make_trust(*areas)
    made = [
        (area, await chosen_school(area, name=f"Academy {n:02}", trust_id=trust)) for n, area in zip(
            range(schools), areas * schools, strict=False
        )
    ]
    for area in areas:
        await ask(area)
    requests = [opaque("DutyRequest", area, (await request_of(area, school)).id) for area, school in made]
    return trust_lead(trust, *(school for _, school in made), areas=areas), requests


async def entries(area: AreaMade) -> list[audit.Entry]:
    """The sent returns in the area's trail, whose chain is whole."""
    async with tenant_scope(manager(area), readonly=True):
        assert await audit.first_broken_link(area_id=area.id) is None
        return await audit.entries(area_id=area.id, where=audit.Filter(action="return.submit"), limit=500)


async def submissions(asked: Asked) -> int:
    async with tenant_scope(manager(asked.area), readonly=True):
        return int(await sql.fetch_value("select count(*) from submission where request_id = $1", asked.request.id))
