"""What an area is told of: what its own connections applied, and what the registers said of its own bodies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from infra.database import sql
from infra.ids import uuid7
from tenants.connections import changes
from tenants.connections.changes import Applied
from tenants.connections.queries import facts
from tenants.connections.queries.facts import ChangeRow
from tenants.organisations.rules import Kind
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.connections import asked, begun, engine, keeper, make_connection, serving
from tests.support.organisations import administrator, make_body, make_school
from tests.support.world import AreaMade, make_area

pytestmark = pytest.mark.usefixtures("database")


async def present(area: AreaMade, body: UUID) -> None:
    async with tenant_scope(keeper(area)):
        await sql.execute(
            "insert into area_organisation (area_id, organisation_id, basis, valid_from) "
            "values ($1, $2, 'partner', (now() at time zone 'Europe/London')::date)",
            area.id,
            body,
        )


async def applied(area: AreaMade | None, *rows: Applied) -> UUID:
    """Let a connection of the area, or a national one, run and apply these."""
    system = "nhs_ods" if area is None else "police_indicators"
    connection = await make_connection(area, system=system, name=f"Connection {uuid7().hex}")
    run = await begun(area, await asked(area, connection))
    async with serving(area):
        await changes.note(by=engine(area), link_id=connection, run_id=run.run_id, rows=rows)
    return connection


async def recorded(school: UUID, field: str, before: str, after: str, *, import_id: UUID | None) -> None:
    """Let the register keep what a file changed; without one, what a person did."""
    async with system_scope("test register", powers=["register"]):
        await sql.execute(
            "insert into organisation_history (organisation_id, field, before, after, effective_on, import_id) "
            "values ($1, $2, $3, $4, (now() at time zone 'Europe/London')::date, $5)",
            school, field, before, after, import_id,
        )  # fmt: skip


async def followed(old: UUID, new: UUID, *, import_id: UUID | None, told: bool = True) -> None:
    """Let a link file of the register say who followed a school; without an import, a person."""
    columns, values = ("", "") if told else (", told_id, told_at", ", null, null")
    async with system_scope("test register", powers=["register"]):
        await sql.execute(
            f"insert into organisation_lineage (predecessor_id, successor_id, kind, import_id{columns}) "
            f"values ($1, $2, 'successor', $3{values})", old, new, import_id,
        )  # fmt: skip


def a_fact(body: UUID | None, *, kind: str = "organisation", **values: Any) -> Applied:
    return Applied(**{"what": "name", "subject_kind": kind, "subject": "A board", "subject_id": body, **values})


async def told(area: AreaMade, **narrowed: Any) -> list[ChangeRow]:
    async with tenant_scope(keeper(area), readonly=True):
        return await facts.changes(area_id=area.id, **narrowed)


async def test_what_a_national_connection_applied_to_a_partner_is_told_in_its_areas_and_in_no_other() -> None:
    here, there = await make_area(), await make_area()
    board, stranger = await make_body(Kind.INTEGRATED_CARE_BOARD), await make_body(Kind.INTEGRATED_CARE_BOARD)
    await present(here, board)
    await applied(None, a_fact(board, before="Old", after="New"), a_fact(stranger, before="Other", after="Another"))
    [fact] = await told(here)
    assert (fact.what, fact.subject, fact.before, fact.after) == ("name", "A board", "Old", "New")
    assert (fact.connection_name, fact.connection_id) == ("A national directory", None), "the connection is not its own"
    assert await told(there) == []


async def test_what_else_a_national_connection_does_is_not_told_in_an_area() -> None:
    area = await make_area()
    board = await make_body(Kind.INTEGRATED_CARE_BOARD)
    await present(area, board)
    connection = await applied(None, a_fact(board, kind="import_run", after={"closed": 1}))
    assert await told(area) == []
    async with tenant_scope(administrator(), readonly=True):
        assert len(await facts.changes(area_id=None, connection_id=connection)) == 1


async def test_what_the_register_of_schools_said_of_a_school_is_told_also_after_it_has_closed() -> None:
    area = await make_area()
    school, elsewhere = await make_school(area, name="Ashlea School"), await make_school(await make_area())
    await recorded(school, "name", "Ash School", "Ashlea School", import_id=uuid7())
    await recorded(school, "status", "open", "closed", import_id=uuid7())
    await recorded(school, "phase", "primary", "secondary", import_id=uuid7())
    await recorded(school, "name", "By hand", "Ash School", import_id=None)
    await recorded(elsewhere, "name", "Far", "Away", import_id=uuid7())
    async with system_scope("test register", powers=["register"]):
        await sql.execute("update area_organisation set valid_to = valid_from where organisation_id = $1", school)
    assert [(row.what, row.before, row.after, row.connection_name) for row in await told(area)] == [
        ("open or closed", "open", "closed", "Register of schools"),
        ("name", "Ash School", "Ashlea School", "Register of schools"),
    ]


async def test_who_follows_a_school_is_told_where_the_school_is_or_was() -> None:
    area, elsewhere = await make_area(), await make_area()
    old, by_hand = await make_school(area, name="Ash School"), await make_school(area, name="By hand")
    new = await make_school(elsewhere, name="Ashlea Academy")
    await followed(old, new, import_id=uuid7())
    await followed(by_hand, new, import_id=None)
    [fact] = await told(area)
    assert (fact.what, fact.subject, fact.before, fact.after) == ("successor", "Ash School", None, "Ashlea Academy")
    assert (fact.connection_name, fact.subject_id) == ("Register of schools", old)
    assert await told(elsewhere) == [], "of what was before it, the new school’s own page tells"
    await recorded(old, "name", "Ash School", "Ash Old School", import_id=uuid7())
    assert [row.what for row in await told(area)] == ["name", "successor"]
    assert [row.what for row in await told(area, after=(await told(area))[0].id)] == ["successor"]


async def test_a_line_that_was_known_before_lines_were_told_is_no_news() -> None:
    area = await make_area()
    old, new = await make_school(area), await make_school(area)
    await followed(old, new, import_id=uuid7(), told=False)
    assert await told(area) == []


async def test_an_areas_own_facts_stand_among_them_newest_first_page_by_page() -> None:
    area = await make_area()
    school = await make_school(area)
    await recorded(school, "name", "One", "Two", import_id=uuid7())
    connection = await applied(area, a_fact(None, kind="indicator", what="figures", after="3 new or changed"))
    await recorded(school, "name", "Two", "Three", import_id=uuid7())
    everything = await told(area)
    assert [row.what for row in everything] == ["name", "figures", "name"]
    assert await told(area, limit=2) + await told(area, after=everything[1].id) == everything
    assert [row.what for row in await told(area, connection_id=connection)] == ["figures"]
