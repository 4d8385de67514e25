"""Merging a file's rows into the register, inside the caller's one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from infra.database import sql
from tenants.organisations.imports import errors, statements
from tenants.organisations.imports.placing import SET_BASED
from tenants.organisations.rules import (
    Kind,
    RegisterEntry,
    RejectedRow,
    closes_too_many,
    rejects_too_many,
)

Row = TypeVar("Row")
# Rows between two chances for other work of this process.
BREATH = 1000


@dataclass(kw_only=True, slots=True)
class Tally:
    """What an import has come to so far; `rejected` is filled by the reader and by the merge."""

    read: int = 0
    created: int = 0
    changed: int = 0
    closed: int = 0
    reopened: int = 0
    unchanged: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Return how many rows of the file have been looked at."""
        return self.read + len(self.rejected)


@dataclass(frozen=True, kw_only=True, slots=True)
class Keyed:
    """How entries of one kind are told apart: by URN or by UID."""

    kind: Kind
    key: str
    label: str
    of: Callable[[RegisterEntry], int | None]

    def sql(self, statement: str) -> str:
        """Return a statement about this kind's key."""
        return statement.replace("KEY", self.key)


ESTABLISHMENTS = Keyed(kind=Kind.ESTABLISHMENT, key="urn", label="URN", of=lambda entry: entry.urn)
TRUSTS = Keyed(kind=Kind.TRUST, key="uid", label="Group UID", of=lambda entry: entry.uid)


async def merge_entries(
    entries: Iterable[RegisterEntry], *, by: Keyed, tally: Tally, run_id: UUID, on: date, allow_mass_closure: bool
) -> None:
    """Bring establishments or trusts up to date with a file and count what that meant.

    Raises `ImportStopped` when too many rows are bad, or too much would close and that was not allowed.
    """
    await sql.execute(SET_BASED)
    await sql.execute(statements.INCOMING)
    rows = _first_of_each(entries, by=by, tally=tally)
    await sql.copy_into("incoming_entry", columns=RegisterEntry._fields, rows=rows)
    if rejects_too_many(rejected=len(tally.rejected), read=tally.rows):
        raise errors.mass_rejection(rejected=len(tally.rejected), read=tally.rows)
    await _count(by=by, tally=tally, allow_mass_closure=allow_mass_closure)
    if tally.created or tally.changed:
        await _apply(by=by, run_id=run_id, on=on)


async def _count(*, by: Keyed, tally: Tally, allow_mass_closure: bool) -> None:
    tag = await sql.execute(by.sql(statements.TAKE_OUT_UNCHANGED))
    counts = await sql.fetch_one(by.sql(statements.COUNT), by.kind)
    assert counts is not None
    tally.unchanged = int(tag.rsplit(" ", 1)[1])
    tally.created, tally.changed = counts["created"], counts["changed"]
    tally.closed, tally.reopened = counts["closed"], counts["reopened"]
    if closes_too_many(closing=tally.closed, open_before=counts["open_before"]) and not allow_mass_closure:
        raise errors.mass_closure(closing=tally.closed, open_before=counts["open_before"])


async def _apply(*, by: Keyed, run_id: UUID, on: date) -> None:
    await sql.execute(statements.NAME_TRUSTS, run_id)
    await sql.execute(by.sql(statements.REMEMBER), run_id, on)
    await sql.execute(statements.KEEP_FORMER_TRUSTS, run_id, on)
    await sql.execute(by.sql(statements.CHANGE), run_id, on)
    await sql.execute(by.sql(statements.CREATE), run_id, by.kind)


async def _first_of_each(entries: Iterable[RegisterEntry], *, by: Keyed, tally: Tally) -> AsyncIterator[RegisterEntry]:
    lines: dict[int | None, int] = {}
    for entry in entries:
        number = by.of(entry)
        if number in lines:
            reason = f"{by.label} {number} is already on line {lines[number]}."
            tally.rejected.append(RejectedRow(entry.line, reason, str(number)))
            continue
        lines[number] = entry.line
        tally.read += 1
        if tally.read % BREATH == 0:
            await asyncio.sleep(0)
        yield entry


async def counted(rows: Iterable[Row], *, tally: Tally) -> AsyncIterator[Row]:
    """Yield the rows, counting them, and let other work of this process have its turn now and then."""
    for row in rows:
        tally.read += 1
        if tally.read % BREATH == 0:
            await asyncio.sleep(0)
        yield row
