"""A data set as one file: the second way to its figures, where the query interface refuses the question.

`GET /data-sets/{id}/csv` answers with the whole of a version in words, sometimes packed with gzip though nobody asked
for that. What is read of it is bounded: bytes sent, bytes unpacked, rows read, rows kept.
"""

from __future__ import annotations

import asyncio
import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urlencode

from integrations.agency import Agency
from integrations.education_statistics.mapping import Unusable, chosen_filters, column_of
from integrations.errors import AgencyBroken, AgencyRefused

MOST_SENT: Final = 20_000_000  #: bytes
MOST_UNPACKED: Final = 200_000_000  #: bytes
MOST_READ: Final = 1_000_000  #: rows
MOST_KEPT: Final = 20_000  #: rows: 160 places by 25 years by a few filters
SECONDS: Final = 120.0
_LEVELS: Final = {"National": "NAT", "Local authority": "LA"}
_PERIODS: Final = {"Academic year": "AY", "Calendar year": "CY", "Financial year": "FY", "Reporting year": "RY"}
_NEEDED: Final = ("time_period", "time_identifier", "geographic_level", "old_la_code")
_GZIP: Final = b"\x1f\x8b"


async def rows(agency: Agency, options: Mapping[str, Any], *, meta: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the figures of the country and of authorities, in the form in which a query answers, a place being
    `england` or an authority's three digits. Raises `AgencyRefused`, `AgencyBroken` and what `Agency.download` raises.
    """
    asked = urlencode({"dataSetVersion": str(options["data_set_version"])})
    with TemporaryDirectory() as folder:
        file = Path(folder) / "data"
        answer = await agency.download(
            f"data-sets/{options['data_set_id']}/csv?{asked}", into=file, max_bytes=MOST_SENT, total_seconds=SECONDS
        )
        if answer.status != 200:
            raise AgencyRefused(f"The data set cannot be downloaded either ({answer.status}).", status=answer.status)
        return await asyncio.to_thread(_read, file, options, meta)


def _read(file: Path, options: Mapping[str, Any], meta: Mapping[str, Any]) -> list[dict[str, Any]]:
    try:
        return list(_figures(file, options, meta))
    except Unusable as error:
        raise _broken(file, str(error)) from None
    except (OSError, EOFError, zlib.error, UnicodeError, csv.Error) as error:
        raise _broken(file, f"The file cannot be read ({type(error).__name__}).") from error


def _broken(file: Path, words: str) -> AgencyBroken:
    with file.open("rb") as content:
        return AgencyBroken(words, sha256=hashlib.file_digest(content, "sha256").hexdigest(), size=file.stat().st_size)


def _figures(file: Path, options: Mapping[str, Any], meta: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    column, filters = column_of(meta, options), chosen_filters(meta, options)
    kept = 0
    for row in _table(file, needed=(*_NEEDED, column, *filters)):
        level = _LEVELS.get(row["geographic_level"])
        if level is None or any(row[name] != label for name, label in filters.items()):
            continue
        kept += 1
        if kept > MOST_KEPT:
            raise Unusable(f"The file has more than {MOST_KEPT:,} figures: choose the filters.")
        yield {
            "timePeriod": {"code": _PERIODS.get(row["time_identifier"]), "period": _period(row["time_period"])},
            "geographicLevel": level,
            "locations": {level: "england" if level == "NAT" else row["old_la_code"]},
            "values": {options["indicator_id"]: row[column]},
        }


def _table(file: Path, *, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with _unpacked(file) as content:
        lines = csv.DictReader(io.TextIOWrapper(content, "utf-8-sig", newline=""), strict=True)
        if missing := [name for name in needed if name not in (lines.fieldnames or ())]:
            raise Unusable(f"The file has no column {missing[0]}.")
        for number, row in enumerate(lines, start=1):
            if number > MOST_READ:
                raise Unusable(f"The file has more than {MOST_READ:,} rows.")
            yield {name: row[name] or "" for name in needed}


def _unpacked(file: Path) -> io.BufferedReader:
    with file.open("rb") as content:
        packed = content.read(2) == _GZIP
    return io.BufferedReader(_Bounded(gzip.open(file, "rb") if packed else file.open("rb")))


class _Bounded(io.RawIOBase):
    """Reads no more than `MOST_UNPACKED` bytes, whatever a packed file would grow to."""

    def __init__(self, content: Any) -> None:
        self._content, self._left = content, MOST_UNPACKED

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._content.read(len(buffer))
        self._left -= len(piece)
        if self._left < 0:
            raise Unusable("The file is larger than we take.")
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._content.close()
        super().close()


def _period(text: str) -> str:
    """`202425` of a year over two → `2024/25`; other years as they are."""
    return f"{text[:4]}/{text[4:]}" if len(text) == 6 and text.isdecimal() else text
