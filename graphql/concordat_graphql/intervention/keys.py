"""A flag's opaque id holds its area and its own id."""

from __future__ import annotations

from uuid import UUID

from concordat_graphql import ids
from tenants.tenancy.errors import NotFound


def decode_flag(opaque: str, *, field: str = "flagId") -> tuple[int, UUID]:
    """Return (area id, flag id); raises `NotFound`."""
    area, _, identifier = ids.decode("InterventionFlag", opaque, field=field).partition(".")
    try:
        if len(area) > 9:
            raise ValueError
        return int(area), UUID(identifier)
    except ValueError:
        raise NotFound("flag", field=field) from None
