"""Giving roles, disabling and enabling accounts, ending other people's sessions."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.perform import perform, seen
from concordat_graphql.platform.types import Account
from concordat_graphql.problems import Failed
from concordat_graphql.tenancy.mutations import RoleAssignmentResult
from concordat_graphql.tenancy.types import RoleAssignment
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.people import accounts, queries, service
from tenants.tenancy.roles import Role

AccountResult = Annotated[Account | Failed, strawberry.union("AccountResult")]


@strawberry.input
class GrantRoleInput:
    """A role for someone who has an account, from a day (today when none is given)."""

    idempotency_key: str
    person_id: strawberry.ID
    role: str
    area_id: strawberry.ID | None = None
    organisation_id: strawberry.ID | None = None
    post: str | None = None
    valid_from: date | None = None


@strawberry.input
class SwitchAccountInput:
    """An account to disable or to enable again, and why."""

    idempotency_key: str
    person_id: strawberry.ID
    reason: str


@strawberry.input
class EndAccountSessionInput:
    """A browser to sign out for someone else, and why."""

    idempotency_key: str
    person_id: strawberry.ID
    session_id: strawberry.ID
    reason: str


@strawberry.type
class PeopleMutation:
    """People, by a platform administrator."""

    @strawberry.mutation(description="Give someone a role: any role, also national ones and for an organisation.")
    async def grant_role(self, info: Info, input: GrantRoleInput) -> RoleAssignmentResult:
        async def work(by: Actor) -> UUID:
            known = [role.value for role in Role]
            area, organisation = input.area_id, input.organisation_id
            return await service.grant_role(
                by=by,
                person_id=_person(input.person_id),
                role=Role(checks.choice(input.role, of=known, field="role", name="a role")),
                area_id=None if area is None else ids.decode_area(area),
                organisation_id=None
                if organisation is None
                else ids.decode_uuid("Organisation", organisation, field="organisationId"),
                post=checks.optional_text(input.post, name="the post", field="post"),
                valid_from=input.valid_from,
            )

        return await perform(info, input=input, command="role.grant", work=work, load=_assignment)

    @strawberry.mutation(description="Stop someone from signing in and end their sessions.")
    async def disable_account(self, info: Info, input: SwitchAccountInput) -> AccountResult:
        return await perform(
            info,
            input=input,
            command="person.disable",
            work=lambda by: accounts.disable_person(by=by, person_id=_person(input.person_id), reason=input.reason),
            load=_account,
        )

    @strawberry.mutation(description="Let someone whose account was disabled sign in again.")
    async def enable_account(self, info: Info, input: SwitchAccountInput) -> AccountResult:
        return await perform(
            info,
            input=input,
            command="person.enable",
            work=lambda by: accounts.enable_person(by=by, person_id=_person(input.person_id), reason=input.reason),
            load=_account,
        )

    @strawberry.mutation(description="Sign someone out in one browser.")
    async def end_account_session(self, info: Info, input: EndAccountSessionInput) -> AccountResult:
        async def work(by: Actor) -> UUID:
            person_id = _person(input.person_id)
            session_id = ids.decode_uuid("Session", input.session_id, field="sessionId")
            await accounts.end_session_of(by=by, person_id=person_id, session_id=session_id, reason=input.reason)
            return person_id

        return await perform(info, input=input, command="session.end", work=work, load=_account)


def _person(opaque: strawberry.ID) -> UUID:
    return ids.decode_uuid("Person", opaque, field="personId")


async def _account(result: str) -> Account:
    row = seen(await queries.person(person_id=UUID(result)))
    return Account.of(row)


async def _assignment(result: str) -> RoleAssignment:
    row = seen(await queries.assignment(assignment_id=UUID(result)))
    return RoleAssignment.of(row)
