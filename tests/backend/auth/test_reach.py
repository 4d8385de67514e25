"""Whose rows a grant reaches: a trust lead those of the trust's schools, any other contact those of one body."""

from __future__ import annotations

import pytest

from backend.auth.actors import reach_of
from tenants.tenancy.actor import Grant
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_scope
from tests.support.cluster import Cluster
from tests.support.organisations import make_school, make_trust
from tests.support.world import make_area


async def test_a_trust_lead_reaches_the_schools_in_the_area_of_the_grant(database: Cluster) -> None:
    area = await make_area()
    trust = await make_trust(area)
    school = await make_school(area, trust_id=trust)
    async with system_scope("test", powers=["signin"]):
        reach, visits = await reach_of([Grant(role=Role.TRUST_LEAD, area_id=area.id, organisation_id=trust)])
    assert reach == {(area.id, trust), (area.id, school)}
    assert visits == {area.id}


@pytest.mark.parametrize("role", [Role.AGENCY_CONTACT, Role.ESTABLISHMENT_CONTACT])
async def test_another_contact_of_the_trust_does_not(database: Cluster, role: Role) -> None:
    area = await make_area()
    trust = await make_trust(area)
    await make_school(area, trust_id=trust)
    async with system_scope("test", powers=["signin"]):
        reach, _ = await reach_of([Grant(role=role, area_id=area.id, organisation_id=trust)])
    assert reach == {(area.id, trust)}
