"""A proposal stands beside what is known now; what was entered since it was seen is never overwritten unseen."""

from __future__ import annotations

from uuid import UUID

import pytest

from tenants.connections import service
from tenants.tenancy.errors import Problems
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.connections import keeper
from tests.support.organisations import make_school
from tests.support.world import AreaMade, make_area
from tests.tenants.connections.entered import about, accept, contacts, linked, proposed, waiting


async def enter(area: AreaMade, school: UUID, name: str) -> None:
    """Enter a safeguarding lead by hand, as the area's manager."""
    who = keeper(area)
    async with tenant_scope(who):
        await service.enter_contact(
            by=who, area_id=area.id, organisation_id=school, post="designated_safeguarding_lead", name=name
        )


async def test_a_proposal_shows_who_was_entered_after_it_was_made(database: Cluster) -> None:
    area = await make_area()
    school = await make_school(area)
    await proposed(area, await linked(area), about(school, "Ida Field"))
    await enter(area, school, "Ola Nord")
    (row,) = await waiting(area)
    assert row.present is not None
    assert (row.action, row.present["name"], row.present["entered_by"]) == ("change", "Ola Nord", "person")


async def test_who_was_entered_since_a_proposal_was_seen_is_not_overwritten(database: Cluster) -> None:
    area = await make_area()
    school = await make_school(area)
    await proposed(area, await linked(area), about(school, "Ida Field"))
    (seen,) = await waiting(area)
    await enter(area, school, "Ola Nord")
    with pytest.raises(Problems, match="changed"):
        await accept(area, seen)
    assert [one.name for one in await contacts(area, school)] == ["Ola Nord"]
    await accept(area, *await waiting(area))
    assert [one.name for one in await contacts(area, school)] == ["Ida Field"], "seen beside her, it is a decision"
