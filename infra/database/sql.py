"""Plain SQL on the current scope's connection, with `$1` parameters; outside a scope it raises `OutsideScope`."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Sequence
from typing import Any

from asyncpg import Record

from infra.database.engine import ENGINE, OutsideScope
from infra.database.holding import Step

Rows = Iterable[Sequence[Any]] | AsyncIterable[Sequence[Any]]


async def fetch(query: str, *args: Any) -> list[Record]:
    """Return all rows."""
    rows: list[Record] = await _connection().fetch(query, *args)
    return rows


async def fetch_one(query: str, *args: Any) -> Record | None:
    """Return the first row or None."""
    row: Record | None = await _connection().fetchrow(query, *args)
    return row


async def fetch_value(query: str, *args: Any) -> Any:
    """Return the first column of the first row, or None."""
    return await _connection().fetchval(query, *args)


async def execute(query: str, *args: Any) -> str:
    """Run a statement (without arguments: several); return PostgreSQL's command tag."""
    tag: str = await _connection().execute(query, *args)
    return tag


async def call(step: Step) -> None:
    """Run one step of a command in the current transaction."""
    await _connection().execute(f"select {step.numbered()}", *step.args)


async def copy_into(table: str, *, columns: Sequence[str], rows: Rows) -> None:
    """COPY rows into a table. PostgreSQL refuses this on a table under row-level security: use a temporary one."""
    await _connection().copy_records_to_table(table, columns=list(columns), records=rows)


def _connection() -> Any:
    current = ENGINE.current_transaction.get()
    if current is None:
        raise OutsideScope
    return current.connection
