"""Opaque ids: what a client gets says nothing and is checked for its kind when it comes back."""

from __future__ import annotations

import binascii
from uuid import UUID

import strawberry

from infra import ids as plain
from tenants.tenancy.errors import NotFound


def encode(kind: str, value: object) -> strawberry.ID:
    """Return the opaque id of a thing of that kind."""
    return strawberry.ID(plain.opaque(kind, value))


def decode(kind: str, opaque: str, *, field: str | None = None) -> str:
    """Return the value inside an opaque id; raises `NotFound` for one that is not of that kind."""
    try:
        padded = opaque.replace("-", "+").replace("_", "/") + "=" * (-len(opaque) % 4)
        text = binascii.a2b_base64(padded).decode()
    except ValueError:
        raise NotFound(_words(kind), field=field) from None
    found, _, value = text.partition(":")
    if found != kind or not value:
        raise NotFound(_words(kind), field=field)
    return value


def decode_uuid(kind: str, opaque: str, *, field: str | None = None) -> UUID:
    """Return the UUID inside an opaque id; raises `NotFound`."""
    try:
        return UUID(decode(kind, opaque, field=field))
    except ValueError:
        raise NotFound(_words(kind), field=field) from None


def decode_area(opaque: str, *, field: str = "areaId") -> int:
    """Return the area's number inside an opaque id; raises `NotFound`."""
    value = decode("Area", opaque, field=field)
    if not value.isdecimal() or len(value) > 9:
        raise NotFound("area", field=field)
    return int(value)


def _words(kind: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind).strip()
