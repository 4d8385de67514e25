"""What accepting proposals comes to: which contacts begin, which end, and who is to be invited or to lose a role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from tenants.connections.rules.settling import CONTACTS, SHOWN, Contact, Post, Proposed, concerned
from tenants.tenancy.roles import AGENCY_ROLES, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """A proposal that is being accepted, with the id that a contact made of it would have."""

    proposal_id: UUID
    contact_id: UUID
    source: str
    row: Proposed


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What to write: contacts that end, and those that begin, by the proposal that each comes from."""

    ends: dict[UUID, UUID] = field(default_factory=dict)  #: contact → proposal
    begins: list[tuple[Accepted, Contact]] = field(default_factory=list)
    concerns: dict[UUID, UUID] = field(default_factory=dict)  #: proposal → the contact it became or ended


def outcome(accepted: Sequence[Accepted], *, contacts: Sequence[Contact]) -> Outcome:
    """Return what accepting these, in this order, comes to among the contacts of today."""
    now, done = list(contacts), Outcome()
    for one in accepted:
        if one.row.subject_kind not in CONTACTS:
            continue
        known = concerned(one.row, contacts=now)
        if known is not None:
            now.remove(known)
            done.concerns[one.proposal_id] = known.id
            _end(done, known, one)
        if one.row.action != "end" and one.row.organisation_id is not None:
            made = _made(one, known)
            now.append(made)
            done.begins.append((one, made))
            done.concerns[one.proposal_id] = made.id
    return done


def _end(done: Outcome, known: Contact, one: Accepted) -> None:
    mine = [pair for pair in done.begins if pair[1].id == known.id]
    if mine:
        done.begins.remove(mine[0])  # it began and ended within this one decision
        done.concerns = {key: value for key, value in done.concerns.items() if value != known.id}
    else:
        done.ends[known.id] = one.proposal_id


def _made(one: Accepted, known: Contact | None) -> Contact:
    said = dict(one.row.proposed)
    assert one.row.organisation_id is not None
    made = Contact(
        id=one.contact_id,
        organisation_id=one.row.organisation_id,
        post=_post(said),
        name=str(said.get("name") or (known.name if known else "") or "Name not given"),
        email=said.get("email"),
        phone=said.get("phone"),
        entered_by="connection",
        external_id=one.row.external_id,
        version=1,
    )
    if known is not None and _same_person(made, known):
        return replace(made, email=made.email or known.email, phone=made.phone or known.phone)
    return made


def _post(said: Mapping[str, Any]) -> str:
    found = said.get("post")
    return found if isinstance(found, str) and found in set(Post) else Post.OTHER.value


def _same_person(made: Contact, known: Contact) -> bool:
    if made.external_id is not None and made.external_id == known.external_id:
        return True
    return made.name.casefold() == known.name.casefold() or (made.email is not None and made.email == known.email)


def role_of(said: Mapping[str, Any], *, kind: str | None) -> Role:
    """Return the role to invite to: the one proposed where agencies hold it, else the one of its kind of body."""
    asked = said.get("role")
    if asked in {role.value for role in AGENCY_ROLES}:
        return Role(asked)
    return {"establishment": Role.ESTABLISHMENT_CONTACT, "trust": Role.TRUST_LEAD}.get(kind or "", Role.AGENCY_CONTACT)


def differences(
    present: Mapping[str, Any] | None, proposed: Mapping[str, Any], *, action: str
) -> list[tuple[str, str | None, str | None]]:
    """Return (what, as known, as proposed) for each part that either side says; ending proposes nothing."""
    known = present or {}
    keys = [key for key in (*SHOWN, "role") if known.get(key) or proposed.get(key)]
    if action == "end":
        return [(key, str(known.get(key) or proposed.get(key)), None) for key in keys]
    return [(key, known.get(key), proposed.get(key, known.get(key))) for key in keys]
