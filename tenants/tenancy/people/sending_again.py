"""Sending an invitation again: a fresh link in a new email, and the one before works no more."""

from __future__ import annotations

from uuid import UUID

from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound, WrongState
from tenants.tenancy.people import queries
from tenants.tenancy.people.service import invite, revoke_invitation
from tenants.tenancy.permissions import check_can_grant
from tenants.tenancy.roles import Role

_OVER = {
    "accepted": "This invitation has been accepted. It need not be sent again.",
    "revoked": "This invitation has been withdrawn, or sent again already. Look at the list as it is now.",
}


async def send_again(*, by: Actor, invitation_id: UUID) -> UUID:
    """Send an invitation that is open or has expired again, as it was; return the new invitation's id.

    The days run anew. An open one is withdrawn, so that its link works no more; one that has expired stays as it is.
    The row is locked, so that two people who send it again at once send one.

    Raises `NotFound`, `NotAllowed`, `WrongState`.
    """
    await sql.execute("select 1 from invitation where id = $1 for update", invitation_id)
    found = await queries.invitation(invitation_id=invitation_id)
    if found is None:
        raise NotFound("invitation")
    check_can_grant(by, role=Role(found.role), area_id=found.area_id)
    if found.state in _OVER:
        raise WrongState(_OVER[found.state])
    if found.state == "open" and found.confirmed_at is not None:
        raise WrongState("Whoever opened this invitation has been confirmed. They get the role when they next sign in.")
    if found.state == "open":
        await revoke_invitation(by=by, invitation_id=invitation_id)
    return await invite(
        by=by,
        email=found.email,
        name=found.name,
        role=found.role,
        area_id=found.area_id,
        organisation_id=found.organisation_id,
        post=found.post,
    )
