"""The tenant scope: the only way to the database. Entry points open it; services run inside it.

async with tenant_scope(actor): ...           one transaction, as that actor, on the application's login
async with tenant_scope(actor, readonly=True) the same, and PostgreSQL refuses to write
async with national_scope(): ...              the Department's read-only login: column grants decide what it sees
async with public_scope(): ...                what anyone may see
async with system_scope("name", ...): ...     the service itself: signing in, importing, a job of one area
await read_as(actor, …), write_as(actor, …)   one round trip that is its own transaction
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from infra.database.holding import Guard, Step
from infra.database.reader import read_text
from infra.database.scope import Scope
from infra.database.writer import write_once
from tenants.tenancy.actor import Actor
from tenants.tenancy.context import current_key


def tenant_scope(
    actor: Actor, *, readonly: bool = False, login: str | None = None, guard: Guard | None = None
) -> Scope:
    """Return a scope for `actor`. Nested scopes are refused: one request, one tenant context.

    With the `guard` of an actor that was kept, entering raises `NoLongerHolds` when it does not hold.
    """
    chosen = login or ("worker" if actor.kind == "worker" else "app")
    return Scope(
        login=chosen,
        context=lambda backend: current_key().sign(actor, backend=backend, readonly=readonly),
        readonly=readonly,
        guard=guard,
    )


async def read_as(actor: Actor, body: str, *args: Any) -> str | None:
    """Return the text that an SQL expression over `$1` … is worth to `actor` at this moment, in one round trip and
    outside any scope."""
    return await read_text(
        login="app",
        body=body,
        args=args,
        context=lambda backend: current_key().sign(actor, backend=backend, readonly=True),
    )


async def write_as(
    actor: Actor,
    steps: Sequence[Step],
    body: str,
    *args: Any,
    guard: Guard | None = None,
    at_once: bool = False,
) -> str | None:
    """Do all steps of a command as `actor` and return the text that `body` is worth after them, in one round trip that
    is its own transaction; see `write_once`."""
    return await write_once(
        login="app",
        steps=steps,
        body=body,
        args=args,
        context=lambda backend: current_key().sign(actor, backend=backend),
        guard=guard,
        at_once=at_once,
    )


def national_scope() -> Scope:
    """Return a read-only scope of the national login. The caller writes the audit entry of the read."""
    return Scope(login="national", context=None, readonly=True)


def public_scope() -> Scope:
    """Return a read-only scope of the public login."""
    return Scope(login="public", context=None, readonly=True)


def system_actor(
    name: str, *, powers: Iterable[str] = (), areas: Iterable[int] = (), request_id: str | None = None
) -> Actor:
    """Return an actor for work the service does by itself, with the named powers and areas and no others."""
    return Actor(kind="system", name=name, powers=frozenset(powers), areas=frozenset(areas), request_id=request_id)


def worker_actor(name: str, *, areas: Iterable[int] = (), powers: Iterable[str] = ()) -> Actor:
    """Return an actor for a job, on the worker's login, limited to the named areas."""
    return Actor(kind="worker", name=name, areas=frozenset(areas), powers=frozenset(powers))


def system_scope(
    name: str, *, powers: Iterable[str] = (), areas: Iterable[int] = (), guard: Guard | None = None
) -> Scope:
    """Return a scope of the application's login for work the service does by itself; `guard` as for `tenant_scope`."""
    return tenant_scope(system_actor(name, powers=powers, areas=areas), guard=guard)
