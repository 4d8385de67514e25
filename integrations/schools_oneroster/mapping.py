"""OneRoster's rows in our words. Source: 1EdTech OneRoster 1.2 rostering, org and user."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from integrations.connector import Rejected
from integrations.school_people.model import Person, School, Tenure
from integrations.school_people.posts import key_of

#: whoever has one of these is never read, whatever else they are
_NEVER = frozenset({"student", "guardian", "parent", "relative"})
_STATUSES = frozenset({"active", "inactive", "tobedeleted"})
_URN = re.compile(r"[1-9]\d{4,6}")
_URN_NAMES = ("urn", "dfeurn", "ukurn", "establishmenturn")
_ID = re.compile(r"\S{1,120}")


class Stray(Exception):
    """The row is about somebody who is no member of staff: nothing of it is kept, not even that it came."""


class Unusable(Exception):
    """The row cannot be taken; the text says why and names nobody."""


def school_of(row: Any, *, urn_field: str | None = None) -> School | None:
    """Return the school, or None for an organisation of another type. Raises `Unusable`."""
    identifier, status = _head(row)
    if row.get("type") != "school":
        return None
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise Unusable("It has no name.")
    return School(id=identifier, urn=urn_of(row, urn_field), name=name.strip(), gone=status == "tobedeleted")


def urn_of(row: Mapping[str, Any], urn_field: str | None = None) -> int | None:
    """Return the URN: from the field that the area named, else from `identifier` or the metadata."""
    metadata = row.get("metadata")
    names = metadata if isinstance(metadata, dict) else {}
    if urn_field:
        places = [row.get(urn_field), names.get(urn_field.removeprefix("metadata."))]
    else:
        told = [value for name, value in names.items() if re.sub(r"[^a-z]", "", str(name).lower()) in _URN_NAMES]
        places = [row.get("identifier"), *told]
    return next((int(str(place)) for place in places if place is not None and _URN.fullmatch(str(place).strip())), None)


def person_of(row: Any, *, posts: Mapping[str, str], on: date) -> Person:
    """Return the person with the posts that they have on a day; none when they left. Raises `Stray`, `Unusable`."""
    identifier, status = _head(row)
    roles = row.get("roles")
    if status == "tobedeleted" and not roles:
        return Person(id=identifier)
    if not isinstance(roles, list) or not all(isinstance(role, dict) for role in roles):
        raise Unusable("Its roles are not a list of roles.")
    if is_stray(row):
        raise Stray
    if status != "active" or str(row.get("enabledUser", "true")).lower() == "false":
        return Person(id=identifier)
    tenures = _tenures(roles, posts, on.isoformat())
    if not tenures:
        return Person(id=identifier)
    name = " ".join(f"{row.get('givenName') or ''} {row.get('familyName') or ''}".split())
    if not name:
        raise Unusable("It has no name.")
    return Person(id=identifier, name=name, email=_text(row, "email"), phone=_text(row, "phone"), tenures=tenures)


def is_stray(row: Any) -> bool:
    """Return whether the row is about a pupil or a pupil's family."""
    try:
        return not _NEVER.isdisjoint([each["role"] for each in row["roles"]])
    except (KeyError, TypeError):  # not of the usual form: looked at with more care
        roles = row.get("roles") if isinstance(row, dict) else None
        told = [each.get("role") for each in roles if isinstance(each, dict)] if isinstance(roles, list) else []
        return any(isinstance(role, str) and role in _NEVER for role in told)


def changed_at(row: Any) -> datetime | None:
    """Return when the row was last changed, None when it does not say."""
    try:
        when = datetime.fromisoformat(str(row["dateLastModified"]))
    except (KeyError, TypeError, ValueError):
        return None
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def id_of(row: Any) -> str:
    """Return the row's sourcedId, empty when it has none that we can keep."""
    identifier = row.get("sourcedId") if isinstance(row, dict) else None
    return identifier if isinstance(identifier, str) and _ID.fullmatch(identifier) else ""


def rejected(row: Any, *, at: int, kind: str, reason: Unusable) -> Rejected:
    """Return the rejection of a row, by its id or its place in the listing."""
    return Rejected(reference=f"{kind} {id_of(row)}" if id_of(row) else f"{kind} at {at + 1}", reason=str(reason))


def _head(row: Any) -> tuple[str, str]:
    if not isinstance(row, dict):
        raise Unusable("It is not an object.")
    if not (identifier := id_of(row)):
        raise Unusable("It has no sourcedId that can be kept: one without spaces, of at most 120 characters.")
    if (status := str(row.get("status"))) not in _STATUSES:
        raise Unusable("Its status is neither active nor tobedeleted.")
    return identifier, status


def _tenures(roles: list[Any], posts: Mapping[str, str], on: str) -> tuple[Tenure, ...]:
    """Return the posts held on a day; of two words for one post at a school the later."""
    held: dict[tuple[str, str], Tenure] = {}
    for role in roles:
        word = str(role.get("role"))
        if (post := posts.get(word)) is not None and (school := id_of(role.get("org"))) and _is_on(role, on):
            held[school, post] = Tenure(school=school, post=post, word=key_of(word))
    return tuple(held.values())


def _is_on(role: Mapping[str, Any], on: str) -> bool:
    """Whether a role is held on a day (ISO): from its beginDate, until the day before its endDate."""
    if "beginDate" not in role and "endDate" not in role:
        return True
    begins, ends = str(role.get("beginDate") or "")[:10], str(role.get("endDate") or "")[:10]
    return (not begins or begins <= on) and (not ends or on < ends)


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    return (value.strip() or None) if isinstance(value, str) else None
