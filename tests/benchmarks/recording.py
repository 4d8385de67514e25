"""The statements of one request, with their values, in order: what the bare handler then runs by itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from infra.database import ENGINE
from infra.database.readers import Context, Readers
from tenants.tenancy.actor import Actor
from tenants.tenancy.context import ContextKey

SIGNED = "<signed context>"  #: stands in a statement or its values where a context was, good for one connection only


@dataclass(frozen=True, kw_only=True)
class Step:
    """One statement on one login. `actor` is whose signed context stands at `SIGNED`, in the text or the values.

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
    signed: dict[str, tuple[Actor, bool]] = {}
    sign, value = ContextKey.sign, Readers.value

    def noted(key: ContextKey, actor: Actor, *, backend: int, readonly: bool = False) -> str:
        text = sign(key, actor, backend=backend, readonly=readonly)
        signed[text] = (actor, readonly)
        return text

    def listen(login: str, connection: int) -> Any:
        def note(logged: Any) -> None:
            if not logged.query.startswith("SELECT pg_advisory_unlock_all"):  # a reset in a round trip of its own
                steps.append(_step(login, connection, logged.query, tuple(logged.args or ()), signed))

        return note

    async def read(readers: Readers, query: str, args: Sequence[Any], context: Context | None) -> Any:
        sent = tuple(args) if context is None else (*args, context(0))
        steps.append(_step(_login_of(readers), id(readers), query, sent, signed))
        return await value(readers, query, args, context)

    ContextKey.sign, Readers.value = noted, read  # type: ignore[assignment,method-assign]
    listening = [(connection, listen(login, id(connection))) for login, connection in _connections()]
    for connection, note in listening:
        connection.add_query_logger(note)
    try:
        yield steps
    finally:
        ContextKey.sign, Readers.value = sign, value  # type: ignore[method-assign]
        for connection, note in listening:
            connection.remove_query_logger(note)


def _step(
    login: str, connection: int, query: str, args: tuple[Any, ...], signed: Mapping[str, tuple[Actor, bool]]
) -> Step:
    used = [text for text in signed if text in query or text in args]
    if not used:
        return Step(login=login, connection=connection, query=query, args=args)
    actor, readonly = signed[used[0]]
    query = query.replace(used[0], SIGNED)
    args = tuple(SIGNED if each == used[0] else each for each in args)
    return Step(login=login, connection=connection, query=query, args=args, actor=actor, readonly=readonly)


def _login_of(readers: Readers) -> str:
    return next(login for login, each in ENGINE.readers.items() if each is readers)


def _connections() -> Iterator[tuple[str, asyncpg.Connection]]:
    for login, pool in ENGINE.pools.items():
        for holder in pool._holders:
            if holder._con is not None:
                yield login, holder._con
