"""Invitation tokens: computed from the invitation's id and the installation's secret, so none is ever stored.

The worker computes the same token when it writes the email; the database keeps only a hash.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID

from infra.secrets import derive


def invitation_token(invitation_id: UUID) -> str:
    """Return the token of an invitation, as it stands in the emailed link."""
    mac = hmac.new(derive("invitation"), invitation_id.bytes, hashlib.sha256).digest()[:20]
    return base64.urlsafe_b64encode(invitation_id.bytes + mac).decode().rstrip("=")
