"""Areas and people as a platform administrator sees them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

import strawberry

from concordat_graphql import ids
from concordat_graphql.tenancy.types import Area, Session
from tenants.tenancy.mail.outcomes import WHY
from tenants.tenancy.people.queries import AssignmentRow, PersonRow, WaitingRow
from tenants.tenancy.queries import CoverRow
from tenants.tenancy.roles import LABELS, Role


@strawberry.type
class AreaLine:
    """An area in the administrator's list, with the local authorities it covers today."""

    area: Area
    local_authority_names: list[str]


@strawberry.type
class Cover:
    """A local authority that an area covered, covers or will cover; both days are included."""

    id: strawberry.ID
    code: str
    name: str
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, row: CoverRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("Cover", row.id),
            code=row.la_code,
            name=row.la_name,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )


@strawberry.type
class AreaRecord:
    """An area with everything it has covered, and the area it became when it was merged."""

    area: Area
    covers: list[Cover]
    merged_into: Area | None


@strawberry.type
class Account:
    """Someone who signs in, or could before their account was disabled."""

    id: strawberry.ID
    name: str
    email: str
    disabled_at: datetime | None

    @classmethod
    def of(cls, row: PersonRow) -> Self:
        """Return the type of a row."""
        return cls(id=ids.encode("Person", row.id), name=row.name, email=row.email, disabled_at=row.disabled_at)


@strawberry.type
class WaitingInvitation:
    """An invitation that nobody has accepted or withdrawn, with where its role is held."""

    id: strawberry.ID
    name: str
    email: str
    role_label: str
    area_name: str | None
    state: str = strawberry.field(description="open or expired")
    undelivered: str | None = strawberry.field(description="Why its email did not arrive, in words; null when it did.")
    may_send_again: bool = strawberry.field(description="It is open, or has expired and no newer one was sent.")
    expires_at: datetime
    answered_name: str | None = strawberry.field(description="Who opened it with another address, as they are named.")
    answered_email: str | None = strawberry.field(description="The address of who opened it, where one is told.")
    answered_at: datetime | None = strawberry.field(description="When it was opened with another address than `email`.")
    confirmed_at: datetime | None = strawberry.field(description="When they were confirmed as who was invited.")

    @classmethod
    def of(cls, row: WaitingRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("Invitation", row.id),
            name=row.name,
            email=row.email,
            role_label=LABELS[Role(row.role)],
            area_name=row.area_name,
            state=row.state,
            undelivered=WHY.get(row.undelivered or ""),
            may_send_again=row.may_send_again,
            expires_at=row.expires_at,
            answered_name=row.answered_name,
            answered_email=row.answered_email,
            answered_at=row.answered_at,
            confirmed_at=row.confirmed_at,
        )


@strawberry.type
class AccountRole:
    """A role that someone holds, held or will hold, with where."""

    id: strawberry.ID
    role: str
    role_label: str
    area_name: str | None
    organisation_name: str | None
    valid_from: date
    valid_to: date | None
    version: int

    @classmethod
    def of(cls, row: AssignmentRow, *, area_name: str | None, organisation_name: str | None) -> Self:
        """Return the type of a row with the names of its area and organisation."""
        return cls(
            id=ids.encode("RoleAssignment", row.id),
            role=row.role,
            role_label=LABELS[Role(row.role)],
            area_name=area_name,
            organisation_name=organisation_name,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            version=row.version,
        )


@strawberry.type
class AccountRecord:
    """An account with its roles and the browsers that are signed in."""

    account: Account
    roles: list[AccountRole]
    sessions: list[Session]


@strawberry.type
class FoundOrganisation:
    """An organisation to give a role for."""

    id: strawberry.ID
    name: str
    kind: str
    town: str | None
    number: str | None = strawberry.field(description="URN of an establishment, UID of a trust, ODS code of a board.")
