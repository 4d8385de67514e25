"""Schools of a page: matched to the register by URN. What differs from the register is told, never applied."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from integrations.connector import Counts, Link
from integrations.school_people.missing import check_believable
from integrations.school_people.model import School, Schools, Span
from tenants.connections import records, runs
from tenants.connections.records import Known, Seen
from tenants.connections.runs import Rejection
from tenants.organisations import queries
from tenants.organisations.queries import Standing

KIND = "school"


@dataclass
class _Found:
    """What pages say that is not as known."""

    seen: list[Seen] = field(default_factory=list)
    told: list[Rejection] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


async def apply_schools(*, link: Link, pages: Sequence[Schools]) -> Counts:
    """Remember which school is which establishment of the area, and tell what does not fit. At most six statements.

    No school may be on two of the pages. Raises `AgencyBroken` when a full listing lacks so many that were known that
    it cannot be whole.
    """
    found = await _compared(link, pages)
    await records.remember(connection_id=link.connection_id, kind=KIND, rows=found.seen)
    if found.gone:
        await records.forget(connection_id=link.connection_id, kind=KIND, external_ids=found.gone)
    await runs.reject(run_id=link.run_id, rows=found.told)
    read = sum(len(page.schools) for page in pages)
    return Counts(read=read, unchanged=read - len(found.seen))


async def concerning(*, link: Link, schools: Sequence[School]) -> set[str]:
    """Return the ids of the schools whose people concern the area: there now, or when they were last seen.

    Those that were there are read once more, so that who is known there ends. Two statements.
    """
    assert link.area_id is not None
    urns = [school.urn for school in schools if school.urn is not None]
    register = await queries.establishments_by_urn(urns=urns, area_id=link.area_id)
    known = await records.known(
        connection_id=link.connection_id, kind=KIND, external_ids=[school.id for school in schools]
    )
    were = {one for one, seen in known.items() if seen.subject is not None}
    return were | {school.id for school in schools if school.urn in register}


async def _compared(link: Link, pages: Sequence[Schools]) -> _Found:
    """Return what differs from what is remembered; two statements."""
    assert link.area_id is not None
    here = [school for page in pages for school in page.schools]
    urns = [school.urn for school in here if school.urn is not None and not school.gone]
    register = await queries.establishments_by_urn(urns=urns, area_id=link.area_id)
    spans = [page.span for page in pages if page.span is not None]
    known, between = await records.look_up(
        connection_id=link.connection_id,
        ids=(KIND, [school.id for school in here]),
        ranges=(KIND, [(span.lower, span.upper) for span in spans]),
    )
    found, listed = _Found(), iter(between)
    for page in pages:
        _compare(page, register, known, found)
        if page.span is not None:
            _tell_absent(page, page.span, next(listed), found)
    return found


def _compare(
    page: Schools, register: Mapping[int, Standing], known: Mapping[str, Known], found: _Found
) -> None:
    for school in page.schools:
        if school.gone:
            if school.id in known:
                _tell_gone(school.id, found)
            continue
        organisation = register.get(school.urn) if school.urn is not None else None
        problem = _problem(school, organisation)
        digest = _digest(school, organisation, problem)
        if (before := known.get(school.id)) is None or before.digest != digest:
            subject = None if organisation is None else organisation.id
            found.seen.append(Seen(external_id=school.id, digest=digest, subject=subject))
            if problem:
                found.told.append(Rejection(reference=_reference(school), reason=problem))


def _tell_absent(page: Schools, span: Span, known: Mapping[str, Known], found: _Found) -> None:
    sent = {school.id for school in page.schools} | set(span.also) | set(found.gone)
    absent = [each for each in known if each not in sent]
    check_believable(span, missing=len(absent), from_nothing=0)
    for each in absent:
        _tell_gone(each, found)


def _tell_gone(school: str, found: _Found) -> None:
    found.gone.append(school)
    found.told.append(Rejection(reference=f"School {school}"[:300], reason=_GONE))


_GONE = "The school’s system no longer lists it. The national register decides whether a school is open."


def _problem(school: School, organisation: Standing | None) -> str | None:
    if school.urn is None:
        return "The school’s system does not say its URN, so nobody there is kept. Ask the school to enter it."
    if organisation is None:
        return f"URN {school.urn} is not an establishment of this area in the national register. Nobody there is kept."
    if organisation.status == "closed":
        return f"URN {school.urn} is closed in the national register, which decides; nothing was changed."
    if school.name != organisation.name and _plain(school.name) != _plain(organisation.name):
        return (
            f"The school’s system calls it “{school.name[:120]}”, the national register “{organisation.name[:120]}”. "
            "The register’s name is kept."
        )
    return None


def _reference(school: School) -> str:
    return f"School {school.id}"[:300] if school.urn is None else f"URN {school.urn}"


def _digest(school: School, organisation: Standing | None, problem: str | None) -> bytes:
    said = [school.urn, school.name, None if organisation is None else str(organisation.id), problem]
    return hashlib.sha256(msgspec.json.encode(said)).digest()[:16]


_BESIDE = re.compile(r"[^a-z0-9]+")


def _plain(name: str) -> str:
    """A name without what systems write differently: case, accents, apostrophes, spaces."""
    if name.isascii():
        return _BESIDE.sub("", name.casefold())
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
