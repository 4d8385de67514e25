"""Schools of a page: matched to the register by URN. What differs from the register is told, never applied."""

from __future__ import annotations

import hashlib
import json
import unicodedata

from integrations.connector import Counts, Link
from integrations.school_people.missing import check_believable
from integrations.school_people.model import School, Schools
from tenants.connections import records, runs
from tenants.connections.records import Seen
from tenants.connections.runs import Rejection
from tenants.organisations import queries
from tenants.organisations.queries import Organisation

KIND = "school"


async def apply_schools(*, link: Link, page: Schools) -> Counts:
    """Remember which school is which establishment of the area, and tell what does not fit. At most seven statements.

    Raises `AgencyBroken` when a full listing lacks so many that were known that it cannot be whole.
    """
    assert link.area_id is not None
    here = [school for school in page.schools if not school.gone]
    urns = [school.urn for school in here if school.urn is not None]
    register = await queries.establishments_by_urn(urns=urns, area_id=link.area_id)
    known = await records.known(connection_id=link.connection_id, kind=KIND, external_ids=[s.id for s in page.schools])
    seen, told = [], []
    for school in here:
        organisation = register.get(school.urn) if school.urn is not None else None
        problem = _problem(school, organisation)
        row = Seen(
            external_id=school.id,
            digest=_digest(school, organisation, problem),
            subject=None if organisation is None else organisation.id,
        )
        if (before := known.get(school.id)) is None or before.digest != row.digest:
            seen.append(row)
            told += [Rejection(reference=_reference(school), reason=problem)] if problem else []
    gone = [school.id for school in page.schools if school.gone and school.id in known]
    gone += await _absent(link, page)
    await records.remember(connection_id=link.connection_id, kind=KIND, rows=seen)
    if gone:
        await records.forget(connection_id=link.connection_id, kind=KIND, external_ids=gone)
        told += [Rejection(reference=f"School {each}"[:300], reason=_GONE) for each in gone]
    await runs.reject(run_id=link.run_id, rows=told)
    return Counts(read=len(page.schools), unchanged=len(page.schools) - len(seen))


_GONE = "The school’s system no longer lists it. The national register decides whether a school is open."


async def _absent(link: Link, page: Schools) -> list[str]:
    if page.span is None:
        return []
    sent = {school.id for school in page.schools} | set(page.span.also)
    bounds = [(page.span.lower, page.span.upper)]
    known = await records.within(connection_id=link.connection_id, kind=KIND, ranges=bounds)
    absent = [each for each in known if each not in sent]
    check_believable(page.span, missing=len(absent), from_nothing=0)
    return absent


def _problem(school: School, organisation: Organisation | None) -> str | None:
    if school.urn is None:
        return "The school’s system does not say its URN, so nobody there is read. Ask the school to enter it."
    if organisation is None:
        return f"URN {school.urn} is not an establishment of this area in the national register. Nobody there is read."
    if organisation.status == "closed":
        return f"URN {school.urn} is closed in the national register, which decides; nothing was changed."
    if _plain(school.name) != _plain(organisation.name):
        return (
            f"The school’s system calls it “{school.name[:120]}”, the national register “{organisation.name[:120]}”. "
            "The register’s name is kept."
        )
    return None


def _reference(school: School) -> str:
    return f"School {school.id}"[:300] if school.urn is None else f"URN {school.urn}"


def _digest(school: School, organisation: Organisation | None, problem: str | None) -> bytes:
    said = [school.urn, school.name, None if organisation is None else str(organisation.id), problem]
    return hashlib.sha256(json.dumps(said).encode()).digest()[:16]


def _plain(name: str) -> str:
    """A name without what systems write differently: case, accents, apostrophes, spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
