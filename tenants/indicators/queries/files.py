"""Reading the files that were sent: what was wrong with each, and what became of it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

from infra.database import sql
from tenants.indicators.queries.rows import FileProblem, FileRow, FileSummary
from tenants.indicators.rules.catalogue import BY_CODE
from tenants.indicators.rules.cells import Incoming
from tenants.indicators.rules.periods import label, last_day
from tenants.indicators.rules.staging import from_staged

_FILE = """
select id, file_name, sha256, bytes, supplied_name, supplied_post, supplied_body, uploaded_name, uploaded_at, state,
    good, withheld, problems, written, decided_at, decided_name, version
"""
_FILES = f"""{_FILE}, null as staged from indicator_import where area_id = $1 and ($2::uuid is null or id < $2)
order by id desc limit $3"""
_ONE = f"{_FILE}, staged from indicator_import where area_id = $1 and id = $2"


async def files(*, area_id: int, before: UUID | None = None, limit: int = 51) -> list[FileRow]:
    """Return the files that were sent, the latest first; `before` continues after the last one of the page before."""
    return [_file(row, {}) for row in await sql.fetch(_FILES, area_id, before, limit)]


async def file(*, area_id: int, import_id: UUID) -> FileRow | None:
    """Return one file with what it holds by indicator while it waits, or None."""
    row = await sql.fetch_one(_ONE, area_id, import_id)
    if row is None:
        return None
    titles = await sql.fetch(
        "select distinct on (code) code, title from indicator_definition where area_id = $1 "
        "order by code, defined_at desc, id desc",
        area_id,
    )
    return _file(row, {each["code"]: each["title"] for each in titles})


def _file(row: Any, titles: dict[str, str]) -> FileRow:
    values = {name: row[name] for name in set(row.keys()) - {"staged"}}
    values["problems"] = [FileProblem(**each) for each in json.loads(row["problems"])]
    values["written"] = json.loads(row["written"] or "{}")
    staged = [from_staged(each) for each in json.loads(row["staged"] or "[]")]
    return FileRow(**values, summary=_summary(staged, titles))


def _summary(staged: list[Incoming], titles: dict[str, str]) -> list[FileSummary]:
    grouped: dict[str, list[Incoming]] = defaultdict(list)
    for each in staged:
        grouped[each.code].append(each)
    return [_of_one(titles.get(code) or BY_CODE[code].title, mine) for code, mine in sorted(grouped.items())]


def _of_one(title: str, mine: list[Incoming]) -> FileSummary:
    first = min((each.cell for each in mine), key=lambda cell: cell.starts_on)
    last = max((each.cell for each in mine), key=lambda cell: last_day(cell.period, cell.starts_on))
    return FileSummary(
        code=mine[0].code,
        title=title,
        figures=len(mine),
        withheld=sum(each.small for each in mine),
        first=first.starts_on,
        last=last.starts_on,
        first_label=label(first.period, first.starts_on),
        last_label=label(last.period, last.starts_on),
    )
