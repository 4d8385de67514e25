"""Opaque ids of cooperation: each holds the area and the thing's own id."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import strawberry

from concordat_graphql import ids
from tenants.tenancy.errors import Invalid, NotFound

Key = tuple[int, UUID]


def encode_in(kind: str, area_id: int, identifier: UUID) -> strawberry.ID:
    """Return the opaque id of a thing of an area."""
    return ids.encode(kind, f"{area_id}.{identifier}")


def decode_in(kind: str, opaque: str, *, field: str) -> Key:
    """Return (area id, the thing's id); raises `NotFound`."""
    area, _, identifier = ids.decode(kind, opaque, field=field).partition(".")
    try:
        if not area.isdecimal() or len(area) > 9:
            raise ValueError
        return int(area), UUID(identifier)
    except ValueError:
        raise NotFound(_WORDS.get(kind, "thing"), field=field) from None


def decode_many(kind: str, opaque: list[strawberry.ID], *, area_id: int, field: str) -> list[UUID]:
    """Return the ids of things of one area; raises `NotFound` for one of another area."""
    keys = [decode_in(kind, one, field=field) for one in opaque]
    if any(area != area_id for area, _ in keys):
        raise NotFound(_WORDS.get(kind, "thing"), field=field)
    return [identifier for _, identifier in keys]


def checked_key(key: list[object] | None, *, dated: bool = False) -> list[object] | None:
    """Return a list's sort key whose last part is an id (and whose first is a day); raises `Invalid`."""
    if key is None:
        return None
    try:
        UUID(str(key[-1]))
        if dated:
            date.fromisoformat(str(key[0]))
    except ValueError:
        raise Invalid("That page link is not valid any more. Start again from the first page.", field="after") from None
    return [str(part) for part in key]


_WORDS = {
    "RelevantAgency": "agency",
    "Duty": "duty",
    "DutyCycle": "cycle",
    "DutyRequest": "request",
}
