"""Partner bodies: entered by a platform administrator, followed when they merge, never lost."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from infra.ids import uuid7
from tenants.organisations import queries, service
from tenants.organisations.rules import Kind
from tenants.tenancy.errors import Invalid, NotAllowed, NotFound, WrongState
from tenants.tenancy.scope import public_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.organisations import administrator, make_body, make_school
from tests.support.world import make_area, manager, official


async def read(organisation_id: UUID) -> queries.Organisation:
    async with public_scope():
        found = await queries.organisation(organisation_id=organisation_id)
    assert found is not None
    return found


async def test_a_registered_body_can_be_read_by_anyone(database: Cluster) -> None:
    force = await make_body(Kind.POLICE_FORCE, "Eastwold Constabulary")
    body = await read(force)
    assert (body.kind, body.status) == ("police_force", "open")
    assert body.name.startswith("Eastwold Constabulary")


async def test_only_a_platform_administrator_registers(database: Cluster) -> None:
    area = await make_area()
    for who in (manager(area), official()):
        with pytest.raises(NotAllowed):
            async with tenant_scope(who):
                await service.register_body(by=who, kind=Kind.POLICE_FORCE, name="Private Police")


@pytest.mark.parametrize(
    ("kind", "name", "codes", "field"),
    [
        (Kind.POLICE_FORCE, " ", {}, "name"),
        (Kind.POLICE_FORCE, "x" * 201, {}, "name"),
        (Kind.LOCAL_AUTHORITY, "Northmere Council", {}, "laCode"),
        (Kind.LOCAL_AUTHORITY, "Northmere Council", {"la_code": "12"}, "laCode"),
        (Kind.INTEGRATED_CARE_BOARD, "Northmere ICB", {"ods_code": "qx1"}, "odsCode"),
        (Kind.ESTABLISHMENT, "Meadow School", {}, "kind"),
        (Kind.TRUST, "Foxley Trust", {}, "kind"),
    ],
)
async def test_a_body_entered_wrongly_is_a_sentence_about_a_field(
    database: Cluster, kind: Kind, name: str, codes: dict[str, str], field: str
) -> None:
    who = administrator()
    async with tenant_scope(who):
        with pytest.raises(Invalid) as problem:
            await service.register_body(by=who, kind=kind, name=name, **codes)
    assert problem.value.field == field


async def test_a_code_belongs_to_one_body(database: Cluster) -> None:
    await make_body(Kind.INTEGRATED_CARE_BOARD, "Northmere ICB", ods_code="QZZ1")
    with pytest.raises(Invalid, match="already belongs to Northmere ICB"):
        await make_body(Kind.INTEGRATED_CARE_BOARD, "Another ICB", ods_code="QZZ1")


async def test_a_new_name_keeps_the_old_one_in_its_history(database: Cluster) -> None:
    force = await make_body(Kind.POLICE_FORCE, "Saltmarsh Police")
    before = (await read(force)).name
    who = administrator()
    async with tenant_scope(who):
        await service.rename_body(by=who, organisation_id=force, name="Saltmarsh Constabulary", on=date(2026, 4, 1))
        (change,) = await queries.history(organisation_id=force)
    assert (await read(force)).name == "Saltmarsh Constabulary"
    assert (change.field, change.before, change.effective_on) == ("name", before, date(2026, 4, 1))


async def test_merged_boards_close_and_their_line_leads_to_the_new_one(database: Cluster) -> None:
    one, two, new = [await make_body(Kind.INTEGRATED_CARE_BOARD, f"{name} ICB") for name in ("Elm", "Oak", "Forest")]
    newest = await make_body(Kind.INTEGRATED_CARE_BOARD, "Weald ICB")
    who = administrator()
    async with tenant_scope(who):
        await service.merge_bodies(
            by=who, predecessors=[one, two], successor_id=new, on=date(2026, 4, 1), reason="ICB mergers of 2026"
        )
        await service.merge_bodies(by=who, predecessors=[new], successor_id=newest, on=date(2027, 4, 1), reason="Again")
        assert [found.id for found in await queries.successors(organisation_id=one)] == [new]
        assert [found.id for found in await queries.current_successors(organisation_id=one)] == [newest]
        assert {found.id for found in await queries.predecessors(organisation_id=new)} == {one, two}
        follow = await queries.current_successors_of(organisation_ids=[one, two, new, newest])
        before = await queries.predecessors_of(organisation_ids=[new, newest, one])
        told = await queries.history_of(organisation_ids=[one, newest])
    assert {key: [found.id for found in rows] for key, rows in follow.items()} == {
        one: [newest], two: [newest], new: [newest], newest: [],
    }  # fmt: skip
    assert {key: {found.id for found in rows} for key, rows in before.items()} == {
        new: {one, two}, newest: {new}, one: set(),
    }  # fmt: skip
    assert ("status" in [change.field for change in told[one]], told[newest]) == (True, [])
    closed = await read(one)
    assert (closed.status, closed.closed_on) == ("closed", date(2026, 4, 1))


async def test_a_body_that_is_named_twice_is_followed_once(database: Cluster) -> None:
    elm, forest = [await make_body(Kind.INTEGRATED_CARE_BOARD, f"{name} ICB") for name in ("Elm", "Forest")]
    who = administrator()
    async with tenant_scope(who):
        await service.merge_bodies(
            by=who, predecessors=[elm, elm], successor_id=forest, on=date(2026, 4, 1), reason="One board"
        )
        assert [found.id for found in await queries.successors(organisation_id=elm)] == [forest]
        assert [change.field for change in await queries.history(organisation_id=elm)] == ["status"]


async def test_bodies_that_cannot_follow_one_another(database: Cluster) -> None:
    force, board = await make_body(Kind.POLICE_FORCE), await make_body(Kind.INTEGRATED_CARE_BOARD, "Elm ICB")
    who = administrator()

    async def merge(predecessor: UUID, successor: UUID) -> None:
        async with tenant_scope(who):
            await service.merge_bodies(
                by=who, predecessors=[predecessor], successor_id=successor, on=date(2026, 4, 1), reason="Mistake"
            )

    with pytest.raises(Invalid, match="same kind"):
        await merge(force, board)
    with pytest.raises(Invalid, match="its own successor"):
        await merge(force, force)
    with pytest.raises(NotFound):
        await merge(uuid7(), force)
    with pytest.raises(Invalid, match="cannot be entered by hand"):
        await merge(await make_school(), force)
    other = await make_body(Kind.POLICE_FORCE)
    await merge(force, other)
    with pytest.raises(WrongState, match="already closed"):
        await merge(force, other)


async def test_search_finds_by_part_of_a_name_and_takes_wildcards_literally(database: Cluster) -> None:
    force = await make_body(Kind.POLICE_FORCE, "Quaggy Vale 100% Police")
    async with public_scope():
        assert [found.id for found in await queries.search(text="quaggy vale 100%")] == [force]
        assert await queries.search(text="q%y vale") == []
        assert await queries.search(text="quaggy", kinds=("trust",)) == []


async def test_search_pages_by_name_without_missing_any(database: Cluster) -> None:
    made = [await make_body(Kind.OTHER_BODY, f"Zebra charity {letter}") for letter in "abc"]
    async with public_scope():
        first = await queries.search(text="zebra charity", limit=2)
        rest = await queries.search(text="zebra charity", limit=2, after=(first[-1].name, first[-1].id))
    assert [found.id for found in (*first, *rest)] == made
