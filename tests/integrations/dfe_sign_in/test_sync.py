"""Roles at schools, from DfE Sign-in's public API to proposals that people of the area decide on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from infra.database import sql
from integrations.dfe_sign_in.sync import CONNECTOR
from integrations.engine.carry import Work, carry, link_of
from integrations.engine.scopes import scopes_of
from integrations.errors import AgencyRefused, NeedsReauthorisation
from integrations.hosts import only_hosts
from integrations.http import Door
from integrations.neighbour import forget_neighbours
from tenants.tenancy.scope import public_scope, tenant_scope
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, keeper, make_connection, row_of, set_credential
from tests.support.organisations import make_school
from tests.support.world import AreaMade, make_area

DOOR = Door(permits=only_hosts("127.0.0.1"), total_seconds=5, max_bytes=1_000_000)
OPTIONS = {
    "client_id": "CONCORDAT",
    "role_codes": {"SG_LEAD": "establishment_contact"},
    "approver_role": "trust_lead",
    "calls_per_second": 1000,
}
SECRET = "sandbox-api-secret-of-some-length"


@dataclass(frozen=True)
class SignIn:
    """The national connection, and an area with the school of the sandbox's first user."""

    area: AreaMade
    school: UUID
    connection: UUID
    agencies: RunningAgencies

    async def run(self) -> dict[str, Any]:
        """Run once and return the run's row."""
        run = await asked(None, self.connection)
        held = await begun(None, run)
        work = Work(begun=held, link=link_of(held), connector=CONNECTOR, scopes=scopes_of(area_id=None), door=DOOR)
        await carry(work)
        return await row_of(None, "connection_run", run)

    async def proposed(self) -> list[tuple[Any, ...]]:
        """What waits in the area for this school."""
        async with tenant_scope(keeper(self.area)):
            rows = await sql.fetch(
                "select action, subject_kind, proposed->>'role' as role, proposed->>'email' as email, state "
                "from connection_proposal where area_id = $1 and organisation_id = $2 order by id",
                self.area.id,
                self.school,
            )
        return [tuple(row) for row in rows]


@pytest.fixture
async def sign_in(database: Cluster, agencies: RunningAgencies) -> AsyncIterator[SignIn]:
    forget_neighbours()
    area = await make_area()
    school = await make_school(area)
    async with public_scope():
        urn = await sql.fetch_value("select urn from organisation where id = $1", school)
    agencies.do("dsi", "move", number=1, urn=urn)
    connection = await make_connection(
        None, system="dfe_sign_in", base_url=agencies.url("dsi"), auth_mode="service_token", options=OPTIONS
    )
    await set_credential(None, connection, kind="client_secret", value=SECRET)
    yield SignIn(area, school, connection, agencies)
    forget_neighbours()


NEW = ("add", "role", "establishment_contact", "user1@example.sch.uk", "open")


async def test_a_lead_of_a_school_is_proposed_to_the_schools_area(sign_in: SignIn) -> None:
    row = await sign_in.run()
    assert (row["state"], row["problem"], row["read"]) == ("done", None, 66)
    assert await sign_in.proposed() == [NEW]


async def test_nothing_new_writes_nothing(sign_in: SignIn) -> None:
    await sign_in.run()
    row = await sign_in.run()
    assert row["proposed"] == 0
    assert await sign_in.proposed() == [NEW]


async def test_the_second_run_asks_only_for_what_changed_since(sign_in: SignIn) -> None:
    await sign_in.run()
    await sign_in.run()
    asked_for = [each["query"] for each in sign_in.agencies.asked("dsi") if each["path"] == "/users"]
    assert ["from" in query for query in asked_for] == [False, False, False, True]


async def test_a_user_who_left_is_proposed_to_end(sign_in: SignIn) -> None:
    await sign_in.run()
    sign_in.agencies.do("dsi", "leave", number=1)
    await sign_in.run()
    assert ("end", "role", "establishment_contact", "user1@example.sch.uk", "open") in await sign_in.proposed()


async def test_after_ninety_days_all_users_are_read_again(sign_in: SignIn) -> None:
    async with tenant_scope(keeper(None)):
        await sql.execute(
            "update agency_connection set watermark = '2025-01-01T00:00:00+00:00' where id = $1", sign_in.connection
        )
    assert (await sign_in.run())["state"] == "done"
    lists = [each["query"] for each in sign_in.agencies.asked("dsi") if each["path"] == "/users"]
    assert ["from" in query for query in lists] == [False, False, False]


async def test_another_areas_people_do_not_see_the_proposal(sign_in: SignIn) -> None:
    await sign_in.run()
    other = await make_area()
    async with tenant_scope(keeper(other)):
        seen = await sql.fetch("select 1 from connection_proposal where organisation_id = $1", sign_in.school)
    assert seen == []


@pytest.mark.parametrize("secret", ["another-secret-of-some-length", "é" * 20])
async def test_a_wrong_secret_is_told_in_their_words(sign_in: SignIn, secret: str) -> None:
    wrong = await make_connection(
        None, system="dfe_sign_in", base_url=sign_in.agencies.url("dsi"), auth_mode="service_token", options=OPTIONS
    )
    await set_credential(None, wrong, kind="client_secret", value=secret)
    with pytest.raises(AgencyRefused, match="refused us: invalid signature"):
        await SignIn(sign_in.area, sign_in.school, wrong, sign_in.agencies).run()


async def test_a_missing_secret_needs_a_person(sign_in: SignIn) -> None:
    bare = await make_connection(
        None, system="dfe_sign_in", base_url=sign_in.agencies.url("dsi"), auth_mode="service_token", options=OPTIONS
    )
    with pytest.raises(NeedsReauthorisation, match="No client secret"):
        await SignIn(sign_in.area, sign_in.school, bare, sign_in.agencies).run()


async def test_a_plain_text_refusal_is_read_as_well(sign_in: SignIn) -> None:
    sign_in.agencies.fault("dsi", "status", status=400, body="Only 90 days are allowed between dates")
    with pytest.raises(AgencyRefused, match="refused us: Only 90 days are allowed between dates"):
        await sign_in.run()


async def test_a_test_says_which_roles_the_service_has(sign_in: SignIn) -> None:
    run = await asked(None, sign_in.connection, cause="test")
    held = await begun(None, run)
    await carry(Work(begun=held, link=link_of(held), connector=CONNECTOR, scopes=scopes_of(area_id=None), door=DOOR))
    said = (await row_of(None, "connection_run", run))["said"]
    assert said == "DfE Sign-in knows our service, with the roles SG_LEAD, VIEWER."
