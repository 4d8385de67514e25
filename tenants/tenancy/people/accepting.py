"""Use cases on invitations that were opened: accepting one, and confirming who opened it with another address.

The link alone is no proof of who holds it: mails are forwarded, mailboxes shared, addresses mistyped. It gives the role
at once to the account that has the invited address at its provider; any other account waits until it is confirmed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from infra.clock import now, today
from infra.database import sql
from infra.secrets import token_hash
from infra.settings import load_settings
from tenants.audit.service import PLATFORM, record
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed, NotFound, WrongState
from tenants.tenancy.people import queries
from tenants.tenancy.people.addresses import same_address
from tenants.tenancy.people.invitation_mail import mail_answered, mail_confirmed
from tenants.tenancy.people.queries import InvitationRow
from tenants.tenancy.people.service import assign, create_person
from tenants.tenancy.permissions import check_can_grant
from tenants.tenancy.roles import Role
from tenants.tenancy.tables import Invitation


async def accept_invitation(*, by: Actor, token: str, issuer: str, subject: str, name: str, email: str) -> UUID | None:
    """Turn an invitation into a role for whoever signed in as (issuer, subject); return the person's id.

    Return None where `email`, the address that their provider vouches for (empty for none), is not the one invited: the
    answer is kept and whoever sent the invitation is told. Inside the sign-in scope. Raises `NotFound` for a wrong
    token, `NotAllowed`, and `WrongState` for an invitation that was used, withdrawn, has expired or was answered by
    someone else. The row is locked, so that a link opened twice at once works once.
    """
    await sql.execute("select 1 from invitation where token_hash = $1 for update", token_hash(token))
    found = await queries.invitation_by_token(token_hash=token_hash(token))
    if found is None:
        raise NotFound("invitation")
    if found.state != "open":
        raise WrongState(f"This invitation has been {found.state}. Ask the person who invited you for a new one.")
    await _check_account(found, issuer=issuer, subject=subject, email=email)
    theirs = (found.answered_issuer, found.answered_subject) == (issuer, subject)
    if same_address(found.email, email) or (theirs and found.confirmed_at is not None):
        return await _take_up(found, by=by, issuer=issuer, subject=subject, name=name, email=email)
    if found.answered_at is not None and not theirs:
        raise WrongState(
            "Someone else has opened this invitation and waits to be confirmed. "
            "Ask the person who invited you to withdraw it and send a new one."
        )
    if not theirs:
        await _keep_answer(found, by=by, issuer=issuer, subject=subject, name=name, email=email)
    return None


async def take_up_confirmed(*, by: Actor, issuer: str, subject: str, name: str, email: str) -> int:
    """Give the roles that were confirmed since whoever signs in now opened the invitation; return how many.

    Inside the sign-in scope. Raises as `accept_invitation` does.
    """
    taken = 0
    for row in await queries.invitations_confirmed(issuer=issuer, subject=subject):
        await sql.execute("select 1 from invitation where id = $1 for update", row.id)
        found = await queries.invitation(invitation_id=row.id)
        if found is not None and found.state == "open":
            await _check_account(found, issuer=issuer, subject=subject, email=email)
            await _take_up(found, by=by, issuer=issuer, subject=subject, name=name, email=email)
            taken += 1
    return taken


async def confirm_invitation(*, by: Actor, invitation_id: UUID) -> UUID:
    """Say that who opened the invitation with another address is who was invited: they get the role at their next
    sign-in, for which they have as many days as for a new invitation. Raises `NotFound`, `NotAllowed`, `WrongState`.
    """
    await sql.execute("select 1 from invitation where id = $1 for update", invitation_id)
    found = await queries.invitation(invitation_id=invitation_id)
    if found is None:
        raise NotFound("invitation")
    check_can_grant(by, role=Role(found.role), area_id=found.area_id)
    if found.state != "open":
        raise WrongState(f"This invitation cannot be confirmed: it is {found.state}.")
    if found.answered_issuer is None or found.answered_subject is None:
        raise WrongState("Nobody has opened this invitation with another address. There is nothing to confirm.")
    if found.confirmed_at is not None:
        raise WrongState("This has been confirmed already. The person gets the role when they next sign in.")
    known = await queries.person_by_identity(issuer=found.answered_issuer, subject=found.answered_subject)
    if known is not None and known.id == by.id:
        raise NotAllowed("You cannot confirm yourself. Ask someone else to give you this role.", area_id=found.area_id)
    changed: dict[Any, Any] = {
        Invitation.confirmed_at: now(),
        Invitation.confirmed_by: by.id,
        Invitation.expires_at: _anew(found),
    }
    await Invitation.update(changed).where(Invitation.id == invitation_id).run()
    await record(
        by=by, area_id=found.area_id or PLATFORM, action="invitation.confirm", subject=("invitation", invitation_id)
    )
    await mail_confirmed(by=by, found=found)
    return invitation_id


async def _keep_answer(found: InvitationRow, *, by: Actor, issuer: str, subject: str, name: str, email: str) -> None:
    answer: dict[Any, Any] = {
        Invitation.answered_issuer: issuer,
        Invitation.answered_subject: subject,
        Invitation.answered_name: name or None,
        Invitation.answered_email: email or None,
        Invitation.answered_at: now(),
        Invitation.expires_at: _anew(found),
    }
    await Invitation.update(answer).where(Invitation.id == found.id).run()
    await record(by=by, area_id=found.area_id or PLATFORM, action="invitation.answer", subject=("invitation", found.id))
    await mail_answered(by=by, found=found, email=email)


def _anew(found: InvitationRow) -> Any:
    """Until when it works, now that someone else's move is awaited: the days run again, and never become fewer."""
    return max(found.expires_at, now() + timedelta(days=load_settings().invitation_days))


