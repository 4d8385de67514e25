"""All twelve areas with few schools: each in the state that its story tells."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from backend.demo.plan import Scale
from tenants.intervention.rules.states import State
from tenants.membership.queries import completeness_of
from tenants.tenancy.scope import national_scope
from tests.support.cluster import Cluster
from tests.support.nation import Nation, nation_of

FEW_SCHOOLS = Scale(areas=12, schools=150, trusts=13, answering=2)


@pytest_asyncio.fixture(scope="module")
async def country(cluster: Cluster) -> AsyncIterator[Nation]:
    async with nation_of(cluster, scale=FEW_SCHOOLS, name="concordat_country") as built:
        yield built


@pytest_asyncio.fixture(scope="module")
async def superuser(country: Nation) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(country.superuser)
    yield connection
    await connection.close()


async def _states(superuser: asyncpg.Connection, query: str, *values: Any) -> set[str]:
    return {row[0] for row in await superuser.fetch(query, *values)}


async def test_all_but_the_area_that_is_setting_up_are_live(superuser: asyncpg.Connection) -> None:
    rows = await superuser.fetch("select slug, lifecycle from area where lifecycle <> 'live'")
    assert [tuple(row) for row in rows] == [("kestrelby", "setting_up")]


@pytest.mark.parametrize(
    ("area", "missing"),
    [
        ("brackenshire", set()),
        ("wrenshire", set()),
        ("lindermoor", {"NO_DELEGATED_SAFEGUARDING_PARTNER"}),
        ("silvermouth", {"NO_DELEGATED_SAFEGUARDING_PARTNER"}),
        ("fenwold", {"NO_SCRUTINEER", "NO_STRATEGIC_EDUCATION"}),
    ],
)
async def test_membership_is_as_complete_as_the_area_is_well(country: Nation, area: str, missing: set[str]) -> None:
    area_id = country.world.areas[area]
    with country.inside():
        async with national_scope():
            (found,) = await completeness_of(area_ids=[area_id], as_at=country.world.days.today)
    assert {finding.code for finding in found.reading.missing} - {"NO_CHAIR"} == missing


async def test_flags_stand_in_every_state_that_a_person_can_bring_them_to(superuser: asyncpg.Connection) -> None:
    # a review comes due by the calendar alone: nobody can bring a flag there on the day of building
    assert await _states(superuser, "select state from intervention_flag") == set(State) - {State.REVIEW_DUE}


async def test_this_years_budgets_are_drafts_and_agreed(country: Nation, superuser: asyncpg.Connection) -> None:
    year = country.world.days.financial_year.year
    query = "select state from budget b join area a on a.id = b.area_id where year = $1 and slug = any ($2)"
    assert await _states(superuser, query, year, ["wrenshire", "brackenshire", "oldmarsh"]) == {"agreed"}
    drafts = ["lindermoor", "fenwold", "eastmarch", "silvermouth", "ravensholt", "kestrelby"]
    assert await _states(superuser, query, year, drafts) == {"draft"}


async def test_contributions_are_in_every_state(superuser: asyncpg.Connection) -> None:
    states = {"pledged", "agreed", "invoiced", "part_received", "received", "withdrawn"}
    assert await _states(superuser, "select state from contribution") == states


async def test_one_chief_officer_leads_in_five_areas_and_one_board_in_four(country: Nation) -> None:
    with country.inside():
        chief = await country.world.actor("chief-marchland")
        board = await country.world.actor("icb-wrenvale")
    assert (len(chief.read_areas), len(board.read_areas)) == (5, 4)
