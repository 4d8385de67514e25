"""The invitation email: who invites, to which role, where, until when, and the link that works once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from infra.clock import LONDON
from infra.database import sql
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.service import send_mail
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import LABELS, Role


async def mail_invitation(
    *, by: Actor, invitation_id: UUID, to: str, name: str, role: Role, area_id: int | None, expires_at: datetime
) -> UUID:
    """Write the email of an invitation, in the transaction that makes it; return the mail's id."""
    area = None if area_id is None else await sql.fetch_value("select name from area where id = $1", area_id)
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
            "place": area or "England",
            "expires": f"{expires.day} {expires:%B %Y}",
        },
    )


def invitation_link(base_url: str, values: Mapping[str, str | int]) -> str:
    """Return the address that accepts the invitation of a mail; computed by the worker, stored nowhere."""
    return f"{base_url}/invitation/{invitation_token(UUID(str(values['invitation_id'])))}"
