"""Where a run is: a page of schools, and which of its schools is being read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from infra.clock import now, today
from integrations.connector import Cursor, Link
from integrations.schools_wonde.mapping import OVERLAP

SCHOOLS, EMPLOYEES, DELETIONS = "schools", "employees", "deletions"
FULL_EVERY_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Place:
    """The next page to ask for.

    `here` is the address of a further page of what is being read, `following` that of the next page of schools. `also`
    are the people with a post whom earlier pages of this school had, `sent` all who were sent of it.
    """

    stage: str = SCHOOLS
    here: str | None = None
    following: str | None = None
    schools: tuple[str, ...] = ()
    nth: int = 0
    also: tuple[str, ...] = ()
    sent: int = 0
    since: str | None = None
    full_on: str = ""
    began: str = ""
    read: int = 0

    def cursor(self) -> Cursor:
        """Return the place as it is kept."""
        return asdict(self)

    def changed(self, **parts: Any) -> Place:
        """Return the place with some of it changed."""
        return replace(self, **parts)

    def after_school(self) -> Place | None:
        """Return where to go on when a school has been read; None after the last."""
        fresh = replace(self, here=None, also=(), sent=0)
        if self.nth + 1 < len(self.schools):
            return replace(fresh, stage=EMPLOYEES, nth=self.nth + 1)
        if self.following is not None:
            return replace(fresh, stage=SCHOOLS, here=self.following, following=None, schools=(), nth=0)
        return None


def place_of(cursor: Cursor) -> Place:
    """Return the place that was kept."""
    return Place(**{**cursor, "schools": tuple(cursor["schools"]), "also": tuple(cursor["also"])})


def start(link: Link) -> Cursor:
    """Return where a run begins: with what changed since the last one, or a full listing when that is some days ago."""
    since, _, full_on = (link.watermark or "").partition(" ")
    days = int(link.options.get("full_every_days", FULL_EVERY_DAYS))
    is_due = not full_on or date.fromisoformat(full_on) + timedelta(days=days) <= today()
    began = now().isoformat()
    if is_due:
        return Place(full_on=today().isoformat(), began=began).cursor()
    return Place(since=since, full_on=full_on, began=began).cursor()


def watermark(place: Place) -> str:
    """Return where the next run begins: an hour and a little before this one did."""
    return f"{(datetime.fromisoformat(place.began) - OVERLAP).isoformat()} {place.full_on}"
