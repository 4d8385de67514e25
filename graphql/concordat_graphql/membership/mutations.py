"""Changing membership: each mutation is one verb of the service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.membership import inputs
from concordat_graphql.membership.types import (
    AHEAD_KINDS,
    Appointment,
    BoardGroup,
    BoardSeat,
    MembershipAhead,
    PartnerBody,
    PartnershipChair,
)
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from infra.clock import today
from tenants.membership import queries, service
from tenants.tenancy.actor import Actor

PartnerResult = Annotated[PartnerBody | Failed, strawberry.union("PartnerBodyResult")]
AppointmentResult = Annotated[Appointment | Failed, strawberry.union("AppointmentResult")]
ChairResult = Annotated[PartnershipChair | Failed, strawberry.union("PartnershipChairResult")]
GroupResult = Annotated[BoardGroup | Failed, strawberry.union("BoardGroupResult")]
AheadResult = Annotated[MembershipAhead | Failed, strawberry.union("MembershipAheadResult")]
SeatResult = Annotated[BoardSeat | Failed, strawberry.union("BoardSeatResult")]

Verb = Callable[..., Awaitable[UUID]]
T = TypeVar("T")
Load = Callable[[int, UUID], Awaitable[T]]

#: the kind of opaque id that each input field holds
KINDS = {
    "partner_id": "PartnerBody",
    "successor_id": "PartnerBody",
    "organisation_id": "Organisation",
    "appointment_id": "Appointment",
    "person_id": "Person",
    "chair_id": "PartnershipChair",
    "group_id": "BoardGroup",
    "seat_id": "BoardSeat",
}


@strawberry.type
class MembershipMutation:
    """Changing membership. For the area's business manager."""

    @strawberry.mutation(description="List a body as a safeguarding partner of the area.")
    async def add_partner(self, info: Info, input: inputs.AddPartnerInput) -> PartnerResult:
        return await _do(info, input, "partner_body.add", service.add_partner, _partner)

    @strawberry.mutation(description="Put right what was recorded wrongly about a partner.")
    async def correct_partner(self, info: Info, input: inputs.CorrectPartnerInput) -> PartnerResult:
        return await _do(info, input, "partner_body.correct", service.correct_partner, _partner)

    @strawberry.mutation(description="Say which body of the national register a partner is.")
    async def link_partner(self, info: Info, input: inputs.LinkPartnerInput) -> PartnerResult:
        return await _do(info, input, "partner_body.link", service.link_partner, _partner)

    @strawberry.mutation(description="Let another body take over from a partner. Returns the successor.")
    async def succeed_partner(self, info: Info, input: inputs.SucceedPartnerInput) -> PartnerResult:
        return await _do(info, input, "partner_body.succeed", service.succeed_partner, _partner)

    @strawberry.mutation(description="Let the successor that the national register names take over. Returns it.")
    async def follow_successor(self, info: Info, input: inputs.FollowSuccessorInput) -> PartnerResult:
        return await _do(info, input, "partner_body.follow_successor", service.follow_successor, _partner)

    @strawberry.mutation(description="Leave a partner as it is although the register names a successor.")
    async def decline_successor(self, info: Info, input: inputs.DeclineSuccessorInput) -> PartnerResult:
        return await _do(info, input, "partner_body.decline_successor", service.decline_successor, _partner)

    @strawberry.mutation(description="End a partner on its last day, and with it its appointments.")
    async def end_partner(self, info: Info, input: inputs.EndMembershipInput) -> PartnerResult:
        return await _do(info, input, "partner_body.end", service.end_partner, _partner, id="partner_id")

    @strawberry.mutation(description="Appoint a person to a vacant office.")
    async def appoint(self, info: Info, input: inputs.AppointInput) -> AppointmentResult:
        return await _do(info, input, "appointment.add", service.appoint, _appointment)

    @strawberry.mutation(description="Let another person take over an office. Returns the new appointment.")
    async def replace_holder(self, info: Info, input: inputs.ChangeAppointmentInput) -> AppointmentResult:
        return await _do(info, input, "appointment.replace", service.replace_holder, _appointment)

    @strawberry.mutation(description="Put right what was recorded wrongly about an appointment.")
    async def correct_appointment(self, info: Info, input: inputs.ChangeAppointmentInput) -> AppointmentResult:
        return await _do(info, input, "appointment.correct", service.correct_appointment, _appointment)

    @strawberry.mutation(description="Say which account is the appointed person's, or that none is.")
    async def link_account(self, info: Info, input: inputs.LinkAccountInput) -> AppointmentResult:
        return await _do(info, input, "appointment.link", service.link_account, _appointment)

    @strawberry.mutation(description="End an appointment on its last day. The office is vacant from the day after.")
    async def end_appointment(self, info: Info, input: inputs.EndMembershipInput) -> AppointmentResult:
        verb = service.end_appointment
        return await _do(info, input, "appointment.end", verb, _appointment, id="appointment_id")

    @strawberry.mutation(description="Let one of the delegated safeguarding partners chair from a day.")
    async def choose_chair(self, info: Info, input: inputs.ChooseChairInput) -> ChairResult:
        return await _do(info, input, "partnership_chair.choose", service.choose_chair, _chair)

    @strawberry.mutation(description="End a chairing on its last day.")
    async def end_chair(self, info: Info, input: inputs.EndMembershipInput) -> ChairResult:
        return await _do(info, input, "partnership_chair.end", service.end_chair, _chair, id="chair_id")

    @strawberry.mutation(description="Set up a group.")
    async def add_group(self, info: Info, input: inputs.AddGroupInput) -> GroupResult:
        return await _do(info, input, "board_group.add", service.add_group, _group)

    @strawberry.mutation(description="Put right a group's name, purpose or first day.")
    async def correct_group(self, info: Info, input: inputs.CorrectGroupInput) -> GroupResult:
        return await _do(info, input, "board_group.correct", service.correct_group, _group)

    @strawberry.mutation(description="End a group on its last day, with its seats and their holders.")
    async def end_group(self, info: Info, input: inputs.EndMembershipInput) -> GroupResult:
        return await _do(info, input, "board_group.end", service.end_group, _group, id="group_id")

    @strawberry.mutation(description="Add a seat to a group, or one that represents education.")
    async def add_seat(self, info: Info, input: inputs.AddSeatInput) -> SeatResult:
        return await _do(info, input, "seat.add", service.add_seat, _seat)

    @strawberry.mutation(description="Put right a seat's title, level or first day.")
    async def correct_seat(self, info: Info, input: inputs.CorrectSeatInput) -> SeatResult:
        return await _do(info, input, "seat.correct", service.correct_seat, _seat)

    @strawberry.mutation(description="End a seat on its last day, with its holder.")
    async def end_seat(self, info: Info, input: inputs.EndMembershipInput) -> SeatResult:
        return await _do(info, input, "seat.end", service.end_seat, _seat, id="seat_id")

    @strawberry.mutation(description="Take back a beginning or an end that has not happened. Returns what is ahead.")
    async def take_back(self, info: Info, input: inputs.TakeBackInput) -> AheadResult:
        async def work(by: Actor) -> UUID:
            found = ids.decode_uuid(AHEAD_KINDS.get(input.what, "Change"), input.id, field="id")
            return await service.take_back(by=by, area_id=ids.decode_area(input.area_id), what=input.what, id=found,
                                           version=input.version, reason=input.reason)  # fmt: skip

        async def load(_: str) -> MembershipAhead:
            return MembershipAhead.of(await queries.ahead(area_id=ids.decode_area(input.area_id), after=today()))

        return await perform(info, input=input, command="membership.take_back", work=work, load=load)


