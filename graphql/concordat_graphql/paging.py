"""Keyset connections: a page begins after the last row of the page before, so it costs the same however deep."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

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
    """Return the opaque cursor of a row by its sort key."""
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode().rstrip("=")


def after_key(after: str | None, *, parts: int) -> list[Any] | None:
    """Return the sort key inside a cursor, or None without one; raises `Invalid` for a cursor that is not ours."""
    if after is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (binascii.Error, ValueError, UnicodeDecodeError):
        key = None
    if not isinstance(key, list) or len(key) != parts:
        raise Invalid("That page link is not valid any more. Start again from the first page.", field="after")
    return key


def page(rows: Sequence[R], *, first: int, node: Callable[[R], T], key: Callable[[R], str]) -> Connection[T]:
    """Return a connection from `first + 1` rows read: the extra one tells that there is more."""
    shown = rows[:first]
    return Connection(
        nodes=[node(row) for row in shown],
        page_info=PageInfo(has_next_page=len(rows) > first, end_cursor=key(shown[-1]) if shown else None),
    )
