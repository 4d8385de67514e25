"""People of a page: each post at a school becomes a proposal when it is new, differs, or has ended."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from integrations.connector import Counts, Link
from integrations.school_people.missing import check_believable
from integrations.school_people.model import People, Person
from integrations.school_people.schools import KIND as SCHOOL
from tenants.connections import proposals, records
from tenants.connections.proposals import Proposed
from tenants.connections.records import Known, Seen
from tenants.tenancy.actor import Actor

KIND = "tenure"


class _Held(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A post that a page says somebody holds at an establishment, and the digest of what it says."""

    person: Person
    post: str
    organisation_id: UUID
    digest: bytes

    def proposed(self, external_id: str, *, known: bool) -> Proposed:
        person = self.person
        return Proposed(
            organisation_id=self.organisation_id,
            external_id=external_id,
            action="change" if known else "add",
            subject_kind="contact",
            proposed={"post": self.post, "name": person.name, "email": person.email, "phone": person.phone},
        )


@dataclass
class _Found:
    """What pages say that is not as known: posts that are new or differ, and those that ended."""

    new: dict[str, _Held] = field(default_factory=dict)
    rows: list[Proposed] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    unchanged: int = 0


async def apply_people(*, by: Actor, link: Link, pages: Sequence[People]) -> Counts:
    """Propose what is new; write nothing for who is as known. Six statements at most, one when nothing changed.

    The pages must not speak of the same person twice for the same post. Raises `AgencyBroken` when a full listing
    lacks so many who were known that it cannot be whole.
    """
    assert link.area_id is not None
    found = await _compared(link, pages)
    made = await proposals.propose(
        by=by, connection_id=link.connection_id, run_id=link.run_id, area_id=link.area_id, rows=found.rows
    )
    seen = [Seen(external_id=key, digest=one.digest, subject=one.organisation_id) for key, one in found.new.items()]
    await records.remember(connection_id=link.connection_id, kind=KIND, rows=seen)
    if found.ended:
        await records.forget(connection_id=link.connection_id, kind=KIND, external_ids=found.ended)
    read = sum(len(page.people) for page in pages)
    return Counts(read=read, proposed=made.proposed, unchanged=found.unchanged)


async def _compared(link: Link, pages: Sequence[People]) -> _Found:
    """Return what differs from what is remembered of whoever the pages are about; one statement."""
    places = {tenure.school for page in pages for person in page.people for tenure in person.tenures}
    ranges = [_ranges(page) for page in pages]
    schools, between = await records.look_up(
        connection_id=link.connection_id,
        ids=(SCHOOL, sorted(places)),
        ranges=(KIND, [pair for each in ranges for pair in each]),
    )
    ids = {place: known.subject for place, known in schools.items() if known.subject is not None}
    found, nth = _Found(), 0
    for page, asked in zip(pages, ranges, strict=True):
        known = {key: one for each in between[nth : nth + len(asked)] for key, one in each.items()}
        nth += len(asked)
        _compare(page, ids, known, found)
    return found


def _ranges(page: People) -> list[tuple[str, str]]:
    """Return where the keys of whoever the page is about lie: everybody in its span, or those it names."""
    if page.span is not None:
        return [(page.span.lower, page.span.upper)]
    return [(f"{person.id} ", f"{person.id}!") for person in page.people]


def _compare(page: People, schools: Mapping[str, UUID], known: Mapping[str, Known], found: _Found) -> None:
    held, changed = _held(page, schools), set[str]()
    for key, one in held.items():
        before = known.get(key)
        if before is None or before.digest != one.digest:
            found.new[key] = one
            found.rows.append(one.proposed(key, known=before is not None))
            changed.add(key.rpartition(" ")[0])
    found.unchanged += max(len(page.people) - len(changed), 0)
    ended = _ended(page, held, known, already=found.ended)
    found.rows += [_end(key, known[key], page.posts) for key in ended]
    found.ended += ended


def _held(page: People, schools: Mapping[str, UUID]) -> dict[str, _Held]:
    """Return the posts of the page at schools of the area, by their key: person, school, word."""
    held: dict[str, _Held] = {}
    for person in page.people:
        for tenure in person.tenures:
            school = schools.get(tenure.school)
            if school is not None and tenure.word in page.posts:
                digest = _digest(person, tenure.post, school)
                one = _Held(person=person, post=tenure.post, organisation_id=school, digest=digest)
                held[f"{person.id} {tenure.school} {tenure.word}"] = one
    return held


def _digest(person: Person, post: str, organisation_id: UUID) -> bytes:
    said = [person.name, person.email, person.phone, post, str(organisation_id)]
    return hashlib.sha256(msgspec.json.encode(said)).digest()[:16]


def _ended(
    page: People, held: Mapping[str, _Held], known: Mapping[str, Known], *, already: Sequence[str]
) -> list[str]:
    """Return the keys of posts of the page's kind that are known, were not sent, and did not end before."""
    absent = [key for key in known if key not in held and key.rpartition(" ")[2] in page.posts]
    if not absent:
        return absent
    spoken = set(page.span.also) if page.span is not None else set()
    gone = set(already)
    ended = [key for key in absent if _person(key) not in spoken and key not in gone]
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
