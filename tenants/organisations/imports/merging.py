"""Merging a file's rows into the register, inside the caller's one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import date
from uuid import UUID

from infra.database import sql
from tenants.organisations.imports import errors, statements
from tenants.organisations.imports.arriving import first_of_each
from tenants.organisations.imports.keyed import Keyed
from tenants.organisations.imports.placing import SET_BASED
from tenants.organisations.imports.recognising import remember_lines
from tenants.organisations.imports.tally import Tally
from tenants.organisations.rules import KnownRows, RegisterEntry, closes_too_many, rejects_too_many


async def merge_entries(
    rows: Iterable[RegisterEntry | KnownRows],
    *,
    by: Keyed,
    tally: Tally,
    run_id: UUID,
    form: bytes | None,
    on: date,
    allow_mass_closure: bool,
) -> None:
    """Bring establishments or trusts up to date with a file and count what that meant.

    Raises `ImportStopped` when too many rows are bad, or too much would close and that was not allowed.
    """
    await sql.execute(SET_BASED)
    came = await _copy(first_of_each(rows, by=by, tally=tally))
    if rejects_too_many(rejected=len(tally.rejected), read=tally.rows):
        raise errors.mass_rejection(rejected=len(tally.rejected), read=tally.rows)
    tally.unchanged = tally.recognised
    if not came:
        return
    if form is not None:
        await remember_lines(by=by, form=form, run_id=run_id)
    await _count(by=by, tally=tally, allow_mass_closure=allow_mass_closure)
    if tally.created or tally.changed:
        await _apply(by=by, run_id=run_id, on=on)


async def _copy(entries: AsyncIterator[RegisterEntry]) -> bool:
    """Copy the entries into a temporary table and return whether there was any."""
    first = await anext(entries, None)
    if first is None:
        return False
    await sql.execute(statements.INCOMING)
    await sql.copy_into("incoming_entry", columns=RegisterEntry._fields, rows=_with(first, entries))
    return True


async def _with(first: RegisterEntry, others: AsyncIterator[RegisterEntry]) -> AsyncIterator[RegisterEntry]:
    yield first
    async for other in others:
        yield other


async def _count(*, by: Keyed, tally: Tally, allow_mass_closure: bool) -> None:
    tag = await sql.execute(by.sql(statements.TAKE_OUT_UNCHANGED))
    counts = await sql.fetch_one(by.sql(statements.COUNT), by.kind)
    assert counts is not None
    tally.unchanged += int(tag.rsplit(" ", 1)[1])
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
