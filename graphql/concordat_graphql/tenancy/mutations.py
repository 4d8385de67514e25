"""Changing areas, inviting people, ending roles and sessions."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from concordat_graphql.tenancy.types import Area, Invitation, LinkedBoard, RoleAssignment
from tenants.tenancy import queries, service
from tenants.tenancy.people import accepting, sending_again
from tenants.tenancy.people import queries as people_queries
from tenants.tenancy.people import service as people

AreaResult = Annotated[Area | Failed, strawberry.union("AreaResult")]
LinkedBoardResult = Annotated[LinkedBoard | Failed, strawberry.union("LinkedBoardResult")]
InvitationResult = Annotated[Invitation | Failed, strawberry.union("InvitationResult")]
RoleAssignmentResult = Annotated[RoleAssignment | Failed, strawberry.union("RoleAssignmentResult")]


@strawberry.input
class RenameAreaInput:
    """A new name for an area, by someone who saw `version`."""

    idempotency_key: str
    area_id: strawberry.ID
    version: int
    name: str


@strawberry.input
class LinkBoardInput:
    """A board that the partnership works with."""

    idempotency_key: str
    area_id: strawberry.ID
    name: str
    kind: str
    url: str | None = None
    note: str | None = None


@strawberry.input
class EndBoardInput:
    """The end of a link with a board."""

    idempotency_key: str
    area_id: strawberry.ID
    board_id: strawberry.ID
    version: int
    ended_on: date
    reason: str


@strawberry.input
class InvitePersonInput:
    """Someone to invite, and the role they are to hold."""

    idempotency_key: str
    email: str
    name: str
    role: str
    area_id: strawberry.ID | None = None
    organisation_id: strawberry.ID | None = None
    post: str | None = None


@strawberry.input
class RevokeInvitationInput:
    """An invitation to withdraw."""

    idempotency_key: str
    invitation_id: strawberry.ID


@strawberry.input
class ConfirmInvitationInput:
    """An invitation that was opened with another address by the person who was invited."""

    idempotency_key: str
    invitation_id: strawberry.ID


@strawberry.input
class SendInvitationAgainInput:
    """An invitation to send again, with a fresh link."""

    idempotency_key: str
    invitation_id: strawberry.ID


@strawberry.input
class EndRoleInput:
    """The last day of a role, and why it ends."""

    idempotency_key: str
    role_assignment_id: strawberry.ID
    version: int
    ends_on: date
    reason: str


@strawberry.type
class TenancyMutation:
    """Changing tenancy."""

    @strawberry.mutation(description="Change the name of an area. For its business manager.")
    async def rename_area(self, info: Info, input: RenameAreaInput) -> AreaResult:
        return await perform(
            info,
            input=input,
            command="area.rename",
            work=lambda by: service.rename_area(
                by=by, area_id=ids.decode_area(input.area_id), name=input.name, version=input.version
            ),
            load=_area,
        )

    @strawberry.mutation(description="Add a board that the partnership works with. For its business manager.")
    async def link_board(self, info: Info, input: LinkBoardInput) -> LinkedBoardResult:
        return await perform(
            info,
            input=input,
            command="board.link",
            work=lambda by: service.link_board(
                by=by,
                area_id=ids.decode_area(input.area_id),
                name=input.name,
                kind=input.kind,
                url=input.url,
                note=input.note,
            ),
            load=lambda result: _board(input.area_id, result),
        )

    @strawberry.mutation(description="End the link with a board. It stays in the record.")
    async def end_board(self, info: Info, input: EndBoardInput) -> LinkedBoardResult:
        return await perform(
            info,
            input=input,
            command="board.end",
            work=lambda by: service.end_board(
                by=by,
                area_id=ids.decode_area(input.area_id),
                board_id=ids.decode_uuid("LinkedBoard", input.board_id, field="boardId"),
                ended_on=input.ended_on,
                reason=input.reason,
                version=input.version,
            ),
            load=lambda result: _board(input.area_id, result),
        )

    @strawberry.mutation(description="Invite someone by email to hold a role. The link works once, until `expiresAt`.")
    async def invite_person(self, info: Info, input: InvitePersonInput) -> InvitationResult:
        return await perform(
            info,
            input=input,
            command="invitation.send",
            work=lambda by: people.invite(
                by=by,
                email=input.email,
                name=input.name,
                role=input.role,
                area_id=None if input.area_id is None else ids.decode_area(input.area_id),
                organisation_id=_organisation(input.organisation_id),
                post=input.post,
            ),
            load=_invitation,
        )

    @strawberry.mutation(description="Withdraw an invitation that has not been accepted.")
    async def revoke_invitation(self, info: Info, input: RevokeInvitationInput) -> InvitationResult:
        return await perform(
            info,
            input=input,
            command="invitation.revoke",
            work=lambda by: people.revoke_invitation(
                by=by, invitation_id=ids.decode_uuid("Invitation", input.invitation_id, field="invitationId")
            ),
            load=_invitation,
        )

    @strawberry.mutation(description="Confirm who opened an invitation with another address: they get the role.")
    async def confirm_invitation(self, info: Info, input: ConfirmInvitationInput) -> InvitationResult:
        return await perform(
            info,
            input=input,
            command="invitation.confirm",
            work=lambda by: accepting.confirm_invitation(
                by=by, invitation_id=ids.decode_uuid("Invitation", input.invitation_id, field="invitationId")
            ),
            load=_invitation,
        )

    @strawberry.mutation(description="Send an open or expired invitation again: a new link, and the old one ends.")
    async def send_invitation_again(self, info: Info, input: SendInvitationAgainInput) -> InvitationResult:
        return await perform(
            info,
            input=input,
            command="invitation.send_again",
            work=lambda by: sending_again.send_again(
                by=by, invitation_id=ids.decode_uuid("Invitation", input.invitation_id, field="invitationId")
            ),
            load=_invitation,
        )

    @strawberry.mutation(description="End a role on a day, with a reason. It stays in the record.")
    async def end_role(self, info: Info, input: EndRoleInput) -> RoleAssignmentResult:
        return await perform(
            info,
            input=input,
            command="role.end",
            work=lambda by: people.end_role(
                by=by,
                assignment_id=ids.decode_uuid("RoleAssignment", input.role_assignment_id, field="roleAssignmentId"),
                ends_on=input.ends_on,
                reason=input.reason,
                version=input.version,
            ),
            load=_assignment,
        )


def _organisation(opaque: strawberry.ID | None) -> UUID | None:
    return None if opaque is None else ids.decode_uuid("Organisation", opaque, field="organisationId")


async def _area(result: str) -> Area:
    row = seen(await queries.area(area_id=int(result)))
    return Area.of(row)


async def _board(area_id: strawberry.ID, result: str) -> LinkedBoard:
    row = seen(await queries.linked_board(area_id=ids.decode_area(area_id), board_id=UUID(result)))
    return LinkedBoard.of(row)


async def _invitation(result: str) -> Invitation:
    row = seen(await people_queries.invitation(invitation_id=UUID(result)))
    return Invitation.of(row)


async def _assignment(result: str) -> RoleAssignment:
    row = seen(await people_queries.assignment(assignment_id=UUID(result)))
    return RoleAssignment.of(row)
