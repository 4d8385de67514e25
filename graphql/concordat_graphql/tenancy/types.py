"""Types of tenancy: each is close to one row, and says which one."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Self

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info, reading
from tenants.tenancy import queries
from tenants.tenancy.mail.outcomes import WHY
from tenants.tenancy.people.queries import AssignmentRow, InvitationRow, PersonRow
from tenants.tenancy.queries import AreaRow, BoardRow, CoverRow
from tenants.tenancy.roles import LABELS, Role
from tenants.tenancy.service import BOARD_KINDS
from tenants.tenancy.sessions.queries import SessionRow


@strawberry.type
class LocalAuthorityCover:
    """A local authority that an area covers from a day."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, row: CoverRow) -> Self:
        """Return the type of a row."""
        return cls(code=row.la_code, name=row.la_name, valid_from=row.valid_from, valid_to=row.valid_to)


@strawberry.type
class LinkedBoard:
    """Another board that the partnership works with."""

    id: strawberry.ID
    name: str
    kind: str
    kind_label: str
    url: str | None
    note: str | None
    ended_on: date | None
    version: int

    @classmethod
    def of(cls, row: BoardRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("LinkedBoard", row.id),
            name=row.name,
            kind=row.kind,
            kind_label=BOARD_KINDS[row.kind],
            url=row.url,
            note=row.note,
            ended_on=row.ended_on,
            version=row.version,
        )


@strawberry.type
class Area:
    """A partnership area. Its name and what it covers are public; everything else is for its members."""

    area_id: strawberry.Private[int]
    id: strawberry.ID
    slug: str
    name: str
    lifecycle: str = strawberry.field(description="setting_up, live or merged")
    version: int

    @classmethod
    def of(cls, row: AreaRow) -> Self:
        """Return the type of a row."""
        return cls(
            area_id=row.id,
            id=ids.encode("Area", row.id),
            slug=row.slug,
            name=row.name,
            lifecycle=row.lifecycle,
            version=row.version,
        )

    @strawberry.field(description="The local authorities covered on a day (today when none is given).")
    async def local_authorities(self, info: Info, as_at: date | None = None) -> list[LocalAuthorityCover]:
        rows = await info.context.loader("area.cover", partial(_covers, info)).load((self.area_id, as_at))
        return [LocalAuthorityCover.of(row) for row in rows]

    @strawberry.field(description="Other boards that the partnership works with. For members.")
    async def linked_boards(self, info: Info, ended: bool = False) -> list[LinkedBoard]:
        info.context.person  # noqa: B018  raises for someone not signed in
        rows = await info.context.loader("area.boards", partial(_boards, info)).load((self.area_id, ended))
        return [LinkedBoard.of(row) for row in rows]


async def _covers(info: Info, keys: list[tuple[int, date | None]]) -> list[list[CoverRow]]:
    async with reading(info):
        days = {
            day: await queries.cover(area_ids=[area for area, asked in keys if asked == day], as_at=day)
            for day in {day for _, day in keys}
        }
    return [[row for row in days[day] if row.area_id == area] for area, day in keys]


async def _boards(info: Info, keys: list[tuple[int, bool]]) -> list[list[BoardRow]]:
    async with reading(info, own=True):
        found = {
            ended: await queries.linked_boards(area_ids=[area for area, asked in keys if asked is ended], ended=ended)
            for ended in {ended for _, ended in keys}
        }
    return [[row for row in found[ended] if row.area_id == area] for area, ended in keys]


@strawberry.type
class Person:
    """Someone who signs in."""

    id: strawberry.ID
    name: str
    email: str
    telephone: str | None

    @classmethod
    def of(cls, row: PersonRow) -> Self:
        """Return the type of a row."""
        return cls(id=ids.encode("Person", row.id), name=row.name, email=row.email, telephone=row.telephone)


@strawberry.type
class RoleAssignment:
    """A role that a person holds from a day, to a day."""

    id: strawberry.ID
    person_name: str
    email: str
    role: str
    role_label: str
    post: str | None
    valid_from: date
    valid_to: date | None
    version: int

    @classmethod
    def of(cls, row: AssignmentRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("RoleAssignment", row.id),
            person_name=row.person_name,
            email=row.email,
            role=row.role,
            role_label=LABELS[Role(row.role)],
            post=row.post,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            version=row.version,
        )


@strawberry.type
class Invitation:
    """An invitation by email link."""

    id: strawberry.ID
    name: str
    email: str
    role: str
    role_label: str
    post: str | None
    state: str = strawberry.field(description="open, accepted, revoked or expired")
    undelivered: str | None = strawberry.field(description="Why its email did not arrive, in words; null when it did.")
    may_send_again: bool = strawberry.field(description="It is open, or has expired and no newer one was sent.")
    created_at: datetime
    expires_at: datetime
    answered_name: str | None = strawberry.field(description="Who opened it with another address, as they are named.")
    answered_email: str | None = strawberry.field(description="The address of who opened it, where one is told.")
    answered_at: datetime | None = strawberry.field(description="When it was opened with another address than `email`.")
    confirmed_at: datetime | None = strawberry.field(description="When they were confirmed as who was invited.")

    @classmethod
    def of(cls, row: InvitationRow) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("Invitation", row.id),
            name=row.name,
            email=row.email,
            role=row.role,
            role_label=LABELS[Role(row.role)],
            post=row.post,
            state=row.state,
            undelivered=WHY.get(row.undelivered or ""),
            may_send_again=row.may_send_again,
            created_at=row.created_at,
            expires_at=row.expires_at,
            answered_name=row.answered_name,
            answered_email=row.answered_email,
            answered_at=row.answered_at,
            confirmed_at=row.confirmed_at,
        )


@strawberry.type
class Session:
    """A browser in which the viewer is signed in."""

    id: strawberry.ID
    device: str | None
    hat: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    current: bool

    @classmethod
    def of(cls, row: SessionRow, *, current: bool) -> Self:
        """Return the type of a row."""
        return cls(
            id=ids.encode("Session", row.id),
            device=row.device,
            hat=row.hat,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            current=current,
        )
