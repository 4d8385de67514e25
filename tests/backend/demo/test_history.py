"""Two years of history in the small nation: money, returns, flags, invitations, and a register that changed."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest_asyncio

from tests.support.nation import Nation


@pytest_asyncio.fixture
async def facts(nation: Nation) -> Any:
    """Reads the nation as superuser: counts of a kind of row by one of its columns, in one area or all."""
    connection = await asyncpg.connect(nation.superuser)

    async def read(table: str, column: str, area: str | None = None) -> dict[Any, int]:
        where = "" if area is None else f" where area_id = {nation.world.areas[area]}"
        rows = await connection.fetch(f"select {column} as what, count(*) as n from {table}{where} group by 1")
        return {row["what"]: row["n"] for row in rows}

    yield read
    await connection.close()


async def test_each_area_has_last_years_budget_agreed(facts: Any, nation: Nation) -> None:
    last = nation.world.days.last_financial_year.year
    assert (await facts("budget where state = 'agreed'", "year"))[last] == 3


async def test_money_stands_differently_from_area_to_area(facts: Any) -> None:
    assert set(await facts("contribution", "state", "wrenshire")) == {"received"}
    assert "part_received" in await facts("contribution", "state", "brackenshire")
    assert {"withdrawn", "pledged"} <= set(await facts("contribution", "state", "eastmarch"))


async def test_every_area_asked_schools_in_two_academic_years(facts: Any, nation: Nation) -> None:
    years = (nation.world.days.last_academic_year.year, nation.world.days.academic_year.year)
    labels = {f"{year}-{(year + 1) % 100:02d}" for year in years}
    for area in nation.world.areas:
        assert labels <= set(await facts("duty_cycle", "label", area))


async def test_last_years_returns_were_all_replied_to(facts: Any, nation: Nation) -> None:
    label = str(nation.world.days.last_academic_year.year)
    states = await facts(f"duty_request where cycle_label like '{label}-%'", "state")
    assert states.keys() == {"accepted", "not_started"}
    assert states["accepted"] > 10


async def test_this_years_returns_are_in_every_state_somewhere(facts: Any, nation: Nation) -> None:
    label = str(nation.world.days.academic_year.year)
    states = set(await facts(f"duty_request where cycle_label like '{label}-%'", "state"))
    assert states >= {"not_started", "draft", "submitted", "accepted", "more_needed", "declined"}


async def test_late_schools_are_being_followed_up(facts: Any) -> None:
    assert await facts("follow_up_move", "step", "eastmarch")
    assert await facts("reminder", "day")


async def test_agencies_were_chosen_told_and_some_have_acknowledged(facts: Any) -> None:
    assert {"notified", "acknowledged", "not_selected"} <= set(await facts("relevant_agency", "state"))


async def test_flags_stand_in_several_states_and_some_never_left_the_area(facts: Any) -> None:
    assert set(await facts("intervention_flag", "state", "brackenshire")) == {"raised", "withdrawn_locally"}
    assert set(await facts("intervention_flag", "state", "wrenshire")) == {"closed"}
    assert set(await facts("intervention_flag", "state", "eastmarch")) == {"decided", "information_requested"}


async def test_invitations_are_open_accepted_expired_and_withdrawn(facts: Any) -> None:
    states = [
        await facts("invitation", condition)
        for condition in ("accepted_at is not null", "revoked_at is not null", "expires_at < now()")
    ]
    assert states == [{True: 3, False: 9}] * 3


async def test_the_register_was_imported_three_times_and_remembers_what_changed(facts: Any) -> None:
    assert await facts("import_run", "status") == {"done": 12}, "two editions from files, the next by its connection"
    assert {"name"} <= set(await facts("organisation_history", "field"))
    assert await facts("trust_membership", "true")
    assert await facts("import_rejection", "reference") == {"980000": 1}
    assert await facts("organisation_lineage", "kind")


async def test_offices_have_changed_hands_and_one_scrutineer_has_a_tie(facts: Any) -> None:
    assert (await facts("appointment", "valid_to is not null"))[True] >= 6
    assert (await facts("appointment where office = 'scrutineer'", "declared_tie is not null"))[True] == 1
