"""An area's life: made, covering, opened, renamed, merged; each step a person's, with its refusals."""

from __future__ import annotations

from datetime import date

import pytest

from tenants.audit import queries as audit
from tenants.tenancy import queries, service
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import public_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.world import actor, make_area, manager

ADMIN = actor(Role.PLATFORM_ADMINISTRATOR, name="Pat Admin")


async def test_an_area_is_made_covers_an_authority_and_opens(database: Cluster) -> None:
    async with tenant_scope(ADMIN):
        area_id = await service.create_area(by=ADMIN, name="Fellside", slug="fellside-made")
        await service.cover_local_authority(
            by=ADMIN, area_id=area_id, la_code="990", la_name="Fellside Council", valid_from=date(2024, 4, 1)
        )
    async with public_scope():
        assert await queries.area_by_slug(slug="fellside-made") is None, "not public while it is being set up"
    async with tenant_scope(ADMIN):
        await service.go_live(by=ADMIN, area_id=area_id)
    async with public_scope():
        area = await queries.area_by_slug(slug="fellside-made")
        assert area is not None
        assert [row.la_name for row in await queries.cover(area_ids=[area.id])] == ["Fellside Council"]
        assert await queries.cover(area_ids=[area.id], as_at=date(2024, 3, 31)) == []


@pytest.mark.parametrize(
    ("name", "slug", "field"),
    [("", "good-slug", "name"), ("X", "good-slug", "name"), ("Good", "Bad Slug", "slug"), ("Good", "1x", "slug")],
)
async def test_a_bad_name_or_address_is_refused(database: Cluster, name: str, slug: str, field: str) -> None:
    async with tenant_scope(ADMIN):
        with pytest.raises(Invalid) as refused:
            await service.create_area(by=ADMIN, name=name, slug=slug)
    assert refused.value.field == field


async def test_an_address_is_taken_once(database: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(ADMIN):
        with pytest.raises(Invalid, match="already has this web name"):
            await service.create_area(by=ADMIN, name="Another", slug=area.slug)


async def test_a_local_authority_is_in_one_area_on_any_day(database: Cluster) -> None:
    here, there = await make_area(), await make_area()
    with pytest.raises(Invalid, match="already covered"):
        async with tenant_scope(ADMIN):
            await service.cover_local_authority(
                by=ADMIN, area_id=there.id, la_code=here.la_code, la_name="Taken", valid_from=date(2026, 1, 1)
            )


async def test_only_an_administrator_makes_areas(database: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(manager(area)):
        with pytest.raises(NotAllowed):
            await service.create_area(by=manager(area), name="Mine", slug="mine-too")


async def test_an_area_opens_once(database: Cluster) -> None:
    area = await make_area()
    async with tenant_scope(ADMIN):
        with pytest.raises(WrongState):
            await service.go_live(by=ADMIN, area_id=area.id)


async def test_a_merger_needs_a_reason_and_another_area(database: Cluster) -> None:
    area, other = await make_area(), await make_area()
    async with tenant_scope(ADMIN):
        with pytest.raises(WrongState):
            await service.merge_area(by=ADMIN, area_id=area.id, into=area.id, reason="A reason")
        with pytest.raises(NotFound):
            await service.merge_area(by=ADMIN, area_id=area.id, into=999_999, reason="A reason")
        with pytest.raises(Invalid):
            await service.merge_area(by=ADMIN, area_id=area.id, into=other.id, reason="")
        await service.merge_area(by=ADMIN, area_id=area.id, into=other.id, reason="Council reorganisation")
        merged = await queries.area(area_id=area.id)
    assert merged is not None
    assert (merged.lifecycle, merged.merged_into) == ("merged", other.id)


async def test_a_stale_version_is_a_conflict(database: Cluster) -> None:
    area = await make_area()
    who = manager(area)
    async with tenant_scope(who):
        await service.rename_area(by=who, area_id=area.id, name="First", version=1)
        with pytest.raises(Conflict, match="Someone else changed this area"):
            await service.rename_area(by=who, area_id=area.id, name="Second", version=1)


async def test_a_board_ends_once_with_a_reason_and_leaves_a_trail(database: Cluster) -> None:
    area = await make_area()
    who = manager(area)
    async with tenant_scope(who):
        board = await service.link_board(by=who, area_id=area.id, name="Adults board", kind="safeguarding_adults")
        await service.end_board(
            by=who, area_id=area.id, board_id=board, ended_on=date(2026, 10, 1), reason="Merged", version=1
        )
        with pytest.raises(WrongState):
            await service.end_board(
                by=who, area_id=area.id, board_id=board, ended_on=date(2026, 10, 1), reason="Again", version=2
            )
        assert await queries.linked_boards(area_ids=[area.id]) == []
        assert len(await queries.linked_boards(area_ids=[area.id], ended=True)) == 1
        trail = await audit.entries(area_id=area.id, where=audit.Filter(subject_type="linked_board"))
    assert [(entry.action, entry.reason) for entry in trail] == [("board.end", "Merged"), ("board.link", None)]
