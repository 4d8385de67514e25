"""Reading membership: members as themselves, officials completeness only and audited, anyone what is published."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.membership.published import PublishedMembership
from concordat_graphql.membership.types import (
    Appointment,
    BoardGroup,
    BoardSeat,
    Membership,
    MembershipAhead,
    MembershipCompleteness,
    PartnerBody,
    PartnershipChair,
    PartnerSuccession,
)
from concordat_graphql.national_reading import national_reading
from infra.clock import today
from tenants.membership import queries
from tenants.membership.permissions import can_edit, check_can_read
from tenants.tenancy.errors import Invalid
from tenants.tenancy.scope import public_scope


@strawberry.type
class MembershipQuery:
    """Reading membership."""

    @strawberry.field(description="Who is in which office on a day (today when none is given). For members.")
    async def membership(self, info: Info, area_id: strawberry.ID, as_at: date | None = None) -> Membership:
        area, on = _area(info, area_id), as_at or today()
        async with reading(info, own=True):
            found = await queries.members(area_id=area, as_at=on)
            [reported] = await queries.completeness_of(area_ids=[area], as_at=on)
        may_edit = can_edit(info.context.person, area_id=area)
        return Membership.of(found, reading=reported.reading, may_edit=may_edit)

    @strawberry.field(description="Every appointment there has been, newest first. For members.")
    async def membership_history(
        self, info: Info, area_id: strawberry.ID, first: int = 50, after: str | None = None
    ) -> paging.Connection[Appointment]:
        area, size = _area(info, area_id), paging.page_size(first)
        async with reading(info, own=True):
            rows = await queries.appointments(area_id=area, after=place_of(after), limit=size + 1)
        return paging.page(
            rows, first=size, node=Appointment.of, key=lambda row: paging.cursor(row.valid_from.isoformat(), row.id)
        )

    @strawberry.field(description="Every partner body there has been, those that have not ended first. For members.")
    async def membership_partners(self, info: Info, area_id: strawberry.ID) -> list[PartnerBody]:
        area = _area(info, area_id)
        async with reading(info, own=True):
            return [PartnerBody.of(row) for row in await queries.partners(area_id=area)]

    @strawberry.field(description="Partners whose body has a successor in the national register. For members.")
    async def partner_successions(self, info: Info, area_id: strawberry.ID) -> list[PartnerSuccession]:
        area = _area(info, area_id)
        async with reading(info, own=True):
            return [PartnerSuccession.of(row) for row in await queries.successions(area_id=area)]

    @strawberry.field(description="What is recorded and has not happened yet. For members.")
    async def membership_ahead(self, info: Info, area_id: strawberry.ID) -> MembershipAhead:
        area = _area(info, area_id)
        async with reading(info, own=True):
            return MembershipAhead.of(await queries.ahead(area_id=area, after=today()))

    @strawberry.field(description="Everyone who has chaired the partnership, newest first. For members.")
    async def membership_chairs(self, info: Info, area_id: strawberry.ID) -> list[PartnershipChair]:
        area = _area(info, area_id)
        async with reading(info, own=True):
            return [PartnershipChair.of(row) for row in await queries.chairs(area_id=area)]

    @strawberry.field(description="One partner body; null when not the reader's. For members.")
    async def partner_body(self, info: Info, area_id: strawberry.ID, id: strawberry.ID) -> PartnerBody | None:
        area, wanted = _area(info, area_id), ids.decode_uuid("PartnerBody", id, field="id")
        async with reading(info, own=True):
            row = await queries.partner(area_id=area, partner_id=wanted)
        return None if row is None else PartnerBody.of(row)

    @strawberry.field(description="One appointment; null when not the reader's. For members.")
    async def appointment(self, info: Info, area_id: strawberry.ID, id: strawberry.ID) -> Appointment | None:
        area, wanted = _area(info, area_id), ids.decode_uuid("Appointment", id, field="id")
        async with reading(info, own=True):
            row = await queries.appointment(area_id=area, appointment_id=wanted)
        return None if row is None else Appointment.of(row)

    @strawberry.field(description="One group; null when not the reader's. For members.")
    async def board_group(self, info: Info, area_id: strawberry.ID, id: strawberry.ID) -> BoardGroup | None:
        area, wanted = _area(info, area_id), ids.decode_uuid("BoardGroup", id, field="id")
        async with reading(info, own=True):
            row = await queries.group(area_id=area, group_id=wanted)
        return None if row is None else BoardGroup.of(row)

    @strawberry.field(description="One seat; null when not the reader's. For members.")
    async def board_seat(self, info: Info, area_id: strawberry.ID, id: strawberry.ID) -> BoardSeat | None:
        area, wanted = _area(info, area_id), ids.decode_uuid("BoardSeat", id, field="id")
        async with reading(info, own=True):
            row = await queries.seat(area_id=area, seat_id=wanted)
        return None if row is None else BoardSeat.of(row)

    @strawberry.field(description="Whether membership is complete on a day. For members, and for officials, audited.")
    async def membership_completeness(
        self, info: Info, area_id: strawberry.ID, as_at: date | None = None
    ) -> MembershipCompleteness:
        area, actor = ids.decode_area(area_id), info.context.person
        if actor.is_official:
            async with national_reading(info, what=("membership", area), area_id=area):
                return await _completeness(area, as_at)
        check_can_read(actor, area_id=area)
        async with reading(info, own=True):
            return await _completeness(area, as_at)

    @strawberry.field(description="What a live area publishes about its membership today. For anyone.")
    async def published_membership(self, area_id: strawberry.ID) -> PublishedMembership:
        area = ids.decode_area(area_id)
        # whoever asks reads as the public: a member's own login would show them their own area only
        async with public_scope():
            return PublishedMembership.of(await queries.published(area_id=area, as_at=today()))


async def _completeness(area_id: int, as_at: date | None) -> MembershipCompleteness:
    [found] = await queries.completeness_of(area_ids=[area_id], as_at=as_at or today())
    return MembershipCompleteness.of(found.reading)


def _area(info: Info, opaque: strawberry.ID) -> int:
    area_id = ids.decode_area(opaque)
    check_can_read(info.context.person, area_id=area_id)
    return area_id


def place_of(after: str | None) -> tuple[date, UUID] | None:
    """Return the (first day, id) inside a cursor of the history; raises `Invalid` for a cursor that is not ours."""
    key = paging.after_key(after, parts=2)
    if key is None:
        return None
    try:
        return date.fromisoformat(key[0]), UUID(key[1])
    except (ValueError, TypeError, AttributeError):
        message = "That page link is not valid any more. Start again from the first page."
        raise Invalid(message, field="after") from None