async def _do(info: Info, input: Any, command: str, verb: Verb, load: Load[T], *, id: str = "id") -> T | Failed:
    """Run one verb on what the input says; `id` is what the verb calls the thing that the input names by `id`."""

    async def work(by: Actor) -> UUID:
        area_id = ids.decode_area(input.area_id)
        said = {name: value for name, value in vars(input).items() if name not in ("idempotency_key", "area_id")}
        return await verb(
            by=by, area_id=area_id, **{_named(name, id): _value(name, value, id) for name, value in said.items()}
        )

    return await perform(
        info,
        input=input,
        command=command,
        work=work,
        load=lambda result: load(ids.decode_area(input.area_id), UUID(result)),
    )


def _named(name: str, id: str) -> str:
    return id if name == "id" else name


def _value(name: str, value: Any, id: str) -> Any:
    kind = KINDS.get(_named(name, id))
    if isinstance(value, inputs.HolderInput):
        return value.holder()
    if kind is None or value is None:
        return value
    head, *rest = name.split("_")
    return ids.decode_uuid(kind, value, field=head + "".join(part.capitalize() for part in rest))


async def _partner(area_id: int, found: UUID) -> PartnerBody:
    row = seen(await queries.partner(area_id=area_id, partner_id=found))
    return PartnerBody.of(row)


async def _appointment(area_id: int, found: UUID) -> Appointment:
    row = seen(await queries.appointment(area_id=area_id, appointment_id=found))
    return Appointment.of(row)


async def _chair(area_id: int, found: UUID) -> PartnershipChair:
    row = seen(await queries.chairing(area_id=area_id, chair_id=found))
    return PartnershipChair.of(row)


async def _group(area_id: int, found: UUID) -> BoardGroup:
    row = seen(await queries.group(area_id=area_id, group_id=found))
    return BoardGroup.of(row)


async def _seat(area_id: int, found: UUID) -> BoardSeat:
    row = seen(await queries.seat(area_id=area_id, seat_id=found))
    return BoardSeat.of(row)
