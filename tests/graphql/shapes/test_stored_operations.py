"""Every stored query answers the same on both paths, whoever asks, and reads one statement where it is shaped."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio

from concordat_graphql.answering import answer, ready_for
from concordat_graphql.operations import run, stored
from infra.database.scope import observer
from infra.telemetry.metrics import READS
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.roles import Role
from tests.graphql.shapes.same import compiled as by_one_statement
from tests.graphql.shapes.same import normal, ordinary
from tests.graphql.statement_counts.cases import ADMINISTRATOR, CASES
from tests.graphql.statement_counts.grown import Grown, grown
from tests.support.cluster import Cluster
from tests.support.cooperation import contact
from tests.support.world import actor, make_area, official

#: stored queries that are answered by one statement; the list only grows
COMPILED = frozenset(
    {
        "Accounts",
        "WaitingInvitations",
        "AccountsToLink",
        "AgencyChoosing",
        "AgencyConfirmations",
        "AgencyList",
        "AgencyPage",
        "AreaChoices",
        "AreaFlags",
        "AreaHome",
        "AreaMembership",
        "AreaOrganisation",
        "AreaOrganisations",
        "AreaPeople",
        "AreaSettings",
        "BoardOverview",
        "BodiesToLink",
        "BudgetYear",
        "CycleHead",
        "CyclePage",
        "DutyList",
        "FlagRecord",
        "MembershipAhead",
        "MembershipHistory",
        "MembershipMissing",
        "MyAgreements",
        "MyDuties",
        "NationalAreas",
        "NationalFlags",
        "OneAppointment",
        "OneContribution",
        "OneGroup",
        "OnePartner",
        "OneSeat",
        "PartnerSuccessions",
        "PlatformArea",
        "PlatformAreas",
        "PublicArea",
        "PublicAreas",
        "PublishedMembership",
        "TrustDuties",
    }
)


@pytest_asyncio.fixture(scope="module")
async def made(database: Cluster) -> Grown:
    return await grown(3)


@pytest_asyncio.fixture(scope="module")
async def readers(made: Grown) -> dict[str, Actor]:
    other = await make_area()
    return {
        "anonymous": ANONYMOUS,
        "viewer": actor(Role.VIEWER, area_id=made.area.id),
        "other tenant": actor(Role.BUSINESS_MANAGER, area_id=other.id),
        "school": contact(made.area, made.schools[0]),
        "official": official(),
        "administrator": ADMINISTRATOR,
    }


def asked(made: Grown, name: str) -> tuple[Actor, dict[str, Any]]:
    return CASES[name](made)


async def test_the_list_of_compiled_operations_is_true(made: Grown) -> None:
    found = {
        name for name in CASES
        if ready_for(stored()[name], actor=asked(made, name)[0], variables=asked(made, name)[1], name=name)
    }  # fmt: skip
    assert found == COMPILED


@pytest.mark.parametrize("name", sorted(COMPILED))
async def test_both_paths_answer_the_same(made: Grown, name: str) -> None:
    by, variables = asked(made, name)
    answered = await by_one_statement(stored()[name], by=by, variables=variables)
    assert answered is not None
    assert answered == await ordinary(stored()[name], by=by, variables=variables)


@pytest.mark.parametrize("who", ["anonymous", "viewer", "other tenant", "school", "official", "administrator"])
@pytest.mark.parametrize("name", sorted(COMPILED))
async def test_whoever_asks_is_told_the_same(made: Grown, readers: dict[str, Actor], name: str, who: str) -> None:
    _, variables = asked(made, name)
    one = await run(stored()[name], actor=readers[who], variables=variables)
    other = await run(stored()[name], actor=readers[who], variables=variables, compiled=False)
    assert normal(one.data) == normal(other.data)
    assert [error.formatted for error in one.errors or []] == [error.formatted for error in other.errors or []]


@pytest.mark.parametrize("name", sorted(COMPILED))
async def test_it_is_one_statement(made: Grown, name: str) -> None:
    by, variables = asked(made, name)
    seen: list[str] = []
    token = observer.set(seen.append)
    try:
        assert await answer(stored()[name], actor=by, variables=variables, name=name) is not None
    finally:
        observer.reset(token)
    assert len(seen) == 1 + len([text for text in seen if "audit" in text.lower() and "insert" in text.lower()])


async def test_the_counter_tells_which_path_answered(made: Grown) -> None:
    by, variables = asked(made, "AreaSettings")
    before = {path: READS.labels(path)._value.get() for path in ("compiled", "ordinary")}
    await run(stored()["AreaSettings"], actor=by, variables=variables)
    await run("{ __typename }", actor=by)
    assert {path: READS.labels(path)._value.get() - before[path] for path in before} == {"compiled": 1, "ordinary": 1}
