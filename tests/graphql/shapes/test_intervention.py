"""Flags in every state, with every decision, read by everyone: the same on both paths."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
import pytest_asyncio

from concordat_graphql.ids import encode
from concordat_graphql.operations import run, stored
from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit import queries as audit
from tenants.intervention.rules.decisions import Decision
from tenants.intervention.rules.powers import POWERS
from tenants.intervention.rules.states import NOT_REFERRED, State
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.intervention.sending import actors
from tests.graphql.shapes.same import compiled, normal, ordinary
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, actor, make_area, manager, official
from tests.tenants.intervention import people
from tests.tenants.intervention.people import scrutineer

ODD = "It's “odd”: 100% {x} \\ _ \"q\" Ł $1 'z'"
STORED = sorted(frozenset(State) - {State.REVIEW_DUE})
DECIDED: list[tuple[Decision | None, str | None]] = [(None, None), *((decision, None) for decision in Decision)]
WITH_POWERS = [(decision, power) for decision in list(Decision)[-2:] for power in POWERS]
ALL = """query All($areaId: ID!, $openOnly: Boolean!, $after: String) {
  interventionFlags(areaId: $areaId, openOnly: $openOnly, first: 50, after: $after) {
    nodes {
      __typename area { id name slug lifecycle version } id kind kindLabel title concern partners
      evidence { title url } told { name post on } raisedAs raisedByName raisedByRole raisedOn state stateLabel stands
      waitsFor referredAt submission replyDueOn decision decisionLabel decisionMeaning
      power { code target what holder source url } reviewOn escalation escalationLabel changedAt version
    }
    pageInfo { hasNextPage endCursor }
  }
}"""
_INSERT = """insert into intervention_flag (area_id, id, kind, title, concern, partners, evidence, told, raised_as,
    raised_by, raised_by_name, raised_by_role, raised_on, state, referred_at, submission, decision, power, review_on,
    changed_at) values ($1, $2, 'other', $3, $4, $5, $6, $7, $8, $2, $3, $9, $10, $11, $12, $13, $14, $15, $16, $17)"""


async def insert(
    area: AreaMade, state: str, raised_as: str, decision: str | None, power: str | None, review_on: date | None
) -> None:
    """Put a flag in any state, as no course of moves could in so few statements."""
    referred = None if state in NOT_REFERRED else datetime.now(UTC)
    written: list[Any] = [json.dumps([ODD]), json.dumps([{"title": ODD, "url": "https://x.example/?a='b'"}])]
    told = json.dumps(
        [{"name": ODD, "post": "Chief", "on": "2026-01-05"}, {"name": "B", "post": "", "on": "2025-12-31"}]
    )
    role = "independent_scrutineer" if raised_as == "scrutineer" else "a role of old"
    moment = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(microseconds=decision is None and 10)
    await sql.execute(
        _INSERT, area.id, uuid7(), ODD, f"{ODD} {ODD}", *written, told, raised_as, role, today(), state, referred,
        referred and ODD, decision, power, review_on, moment,
    )  # fmt: skip


@pytest_asyncio.fixture(scope="module")
async def area(database: Cluster) -> AreaMade:
    made = await make_area()
    async with tenant_scope(manager(made)):
        for state, raised_as, (decision, power) in product(STORED, ("area", "scrutineer"), DECIDED):
            if decision is not None or state != State.DECIDED:
                await insert(made, state, raised_as, decision, power, today() - timedelta(days=1))
        for decision, power in WITH_POWERS:
            await insert(made, "decided", "area", decision, power, today() + timedelta(days=1))
        await insert(made, "decided", "area", Decision.SUPPORT, None, today())
        await insert(made, "decided", "area", Decision.NO_ACTION, None, None)
    return made


def listing(area: AreaMade, *, open_only: bool = False, after: str | None = None) -> dict[str, Any]:
    return {"areaId": encode("Area", area.id), "openOnly": open_only, "after": after}


async def walked(area: AreaMade, *, size: int, open_only: bool = False) -> list[dict[str, Any]]:
    """Every flag, page by page, each page the same on both paths."""
    nodes: list[dict[str, Any]] = []
    after, more = None, True
    while more:
        variables = listing(area, open_only=open_only, after=after)
        document = ALL.replace("first: 50", f"first: {size}")
        page = await compiled(document, by=manager(area), variables=variables)
        assert page == await ordinary(document, by=manager(area), variables=variables)
        nodes += page["interventionFlags"]["nodes"]
        info = page["interventionFlags"]["pageInfo"]
        after, more = info["endCursor"], info["hasNextPage"]
    return nodes


@pytest.mark.parametrize("open_only", [False, True])
async def test_every_state_decision_and_power_is_told_the_same(area: AreaMade, open_only: bool) -> None:
    states = {node["state"] for node in await walked(area, size=50, open_only=open_only)}
    assert {"review_due", "decided", "raised"} <= states
    assert ("closed" in states) is not open_only


async def test_pages_follow_each_other_across_equal_instants(area: AreaMade) -> None:
    by_17, by_50 = await walked(area, size=17), await walked(area, size=50)
    assert by_17 == by_50
    assert len({node["id"] for node in by_17}) == len(by_17) > 100


async def test_an_area_without_flags(database: Cluster) -> None:
    made = await make_area()
    answered = await compiled(ALL, by=manager(made), variables=listing(made))
    empty = {"nodes": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}
    assert answered == {"interventionFlags": empty} == await ordinary(ALL, by=manager(made), variables=listing(made))


def readers(area: AreaMade) -> list[Actor]:
    return [
        manager(area),
        scrutineer(area),
        actor(Role.VIEWER, area_id=area.id),
        actor(Role.PARTNERSHIP_CHAIR, area_id=area.id),
    ]


async def test_each_reader_is_told_what_they_may_do_with_each_flag(area: AreaMade) -> None:
    moves: set[tuple[str, ...]] = set()
    for node in (await walked(area, size=50))[::3]:
        for by in readers(area):
            record = await compiled(stored()["FlagRecord"], by=by, variables={"id": node["id"]})
            assert record == await ordinary(stored()["FlagRecord"], by=by, variables={"id": node["id"]})
            moves.add(tuple(record["interventionFlag"]["movesOpen"]))
    assert {(), ("withdraw",), ("answer", "withdraw"), ("amend", "refer", "withdraw")} <= moves


async def test_a_record_tells_its_moves_and_what_stays_in_the_area(database: Cluster) -> None:
    made = await make_area()
    variables = {"id": encode("InterventionFlag", f"{made.id}.{await people.decided(made)}")}
    for by in readers(made):
        record = await compiled(stored()["FlagRecord"], by=by, variables=variables)
        assert record == await ordinary(stored()["FlagRecord"], by=by, variables=variables)
    assert len(record["interventionFlag"]["moves"]) == 4
    assert record["interventionFlag"]["working"]["tried"] == people.DRAFT.tried


@pytest.mark.parametrize("name", ["FlagRecord", "AreaFlags"])
async def test_everyone_is_answered_or_refused_the_same(database: Cluster, name: str) -> None:
    made = await make_area()
    asked: dict[str, dict[str, Any]] = {
        "AreaFlags": {"areaId": encode("Area", made.id), "openOnly": True},
        "FlagRecord": {"id": encode("InterventionFlag", f"{made.id}.{await people.referred(made)}")},
    }
    variables = asked[name]
    for by in (await actors(made)).values():
        one = await run(stored()[name], actor=by, variables=variables)
        other = await run(stored()[name], actor=by, variables=variables, compiled=False)
        assert normal(one.data) == normal(other.data)
        assert [error.formatted for error in one.errors or []] == [error.formatted for error in other.errors or []]


async def test_no_flag_of_that_name(area: AreaMade) -> None:
    variables = {"id": encode("InterventionFlag", f"{area.id}.{uuid7()}")}
    answered = await compiled(stored()["FlagRecord"], by=manager(area), variables=variables)
    assert answered == {"interventionFlag": None}
    assert answered == await ordinary(stored()["FlagRecord"], by=manager(area), variables=variables)


async def test_officials_read_what_all_areas_referred_and_leave_one_entry_for_each_read(area: AreaMade) -> None:
    by = official()
    for open_only in (True, False):
        variables: dict[str, Any] = {"openOnly": open_only, "after": None}
        for _ in range(2):
            page = await compiled(stored()["NationalFlags"], by=by, variables=variables)
            assert page == await ordinary(stored()["NationalFlags"], by=by, variables=variables)
            variables["after"] = page["nationalFlags"]["pageInfo"]["endCursor"]
        assert not {"raised", "withdrawn_locally"} & {node["state"] for node in page["nationalFlags"]["nodes"]}
    async with tenant_scope(by, readonly=True):
        entries = await audit.entries(area_id=0, where=audit.Filter(subject_type="national_table", subject_id="flags"))
    assert len([entry for entry in entries if entry.actor_name == by.name]) >= 8


async def test_others_do_not_read_across_areas(area: AreaMade) -> None:
    for by in (manager(area), actor(Role.PLATFORM_ADMINISTRATOR)):
        assert await compiled(stored()["NationalFlags"], by=by, variables={"openOnly": True}) is None
