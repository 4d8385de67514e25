"""Types of proposals about people, and of named contacts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self
from uuid import UUID

import strawberry

from concordat_graphql import ids
from tenants.connections.permissions import can_keep_contacts
from tenants.connections.queries.own import OwnPlace
from tenants.connections.queries.proposals import ContactRow, ProposalRow
from tenants.connections.rules.deciding import differences
from tenants.connections.rules.settling import POSTS, Post
from tenants.connections.rules.words import ACTIONS, DECISIONS, ENTERED, PARTS, SUBJECTS
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import LABELS, Role


@strawberry.type
class ProposedPart:
    """One part of what is proposed, beside what is known."""

    label: str
    known: str | None
    proposed: str | None
    differs: bool


@strawberry.type
class ConnectionProposal:
    """What a connection proposes about a person at an organisation."""

    id: strawberry.ID
    source: str
    organisation_id: strawberry.ID | None
    organisation_name: str | None
    urn: int | None
    action: str
    action_label: str
    subject_label: str
    parts: list[ProposedPart]
    known_from: str | None = strawberry.field(description="Whose entry the known one is, when there is one.")
    may_be_invited: bool
    state: str
    state_label: str
    made_at: datetime
    decided_at: datetime | None
    decided_by_name: str | None
    reason: str | None
    version: int

    @classmethod
    def of(cls, row: ProposalRow) -> Self:
        """Return the type of a row."""
        same = (
            "source",
            "organisation_name",
            "urn",
            "action",
            "state",
            "made_at",
            "decided_at",
            "decided_by_name",
            "reason",
            "version",
        )
        entered = (row.present or {}).get("entered_by")
        return cls(
            id=ids.encode("ConnectionProposal", row.id),
            organisation_id=None if row.organisation_id is None else ids.encode("Organisation", row.organisation_id),
            action_label=ACTIONS[row.action],
            subject_label=SUBJECTS[row.subject_kind],
            parts=[
                ProposedPart(label=PARTS[key], known=_said(key, known), proposed=_said(key, new), differs=known != new)
                for key, known, new in differences(row.present, row.proposed, action=row.action)
            ],
            known_from=ENTERED.get(str(entered)),
            may_be_invited=row.action != "end" and bool(row.proposed.get("email")),
            state_label=DECISIONS[row.state],
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


def _said(key: str, value: str | None) -> str | None:
    if key == "post" and value in set(Post):
        return POSTS[Post(value)]
    if key == "role" and value in set(Role):
        return LABELS[Role(value)]
    return value


@strawberry.type
class ProposalOutcome:
    """What became of one proposal that a decision was about."""

    id: strawberry.ID
    organisation_name: str | None
    subject_label: str | None
    name: str | None
    done: bool
    said: str | None = strawberry.field(description="Why it was left as it was, or what else there is to know.")

    @classmethod
    def of(cls, proposal_id: UUID, row: ProposalRow | None, *, done: bool, said: str | None) -> Self:
        """Return the type of a decision; of a proposal that is not the reader's to see, only its id."""
        return cls(
            id=ids.encode("ConnectionProposal", proposal_id),
            organisation_name=None if row is None else row.organisation_name,
            subject_label=None if row is None else SUBJECTS[row.subject_kind],
            name=None if row is None else row.proposed.get("name") or (row.present or {}).get("name"),
            done=done,
            said=said,
        )


@strawberry.type
class DecidedProposals:
    """What became of the proposals that a decision was about, each by itself."""

    decided: int
    outcomes: list[ProposalOutcome]


@strawberry.type
class NamedContact:
    """Whom to call at an organisation, from a day, to a day."""

    id: strawberry.ID
    organisation_id: strawberry.ID
    organisation_name: str
    urn: int | None
    post: str
    post_label: str
    name: str
    email: str | None
    phone: str | None
    entered_label: str
    entered_by_name: str
    valid_from: date
    valid_to: date | None
    ended_reason: str | None
    may_change: bool
    version: int

    @classmethod
    def of(cls, row: ContactRow, *, actor: Actor) -> Self:
        """Return the type of a row, as the actor sees it."""
        same = (
            "organisation_name",
            "urn",
            "post",
            "name",
            "email",
            "phone",
            "entered_by_name",
            "valid_from",
            "valid_to",
            "ended_reason",
            "version",
        )
        may = can_keep_contacts(actor, area_id=row.area_id, organisation_id=row.organisation_id)
        return cls(
            id=ids.encode("NamedContact", row.id),
            organisation_id=ids.encode("Organisation", row.organisation_id),
            post_label=POSTS[Post(row.post)],
            entered_label=ENTERED[row.entered_by],
            may_change=may and row.valid_to is None,
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


@strawberry.type
class ConnectionsAtAGlance:
    """How an area's connections stand, in numbers."""

    waiting: int = strawberry.field(description="Proposals that wait for a decision.")
    stale: int = strawberry.field(description="Connections that have not worked for longer than the area wants.")


@strawberry.type
class OwnContact:
    """A contact of today, in short."""

    post_label: str
    name: str


@strawberry.type
class OwnContacts:
    """An organisation that the reader acts for, in an area in which it is present, with its contacts there."""

    area_id: strawberry.ID
    area_name: str
    organisation_id: strawberry.ID
    organisation_name: str
    urn: int | None
    contacts: list[OwnContact]

    @classmethod
    def of(cls, row: OwnPlace) -> Self:
        """Return the type of a row."""
        return cls(
            area_id=ids.encode("Area", row.area_id),
            area_name=row.area_name,
            organisation_id=ids.encode("Organisation", row.organisation_id),
            organisation_name=row.organisation_name,
            urn=row.urn,
            contacts=[OwnContact(post_label=POSTS[Post(post)], name=name) for post, name in row.contacts],
        )
