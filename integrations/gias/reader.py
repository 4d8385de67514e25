"""Reads one extract as rows of text: constant memory, columns by name, a bad row rejected alone.

Lines that an earlier import has taken as they stand are recognised, not read: `KnownRows`.
"""

import csv
from collections.abc import Callable, Iterator
from operator import itemgetter
from types import MappingProxyType

from integrations.gias import errors
from integrations.gias.formats import FileFormat, positions
from integrations.gias.lines import Known, Lines
from integrations.gias.opening import Opened
from tenants.organisations.rules import KnownRows, RejectedRow

Fields = tuple[str, ...]
# The line of the file it starts on, its digest if it is a line in itself, and the wanted columns.
Row = tuple[int, bytes | None, Fields]
OnReject = Callable[[RejectedRow], None]
Pick = Callable[[list[str]], Fields]
NOTHING: Known = MappingProxyType({})


def read_fields(
    opened: Opened, wanted: FileFormat, *, on_reject: OnReject, known: Known = NOTHING
) -> Iterator[KnownRows | Row]:
    """Yields known rows by their numbers, and others as text; tells `on_reject` of every row that it cannot take.

    `known` has digests of lines in a file of this form (`heading.form_of`), each with the number its row has. Bytes
    that Windows-1252 does not define arrive as lone surrogates, so that the row, not the file, is refused.

    Raises:
        WrongFile: before the first row, when the heading is not this file's.
    """
    with opened.path.open("rb") as file:
        lines = Lines(file, encoding=opened.encoding, known=known)
        rows = csv.reader(lines)
        heading = _heading(lines, rows)
        pick, width = itemgetter(*positions(heading, wanted)), len(heading)
        yield from _sound_rows(lines, rows, pick, width, on_reject)


def read_heading(opened: Opened) -> list[str]:
    """Return the headings of the columns. Raises `WrongFile` when there is none."""
    with opened.path.open("rb") as file:
        lines = Lines(file, encoding=opened.encoding, known=NOTHING)
        return _heading(lines, csv.reader(lines))


def _heading(lines: Lines, rows: Iterator[list[str]]) -> list[str]:
    heading = next(rows, None)
    if not heading:
        raise errors.nothing_in_it()
    heading[0] = heading[0].removeprefix("\ufeff")
    lines.start_row()
    return heading


def _sound_rows(
    lines: Lines, rows: Iterator[list[str]], pick: Pick, width: int, on_reject: OnReject
) -> Iterator[KnownRows | Row]:
    seen_any = False
    while True:
        if run := lines.take_known():
            yield KnownRows(line=lines.row_starts_at, numbers=run)
            lines.start_row()
            seen_any = True
            continue
        try:
            row = next(rows, None)
        except csv.Error:
            row = []  # longer than any row can be: its lines are read again one by one
        if row is None:
            break
        line = lines.row_starts_at
        if len(row) == width:
            digest = lines.digest()
            lines.start_row()
            yield line, digest, pick(row)
        elif lines.hold_a_blank_row():
            lines.start_row()
            continue
        else:
            on_reject(_wrong_width(line, row, width, lines.taken))
            lines.reread_after_first()
        seen_any = True
    if not seen_any:
        raise errors.only_a_heading()


def rejected_row(line: int, reason: str, reference: str) -> RejectedRow:
    """Return a rejection that can be stored and shown, whatever bytes the row holds."""
    return RejectedRow(line=line, reason=_showable(reason), reference=_showable(reference[:20]))


def _showable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _wrong_width(line: int, row: list[str], width: int, lines: int) -> RejectedRow:
    reason = f"It has {len(row)} column{'' if len(row) == 1 else 's'} where the heading has {width}."
    if lines > 1 or not row:
        reason = "A quotation mark in this row is never closed."
    return rejected_row(line, reason, row[0] if row else "")
