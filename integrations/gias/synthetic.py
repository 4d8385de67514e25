"""Writes invented extracts in the register's exact form, for tests, the demonstration and the benchmark.

Windows-1252, CRLF, quoted headings and texts, unquoted numbers, dd-mm-yyyy; the records are `invented`.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from integrations.gias import formats, invented
from integrations.gias.synthetic_columns import COLUMNS, GROUP_COLUMNS, GROUP_LINK_COLUMNS


@dataclass(frozen=True, slots=True)
class Extracts:
    """Where the four files were written."""

    establishments: Path
    links: Path
    groups: Path
    group_links: Path


def write_extracts(
    folder: Path,
    *,
    rows: int,
    trusts: int = 20,
    authorities: invented.Authorities = invented.AUTHORITIES,
) -> Extracts:
    """Writes all four extracts of one invented nation; the same arguments give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Extracts(
        establishments=folder / "edubasealldata20260401.csv",
        links=folder / "links_edubasealldata20260401.csv",
        groups=folder / "allgroupsdata.csv",
        group_links=folder / "alllinksdata.csv",
    )
    schools = invented.establishments(rows, trusts=trusts, authorities=authorities)
    write(made.establishments, COLUMNS, schools)
    write(made.links, formats.LINKS.columns, invented.links(rows))
    write(made.groups, GROUP_COLUMNS, invented.groups(trusts))
    write(made.group_links, GROUP_LINK_COLUMNS, invented.group_links(rows, trusts=trusts))
    return made


def write(path: Path, columns: Iterable[str], records: Iterable[Mapping[str, str | int]]) -> None:
    """Writes records under the headings, as the register writes them; a column a record lacks is empty."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(
            file,
            list(columns),
            restval="",
            extrasaction="ignore",
            quoting=csv.QUOTE_NONNUMERIC,
            lineterminator="\r\n",
        )
        writer.writeheader()
        writer.writerows(records)
