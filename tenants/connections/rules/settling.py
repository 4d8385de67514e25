"""How what an agency says of a person meets what is known here: nothing new, or a proposal, and of what kind.

A person's own entry is never overwritten: it becomes a proposed change that shows both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any
from uuid import UUID

import msgspec


class Post(StrEnum):
    """What a named contact is at the organisation."""

    DESIGNATED_SAFEGUARDING_LEAD = "designated_safeguarding_lead"
    DEPUTY = "deputy_designated_safeguarding_lead"
    HEADTEACHER = "headteacher"
    OTHER = "other"


POSTS: dict[Post, str] = {
    Post.DESIGNATED_SAFEGUARDING_LEAD: "Designated safeguarding lead",
    Post.DEPUTY: "Deputy designated safeguarding lead",
    Post.HEADTEACHER: "Headteacher",
    Post.OTHER: "Other contact",
}
SINGLE = frozenset({Post.DESIGNATED_SAFEGUARDING_LEAD, Post.HEADTEACHER})  #: one person at a time
CONTACTS = frozenset({"contact", "partner_contact"})  #: proposals that become a named contact
SHOWN = ("post", "name", "email", "phone")  #: of a contact, in the order in which people read them
LONGEST = {"name": 200, "email": 254, "phone": 40, "post": 60, "role": 60}


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """What a connection proposes about a person at an organisation.

    `external_id` names the person at the agency: with the organisation and the post it tells rows apart. `proposed`
    holds `post` (one of `Post`), `name`, `email` and `phone` as far as the agency says them; for a `role` also `role`
    (a value of `tenancy.roles.Role`). To `end` one, `proposed` says of whom as far as known. `present` is what the
    connector took to be there; what is kept here as a named contact wins over it.
    """

    organisation_id: UUID | None
    external_id: str
    action: str  #: add, change or end
    subject_kind: str  #: contact, role or partner_contact
    proposed: Mapping[str, Any]
    present: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """A named contact of today, as far as settling needs it."""

    id: UUID
    organisation_id: UUID
    post: str
    name: str
    email: str | None
    phone: str | None
    entered_by: str
    external_id: str | None
    version: int

    def shown(self) -> dict[str, Any]:
        """Return what people compare, and whose entry it is."""
        said = {"post": self.post, "name": self.name, "email": self.email, "phone": self.phone}
        return {key: value for key, value in said.items() if value} | {"entered_by": self.entered_by}


@dataclass(frozen=True, kw_only=True, slots=True)
class Last:
    """The newest proposal about the same person from the same connection."""

    id: UUID
    state: str
    digest: bytes


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What to write: a proposal (None: nothing new), and an open one that it supersedes."""

    action: str | None
    present: Mapping[str, Any] | None = None
    supersedes: UUID | None = None


def tidied(proposed: Mapping[str, Any]) -> dict[str, str]:
    """Return what was proposed as it may be kept: no empty values, text that fits, the address in lower case."""
    kept: dict[str, str] = {}
    for key, value in proposed.items():
        if value is not None and (text := " ".join(str(value).split())[: LONGEST.get(key, 300)]):
            kept[key] = text.lower() if key == "email" else text
    return kept


def digest(row: Proposed, *, said: Mapping[str, str]) -> bytes:
    """Return what tells two proposals about a person apart; `said` is what was proposed, tidied."""
    pairs = ", ".join([f"{_quoted(key)}: {_quoted(said[key])}" for key in sorted(said)])
    ends = "true" if row.action == "end" else "false"
    return hashlib.sha256(f'[{ends}, "{row.organisation_id}", {{{pairs}}}]'.encode()).digest()


def concerned(
    row: Proposed, *, contacts: Sequence[Contact], said: Mapping[str, Any] | None = None
) -> Contact | None:
    """Return the contact of today that the proposal is about, or None when it is about someone new."""
    here = [one for one in contacts if one.organisation_id == row.organisation_id]
    if not here:
        return None
    said = tidied(row.proposed) if said is None else said
    post = said.get("post", Post.OTHER)
    same_post = [one for one in here if one.post == post or "post" not in said]
    return (
        next((one for one in same_post if one.external_id == row.external_id), None)
        or next((one for one in same_post if one.email is not None and one.email == said.get("email")), None)
        or next((one for one in same_post if one.name.casefold() == str(said.get("name", "")).casefold()), None)
        or next((one for one in same_post if post in SINGLE and row.action != "end"), None)
    )


def settle(
    row: Proposed, *, said: Mapping[str, Any], told: bytes, contacts: Sequence[Contact], last: Last | None
) -> Settled:
    """Decide what a row comes to; `said` is what it proposes, tidied, and `told` its digest.

    Nothing when it is as known, when an equal proposal waits, or when an equal one was refused: it stays refused until
    the agency says something else. A newer proposal supersedes an open one.
    """
    waiting = last.id if last is not None and last.state == "open" else None
    known = concerned(row, contacts=contacts, said=said) if row.subject_kind in CONTACTS else None
    if row.subject_kind in CONTACTS and _is_moot(row, said, known):
        return Settled(action=None, supersedes=waiting)
    if last is not None and last.digest == told and _stands(row, last):
        return Settled(action=None)
    if row.action == "end":
        return Settled(action="end", present=known.shown() if known else row.present, supersedes=waiting)
    present = known.shown() if known else row.present
    return Settled(action="change" if present else "add", present=present, supersedes=waiting)


def _stands(row: Proposed, last: Last) -> bool:
    """Return whether an equal proposal says it still: an accepted contact may have been changed since."""
    return last.state in ("open", "refused") or row.subject_kind not in CONTACTS


def _is_moot(row: Proposed, said: Mapping[str, Any], known: Contact | None) -> bool:
    if row.action == "end":
        return known is None
    if known is None:
        return False
    here = known.shown()
    return all(here.get(key) == said[key] for key in SHOWN if key in said)
