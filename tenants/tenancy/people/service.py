"""Use cases on people: inviting, giving and ending roles. Accepting: `accepting`. Accounts themselves: `accounts`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from piccolo.columns import Column

from infra.clock import now, today
from infra.ids import uuid7
from infra.secrets import token_hash
from infra.settings import load_settings
from tenants.audit.service import PLATFORM, record
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from tenants.tenancy.people import last_holder, queries
from tenants.tenancy.people.invitation_mail import mail_invitation
from tenants.tenancy.people.places import check_place
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.permissions import can_administer, check_can_grant
from tenants.tenancy.roles import Role
from tenants.tenancy.tables import Identity, Invitation, Person, RoleAssignment


async def invite(
    *,
    by: Actor,
    email: str,
    name: str,
    role: str,
    area_id: int | None = None,
    organisation_id: UUID | None = None,
    post: str | None = None,
    sent_at: datetime | None = None,
) -> UUID:
    """Invite someone to hold a role; return the invitation's id. The link works once, for `CONCORDAT_INVITATION_DAYS`.

    `sent_at` is when it was sent, where that was not now: the days run from then. The email is written in the
    same transaction. Raises `NotAllowed`, `Invalid`, `NotFound` for a place that is not, or `WrongState` when the same
    invitation is open.
    """
    chosen = Role(checks.choice(role, of=[r.value for r in Role], field="role", name="a role"))
    check_can_grant(by, role=chosen, area_id=area_id)
    await check_place(chosen, area_id=area_id, organisation_id=organisation_id)
    address = checks.email(email)
    if await queries.is_invited(email=address, role=chosen, area_id=area_id, organisation_id=organisation_id):
        raise WrongState("An invitation to this person for this role is open. Withdraw it before you send another.")
    invitation_id = uuid7()
    row = Invitation(
        id=invitation_id,
        token_hash=token_hash(invitation_token(invitation_id)),
        email=address,
        name=checks.text(name, name="the person's name", field="name"),
        role=chosen.value,
        area_id=area_id,
        organisation_id=organisation_id,
        post=checks.optional_text(post, name="the post", field="post"),
        invited_by=by.id,
        expires_at=(sent_at or now()) + timedelta(days=load_settings().invitation_days),
    )
    await Invitation.insert(row).run()
    await record(
        by=by,
        area_id=area_id or PLATFORM,
        action="invitation.send",
        subject=("invitation", invitation_id),
        after={"role": chosen, "organisation_id": organisation_id},
    )
    await mail_invitation(
        by=by,
        invitation_id=invitation_id,
        to=row.email,
        name=row.name,
        role=chosen,
        area_id=area_id,
        organisation_id=organisation_id,
        expires_at=row.expires_at,
    )
    return invitation_id


async def revoke_invitation(*, by: Actor, invitation_id: UUID) -> UUID:
    """Withdraw an invitation that has not been accepted. Raises `NotFound`, `NotAllowed`, `WrongState`."""
    found = await queries.invitation(invitation_id=invitation_id)
    if found is None:
        raise NotFound("invitation")
    check_can_grant(by, role=Role(found.role), area_id=found.area_id)
    if found.state != "open":
        raise WrongState(f"This invitation cannot be withdrawn: it is {found.state}.")
    one = (Invitation.id == invitation_id) & Invitation.accepted_at.is_null() & Invitation.revoked_at.is_null()
    if not await Invitation.update({Invitation.revoked_at: now()}).where(one).returning(Invitation.id):
        raise Conflict("invitation")
    await record(
        by=by, area_id=found.area_id or PLATFORM, action="invitation.revoke", subject=("invitation", invitation_id)
    )
    return invitation_id


async def create_person(*, name: str, email: str, issuer: str | None = None, subject: str | None = None) -> UUID:
    """Make a person, with an identity at a sign-in provider when one is given; return the id."""
    person_id = uuid7()
    await Person.insert(
        Person(id=person_id, name=checks.text(name, name="the person's name", field="name"), email=checks.email(email))
    ).run()
    if issuer is not None and subject is not None:
        await Identity.insert(Identity(issuer=issuer, subject=subject, person_id=person_id)).run()
    return person_id


async def grant_role(
    *,
    by: Actor,
    person_id: UUID,
    role: Role,
    area_id: int | None = None,
    organisation_id: UUID | None = None,
    post: str | None = None,
    valid_from: date | None = None,
) -> UUID:
    """Give a known person a role from a day (today); return the assignment's id.

    Raises `NotAllowed`, `Invalid`, `NotFound` for a person or a place that is not there, or `WrongState` when they hold
    it already.
    """
    check_can_grant(by, role=role, area_id=area_id)
    if person_id == by.id:
        raise NotAllowed("You cannot give yourself a role. Ask another administrator.", area_id=area_id)
    await check_place(role, area_id=area_id, organisation_id=organisation_id)
    if await queries.person(person_id=person_id) is None:
        raise NotFound("person")
    if valid_from is not None:
        checks.day(valid_from, name="the first day", field="validFrom")
    if await queries.held(
        person_id=person_id,
        role=role,
        area_id=area_id,
        organisation_id=organisation_id,
        since=valid_from or today(),
    ):
        raise WrongState("This person holds this role already.")
    assignment_id = await assign(
        person_id=person_id,
        role=role,
        area_id=area_id,
        organisation_id=organisation_id,
        post=post,
        valid_from=valid_from or today(),
        granted_by=by.id,
    )
    await record(
        by=by,
        area_id=area_id or PLATFORM,
        action="role.grant",
        subject=("role_assignment", assignment_id),
        after={"person_id": person_id, "role": role, "organisation_id": organisation_id},
    )
    return assignment_id


async def assign(
    *,
    person_id: UUID,
    role: Role,
    area_id: int | None,
    organisation_id: UUID | None,
    post: str | None,
    valid_from: date,
    granted_by: UUID | None,
) -> UUID:
    """Write a role assignment that was checked and is recorded by whoever calls; return its id."""
    assignment_id = uuid7()
    await RoleAssignment.insert(
        RoleAssignment(
            id=assignment_id,
            person_id=person_id,
            role=role.value,
            area_id=area_id,
            organisation_id=organisation_id,
            post=post,
            valid_from=valid_from,
            granted_by=granted_by,
        )
    ).run()
    return assignment_id


async def end_role(*, by: Actor, assignment_id: UUID, ends_on: date, reason: str, version: int) -> UUID:
    """End a role on a day, with a reason. Raises `NotFound`, `NotAllowed`, `Conflict`, `WrongState`, `Invalid`.

    The last platform administrator's role does not end: nobody could give it to anyone. Nor does that of an area's last
    business manager, unless a platform administrator ends it, who can invite the next.
    """
    found = await queries.assignment(assignment_id=assignment_id)
    if found is None:
        raise NotFound("role")
    check_can_grant(by, role=Role(found.role), area_id=found.area_id)
    checks.version(expected=version, found=found.version, what="role")
    if found.valid_to is not None:
        raise WrongState("This role has already been ended.")
    checks.day(ends_on, name="the last day", field="endsOn")
    if ends_on < found.valid_from:
        raise Invalid("The last day cannot be before the first day.", field="endsOn")
    why = checks.reason(reason)
    if found.role == Role.PLATFORM_ADMINISTRATOR:
        await last_holder.check_administrators(besides=found.person_id, on=ends_on + timedelta(days=1))
    if found.role == Role.BUSINESS_MANAGER and not can_administer(by):
        after = ends_on + timedelta(days=1)
        await last_holder.check_managers(area_id=found.area_id, besides=found.person_id, on=after)
    ended: dict[Column | str, Any] = {
        RoleAssignment.valid_to: ends_on,
        RoleAssignment.ended_reason: why,
        RoleAssignment.version: version + 1,
    }
    one = (RoleAssignment.id == assignment_id) & (RoleAssignment.version == version)
    if not await RoleAssignment.update(ended).where(one).returning(RoleAssignment.id):
        raise Conflict("role")
    await record(
        by=by,
        area_id=found.area_id or PLATFORM,
        action="role.end",
        subject=("role_assignment", assignment_id),
        reason=why,
        after={"valid_to": ends_on},
    )
    return assignment_id
