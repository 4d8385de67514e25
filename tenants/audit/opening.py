"""Reading what is sealed in entries: the text, or when it was erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infra import sealing
from infra.clock import LONDON
from infra.database import sql
from tenants.audit.personal import Key, is_sealed, opened_key, opened_text
from tenants.audit.plain import mapped

if TYPE_CHECKING:
    from tenants.audit.queries import Entry

LOST = "sealed with another secret key"  #: what stands for a text whose key does not open
_HELD = "select id, sealed, erased_at from audit.subject_key where area_id = $1 and id = any ($2)"


async def opened(entries: Sequence[Entry], *, area_id: int) -> list[Entry]:
    """Return an area's entries with personal text opened: one statement more, none where nothing is sealed.

    In a scope that reads the area. What was erased says so, and on which day.
    """
    wanted = keys_in(entries)
    if not wanted:
        return list(entries)
    keys = await keys_of(area_id=area_id, ids=[*map(UUID, wanted)])

    def text(value: Any) -> Any:
        return said(value, keys.get(value["of"], LOST)) if is_sealed(value) else value

    return [replace(one, before=mapped(one.before, text), after=mapped(one.after, text)) for one in entries]


async def keys_of(*, area_id: int, ids: Sequence[UUID]) -> dict[str, Key | str]:
    """Return the keys by their ids; for one that is erased or does not open, the words that stand for its texts."""
    return {str(row["id"]): _key(area_id, row) for row in await sql.fetch(_HELD, area_id, list(ids))}


def keys_in(entries: Sequence[Entry]) -> set[str]:
    """Return the ids of the keys with which the entries' personal text is sealed."""
    found: set[str] = set()

    def note(value: Any) -> Any:
        if is_sealed(value):
            found.add(value["of"])
        return value

    for one in entries:
        mapped([one.before, one.after], note)
    return found


def _key(area_id: int, row: Any) -> Key | str:
    """Return the key, or the words that stand for what it had sealed."""
    if row["sealed"] is None:
        erased = row["erased_at"].astimezone(LONDON)
        return f"erased on {erased.day} {erased:%B %Y}"
    try:
        return opened_key(area_id=area_id, key=row["id"], sealed=row["sealed"])
    except sealing.CannotOpen:
        return LOST


def said(value: Any, key: Key | str) -> Any:
    """Return what a sealed part of an entry says, or the words that stand for it."""
    if isinstance(key, str):
        return key
    try:
        return opened_text(value, key)
    except sealing.CannotOpen:
        return LOST
