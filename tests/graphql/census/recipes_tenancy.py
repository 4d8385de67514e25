"""Recipes: an area's settings and its people; and what a platform administrator does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from concordat_graphql import ids
from tenants.membership.rules import Kind
from tenants.tenancy import queries, service
from tenants.tenancy.people import accepting
from tenants.tenancy.people import queries as people_queries
from tenants.tenancy.people import service as people
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor, tenant_scope
from tests.graphql.census.ready import Ready, Recipe, area_key
from tests.graphql.platform.test_four_actors import MUTATIONS as PLATFORM
from tests.support.membership import make_partnership
from tests.support.world import make_actor, make_area

SIGN_IN = system_actor("signing in", powers=["signin"])


async def rename() -> Ready:
    area = await make_area()
    said = {"areaId": area_key(area), "version": 1, "name": "New Testshire"}
    return Ready(input=said, by=await make_actor(Role.BUSINESS_MANAGER, area=area), area=area)


async def link_board() -> Ready:
    area = await make_area()
    said = {"areaId": area_key(area), "name": "Adults board", "kind": "safeguarding_adults"}
    return Ready(input=said, by=await make_actor(Role.BUSINESS_MANAGER, area=area), area=area)


async def end_board() -> Ready:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(by):
        board = await service.link_board(by=by, area_id=area.id, name="Adults board", kind="safeguarding_adults")
        row = await queries.linked_board(area_id=area.id, board_id=board)
    assert row is not None
    said = {"areaId": area_key(area), "boardId": ids.encode("LinkedBoard", board), "version": row.version,
            "endedOn": "2026-10-01", "reason": "It was merged."}  # fmt: skip
    return Ready(input=said, by=by, area=area)


async def invite() -> Ready:
    area = await make_area()
    said = {"areaId": area_key(area), "email": f"{uuid4().hex}@example.org", "name": "Nia New", "role": "viewer"}
    return Ready(input=said, by=await make_actor(Role.BUSINESS_MANAGER, area=area), area=area)


async def revoke() -> Ready:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(by):
        made = await people.invite(by=by, email="nia@example.org", name="Nia New", role="viewer", area_id=area.id)
    return Ready(input={"invitationId": ids.encode("Invitation", made)}, by=by, area=area)


async def confirm() -> Ready:
    said = await revoke()
    async with tenant_scope(SIGN_IN):
        opened = ids.decode_uuid("Invitation", said.input["invitationId"], field="invitationId")
        await accepting.accept_invitation(
            by=SIGN_IN, token=invitation_token(opened), issuer="https://id.test", subject=uuid4().hex, name="Nia New",
            email=f"{uuid4().hex}@elsewhere.example",
        )  # fmt: skip
    return said


async def end_role() -> Ready:
    area = await make_area()
    by = await make_actor(Role.BUSINESS_MANAGER, area=area)
    other = await make_actor(Role.VIEWER, area=area, name="Vic Viewer")
    async with tenant_scope(by, readonly=True):
        held = await people_queries.assignments_of_area(area_id=area.id)
    (row,) = [row for row in held if row.person_id == other.id]
    said = {"roleAssignmentId": ids.encode("RoleAssignment", row.id), "version": row.version,
            "endsOn": "2026-10-01", "reason": "They have left."}  # fmt: skip
    return Ready(input=said, by=by, area=area)


async def erase_from_trail() -> Ready:
    made = await make_partnership()
    subject = ids.encode("TrailSubject", f"{made.area.id}.appointment.{made.delegates[Kind.POLICE]}")
    said = {"areaId": area_key(made.area), "subjectId": subject, "reason": "They asked for it."}
    return Ready(input=said, by=await make_actor(Role.BUSINESS_MANAGER, area=made.area), area=made.area)


def by_administrator(make: Callable[[], Awaitable[dict[str, Any]]]) -> Recipe:
    async def recipe() -> Ready:
        return Ready(input=await make(), by=await make_actor(Role.PLATFORM_ADMINISTRATOR, name="Pat Keeper"))

    return recipe


TENANCY: dict[str, Recipe] = {
    "RenameArea": rename,
    "LinkBoard": link_board,
    "EndBoard": end_board,
    "InvitePerson": invite,
    "RevokeInvitation": revoke,
    "ConfirmInvitation": confirm,
    "SendInvitationAgain": revoke,
    "EndRole": end_role,
    "EraseFromTrail": erase_from_trail,
    **{name: by_administrator(make) for name, make in PLATFORM.items()},
}
