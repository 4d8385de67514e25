"""Asking a token endpoint. No retry inside: each attempt needs a request of its own, so the caller decides."""

from __future__ import annotations

import httpx

from integrations.errors import AgencyBroken, AgencyDown, AgencyRefused
from integrations.http import Door, OutboundError, send
from integrations.oauth.answers import Token, read_token
from integrations.oauth.requests import TokenRequest

_REFUSED = {
    "insecure": "The token address is not an https address. Change it in the settings of the connection.",
    "host_refused": "The token address is not one we may call: it is not a public address.",
    "redirect": "The token service sent us to another address, which we do not follow. Check the token address.",
}
_BROKEN = {
    "too_large": "The token service’s answer is larger than we take.",
    "encoded": "The token service’s answer is compressed although we asked for no compression.",
}


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
            raise AgencyRefused(_REFUSED[error.code]) from error
        if error.code in _BROKEN:
            raise AgencyBroken(_BROKEN[error.code], sha256=None, size=door.max_bytes) from error
        raise AgencyDown("The token service does not answer. We shall try again later.") from error
    return read_token(answer)
