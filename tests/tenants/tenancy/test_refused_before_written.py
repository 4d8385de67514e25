"""What a service of tenancy refuses, it refuses before it writes: nothing changes even where the caller goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from infra.database import sql
from infra.ids import uuid7
from tenants.tenancy import covers, service
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Problem, Problems
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.graphql.census.footprint import changed, footprint
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, actor, make_area, manager

ADMIN = actor(Role.PLATFORM_ADMINISTRATOR)


@dataclass(frozen=True, kw_only=True)
class Here:
    """An area with a board and a cover, another area, and who manages the first."""

    area: AreaMade
    other: AreaMade
    by: Actor
    board: UUID
    cover: UUID


async def here() -> Here:
    area, other = await make_area(), await make_area()
    by = manager(area)
    async with tenant_scope(by):
        board = await service.link_board(by=by, area_id=area.id, name="Adults Board", kind="safeguarding_adults")
        cover = await sql.fetch_value("select id from area_local_authority where area_id = $1", area.id)
    return Here(area=area, other=other, by=by, board=board, cover=cover)


def board(one: Here, **given: object) -> Awaitable[object]:
    known = {"name": "Health Board", "kind": "health_and_wellbeing", **given}
    return service.link_board(by=one.by, area_id=one.area.id, **known)  # type: ignore[arg-type]


def board_ends(one: Here, **given: object) -> Awaitable[object]:
    known = {"board_id": one.board, "ended_on": date(2026, 3, 31), "reason": "It merged.", "version": 1, **given}
    return service.end_board(by=one.by, area_id=one.area.id, **known)  # type: ignore[arg-type]


def named(one: Here, **given: object) -> Awaitable[object]:
    known = {"name": "North Testshire", "version": 1, **given}
    return service.rename_area(by=one.by, area_id=one.area.id, **known)  # type: ignore[arg-type]


def covered(one: Here, **given: object) -> Awaitable[object]:
    known = {"la_code": "991", "la_name": "Northmere", "valid_from": date(2031, 4, 1), **given}
    return service.cover_local_authority(by=ADMIN, area_id=one.area.id, **known)  # type: ignore[arg-type]


def cover_ends(one: Here, **given: object) -> Awaitable[object]:
    known = {"cover_id": one.cover, "valid_to": date(2026, 3, 31), "reason": "It moves.", **given}
    return service.end_cover(by=ADMIN, area_id=one.area.id, **known)  # type: ignore[arg-type]


def merged(one: Here, *, into: int, reason: str = "One partnership.") -> Awaitable[object]:
    return service.merge_area(by=ADMIN, area_id=one.area.id, into=into, reason=reason)


NOBODY = uuid7()
Refused = tuple[Callable[[Here], Awaitable[object]], str]
REFUSED: dict[str, Refused] = {
    "a board without a name": (lambda one: board(one, name=" "), "Enter the name of the board."),
    "a board of no kind": (lambda one: board(one, kind="choir"), "Select what kind of board it is."),
    "a board behind a script": (lambda one: board(one, url="javascript:alert(1)"), "Enter a web address"),
    "a board with a report for a note": (lambda one: board(one, note="x" * 2001), "must be 2000 characters or fewer"),
    "the end of a board that is not there": (lambda one: board_ends(one, board_id=NOBODY), "could not find that board"),
    "the end of a board that moved on": (lambda one: board_ends(one, version=7), "Someone else changed this board"),
    "the end of a board for no reason": (lambda one: board_ends(one, reason=""), "Enter a reason."),
    "the end of a board in another age": (
        lambda one: board_ends(one, ended_on=date(206, 3, 31)), "between 1948 and 2100",
    ),
    "a name that is none": (lambda one: named(one, name="\x00"), "Enter the name of the partnership."),
    "a name for an older version": (lambda one: named(one, version=0), "Someone else changed this area"),
    "a cover by a code with letters": (lambda one: covered(one, la_code="9a1"), "three-digit code"),
    "a cover in another age": (lambda one: covered(one, valid_from=date(3026, 4, 1)), "between 1948 and 2100"),
    "the end of a cover before it began": (
        lambda one: cover_ends(one, valid_to=date(1950, 1, 1)), "the same as or after the first day",
    ),
    "the end of a cover for no reason": (lambda one: cover_ends(one, reason="  "), "Enter a reason."),
    "the end of another area's cover": (
        lambda one: cover_ends(one, cover_id=NOBODY), "could not find that local authority",
    ),
    "resuming what has not ended": (
        lambda one: covers.resume_cover(by=ADMIN, area_id=one.area.id, cover_id=one.cover, reason="A mistake."),
        "No end of this cover is recorded.",
    ),
    "a merger with itself": (lambda one: merged(one, into=one.area.id), "cannot be merged into that one"),
    "a merger with nowhere": (lambda one: merged(one, into=one.other.id + 100_000), "could not find that area"),
    "a merger for no reason": (lambda one: merged(one, into=one.other.id, reason=""), "Enter a reason."),
    "opening what is open": (lambda one: service.go_live(by=ADMIN, area_id=one.area.id), "already live"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
async def test_what_is_refused_changes_nothing(database: Cluster, what: str) -> None:
    asked, sentence = REFUSED[what]
    one = await here()
    before = await footprint(database)
    by = one.by if what.startswith(("a board", "the end of a board", "a name")) else ADMIN
    async with tenant_scope(by):  # it commits
        with pytest.raises((Problem, Problems), match=sentence):
            await asked(one)
    assert changed(before, await footprint(database)) == []


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DELEGATED_SAFEGUARDING_PARTNER, Role.ESTABLISHMENT_CONTACT])
async def test_what_a_role_may_not_do_changes_nothing(database: Cluster, role: Role) -> None:
    one = await here()
    by = actor(role, area_id=one.area.id)
    before = await footprint(database)
    for asked in (named, board, board_ends):
        async with tenant_scope(by):
            with pytest.raises(Problem) as refused:
                await asked(Here(area=one.area, other=one.other, by=by, board=one.board, cover=one.cover))
        assert refused.value.code == "NOT_ALLOWED"
    assert changed(before, await footprint(database)) == []
