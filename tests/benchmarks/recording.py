"""The statements of one request, with their values, in order: what the bare handler then runs by itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import asyncpg

from infra.database import ENGINE
from tenants.tenancy.actor import Actor
from tenants.tenancy.context import ContextKey


@dataclass(frozen=True, kw_only=True)
class Step:
    """One statement on one login. `actor` stands for a signed context, which is good for one connection only.

    `connection` tells apart transactions that are open at the same time.
    """

    login: str
    connection: int
    query: str
    args: tuple[Any, ...] = ()
    actor: Actor | None = None
    readonly: bool = False


@contextlib.contextmanager
def recorded() -> Iterator[list[Step]]:
    """Note every statement that this process sends in the block, on whichever open connection."""
    steps: list[Step] = []
    signed: list[tuple[Actor, bool]] = []
    sign = ContextKey.sign

    def noted(key: ContextKey, actor: Actor, *, backend: int, readonly: bool = False) -> str:
        signed.append((actor, readonly))
        return sign(key, actor, backend=backend, readonly=readonly)

    def listen(login: str, connection: int) -> Any:
        def note(logged: Any) -> None:
            if "set_config('concordat.context'" in logged.query:
                actor, readonly = signed.pop(0)
                steps.append(
                    Step(login=login, connection=connection, query=logged.query, actor=actor, readonly=readonly)
                )
            elif (
                "pg_advisory_unlock_all" not in logged.query
            ):  # the pool's own reset: the bare handler's pool does it too
                steps.append(
                    Step(login=login, connection=connection, query=logged.query, args=tuple(logged.args or ()))
                )

        return note

    ContextKey.sign = noted  # type: ignore[assignment,method-assign]
    listening = [(connection, listen(login, id(connection))) for login, connection in _connections()]
    for connection, note in listening:
        connection.add_query_logger(note)
    try:
        yield steps
    finally:
        ContextKey.sign = sign  # type: ignore[method-assign]
        for connection, note in listening:
            connection.remove_query_logger(note)


def _connections() -> Iterator[tuple[str, asyncpg.Connection]]:
    for login, pool in ENGINE.pools.items():
        for holder in pool._holders:
            if holder._con is not None:
                yield login, holder._con
