"""From DfE Sign-in's people and organisations to ours. Pure; two spellings of an organisation are read.

`/users` writes an organisation's fields with a capital (`URN`, `Category: "001"`), sign-in claims and the other lists
with a small letter and nested (`urn`, `category: {id}`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tenants.tenancy.roles import AGENCY_ROLES

ROLES_OPTION = "role_codes"
APPROVER_OPTION = "approver_role"
ESTABLISHMENT, LOCAL_AUTHORITY, TRUSTS = "001", "002", ("010", "013")
_ACTIVE = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """An organisation by the number under which the register knows it: `urn`, `uid` or `la_code`."""

    by: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A user of our service at one organisation, with the codes of their roles there."""

    user_id: str
    organisation_id: str
    body: Body
    name: str
    email: str
    is_active: bool
    is_approver: bool = False
    codes: tuple[str, ...] = ()


def body_of(organisation: Mapping[str, Any]) -> Body | None:
    """Return how the register knows an organisation, None for kinds that hold no role here (colleges, suppliers)."""
    known = {name.lower(): value for name, value in organisation.items()}
    category = known.get("category")
    code = str(category.get("id") if isinstance(category, Mapping) else category or "")
    if code == ESTABLISHMENT:
        return _numbered("urn", known.get("urn"))
    if code == LOCAL_AUTHORITY:
        return _numbered("la_code", known.get("establishmentnumber"))
    return _numbered("uid", known.get("uid")) if code in TRUSTS else None


def _numbered(by: str, value: Any) -> Body | None:
    text = str(value or "").strip()
    return Body(by=by, number=text) if text.isascii() and text.isdigit() and len(text) <= 8 else None


def person_of(row: Mapping[str, Any]) -> Person | None:
    """Return the person of a row of `/users`, None when the row names nobody or no organisation of ours."""
    organisation = row.get("organisation")
    if not isinstance(organisation, Mapping):
        return None
    body, user_id, email = body_of(organisation), str(row.get("userId") or ""), str(row.get("email") or "")
    name = " ".join(str(row.get(part) or "").strip() for part in ("givenName", "familyName")).strip()
    if body is None or not user_id or "@" not in email or not name:
        return None
    return Person(
        user_id=user_id.upper(),
        organisation_id=str(organisation.get("id") or "").upper(),
        body=body,
        name=name,
        email=email,
        is_active=row.get("userStatus", _ACTIVE) == _ACTIVE,
    )


def roles_of(person: Person, *, options: Mapping[str, Any]) -> tuple[str, ...]:
    """Return which of our roles a person's codes come to, as the administrators mapped them; all when they left."""
    mapping, approver = options.get(ROLES_OPTION) or {}, options.get(APPROVER_OPTION)
    codes = person.codes if person.is_active else mapping
    mapped = [mapping[code] for code in codes if code in mapping]
    if approver and (person.is_approver or not person.is_active):
        mapped.append(approver)
    return tuple(dict.fromkeys(mapped))


def wrong_roles(options: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the mapping, in sentences."""
    allowed = ", ".join(sorted(AGENCY_ROLES))
    mapping = options.get(ROLES_OPTION) or {}
    if not isinstance(mapping, Mapping):
        return ["The role codes are lines of their code, an equals sign and one of our roles."]
    asked = [*mapping.values(), *([options[APPROVER_OPTION]] if options.get(APPROVER_OPTION) else [])]
    wrong = [f"“{role}” is not a role that an agency holds: {allowed}." for role in asked if role not in AGENCY_ROLES]
    return wrong if asked else ["Say which of their role codes, or their approvers, is which of our roles."]
