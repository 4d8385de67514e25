"""Keyset connections: a page begins after the last row of the page before, so it costs the same however deep."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import strawberry

from tenants.tenancy.errors import Invalid

MAX_PAGE = 200

T = TypeVar("T")
R = TypeVar("R")


@strawberry.type
class PageInfo:
    """Whether there is more, and where it begins."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Connection(Generic[T]):
    """One page of a list."""

    nodes: list[T]
    page_info: PageInfo


def page_size(first: int) -> int:
    """Return `first` when it is between 1 and 200; raises `Invalid` otherwise."""
    if not 1 <= first <= MAX_PAGE:
        raise Invalid(f"Ask for between 1 and {MAX_PAGE} at a time.", field="first")
    return first


def cursor(*key: Any) -> str:
    """Return the opaque cursor of a row by its sort key: the letters as they are, as PostgreSQL writes JSON."""
    text = json.dumps(key, default=str, ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def after_key(after: str | None, *, parts: int) -> list[Any] | None:
    """Return the sort key inside a cursor, or None without one; raises `Invalid` for a cursor that is not ours."""
    if after is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (binascii.Error, ValueError, UnicodeDecodeError, RecursionError):
        key = None
    if not isinstance(key, list) or len(key) != parts:
        raise _stale()
    return key


def after_uuid(after: str | None) -> UUID | None:
    """Return the id inside the cursor of a list that is sorted by id alone; raises `Invalid`."""
    key = after_key(after, parts=1)
    return None if key is None else uuid(key[0])


def after_name(after: str | None) -> tuple[str, UUID] | None:
    """Return the (name, id) inside the cursor of a list that is sorted by name; raises `Invalid`."""
    key = after_key(after, parts=2)
    return None if key is None else (str(key[0]), uuid(key[1]))


def after_numbered(after: str | None) -> tuple[str, int] | None:
    """Return the (name, number) inside the cursor of a list of areas; raises `Invalid`."""
    key = after_key(after, parts=2)
    return None if key is None else (str(key[0]), whole(key[1]))


def after_moment(after: str | None) -> tuple[datetime, UUID] | None:
    """Return the (instant, id) inside the cursor of a list that is sorted by time; raises `Invalid`."""
    key = after_key(after, parts=2)
    if key is None:
        return None
    try:
        return datetime.fromisoformat(str(key[0])), uuid(key[1])
    except ValueError:
        raise _stale() from None


def whole(value: Any) -> int:
    """Return the number inside a cursor; raises `Invalid`."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31:
        return value
    raise _stale()


def uuid(value: Any) -> UUID:
    """Return the id inside a cursor; raises `Invalid`."""
    try:
        return UUID(str(value))
    except ValueError:
        raise _stale() from None


def _stale() -> Invalid:
    return Invalid("That page link is not valid any more. Start again from the first page.", field="after")


def page(rows: Sequence[R], *, first: int, node: Callable[[R], T], key: Callable[[R], str]) -> Connection[T]:
    """Return a connection from `first + 1` rows read: the extra one tells that there is more."""
    shown = rows[:first]
    return Connection(
        nodes=[node(row) for row in shown],
        page_info=PageInfo(has_next_page=len(rows) > first, end_cursor=key(shown[-1]) if shown else None),
    )
