"""Asking a token endpoint. No retry inside: each attempt needs a request of its own, so the caller decides."""

from __future__ import annotations

import httpx

from integrations.errors import AgencyDown, AgencyRefused
from integrations.http import Door, OutboundError, send
from integrations.oauth.answers import Token, read_token
from integrations.oauth.requests import TokenRequest

_REFUSED = {"insecure", "host_refused", "redirect"}


async def ask_token(door: Door, request: TokenRequest, *, client: httpx.AsyncClient | None = None) -> Token:
    """Return a new access token, over the connections of `client` when there is one.

    Raises `AgencyDown`, `AgencyRefused`, `AgencyBroken` or `NeedsReauthorisation`.
    """
    try:
        answer = await send(door, "POST", request.url, content=request.body, headers=request.headers, client=client)
    except OutboundError as error:
        if error.code == "certificate":
            words = f"The token service’s certificate {error.detail}, so nothing was sent to it."
            raise AgencyRefused(words) from error
        if error.code in _REFUSED:
            raise AgencyRefused(f"The token service's address cannot be used ({error.code}).") from error
        raise AgencyDown(f"The token service does not answer ({error.code}).") from error
    return read_token(answer)
