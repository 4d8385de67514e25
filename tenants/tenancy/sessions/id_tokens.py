"""The provider's ID token, kept to be handed back when the person signs out: it names them, so it is kept sealed."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from infra import sealing
from tenants.tenancy.sessions.queries import SessionRow


def sealed_id_token(id_token: str | None, *, person_id: UUID) -> str | None:
    """Return the token as a session keeps it."""
    if id_token is None:
        return None
    return base64.b64encode(sealing.seal(id_token, place=_place(person_id))).decode()


def opened_id_token(session: SessionRow) -> str | None:
    """Return a session's ID token; None without one, and once the secret key it was sealed with is gone."""
    if session.id_token is None:
        return None
    try:
        return sealing.unseal(base64.b64decode(session.id_token, validate=True), place=_place(session.person_id))
    except (sealing.CannotOpen, binascii.Error):
        return None


def _place(person_id: UUID) -> str:
    return f"session|{person_id}|id_token"
