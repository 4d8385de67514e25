"""Use cases of tenancy on an area itself: making one, what it covers, its life, its linked boards.

Each runs inside the caller's tenant scope: decide, write, audit, in one transaction.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
from piccolo.columns import Column

from infra.database import sql
from infra.ids import uuid7
from tenants.audit.service import PLATFORM, record
from tenants.tenancy import checks, queries
from tenants.tenancy.actor import Actor
from tenants.tenancy.covers import held_area
from tenants.tenancy.errors import Conflict, Invalid, NotFound, WrongState
from tenants.tenancy.inputs import Gather
from tenants.tenancy.permissions import check_can_administer, check_can_manage
from tenants.tenancy.tables import Area, AreaLocalAuthority, LinkedBoard

BOARD_KINDS: dict[str, str] = {
    "health_and_wellbeing": "Health and wellbeing board",
    "safeguarding_adults": "Safeguarding adults board",
    "community_safety": "Community safety partnership",
    "channel": "Channel panel",
    "mappa": "MAPPA strategic management board",
    "family_justice": "Local family justice board",
    "youth_justice": "Youth justice management board",
    "corporate_parenting": "Corporate parenting board",
    "other": "Another board",
}


async def create_area(*, by: Actor, name: str, slug: str) -> int:
    """Make an area that is being set up; return its id. For platform administrators.

    Raises `NotAllowed`, or `Invalid` for a name or address that does not fit or is taken.
    """
    check_can_administer(by)
    name = checks.text(name, name="the name of the area", field="name", most=120, least=2)
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,62}", slug):
        raise Invalid("Enter a web name in small letters, numbers and hyphens, like north-testshire.", field="slug")
    if await queries.area_by_slug(slug=slug) is not None:
        raise Invalid("Another area already has this web name.", field="slug")
    area_id: int = await sql.fetch_value("insert into area (slug, name) values ($1, $2) returning id", slug, name)
    for chain in (area_id, PLATFORM):
        await record(
            by=by, area_id=chain, action="area.create", subject=("area", area_id), after={"name": name, "slug": slug}
        )
    return area_id


async def cover_local_authority(*, by: Actor, area_id: int, la_code: str, la_name: str, valid_from: date) -> UUID:
    """Add a local authority to what the area covers, from a day; return the id of the cover.

    Raises `Invalid` when another area covers it then: a local authority is in one area on any day.
    """
    check_can_administer(by)
    if not re.fullmatch(r"\d{3}", la_code):
        raise Invalid("Enter the local authority's three-digit code.", field="laCode")
    la_name = checks.text(la_name, name="the name of the local authority", field="laName", most=120, least=2)
    checks.day(valid_from, name="the first day", field="validFrom")
    await _must_find(area_id)
    cover_id = uuid7()
    row = AreaLocalAuthority(area_id=area_id, id=cover_id, la_code=la_code, la_name=la_name, valid_from=valid_from)
    try:
        await AreaLocalAuthority.insert(row).run()
    except asyncpg.ExclusionViolationError:
        raise Invalid(f"{la_name} is already covered by an area at that time.", field="laCode") from None
    await record(
        by=by,
        area_id=area_id,
        action="area.cover",
        subject=("area", area_id),
        after={"la_code": la_code, "la_name": la_name, "valid_from": valid_from},
    )
    return cover_id


async def end_cover(*, by: Actor, area_id: int, cover_id: UUID, valid_to: date, reason: str) -> UUID:
    """End the cover of a local authority on a day (its last), with a reason; the row stays.

    Raises `NotFound`, `WrongState` when it has ended already, or `Invalid`.
    """
    check_can_administer(by)
    await held_area(area_id)
    found = await queries.cover_by_id(area_id=area_id, cover_id=cover_id)
    if found is None:
        raise NotFound("local authority")
    if found.valid_to is not None:
        raise WrongState("The end of this cover is already recorded.")
    checks.period(found.valid_from, valid_to)
    why = checks.reason(reason)
    await sql.execute(
        "update area_local_authority set valid_to = $3 where area_id = $1 and id = $2", area_id, cover_id, valid_to
    )
    await record(
        by=by,
        area_id=area_id,
        action="area.uncover",
        subject=("area", area_id),
        reason=why,
        after={"la_code": found.la_code, "la_name": found.la_name, "valid_to": valid_to},
    )
    return cover_id


async def go_live(*, by: Actor, area_id: int) -> int:
    """Open an area that is being set up: its published facts become public. For platform administrators."""
    check_can_administer(by)
    area = await _must_find(area_id)
    if area.lifecycle != "setting_up":
        raise WrongState("This area is already live or has been merged.")
    await _change_life(area, {Area.lifecycle: "live"})
    await record(by=by, area_id=area_id, action="area.open", subject=("area", area_id))
    return area_id


async def merge_area(*, by: Actor, area_id: int, into: int, reason: str) -> int:
    """Mark an area as merged into another: it keeps its history and takes no more changes. This cannot be undone.

    Raises `NotFound`, `Conflict`, `Invalid`, or `WrongState` when either is merged already.
    """
    check_can_administer(by)
    area, target = await _must_find(area_id), await _must_find(into)
    if "merged" in (area.lifecycle, target.lifecycle) or area_id == into:
        raise WrongState("This area cannot be merged into that one.")
    why = checks.reason(reason)
    await _change_life(area, {Area.lifecycle: "merged", Area.merged_into: into})
    await record(
        by=by, area_id=area_id, action="area.merge", subject=("area", area_id), reason=why, after={"merged_into": into}
    )
    return area_id


async def _change_life(area: queries.AreaRow, changed: dict[Column | str, Any]) -> None:
    one = (Area.id == area.id) & (Area.version == area.version)
    if not await Area.update({**changed, Area.version: area.version + 1}).where(one).returning(Area.id):
        raise Conflict("area")


async def rename_area(*, by: Actor, area_id: int, name: str, version: int) -> int:
    """Change the area's name. For its business manager. Raises `Conflict` when the version has moved on."""
    check_can_manage(by, area_id=area_id)
    area = await _must_find(area_id)
    checks.version(expected=version, found=area.version, what="area")
    name = checks.text(name, name="the name of the partnership", field="name", most=120, least=2)
    one = (Area.id == area_id) & (Area.version == version)
    if not await Area.update({Area.name: name, Area.version: version + 1}).where(one).returning(Area.id):
        raise Conflict("area")
    await record(
        by=by,
        area_id=area_id,
        action="area.rename",
        subject=("area", area_id),
        before={"name": area.name},
        after={"name": name},
    )
    return area_id


