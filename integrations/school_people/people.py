"""People of a page: each post at a school becomes a proposal when it is new, differs, or has ended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from integrations.connector import Counts, Link
from integrations.school_people.missing import check_believable
from integrations.school_people.model import People, Person
from integrations.school_people.schools import KIND as SCHOOL
from tenants.connections import proposals, records
from tenants.connections.proposals import Proposed
from tenants.connections.records import Known, Seen
from tenants.tenancy.actor import Actor

KIND = "tenure"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Held:
    """A post that a page says somebody holds at an establishment."""

    person: Person
    post: str
    organisation_id: UUID

    def digest(self) -> bytes:
        person = self.person
        said = [person.name, person.email, person.phone, self.post, str(self.organisation_id)]
        return hashlib.sha256(json.dumps(said).encode()).digest()[:16]

    def proposed(self, external_id: str, *, known: bool) -> Proposed:
        person = self.person
        return Proposed(
            organisation_id=self.organisation_id,
            external_id=external_id,
            action="change" if known else "add",
            subject_kind="contact",
            proposed={"post": self.post, "name": person.name, "email": person.email, "phone": person.phone},
        )


async def apply_people(*, by: Actor, link: Link, page: People) -> Counts:
    """Propose what is new; write nothing for who is as known. Seven statements at most, two when nothing changed.

    Raises `AgencyBroken` when a full listing lacks so many who were known that it cannot be whole.
    """
    assert link.area_id is not None
    held = await _held(link, page)
    known = await _known(link, page)
    digests = {key: one.digest() for key, one in held.items()}
    new = {key: one for key, one in held.items() if key not in known or known[key].digest != digests[key]}
    ended = _ended(page, held, known)
    rows = [one.proposed(key, known=key in known) for key, one in new.items()]
    rows += [_end(key, known[key], page.posts) for key in ended]
    made = await proposals.propose(
        by=by, connection_id=link.connection_id, run_id=link.run_id, area_id=link.area_id, rows=rows
    )
    seen = [Seen(external_id=key, digest=digests[key], subject=one.organisation_id) for key, one in new.items()]
    await records.remember(connection_id=link.connection_id, kind=KIND, rows=seen)
    if ended:
        await records.forget(connection_id=link.connection_id, kind=KIND, external_ids=ended)
    changed = len({key.rpartition(" ")[0] for key in new})
    return Counts(read=len(page.people), proposed=made.proposed, unchanged=max(len(page.people) - changed, 0))


async def _held(link: Link, page: People) -> dict[str, _Held]:
    """Return the posts of the page at schools of the area, by their key: person, school, word."""
    places = {tenure.school for person in page.people for tenure in person.tenures}
    if not places:
        return {}
    schools = await records.known(connection_id=link.connection_id, kind=SCHOOL, external_ids=sorted(places))
    held: dict[str, _Held] = {}
    for person in page.people:
        for tenure in person.tenures:
            school = schools.get(tenure.school)
            if school is not None and school.subject is not None and tenure.word in page.posts:
                key = f"{person.id} {tenure.school} {tenure.word}"
                held[key] = _Held(person=person, post=tenure.post, organisation_id=school.subject)
    return held


async def _known(link: Link, page: People) -> dict[str, Known]:
    """Return what is remembered of whoever the page is about: everybody in its span, or those it names."""
    if page.span is not None:
        ranges = [(page.span.lower, page.span.upper)]
    else:
        ranges = [(f"{person.id} ", f"{person.id}!") for person in page.people]
    found = await records.within(connection_id=link.connection_id, kind=KIND, ranges=ranges)
    return {key: one for key, one in found.items() if key.rpartition(" ")[2] in page.posts}


def _ended(page: People, held: Mapping[str, _Held], known: Mapping[str, Known]) -> list[str]:
    also = set(page.span.also) if page.span is not None else set()
    ended = [key for key in known if key not in held and _person(key) not in also]
    check_believable(page.span, missing=len(ended), from_nothing=2)
    return ended


def _person(key: str) -> str:
    return key.rsplit(" ", 2)[0]


def _end(key: str, known: Known, posts: Mapping[str, str]) -> Proposed:
    return Proposed(
        organisation_id=known.subject,
        external_id=key,
        action="end",
        subject_kind="contact",
        proposed={"post": posts[key.rpartition(" ")[2]]},
    )
