"""A file's physical lines, each with the digest by which an import knows it again without reading it.

The lines of the record at hand are kept so that they can be read again: a quotation mark that is never closed swallows
the rows after it, and reading those lines again costs the one bad row only.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Mapping
from hashlib import sha256
from typing import BinaryIO

CHUNK = 1 << 18

Known = Mapping[bytes, int]


class Lines:
    """Text lines for the csv module to take one by one, and runs of known lines to be taken whole.

    `known` has the digests of lines that are a record in themselves, with the number that each record has. A line is
    known only where a record begins: inside a text that goes over several lines it may say anything.
    """

    def __init__(self, file: BinaryIO, *, encoding: str, known: Known) -> None:
        if encoding == "utf-8-sig" and file.read(len(BOM_UTF8)) != BOM_UTF8:
            file.seek(0)
        self._file, self._encoding, self._known = file, encoding.removesuffix("-sig"), known
        self._tail = b""
        self._lines: list[bytes] = []
        self._digests: list[bytes] = []
        self._numbers: list[int | None] = []
        self._start = self._at = 0  # where the record at hand starts, and the line after those taken
        self._met_the_end = False
        self.row_starts_at = 1

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if self._at == len(self._lines) and not self._read_more():
            self._met_the_end = True
            raise StopIteration
        line = self._lines[self._at]
        self._at += 1
        return line.decode("ascii") if line.isascii() else line.decode(self._encoding, "surrogateescape")

    @property
    def taken(self) -> int:
        """Return how many lines the record at hand has so far."""
        return self._at - self._start

    def digest(self) -> bytes | None:
        """Return the digest of the record at hand if it is one line that ends by itself, not with the file."""
        return self._digests[self._start] if self.taken == 1 and not self._met_the_end else None

    def take_known(self) -> list[int]:
        """Take the known lines from here to the first that is not, or to where the reading is; return their numbers."""
        if not self._known or (self._at == len(self._lines) and not self._read_more()):
            return []
        try:
            stop = self._numbers.index(None, self._at)
        except ValueError:
            stop = len(self._numbers)
        run = self._numbers[self._at : stop]
        self._at = stop
        return run  # type: ignore[return-value]  # none of them is None

    def start_row(self) -> None:
        """Begin the next record after the lines taken."""
        self._begin(self._at)

    def reread_after_first(self) -> None:
        """Begin the next record at the second of the lines taken."""
        self._begin(self._start + 1)

    def hold_a_blank_row(self) -> bool:
        """Return whether the record at hand is an empty line."""
        return self.taken == 1 and not self._lines[self._start].strip()

    def _begin(self, at: int) -> None:
        self.row_starts_at += at - self._start
        self._start = self._at = at
        self._met_the_end = False

    def _read_more(self) -> bool:
        fresh = self._whole_lines()
        digests = [sha256(line).digest() for line in fresh]
        self._lines = self._lines[self._start :] + fresh
        self._digests = self._digests[self._start :] + digests
        self._numbers = self._numbers[self._start :] + list(map(self._known.get, digests))
        self._at -= self._start
        self._start = 0
        return bool(fresh)

    def _whole_lines(self) -> list[bytes]:
        """Return the next lines, to the last that surely ends in what was read; none at the end of the file."""
        pieces = [self._tail]
        while chunk := self._file.read(CHUNK):
            cut = max(chunk.rfind(b"\n"), chunk.rfind(b"\r", 0, -1)) + 1
            if cut:
                self._tail = chunk[cut:]
                return b"".join((*pieces, chunk[:cut])).splitlines(keepends=True)
            pieces.append(chunk)
        self._tail = b""
        return b"".join(pieces).splitlines(keepends=True)