async def link_board(
    *, by: Actor, area_id: int, name: str, kind: str, url: str | None = None, note: str | None = None
) -> UUID:
    """Add a board that the partnership works with; return its id. Raises `Problems`, `WrongState` for one linked."""
    check_can_manage(by, area_id=area_id)
    check = Gather()
    board = LinkedBoard(
        area_id=area_id,
        id=uuid7(),
        name=check(checks.text, name, name="the name of the board", field="name", least=2),
        kind=check(checks.choice, kind, of=BOARD_KINDS, field="kind", name="what kind of board it is"),
        url=check(checks.link, url),
        note=check(checks.optional_text, note, name="the note", field="note", most=2000),
    )
    check.done()
    linked = (LinkedBoard.area_id == area_id) & (LinkedBoard.name == board.name) & LinkedBoard.ended_on.is_null()
    if await LinkedBoard.exists().where(linked).run():
        raise WrongState("A board of this name is linked already.")
    await LinkedBoard.insert(board).run()
    await record(
        by=by,
        area_id=area_id,
        action="board.link",
        subject=("linked_board", board.id),
        after={"name": board.name, "kind": board.kind},
    )
    return UUID(str(board.id))


async def end_board(*, by: Actor, area_id: int, board_id: UUID, ended_on: date, reason: str, version: int) -> UUID:
    """End the link with a board on a day, with a reason; the row stays. Raises `NotFound`, `Conflict`, `WrongState`."""
    check_can_manage(by, area_id=area_id)
    board = await queries.linked_board(area_id=area_id, board_id=board_id)
    if board is None:
        raise NotFound("board")
    checks.version(expected=version, found=board.version, what="board")
    if board.ended_on is not None:
        raise WrongState("The link with this board has already ended.")
    checks.day(ended_on, name="the last day", field="endedOn")
    why = checks.reason(reason)
    one = (LinkedBoard.area_id == area_id) & (LinkedBoard.id == board_id) & (LinkedBoard.version == version)
    ended = LinkedBoard.update({LinkedBoard.ended_on: ended_on, LinkedBoard.version: version + 1}).where(one)
    if not await ended.returning(LinkedBoard.id):
        raise Conflict("board")
    await record(
        by=by,
        area_id=area_id,
        action="board.end",
        subject=("linked_board", board_id),
        reason=why,
        after={"ended_on": ended_on},
    )
    return board_id


async def _must_find(area_id: int) -> queries.AreaRow:
    area = await queries.area(area_id=area_id)
    if area is None:
        raise NotFound("area")
    return area
