"""The invitation email (who invites, to which role, where, until when, and the link that works once) and the two after
it where it was opened with another address: to whoever sent it, and to whoever opened it once that is confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from infra.clock import LONDON
from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.checks import is_email
from tenants.tenancy.mail.service import send_mail
from tenants.tenancy.people import queries
from tenants.tenancy.people.places import place_name
from tenants.tenancy.people.queries import InvitationRow
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import LABELS, Role


async def mail_invitation(
    *,
    by: Actor,
    invitation_id: UUID,
    to: str,
    name: str,
    role: Role,
    area_id: int | None,
    expires_at: datetime,
    organisation_id: UUID | None = None,
) -> UUID:
    """Write the email of an invitation, in the transaction that makes it; return the mail's id."""
    expires = expires_at.astimezone(LONDON)
    return await send_mail(
        by=by,
        area_id=area_id,
        about=invitation_id,
        to=to,
        template="invitation",
        values={
            "invitation_id": invitation_id,
            "name": name,
            "inviter": by.name,
            "role": LABELS[role].lower(),
            "place": await place_name(area_id=area_id, organisation_id=organisation_id),
            "expires": f"{expires.day} {expires:%B %Y}",
        },
    )


def invitation_link(base_url: str, values: Mapping[str, str | int]) -> str:
    """Return the address that accepts the invitation of a mail; computed by the worker, stored nowhere."""
    return f"{base_url}/invitation/{invitation_token(UUID(str(values['invitation_id'])))}"


async def mail_answered(*, by: Actor, found: InvitationRow, email: str) -> None:
    """Tell whoever sent an invitation that it was opened with another address, while they have an account here."""
    sender = None if found.invited_by is None else await queries.person(person_id=found.invited_by)
    if sender is None or sender.disabled_at is not None:
        return
    slug = None if found.area_id is None else await sql.fetch_value("select slug from area where id=$1", found.area_id)
    await send_mail(
        by=by,
        area_id=found.area_id,
        person_id=sender.id,
        to=sender.email,
        template="invitation_answered",
        values={
            "sender": sender.name,
            "name": found.name,
            "invited": found.email,
            "stated": email if is_email(email) else "",
            "role": LABELS[Role(found.role)].lower(),
            "place": await place_name(area_id=found.area_id, organisation_id=found.organisation_id),
            "page": "/platform/people" if slug is None else f"/area/{slug}/people",
        },
    )


async def mail_confirmed(*, by: Actor, found: InvitationRow) -> None:
    """Tell whoever opened an invitation that they were confirmed: at the address of their account, where it has one."""
    stated = found.answered_email or ""
    await send_mail(
        by=by,
        area_id=found.area_id,
        about=found.id,
        to=stated if is_email(stated) else found.email,
        template="invitation_confirmed",
        values={
            "name": found.name,
            "role": LABELS[Role(found.role)].lower(),
            "place": await place_name(area_id=found.area_id, organisation_id=found.organisation_id),
        },
    )
