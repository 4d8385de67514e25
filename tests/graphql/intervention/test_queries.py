"""Reading flags over GraphQL: as the area, as an official, as anyone else; and what reading leaves in the trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from concordat_graphql.ids import encode
from concordat_graphql.operations import run
from infra.database.scope import observer
from tenants.audit import queries as audit
from tenants.tenancy.actor import ANONYMOUS
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.intervention.sending import area_id, ask, opaque, people, refusal_of
from tests.support.cluster import Cluster
from tests.support.membership import make_bodies
from tests.support.world import AreaMade, actor, make_area, manager, official


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []
    token = observer.set(statements.append)
    try:
        yield statements
    finally:
        observer.reset(token)


def listing(area: AreaMade, *, open_only: bool = False) -> dict[str, object]:
    return {"areaId": area_id(area), "openOnly": open_only}


async def test_the_area_reads_its_whole_record_with_what_it_may_do_next(database: Cluster) -> None:
    area = await make_area()
    flag_id = await people.acknowledged(area)
    data = await ask("FlagRecord", manager(area), id=opaque(area, flag_id))
    record = data["interventionFlag"]
    assert record["flag"]["stateLabel"] == "Acknowledged"
    assert (record["flag"]["escalation"], record["flag"]["waitsFor"]) == ("E4", "official")
    assert record["working"]["tried"] == people.DRAFT.tried
    assert [move["move"] for move in record["moves"]] == ["raise", "refer", "acknowledge"]
    assert record["moves"][2]["byRole"] == "Department official"
    assert record["movesOpen"] == ["withdraw"]


async def test_the_official_reads_what_was_referred_and_nothing_that_stays_in_the_area(database: Cluster) -> None:
    area = await make_area()
    flag_id = await people.acknowledged(area)
    record = (await ask("FlagRecord", official(), id=opaque(area, flag_id)))["interventionFlag"]
    assert record["working"] is None
    assert [move["move"] for move in record["moves"]] == ["refer", "acknowledge"]
    assert record["movesOpen"] == ["ask", "decide"]


async def test_a_local_flag_is_nothing_to_an_official(database: Cluster) -> None:
    area = await make_area()
    flag_id = await people.raised(area)
    assert (await ask("FlagRecord", official(), id=opaque(area, flag_id)))["interventionFlag"] is None
    assert (await ask("AreaFlags", official(), **listing(area)))["interventionFlags"]["nodes"] == []


@pytest.mark.parametrize("operation", ["FlagRecord", "AreaFlags"])
async def test_other_areas_agencies_and_the_public_are_refused(database: Cluster, operation: str) -> None:
    area = await make_area()
    flag_id = await people.referred(area)
    variables = {"id": opaque(area, flag_id)} if operation == "FlagRecord" else listing(area)
    assert await refusal_of(operation, manager(await make_area()), **variables) == "FORBIDDEN"
    assert await refusal_of(operation, actor(Role.PLATFORM_ADMINISTRATOR), **variables) == "FORBIDDEN"
    assert await refusal_of(operation, ANONYMOUS, **variables) == "UNAUTHENTICATED"


async def test_an_officials_read_is_in_the_areas_trail_even_when_it_finds_nothing(database: Cluster) -> None:
    area = await make_area()
    flag_id = await people.raised(area)
    await ask("FlagRecord", official(), id=opaque(area, flag_id))
    async with tenant_scope(manager(area), readonly=True):
        entry = (await audit.entries(area_id=area.id, limit=1))[0]
    assert (entry.action, entry.subject_type, entry.subject_id) == ("national.read", "intervention_flag", str(flag_id))
    assert (entry.actor_name, entry.actor_role) == ("Oliver Official", "official")


async def test_an_area_that_does_not_exist_gets_no_chain(database: Cluster) -> None:
    nowhere = {"areaId": encode("Area", 999_999), "openOnly": False}
    assert await refusal_of("AreaFlags", official(), **nowhere) == "NOT_FOUND"
    async with tenant_scope(actor(Role.VIEWER, area_id=999_999), readonly=True):
        assert await audit.entries(area_id=999_999) == []


async def test_a_member_of_the_area_leaves_no_read_in_the_trail(database: Cluster) -> None:
    area = await make_area()
    flag_id = await people.raised(area)
    await ask("FlagRecord", manager(area), id=opaque(area, flag_id))
    async with tenant_scope(manager(area), readonly=True):
        assert [entry.action for entry in await audit.entries(area_id=area.id)] == ["flag.raise"]


async def test_only_open_flags_when_asked_and_the_last_changed_first(database: Cluster) -> None:
    area = await make_area()
    first, second = await people.raised(area), await people.raised(area, title="The second flag")
    await people.plain("withdraw_flag", area, first, by=manager(area))
    every = (await ask("AreaFlags", manager(area), **listing(area)))["interventionFlags"]["nodes"]
    some = (await ask("AreaFlags", manager(area), **listing(area, open_only=True)))["interventionFlags"]["nodes"]
    assert [node["id"] for node in every] == [opaque(area, first), opaque(area, second)]
    assert [node["title"] for node in some] == ["The second flag"]


async def test_a_longer_list_costs_no_more_statements(database: Cluster) -> None:
    area = await make_area()
    costs = []
    for _ in range(2):
        await people.raised(area)
        with counted() as statements:
            await ask("AreaFlags", manager(area), **listing(area))
        costs.append(len(statements))
    assert costs == [1, 1], "one statement for all"


async def test_pages_follow_each_other(database: Cluster) -> None:
    area = await make_area()
    made = [await people.raised(area) for _ in range(3)]
    document = """query Page($area: ID!, $after: String) { interventionFlags(areaId: $area, first: 2, after: $after) {
        nodes { id } pageInfo { hasNextPage endCursor } } }"""
    seen: list[str] = []
    after = None
    for _ in range(2):
        result = await run(document, actor=manager(area), variables={"area": area_id(area), "after": after})
        assert result.data is not None
        page = result.data["interventionFlags"]
        seen += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert seen == [opaque(area, flag_id) for flag_id in reversed(made)]
    assert not page["pageInfo"]["hasNextPage"]


async def test_the_forms_offer_what_the_rules_know_and_say_that_there_is_no_single_power(database: Cluster) -> None:
    data = (await ask("DecisionForm", official()))["interventionChoices"]
    assert "No Act gives one power" in data["noSinglePower"]
    assert {choice["code"] for choice in data["decisions"] if choice["senior"]} == {
        "improvement_notice_considered",
        "passed_to_power_holder",
        "referred_to_secretary_of_state",
    }
    assert {"local_authority_direction", "police_direction", "icb_direction"} <= {p["code"] for p in data["powers"]}


async def test_the_form_names_the_areas_partners_to_those_who_may_raise_a_flag(database: Cluster) -> None:
    made = await make_bodies()
    form = await ask("FlagForm", made.manager, areaId=area_id(made.area))
    assert form["interventionPartnerNames"] == [f"{made.area.name} {body}" for body in ("Council", "ICB", "Police")]
    for who in (manager(await make_area()), official(), actor(Role.VIEWER, area_id=made.area.id)):
        assert await refusal_of("FlagForm", who, areaId=area_id(made.area)) == "FORBIDDEN"
