"""Reading a server page by page, whatever it leaves out: the next page, its rows in our words, and the end.

Pages overlap by one row: when the next page does not begin with the last row of this one, rows were moved meanwhile
and the listing is read anew. Who is missing is only concluded from a listing that came in the order of its ids.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import lt
from typing import Any

from infra.clock import today
from integrations.agency import Agency
from integrations.connector import Cursor, Link, Page, Rejected
from integrations.errors import AgencyBroken
from integrations.school_people.model import Item, People, Person, School, Schools, Span, between
from integrations.school_people.posts import key_of, posts_of
from integrations.schools_oneroster import client
from integrations.schools_oneroster.client import Listing, QueryRefused
from integrations.schools_oneroster.mapping import (
    Stray,
    Unusable,
    changed_at,
    id_of,
    is_stray,
    person_of,
    rejected,
    school_of,
)
from integrations.schools_oneroster.place import (
    PEOPLE,
    ROLE_FIELDS,
    SCHOOLS,
    TEACHERS,
    Place,
    collection,
    params,
    place_of,
    watermark,
    words,
)

MOST_RESTARTS = 2
_WHOLE = 0.9  #: of what the first page promised: fewer, and the listing was cut off


@dataclass(frozen=True, kw_only=True)
class _Taken:
    """The rows of a page that were not on the page before, and what they say of the listing."""

    rows: Sequence[Any]
    place: Place
    is_end: bool


async def fetch(link: Link, agency: Agency, cursor: Cursor) -> Page[Item]:
    """Return the page at the cursor. Raises what the client raises, and `AgencyBroken` for a listing cut short."""
    place = place_of(cursor)
    envelope = "orgs" if place.stage == SCHOOLS else "users"
    try:
        listing = await client.listing(agency, collection(place), envelope=envelope, params=params(place, link))
    except QueryRefused as refused:
        return Page(items=[], next=_asked_otherwise(place, refused).cursor())
    place = place.shifted(began=place.began or listing.at.isoformat())
    if place.check and _moved(place, listing) and place.restarts < MOST_RESTARTS:
        return Page(items=[], next=place.at_start(restarts=place.restarts + 1).cursor())
    if place.by in ROLE_FIELDS and place.stage == PEOPLE and any(map(is_stray, listing.rows)):
        return _without_filter(place)
    taken = _taken(place, listing)
    item, wrong = _item(link, place, taken)
    following = _following(link, taken) if taken.is_end else taken.place
    return Page(
        items=[item],
        next=None if following is None else following.cursor(),
        watermark=watermark(taken.place) if following is None else None,
        rejected=wrong,
        total=None if listing.total is None else max(place.read - place.offset, 0) + listing.total,
    )


def _asked_otherwise(place: Place, refused: QueryRefused) -> Place:
    """Return the place with the question put so that a simpler server understands it; raises when there is no way."""
    if place.offset:
        raise refused
    if refused.code == "invalid_filter_field":
        if place.stage == PEOPLE and place.by in ROLE_FIELDS:
            later = [*ROLE_FIELDS[ROLE_FIELDS.index(place.by) + 1 :], TEACHERS]
            return place.at_start(by=later[0], word=0)
        if place.since is not None:
            return place.at_start(since=None, full_on=today().isoformat())
    elif place.asks_sorted:
        return place.at_start(asks_sorted=False, is_sorted=False)
    raise refused


def _without_filter(place: Place) -> Page[Item]:
    """Return an empty page after which only teachers are asked for: the server takes a filter and does not heed it."""
    told = Rejected(reference="Who was sent", reason=_UNHEEDED)
    return Page(items=[], next=place.at_start(by=TEACHERS, word=0).cursor(), rejected=[told])


def _moved(place: Place, listing: Listing) -> bool:
    return not listing.rows or id_of(listing.rows[0]) != place.check


def _taken(place: Place, listing: Listing) -> _Taken:
    """Return the new rows of a page and the place after it."""
    overlaps = bool(place.check) and not _moved(place, listing)
    rows = listing.rows[1:] if overlaps else listing.rows
    consumed = place.offset - (1 if place.check else 0) + len(listing.rows)
    promised = place.total if place.total is not None else listing.total
    is_end = _is_end(rows, listing, consumed)
    if is_end and consumed < _WHOLE * max(promised or 0, listing.total or 0):
        raise AgencyBroken(f"The list ended after {consumed} of {promised} rows.", sha256=None, size=0)
    ids = [each for each in map(id_of, rows) if each]
    ascends = all(map(lt, [place.last, *ids], ids))
    is_sorted = place.is_sorted and place.asks_sorted and not (place.check and not overlaps)
    times = [datetime.fromisoformat(place.top)] if place.top else []
    times += [when for row in rows if (when := changed_at(row)) is not None]
    after = place.shifted(
        offset=consumed,
        last=ids[-1] if ids else place.last,
        check=id_of(rows[-1]) if rows and is_sorted else "",
        is_sorted=is_sorted and (ascends or place.since is not None),
        top=max(times).isoformat() if times else None,
        total=promised,
        read=place.read + len(rows),
    )
    return _Taken(rows=rows, place=after, is_end=is_end)


def _is_end(rows: Sequence[Any], listing: Listing, consumed: int) -> bool:
    if not rows:
        return True
    if listing.total is not None:
        return consumed >= listing.total
    return listing.has_next is False


def _following(link: Link, taken: _Taken) -> Place | None:
    """Return where the listing after this one begins, None after the last."""
    place, asked = taken.place, words(link)
    if place.stage == SCHOOLS:
        return place.at_start(stage=PEOPLE) if "people" in link.may_change and asked else None
    if place.by in ROLE_FIELDS and place.word + 1 < len(asked):
        return place.at_start(word=place.word + 1)
    return None


def _item(link: Link, before: Place, taken: _Taken) -> tuple[Item, list[Rejected]]:
    span = None
    if taken.place.is_sorted and taken.place.since is None:
        span = between(after=before.last, upto=None if taken.is_end else taken.place.last, sent=taken.place.offset)
    if before.stage == SCHOOLS:
        return _schools(link, before, taken.rows, span)
    return _people(link, before, taken.rows, span)


def _schools(link: Link, place: Place, rows: Sequence[Any], span: Span | None) -> tuple[Item, list[Rejected]]:
    urn_field = link.options.get("urn_field")
    found, wrong, _ = _mapped(place, "School", rows, lambda row: school_of(row, urn_field=urn_field))
    return Schools(schools=[each for each in found if isinstance(each, School)], span=span), wrong


def _people(link: Link, place: Place, rows: Sequence[Any], span: Span | None) -> tuple[Item, list[Rejected]]:
    posts, day = posts_of(link.options), today()
    found, wrong, strays = _mapped(place, "Person", rows, lambda row: person_of(row, posts=posts, on=day))
    if strays:
        who = "somebody who is" if strays == 1 else f"{strays} people who are"
        wrong.append(Rejected(reference="Who was sent", reason=_STRAYS.format(who)))
    asked = [words(link)[place.word]] if place.by in ROLE_FIELDS else list(posts)
    people = [each for each in found if isinstance(each, Person)]
    return People(people=people, posts={key_of(word): posts[word] for word in asked}, span=span), wrong


_UNHEEDED = (
    "The server was asked for staff by role and sent people who are no staff. Nothing of them was kept, and it is not "
    "asked that way again in this run: only its list of teachers is read."
)
_STRAYS = (
    "The server sent {} no staff where only staff were asked for. Nothing of them was kept. "
    "Ask the supplier to limit our credential to staff."
)


def _mapped(
    place: Place, kind: str, rows: Sequence[Any], mapped: Callable[[Any], School | Person | None]
) -> tuple[list[School | Person | None], list[Rejected], int]:
    found: list[School | Person | None] = []
    wrong: list[Rejected] = []
    strays = 0
    for nth, row in enumerate(rows):
        try:
            found.append(mapped(row))
        except Stray:
            strays += 1
        except Unusable as reason:
            wrong.append(rejected(row, at=place.offset + nth, kind=kind, reason=reason))
    return found, wrong, strays
