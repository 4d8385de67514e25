"""Where a run is in a server's listings: which one, how far, and how the server has to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from infra.clock import now, today
from integrations.connector import Cursor, Link
from integrations.school_people.posts import posts_of

SCHOOLS, PEOPLE = "schools", "people"
#: by which field staff can be asked for their role; servers know one of them, or none
ROLE_FIELDS = ("roles.role", "role", "roles")
TEACHERS, STAFF = "teachers", "users"
OVERLAP = timedelta(minutes=5)
FULL_EVERY_DAYS = 7
PAGE_SIZE = 200


@dataclass(frozen=True, kw_only=True)
class Place:
    """The next page to ask for.

    `since` None: a full listing. `last` is the last id that was taken and `check` the id of the very last row: the
    next page begins with it, or rows were moved meanwhile. `total` is what the first page of this listing promised.
    """

    stage: str = SCHOOLS
    by: str = ROLE_FIELDS[0]
    word: int = 0
    offset: int = 0
    last: str = ""
    check: str = ""
    is_sorted: bool = True
    asks_sorted: bool = True
    restarts: int = 0
    since: str | None = None
    full_on: str = ""
    began: str | None = None
    top: str | None = None
    total: int | None = None
    read: int = 0

    def cursor(self) -> Cursor:
        """Return the place as it is kept."""
        return dict(vars(self))

    def at_start(self, **changed: Any) -> Place:
        """Return the place at the beginning of a listing."""
        fresh = replace(self, offset=0, last="", check="", total=None, is_sorted=True, asks_sorted=True, restarts=0)
        return replace(fresh, **changed)

    def shifted(self, **changed: Any) -> Place:
        """Return the place with some of it changed."""
        return replace(self, **changed)


def place_of(cursor: Cursor) -> Place:
    """Return the place that was kept."""
    return Place(**cursor)


def start(link: Link) -> Cursor:
    """Return where a run begins: with what changed since the last one, or a full listing when that is some days ago."""
    since, _, full_on = (link.watermark or "").partition(" ")
    days = int(link.options.get("full_every_days", FULL_EVERY_DAYS))
    is_due = not full_on or date.fromisoformat(full_on) + timedelta(days=days) <= today()
    place = Place(since=None if is_due else since, full_on=today().isoformat() if is_due else full_on)
    if link.options.get("staff_only") is True:
        place = place.shifted(by=STAFF)
    return place.cursor()


def watermark(place: Place) -> str:
    """Return where the next run begins: no later than this one began, by the server's own clock, and a little before.

    What was changed while we read is read again; equal times are no matter.
    """
    began = datetime.fromisoformat(place.began) if place.began else now()
    if place.top is None:
        since = place.since or stamp(began - OVERLAP)
    else:
        since = stamp(min(datetime.fromisoformat(place.top), began) - OVERLAP)
    return f"{since} {place.full_on}"


def words(link: Link) -> tuple[str, ...]:
    """Return the server's words for the posts that are asked for."""
    return tuple(posts_of(link.options))


def params(place: Place, link: Link) -> Mapping[str, str]:
    """Return the question for the page at a place."""
    limit = int(link.options.get("page_size", PAGE_SIZE))
    asked = {"limit": str(limit), "offset": str(place.offset - 1 if place.check else place.offset)}
    clauses = [f"dateLastModified>='{place.since}'"] if place.since else []
    if place.stage == PEOPLE and place.by in ROLE_FIELDS:
        clauses.append(f"{place.by}='{words(link)[place.word]}'")
    if clauses:
        asked["filter"] = " AND ".join(clauses)
    if place.asks_sorted:
        asked |= {"sort": "dateLastModified" if place.since else "sourcedId", "orderBy": "asc"}
    return asked


def collection(place: Place) -> str:
    """Return which collection a place is in. Never `users` unless they are asked for by role, or are staff only."""
    if place.stage == SCHOOLS:
        return "schools"
    return TEACHERS if place.by == TEACHERS else "users"


def stamp(when: datetime) -> str:
    """Return an instant as OneRoster writes it."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
