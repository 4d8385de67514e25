"""The scopes of a run: the worker's login, the connection's area or none, and no power that the connector lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from infra.database.scope import Scope
from tenants.tenancy.actor import Actor
from tenants.tenancy.scope import tenant_scope, worker_actor

AGENCIES = frozenset({"agencies"})


@dataclass(frozen=True, kw_only=True)
class Scopes:
    """Opens transactions of one run. `by` is who the audit trail names."""

    by: Actor
    open: Callable[[], Scope]


def scopes_of(*, area_id: int | None, powers: frozenset[str] = frozenset()) -> Scopes:
    """Return the scopes for a connection of this area (None: a national one)."""
    by = worker_actor("agencies", areas=[] if area_id is None else [area_id], powers=AGENCIES | powers)
    return Scopes(by=by, open=lambda: tenant_scope(by))
