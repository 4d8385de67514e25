"""Reads one extract as rows of text: constant memory, columns by name, a bad row rejected alone."""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import TextIO

from integrations.gias import errors
from integrations.gias.formats import FileFormat, positions
from integrations.gias.opening import Opened
from tenants.organisations.rules import RejectedRow

Fields = tuple[str, ...]
OnReject = Callable[[RejectedRow], None]
Pick = Callable[[list[str]], Fields]


def read_fields(opened: Opened, wanted: FileFormat, *, on_reject: OnReject) -> Iterator[tuple[int, Fields]]:
    """Yields (line number of the file, the wanted columns as text) and tells `on_reject` of every other row.

    Bytes that Windows-1252 does not define arrive as lone surrogates, so that the row, not the file, is
    refused.

    Raises:
        WrongFile: before the first row, when the heading is not this file's.
    """
    with opened.path.open(encoding=opened.encoding, errors="surrogateescape", newline="") as file:
        lines = _Lines(file)
        rows = csv.reader(lines)
        heading = next(rows, None)
        if not heading:
            raise errors.nothing_in_it()
        heading[0] = heading[0].removeprefix("\ufeff")
        pick, width = itemgetter(*positions(heading, wanted)), len(heading)
        lines.start_row()
        yield from _sound_rows(lines, rows, pick, width, on_reject)


def _sound_rows(
    lines: "_Lines", rows: Iterator[list[str]], pick: Pick, width: int, on_reject: OnReject
) -> Iterator[tuple[int, Fields]]:
    seen_any = False
    while True:
        try:
            row = next(rows, None)
        except csv.Error:
            row = []  # longer than any row can be: its lines are read again one by one
        if row is None:
            break
        line = lines.row_starts_at
        if len(row) == width:
            lines.start_row()
            yield line, pick(row)
        elif lines.hold_a_blank_row():
            lines.start_row()
            continue
        else:
            on_reject(_wrong_width(line, row, width, len(lines.taken)))
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
    reason = f"It has {len(row)} columns where the heading has {width}."
    if lines > 1 or not row:
        reason = "A quotation mark in this row is never closed."
    return rejected_row(line, reason, row[0] if row else "")


class _Lines:
    """The file's physical lines, with the lines of the current row kept so that they can be read again.

    A quotation mark that is never closed swallows the rows after it; reading those lines again
    costs the one bad row only.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.row_starts_at = 1

    def __iter__(self) -> Iterator[str]:
        take = self.taken.append
        while True:
            line = self._again.popleft() if self._again else self._file.readline()
            if not line:
                return
            take(line)
            yield line

    def start_row(self) -> None:
        self.row_starts_at += len(self.taken)
        self.taken.clear()

    def hold_a_blank_row(self) -> bool:
        return len(self.taken) == 1 and not self.taken[0].strip()

    def reread_after_first(self) -> None:
        self._again.extendleft(reversed(self.taken[1:]))
        self.row_starts_at += 1
        self.taken.clear()
