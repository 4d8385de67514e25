"""Whether people could sign in at a provider now: its discovery document is read as a sign-in would read it."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request

from backend.auth.errors import IssuerMismatch, IssuerUnavailable

SECONDS = 4
_UNREAD = (
    "Nobody can sign in there yet: its discovery document could not be read. "
    "Check the issuer, or try again when the provider answers."
)
_OTHER = (
    "Nobody can sign in there yet: its discovery document states another issuer. "
    "Copy the issuer from that document, to the last character."
)


async def in_the_way(request: Request[Any, Any, Any], *, issuer: str) -> str:
    """Returns why nobody could sign in at an issuer now, as a sentence to go after another; nothing when they could."""
    try:
        async with asyncio.timeout(SECONDS):
            await request.app.state.issuers.metadata(issuer)
    except IssuerMismatch:
        return f" {_OTHER}"
    except (IssuerUnavailable, TimeoutError):
        return f" {_UNREAD}"
    return ""
