"""What every system that Concordat syncs with has to say: one `Connector` in its `sync.py`.

The engine calls `start` once, then `fetch` (network, no transaction open) and `apply` (one transaction, together with
the cursor) for each page until `next` is None, then `finish`. A run that dies goes on at the page it was on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from integrations.agency import Agency
from integrations.oauth.requests import TokenRequest
from tenants.connections.rules.counting import Counts as Counts
from tenants.tenancy.actor import Actor

T = TypeVar("T")

#: where the next page begins, as JSON
Cursor = dict[str, Any]
#: a credential's kind → the credential, opened for this call only
Secrets = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Link:
    """What a connector is told about the connection it serves. `watermark` is what the last good run ended with."""

    connection_id: UUID
    run_id: UUID
    area_id: int | None
    system: str
    base_url: str
    auth_mode: str
    options: Mapping[str, Any]
    watermark: str | None = None
    may_change: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """Something that cannot be taken, by the agency's reference; the reason is in words and names no person."""

    reference: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """One page of what an agency has. `next` is None after the last; `watermark` is where the next run may begin."""

    items: Sequence[T]
    next: Cursor | None
    watermark: str | None = None
    rejected: Sequence[Rejected] = ()
    total: int | None = None


class Apply(Protocol[T]):
    """Writes what a page says, inside the transaction that also keeps the cursor."""

    async def __call__(self, *, by: Actor, link: Link, page: Page[T]) -> Counts: ...


class Finish(Protocol):
    """Runs once after the last page, in a transaction: for instance for who is no longer listed."""

    async def __call__(self, *, by: Actor, link: Link) -> Counts: ...


def _no_options(options: Mapping[str, Any]) -> list[str]:
    return [f"There is no option named {name}." for name in sorted(options)]


def no_proof(link: Link, secrets: Secrets) -> Mapping[str, str]:  # noqa: ARG001
    """Return no headers, for an agency whose data is open to anyone."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Connector(Generic[T]):
    """One outside system: how to get in, how to read a page, what to do with it.

    `authorise` is called anew for every attempt, so that an assertion is never used twice; it returns a token request,
    or the headers themselves where the agency takes a key. `check_options` returns sentences, none when all is well.
    `probe` answers "Test connection" with one sentence. `powers` are extra powers of the worker's transaction.
    `together` is how many pages that came meanwhile `apply` may be given as one: their items in order.
    """

    system: str
    label: str
    national: bool
    auth_modes: tuple[str, ...]
    authorise: Callable[[Link, Secrets], TokenRequest | Mapping[str, str]]
    start: Callable[[Link], Cursor]
    fetch: Callable[[Link, Agency, Cursor], Awaitable[Page[T]]]
    apply: Apply[T]
    probe: Callable[[Link, Agency], Awaitable[str]]
    finish: Finish | None = None
    together: int = 1
    check_options: Callable[[Mapping[str, Any]], list[str]] = field(default=_no_options)
    powers: frozenset[str] = frozenset()
