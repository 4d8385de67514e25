"""Where the register publishes its extracts. Today's may not be written yet; then the newest day before it counts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from integrations.agency import Agency
from integrations.errors import AgencyRefused
from tenants.organisations.imports.service import FileKind

#: the beginning of each file's name, in the order in which the files refer to one another
FILES = {
    FileKind.GROUPS: "allgroupsdata",
    FileKind.ESTABLISHMENTS: "edubasealldata",
    FileKind.LINKS: "links_edubasealldata",
    FileKind.GROUP_LINKS: "alllinksdata",
}
DAYS_BACK = 7
MOST_BYTES = 400_000_000
_SECONDS = 300.0
_NOT_THERE = 404


async def newest(agency: Agency, *, kind: FileKind, day: date, folder: Path) -> Path | None:
    """Write the newest file of the week up to `day` into the folder and return it, or None when there is none.

    Raises what the agency's door raises, and `AgencyRefused` for an answer that is neither a file nor "not there".
    """
    for back in range(DAYS_BACK):
        path = folder / f"{FILES[kind]}{day - timedelta(days=back):%Y%m%d}.csv"
        answer = await agency.download(path.name, into=path, max_bytes=MOST_BYTES, total_seconds=_SECONDS)
        if answer.status == 200:
            return path
        if answer.status != _NOT_THERE:
            raise AgencyRefused(f"The register answered {answer.status} instead of a file.", status=answer.status)
    return None
