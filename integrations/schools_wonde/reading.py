"""Reading Wonde: a page of schools, then each of them: its employees and, between full listings, its deletions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from integrations.agency import Agency
from integrations.connector import Cursor, Link, Page, Rejected
from integrations.school_people.model import Item, People, School, Schools, Span
from integrations.school_people.posts import DEFAULT_TEXTS, key_of, posts_of
from integrations.school_people.schools import concerning
from integrations.schools_wonde import client
from integrations.schools_wonde.client import Listing
from integrations.schools_wonde.mapping import (
    Unusable,
    asked_since,
    deleted_of,
    domain_of,
    person_of,
    plain_address,
    reference,
    school_of,
)
from integrations.schools_wonde.place import DELETIONS, EMPLOYEES, SCHOOLS, Place, place_of, watermark
from tenants.tenancy.scope import tenant_scope, worker_actor

INCLUDE = "employment_details,contact_details,roles"
SCHOOLS_OF_A_PAGE = "50"
T = TypeVar("T")


async def fetch(link: Link, agency: Agency, cursor: Cursor) -> Page[Item]:
    """Return the page at the cursor. Raises what the client raises."""
    place = place_of(cursor)
    listing = await client.listing(
        agency, place.here or _path(place), params=None if place.here else _params(link, place)
    )
    if place.stage == SCHOOLS:
        return await _schools(link, place, listing)
    return _employees(link, place, listing) if place.stage == EMPLOYEES else _deletions(link, place, listing)


def _path(place: Place) -> str:
    return "schools" if place.stage == SCHOOLS else f"schools/{place.schools[place.nth]}/{place.stage}"


def _params(link: Link, place: Place) -> dict[str, str]:
    if place.stage == SCHOOLS:
        return {"cursor": "true", "per_page": SCHOOLS_OF_A_PAGE}
    asked = {"cursor": "true", "per_page": str(link.options.get("page_size", 200))}
    if place.stage == EMPLOYEES:
        asked["include"] = INCLUDE
    if place.since is not None:
        asked["updated_after"] = asked_since(datetime.fromisoformat(place.since))
    return asked


async def _schools(link: Link, place: Place, listing: Listing) -> Page[Item]:
    wrong: list[Rejected] = []
    here = [row for row in listing.rows if _is_here(link, row, wrong)]
    found = list(_mapped(here, "School", school_of, wrong))
    place = place.changed(read=place.read + len(found), following=listing.next, here=None)
    if ours := await _ours(link, found):
        following: Place | None = place.changed(stage=EMPLOYEES, schools=ours, nth=0)
    else:
        following = None if listing.next is None else place.changed(here=listing.next, following=None)
    return _page(Schools(schools=found), following, place, wrong)


async def _ours(link: Link, found: Sequence[School]) -> tuple[str, ...]:
    """Return the ids of the schools whose employees are asked for: of nobody else's school is a name ever fetched."""
    if link.area_id is None or "people" not in link.may_change or not found:
        return ()
    async with tenant_scope(worker_actor("agencies", areas=[link.area_id], powers=["agencies"])):
        ours = await concerning(link=link, schools=found)
    return tuple(each.id for each in found if each.id in ours)


def _is_here(link: Link, row: Any, wrong: list[Rejected]) -> bool:
    """Whether this host has the school's data: another answers for it with nothing, which is no answer."""
    domain = domain_of(row)
    if domain is None or domain == plain_address(link.base_url) or domain == plain_address(link.base_url).split("/")[0]:
        return True
    words = f"Wonde keeps this school’s data at {domain[:100]}. Link that address to read it."
    wrong.append(Rejected(reference=f"School {reference(row)}", reason=words))
    return False


def _employees(link: Link, place: Place, listing: Listing) -> Page[Item]:
    wrong: list[Rejected] = []
    posts, school = posts_of(link.options, otherwise=DEFAULT_TEXTS), place.schools[place.nth]
    people = list(_mapped(listing.rows, "Employee", lambda row: person_of(row, school=school, posts=posts), wrong))
    place = place.changed(sent=place.sent + len(listing.rows), read=place.read + len(listing.rows))
    span = None
    if listing.next is None and place.since is None and not wrong:
        span = _span(place, school, wrong)
    held = tuple(person.id for person in people if person.tenures)
    if listing.next is not None:
        following: Place | None = place.changed(here=listing.next, also=(*place.also, *held))
    else:
        following = place.changed(stage=DELETIONS, here=None) if place.since is not None else place.after_school()
    item = People(people=people, posts={key_of(word): post for word, post in posts.items()}, span=span)
    return _page(item, following, place, wrong)


def _span(place: Place, school: str, wrong: list[Rejected]) -> Span | None:
    """Return the school's whole staff, unless nobody was sent at all: that is no staff list, whoever is known."""
    if place.sent == 0:
        reason = "Wonde sent no staff at all for this school. Nothing was concluded from that."
        wrong.append(Rejected(reference=f"School {school}", reason=reason))
        return None
    return Span(lower=f"{school} ", upper=f"{school}!", also=place.also, sent=place.sent)


def _deletions(link: Link, place: Place, listing: Listing) -> Page[Item]:
    wrong: list[Rejected] = []
    posts, school = posts_of(link.options, otherwise=DEFAULT_TEXTS), place.schools[place.nth]
    found = _mapped(listing.rows, "Deletion", lambda row: deleted_of(row, school=school), wrong)
    gone = [person for person in found if person is not None]
    following = place.after_school() if listing.next is None else place.changed(here=listing.next)
    item = People(people=gone, posts={key_of(word): post for word, post in posts.items()})
    return _page(item, following, place, wrong)


def _page(item: Item, following: Place | None, place: Place, wrong: list[Rejected]) -> Page[Item]:
    return Page(
        items=[item],
        next=None if following is None else following.cursor(),
        watermark=watermark(place) if following is None else None,
        rejected=wrong,
    )


def _mapped(rows: Sequence[Any], kind: str, mapped: Callable[[Any], T], wrong: list[Rejected]) -> Iterator[T]:
    for row in rows:
        try:
            yield mapped(row)
        except Unusable as reason:
            wrong.append(Rejected(reference=f"{kind} {reference(row)}", reason=str(reason)))
