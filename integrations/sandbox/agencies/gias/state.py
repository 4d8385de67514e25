"""What the register has published: the four files of each day, written once and kept in a temporary folder."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from infra.clock import today
from integrations.gias.synthetic import Extracts, write_extracts

#: how the files of a day are named in the addresses
NAMES = {
    "edubasealldata": "establishments",
    "links_edubasealldata": "links",
    "allgroupsdata": "groups",
    "alllinksdata": "group_links",
}


@dataclass
class Register:
    """The published days, newest last, with how many establishments each has. Today's files come later in the day."""

    usual_rows: int
    trusts: int
    held: Path | None = None  #: somebody's own four files, each named without a day
    days: dict[date, int] = field(default_factory=dict)
    _written: dict[int, Extracts] = field(default_factory=dict)
    _folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="gias-")))

    def forget(self) -> None:
        """As at the start: yesterday's files are the newest."""
        self.days = {today() - timedelta(days=1): self.usual_rows}

    def file(self, name: str, day: date) -> Path | None:
        """Return the file of a day, None when it is not published."""
        rows = self.days.get(day)
        if rows is None or name not in NAMES:
            return None
        if self.held is not None:
            return self.held / f"{name}.csv"
        if rows not in self._written:
            self._written[rows] = write_extracts(self._folder / str(rows), rows=rows, trusts=self.trusts)
        found: Path = getattr(self._written[rows], NAMES[name])
        return found

    def close(self) -> None:
        """Remove what was written."""
        shutil.rmtree(self._folder, ignore_errors=True)
