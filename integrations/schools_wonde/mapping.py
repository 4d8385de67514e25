"""Wonde's rows in our words. Source: docs.wonde.com; where a role's text is found varies with the school's system."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from integrations.school_people.model import Person, School, Tenure
from integrations.school_people.posts import key_of

_ID = re.compile(r"\S{1,60}")
_URN = re.compile(r"[1-9]\d{4,6}")


class Unusable(Exception):
    """The row cannot be taken; the text says why and names nobody."""


def school_of(row: Any) -> School:
    """Return the school. Raises `Unusable`."""
    identifier = _id(row)
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise Unusable("It has no name.")
    region = _object(row.get("region"))
    places = [row.get("urn"), _object(region.get("identifiers")).get("urn")]
    urn = next((int(str(place)) for place in places if place is not None and _URN.fullmatch(str(place))), None)
    return School(id=identifier, urn=urn, name=name.strip())


def domain_of(row: Any) -> str | None:
    """Return the host that has the school's data, as Wonde says it; None when it says nothing."""
    domain = _object(_object(row).get("region")).get("domain")
    return plain_address(domain) if isinstance(domain, str) and domain else None


def plain_address(address: str) -> str:
    """Return an address without scheme, version and slash at its end, to compare two."""
    return address.partition("://")[2].rstrip("/").removesuffix("/v1.0") if "://" in address else address.rstrip("/")


def person_of(row: Any, *, school: str, posts: Mapping[str, str]) -> Person:
    """Return the employee with the posts that they have at the school; none when they left. Raises `Unusable`."""
    identifier = person_id(school, _id(row))
    details = _object(_object(row.get("employment_details")).get("data"))
    tenures = tuple({each.post: each for each in _tenures(row, school, posts)}.values())
    if not tenures or details.get("current") is False:
        return Person(id=identifier)
    name = " ".join(f"{row.get('forename') or ''} {row.get('surname') or ''}".split())
    if not name:
        raise Unusable("It has no name.")
    contact = _object(_object(row.get("contact_details")).get("data"))
    return Person(
        id=identifier,
        name=name,
        email=_first(_object(contact.get("emails")), "work", "email"),
        phone=_first(_object(contact.get("phones")), "work"),
        tenures=tenures,
    )


def deleted_of(row: Any, *, school: str) -> Person | None:
    """Return the employee that a deletion is about, None when it is about something else. Raises `Unusable`."""
    identifier = _id(row)
    return Person(id=person_id(school, identifier)) if row.get("type") in ("employee", "employees") else None


def person_id(school: str, employee: str) -> str:
    """Return an employee's id together with the school's: so that all of a school lie together."""
    return f"{school} {employee}"


def changed_at(row: Any) -> datetime | None:
    """Return when a row was last changed; Wonde's time is taken as UTC, see `OVERLAP` for what that may miss."""
    told = _object(_object(row).get("updated_at")).get("date")
    try:
        return datetime.fromisoformat(str(told)).replace(tzinfo=UTC)
    except ValueError:
        return None


def asked_since(when: datetime) -> str:
    """Return an instant as `updated_after` wants it."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


#: an hour of summer time, whichever zone the school's system meant, and a little
OVERLAP = timedelta(minutes=65)


def reference(row: Any) -> str:
    """Return how to name a row that cannot be taken."""
    identifier = _object(row).get("id")
    return identifier if isinstance(identifier, str) and _ID.fullmatch(identifier) else "A row without an id"


def _id(row: Any) -> str:
    identifier = _object(row).get("id")
    if not isinstance(identifier, str) or not _ID.fullmatch(identifier):
        raise Unusable("It has no id that can be kept.")
    return identifier


def _tenures(row: Mapping[str, Any], school: str, posts: Mapping[str, str]) -> Iterator[Tenure]:
    by_key = {key_of(word): post for word, post in posts.items()}
    roles = _object(row.get("roles")).get("data")
    for role in roles if isinstance(roles, list) else []:
        told = _object(role).get("name") or _object(role).get("description")
        if isinstance(told, str) and (post := by_key.get(key_of(told))) is not None:
            yield Tenure(school=school, post=post, word=key_of(told))


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _first(values: Mapping[str, Any], *names: str) -> str | None:
    found = (values.get(name) for name in names)
    return next((value.strip() for value in found if isinstance(value, str) and value.strip()), None)
