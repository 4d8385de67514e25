"""A directory's page in the register: bodies, names, closings, successors, and the traces that each leaves."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from infra.database import sql
from tenants.organisations import queries, service
from tenants.organisations.directory.rules import Listed
from tenants.organisations.directory.service import Applied, Fact, apply_listed, record_successions
from tenants.organisations.rules import Kind, Status
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.organisations import administrator

pytestmark = pytest.mark.usefixtures("database")
WORKER = worker_actor("directory", powers=["register"])
SOURCE = "test_directory"
_numbers = itertools.count(1)


def a_board(name: str = "NHS Ashen Vale Integrated Care Board", **values: Any) -> Listed:
    code = f"QT{next(_numbers):04d}"
    return Listed(code=code, kind=Kind.INTEGRATED_CARE_BOARD, name=name, status=Status.OPEN, **values)


async def apply(*rows: Listed, **may_change: bool) -> Applied:
    async with tenant_scope(WORKER):
        return await apply_listed(by=WORKER, source=SOURCE, rows=rows, **may_change)


async def succeed() -> list[Fact]:
    async with tenant_scope(WORKER):
        return await record_successions(by=WORKER, source=SOURCE)


async def body(organisation_id: UUID) -> queries.Organisation:
    async with tenant_scope(WORKER):
        found = await queries.organisation(organisation_id=organisation_id)
    assert found is not None
    return found


async def entries_of(organisation_id: UUID) -> list[str]:
    async with tenant_scope(administrator(), readonly=True):
        rows = await sql.fetch(
            "select action from audit.event where area_id = 0 and subject_id = $1 order by seq", str(organisation_id)
        )
    return [row["action"] for row in rows]


async def test_a_body_unknown_to_us_is_entered_and_audited() -> None:
    board = a_board(opened_on=date(2022, 7, 1))
    applied = await apply(board)
    entered = applied.bodies[board.code]
    found = await body(entered)
    assert (found.ods_code, found.kind, found.opened_on) == (board.code, "integrated_care_board", date(2022, 7, 1))
    assert [fact.what for fact in applied.facts] == ["entered"]
    assert await entries_of(entered) == ["organisation.enter"]


async def test_the_same_page_again_changes_nothing_and_leaves_no_entry() -> None:
    board = a_board()
    entered = (await apply(board)).bodies[board.code]
    again = await apply(board)
    assert (again.facts, again.bodies) == ((), {board.code: entered})
    assert await entries_of(entered) == ["organisation.enter"]


async def test_a_new_name_is_applied_with_the_old_one_in_the_history() -> None:
    board = a_board()
    entered = (await apply(board)).bodies[board.code]
    await apply(replace(board, name="NHS Ashen Vale and Coast Integrated Care Board"))
    assert (await body(entered)).name == "NHS Ashen Vale and Coast Integrated Care Board"
    async with tenant_scope(WORKER):
        changes = await queries.history(organisation_id=entered)
    assert [(change.field, change.before) for change in changes] == [("name", board.name)]


async def test_the_name_that_an_administrator_gave_stays() -> None:
    board = a_board()
    entered = (await apply(board)).bodies[board.code]
    who = administrator()
    async with tenant_scope(who):
        await service.rename_body(by=who, organisation_id=entered, name="Ashen Vale ICB")
    await apply(replace(board, name="NHS Ashen Vale and Coast Integrated Care Board"))
    assert (await body(entered)).name == "Ashen Vale ICB"


async def test_a_body_entered_by_hand_is_met_by_its_code_and_keeps_its_name() -> None:
    board = a_board()
    who = administrator()
    async with tenant_scope(who):
        by_hand = await service.register_body(
            by=who, kind=Kind.INTEGRATED_CARE_BOARD, name="Ashen Vale ICB", ods_code=board.code
        )
    applied = await apply(board)
    assert (applied.bodies[board.code], applied.facts) == (by_hand, ())
    assert (await body(by_hand)).name == "Ashen Vale ICB"


async def test_a_board_that_closed_is_closed_on_its_day_and_points_at_who_followed() -> None:
    old, new = a_board("NHS Old Board"), a_board("NHS New Board")
    bodies = (await apply(old, new)).bodies
    closed = replace(old, status=Status.CLOSED, closed_on=date(2026, 3, 31), successors=(new.code,))
    facts = (await apply(closed)).facts
    assert [(fact.what, fact.before, fact.after) for fact in facts] == [("open or closed", "open", "closed")]
    assert (await body(bodies[old.code])).closed_on == date(2026, 3, 31)
    assert [(fact.organisation, fact.after) for fact in await succeed()] == [("NHS Old Board", "NHS New Board")]
    assert await succeed() == []
    async with tenant_scope(WORKER):
        followed = await queries.current_successors(organisation_id=bodies[old.code])
    begins = date(2026, 4, 1)  # the day after the old one's last
    assert [(one.id, one.kind, one.on_date) for one in followed] == [(bodies[new.code], "successor", begins)]


async def test_two_boards_into_one_is_a_merger_and_a_successor_not_yet_known_is_met_later() -> None:
    first, second, new = a_board("NHS First"), a_board("NHS Second"), a_board("NHS Both")
    await apply(first, second)
    gone = {"status": Status.CLOSED, "closed_on": date(2026, 3, 31), "successors": (new.code,)}
    await apply(replace(first, **gone), replace(second, **gone))
    assert await succeed() == []
    await apply(new)
    await succeed()
    async with tenant_scope(WORKER):
        row = await sql.fetch(
            "select distinct l.kind from organisation_lineage l join organisation o on o.id = l.successor_id "
            "where o.ods_code = $1",
            new.code,
        )
    assert [one["kind"] for one in row] == ["merger"]


async def test_a_line_of_succession_that_a_person_entered_is_left_alone() -> None:
    old, chosen, other = a_board("NHS Gone"), a_board("NHS Chosen"), a_board("NHS Other")
    bodies = (await apply(old, chosen, other)).bodies
    who = administrator()
    async with tenant_scope(who):
        await service.merge_bodies(
            by=who,
            predecessors=[bodies[old.code]],
            successor_id=bodies[chosen.code],
            on=date(2026, 3, 31),
            reason="The order was made.",
        )
    await apply(replace(old, status=Status.CLOSED, closed_on=date(2026, 3, 31), successors=(other.code,)))
    assert await succeed() == []


async def test_a_page_that_may_change_no_names_changes_none() -> None:
    board = a_board()
    entered = (await apply(board)).bodies[board.code]
    await apply(replace(board, name="NHS Another Integrated Care Board"), names=False)
    assert (await body(entered)).name == board.name


async def test_only_the_service_itself_may_apply_a_directory() -> None:
    async with tenant_scope(administrator()):
        with pytest.raises(NotAllowed):
            await apply_listed(by=administrator(), source=SOURCE, rows=[a_board()])