async def _check_account(found: InvitationRow, *, issuer: str, subject: str, email: str) -> None:
    known = await queries.person_by_identity(issuer=issuer, subject=subject)
    if known is not None and known.disabled_at is not None:
        raise NotAllowed("This account was disabled. Ask an administrator of this service.")
    if known is not None and known.id == found.invited_by:
        raise NotAllowed("You cannot accept your own invitation. Ask someone else to give you this role.")
    if known is None and await queries.person_by_email(email=email or found.email) is not None:
        raise NotAllowed(
            "This email address already belongs to an account that signs in another way. "
            "Sign in that way, then open the invitation again."
        )


async def _take_up(found: InvitationRow, *, by: Actor, issuer: str, subject: str, name: str, email: str) -> UUID:
    person_id = await _person_for(issuer=issuer, subject=subject, name=name or found.name, email=email or found.email)
    taken: dict[Any, Any] = {Invitation.accepted_at: now(), Invitation.accepted_by: person_id}
    await Invitation.update(taken).where(Invitation.id == found.id).run()
    assignment_id = await _held_or_assigned(found, person_id=person_id)
    await record(
        by=by,
        area_id=found.area_id or PLATFORM,
        action="invitation.accept",
        subject=("invitation", found.id),
        after={"person_id": person_id, "role_assignment": assignment_id},
    )
    return person_id


async def _held_or_assigned(found: InvitationRow, *, person_id: UUID) -> UUID:
    """Whoever holds the role already keeps the assignment they have."""
    place: dict[str, Any] = {"area_id": found.area_id, "organisation_id": found.organisation_id}
    held = await queries.held(person_id=person_id, role=found.role, since=today(), **place)
    return held or await assign(
        person_id=person_id,
        role=Role(found.role),
        post=found.post,
        valid_from=today(),
        granted_by=found.invited_by,
        **place,
    )


async def _person_for(*, issuer: str, subject: str, name: str, email: str) -> UUID:
    known = await queries.person_by_identity(issuer=issuer, subject=subject)
    return known.id if known else await create_person(name=name, email=email, issuer=issuer, subject=subject)
