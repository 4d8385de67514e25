"""What the database itself refuses, whatever the code asks."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from infra.database import Scope, sql
from infra.ids import uuid7
from tenants.cooperation.queries import progress
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import national_scope, public_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.cooperation import Asked, asked_school, chosen_school, contact, request_of, send
from tests.support.world import make_area, manager

TABLES = (
    "relevant_agency", "agency_telling", "agency_note", "duty", "duty_version", "duty_cycle", "duty_request",
    "request_draft", "submission", "area_reply", "request_message", "follow_up_move", "reminder",
)  # fmt: skip
COUNTS = ("cooperation_count", "agency_count")
AREA_ONLY = ("agency_note", "duty", "duty_cycle", "follow_up_move", "reminder", *COUNTS)


async def count(table: str, area_id: int) -> int:
    return int(await sql.fetch_value(f"select count(*) from {table} where area_id = $1", area_id))


async def written(by: Actor, statement: str, *args: Any) -> str:
    async with tenant_scope(by):
        return await sql.execute(statement, *args)


@pytest.mark.parametrize("table", [*TABLES, *COUNTS])
async def test_another_area_reads_nothing(database: Cluster, table: str) -> None:
    asked = await asked_school(await make_area())
    await send(asked)
    async with tenant_scope(manager(await make_area()), readonly=True):
        assert await count(table, asked.area.id) == 0


@pytest.mark.parametrize("table", TABLES)
async def test_no_context_and_the_public_read_nothing(database: Cluster, table: str) -> None:
    asked = await asked_school(await make_area())
    async with Scope(login="app", context=None):
        assert await count(table, asked.area.id) == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with public_scope():
            await count(table, asked.area.id)


@pytest.mark.parametrize("table", TABLES)
async def test_the_department_cannot_even_ask(database: Cluster, table: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with national_scope():
            await count(table, 1)


@pytest.mark.parametrize("table", AREA_ONLY)
async def test_a_school_reads_nothing_that_is_the_areas_own(database: Cluster, table: str) -> None:
    asked = await asked_school(await make_area())
    async with tenant_scope(asked.contact, readonly=True):
        assert await count(table, asked.area.id) == 0


async def test_the_department_reads_counts_that_follow_every_change(database: Cluster) -> None:
    area = await make_area()
    await chosen_school(area, name="Silent School")
    asked = await asked_school(area)

    async def rate() -> tuple[int, int, int]:
        async with national_scope():
            (found,) = await progress.rates(area_ids=[area.id])
        return found.asked, found.returned, found.late

    assert await rate() == (2, 0, 0)
    await send(asked)
    assert await rate() == (2, 1, 0)
    async with national_scope():
        states = await sql.fetch("select state, agencies from agency_count where area_id = $1", area.id)
    assert [tuple(row) for row in states] == [("selected", 2)]


async def test_nobody_writes_the_counts(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await written(manager(asked.area), "update cooperation_count set requests = 0")


FORGERIES = (
    ("update duty_request set state = 'accepted'", "an agency may not change this"),
    ("update duty_request set due_on = '2099-01-01'", "an agency may not change this"),
    ("update duty_request set organisation_id = '00000000-0000-0000-0000-000000000001'", "may not change this"),
    ("update relevant_agency set reason = 'Because we say so'", "an agency may not change this"),
    ("update relevant_agency set state = 'ceased', state_reason = 'x'", "an agency may not change this"),
    ("update submission set answers = '{}'", "permission denied"),
    ("delete from submission", "permission denied"),
    ("update area_reply set comment = 'Perfect'", "permission denied"),
    ("update duty_version set body = 'Nothing'", "permission denied"),
)


@pytest.mark.parametrize(("statement", "says"), FORGERIES)
async def test_a_school_changes_only_its_own_columns(database: Cluster, statement: str, says: str) -> None:
    asked = await asked_school(await make_area())
    await send(asked)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match=says):
        await written(asked.contact, statement)


async def test_a_school_reaches_no_row_of_its_neighbour(database: Cluster) -> None:
    area = await make_area()
    neighbour = contact(area, await chosen_school(area, name="Neighbour"))
    asked = await asked_school(area)
    await send(asked)
    for table in ("submission", "request_draft"):
        async with tenant_scope(neighbour, readonly=True):
            assert await count(table, area.id) == 0
    assert await written(neighbour, "update duty_request set question_open = true where id = $1", asked.request.id) == (
        "UPDATE 0"
    )


async def insert_submission(by: Actor, asked: Asked, *, organisation_id: Any) -> None:
    await written(
        by,
        "insert into submission (area_id, request_id, duty_id, organisation_id, receipt, answers, sent_by) "
        "values ($1, $2, $3, $4, 'ABCD-1234-WXYZ', '{}', 'Forger')",
        asked.area.id, asked.request.id, asked.request.duty_id, organisation_id,
    )  # fmt: skip


async def test_no_one_hangs_a_return_on_another_schools_request(database: Cluster) -> None:
    area = await make_area()
    forger_school = await chosen_school(area, name="Forger")
    asked = await asked_school(area)
    forger = contact(area, forger_school)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await insert_submission(forger, asked, organisation_id=asked.school)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await insert_submission(forger, asked, organisation_id=forger_school)


async def test_the_area_cannot_write_a_schools_answer(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await insert_submission(manager(asked.area), asked, organisation_id=asked.school)


@pytest.mark.parametrize("side", ["area", "agency"])
async def test_neither_side_writes_the_others_messages(database: Cluster, side: str) -> None:
    asked = await asked_school(await make_area())
    by = asked.contact if side == "area" else manager(asked.area)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await written(
            by,
            "insert into request_message (area_id, request_id, organisation_id, side, body, written_by) "
            "values ($1, $2, $3, $4, 'Forged', 'Forger')",
            asked.area.id, asked.request.id, asked.school, side,
        )  # fmt: skip


async def test_a_school_cannot_ask_itself(database: Cluster) -> None:
    asked = await asked_school(await make_area())
    request = await request_of(asked.area, asked.school)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await written(
            asked.contact,
            "insert into relevant_agency (area_id, organisation_id, name, category, state, reason) "
            "values ($1, $2, 'Me', $3, 'selected', 'Because')",
            request.area_id, uuid7(), request.category,
        )  # fmt: skip
