"""A file's rows on their way into the register: counted, each organisation once, other work let in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from itertools import count
from typing import TypeVar

from tenants.organisations.imports.keyed import Keyed
from tenants.organisations.imports.tally import Tally
from tenants.organisations.rules import KnownRows, RegisterEntry, RejectedRow

Row = TypeVar("Row")
# Rows between two chances for other work of this process.
BREATH = 1000


async def counted(rows: Iterable[Row], *, tally: Tally) -> AsyncIterator[Row]:
    """Yield the rows, counting them, and let other work of this process have its turn now and then."""
    for row in rows:
        tally.read += 1
        if tally.read % BREATH == 0:
            await asyncio.sleep(0)
        yield row


async def first_of_each(
    rows: Iterable[RegisterEntry | KnownRows], *, by: Keyed, tally: Tally
) -> AsyncIterator[RegisterEntry]:
    """Yield the entries that were read; reject those whose number an earlier line has, read or recognised."""
    lines: dict[int | None, int] = {}
    for row in rows:
        if isinstance(row, KnownRows):
            _recognise(row, lines, by=by, tally=tally)
            await asyncio.sleep(0)
            continue
        if _is_first(by.of(row), row.line, lines, by=by, tally=tally):
            tally.read += 1
            if tally.read % BREATH == 0:
                await asyncio.sleep(0)
            yield row


def _recognise(rows: KnownRows, lines: dict[int | None, int], *, by: Keyed, tally: Tally) -> None:
    arrived: dict[int | None, int] = dict(zip(rows.numbers, count(rows.line)))
    if len(arrived) == len(rows.numbers) and lines.keys().isdisjoint(arrived):
        lines.update(arrived)
        firsts = len(arrived)
    else:
        firsts = sum(
            _is_first(number, line, lines, by=by, tally=tally) for line, number in enumerate(rows.numbers, rows.line)
        )
    tally.read += firsts
    tally.recognised += firsts


def _is_first(number: int | None, line: int, lines: dict[int | None, int], *, by: Keyed, tally: Tally) -> bool:
    if number in lines:
        reason = f"{by.label} {number} is already on line {lines[number]}."
        tally.rejected.append(RejectedRow(line, reason, str(number)))
        return False
    lines[number] = line
    return True
