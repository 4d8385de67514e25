"""A refusal is taken back by whoever may decide, with a reason; what the system said since goes before it."""

from __future__ import annotations

import json

import pytest

from infra.database import sql
from tenants.connections import service
from tenants.connections.queries.proposals import ProposalRow
from tenants.connections.service import Decided
from tenants.tenancy.errors import Invalid, NotAllowed, Problems
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.connections import keeper
from tests.support.organisations import make_school
from tests.support.world import AreaMade, make_actor, make_area
from tests.tenants.connections.entered import about, accept, contacts, linked, proposed, refused, waiting


async def reconsider(area: AreaMade, *rows: ProposalRow, reason: str = "It was her namesake.") -> list[Decided]:
    """Take refusals back as the area's manager."""
    who, seen = keeper(area), {row.id: row.version for row in rows}
    async with tenant_scope(who):
        return await service.reconsider(by=who, area_id=area.id, proposals=seen, reason=reason)


async def test_a_refusal_that_is_taken_back_waits_again_and_can_be_accepted(database: Cluster) -> None:
    area = await make_area()
    school = await make_school(area)
    await proposed(area, await linked(area), about(school, "Ida Field"))
    (done,) = await reconsider(area, *await refused(area))
    (row,) = await waiting(area)
    assert (done.done, row.decided_by_name, row.reason) == (True, None, "It was her namesake.")
    await accept(area, row)
    assert [one.name for one in await contacts(area, school)] == ["Ida Field"]


async def test_both_reasons_are_in_the_audit_trail(database: Cluster) -> None:
    area = await make_area()
    await proposed(area, await linked(area), about(await make_school(area)))
    (row,) = await refused(area, reason="She left in May.")
    await reconsider(area, row)
    async with tenant_scope(keeper(area), readonly=True):
        found = await sql.fetch_one(
            "select reason, before::text as before from audit.event "
            "where area_id = $1 and action = 'proposal.reconsider'", area.id
        )
    assert found is not None
    assert found["reason"] == "It was her namesake."
    assert json.loads(found["before"])["because"] == "She left in May."


async def test_the_same_told_again_changes_nothing_while_it_waits_anew(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await linked(area)
    await proposed(area, connection, about(school))
    await reconsider(area, *await refused(area))
    assert (await proposed(area, connection, about(school))).proposed == 0
    assert len(await waiting(area)) == 1


async def test_what_the_system_said_since_is_what_is_to_be_decided_on(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await linked(area)
    await proposed(area, connection, about(school))
    (old,) = await refused(area)
    said = {**about(school).proposed, "phone": "01632 960001"}
    await proposed(area, connection, about(school, proposed=said))
    with pytest.raises(Problems, match="something newer of this person since"):
        await reconsider(area, old)
    assert [row.proposed.get("phone") for row in await waiting(area)] == ["01632 960001"]


async def test_what_waits_or_was_accepted_is_no_refusal(database: Cluster) -> None:
    area = await make_area()
    await proposed(area, await linked(area), about(await make_school(area)))
    (row,) = await waiting(area)
    with pytest.raises(Problems, match="not refused"):
        await reconsider(area, row)


async def test_one_seen_at_an_older_version_is_left_and_the_other_taken(database: Cluster) -> None:
    area = await make_area()
    school, connection = await make_school(area), await linked(area)
    await proposed(area, connection, about(school, "Ida Field"), about(school, "Ola Nord", external_id="2"))
    one, other = await refused(area)
    done = await reconsider(area, one)
    assert [each.done for each in done] == [True]
    again = await refused(area)
    assert {row.id for row in again} == {one.id, other.id}
    told = {each.proposal_id: each.done for each in await reconsider(area, one, other)}
    assert told == {one.id: False, other.id: True}


async def test_a_reason_is_needed_and_only_the_manager_takes_back(database: Cluster) -> None:
    area = await make_area()
    await proposed(area, await linked(area), about(await make_school(area)))
    (row,) = await refused(area)
    with pytest.raises(Invalid, match="Enter a reason"):
        await reconsider(area, row, reason=" ")
    viewer = await make_actor(Role.VIEWER, area=area)
    async with tenant_scope(viewer):
        with pytest.raises(NotAllowed, match="business manager"):
            await service.reconsider(by=viewer, area_id=area.id, proposals={row.id: row.version}, reason="Mine.")
