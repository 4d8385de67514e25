"""Who may ask: a token that the caller signed with the API secret, refused in the API's own words and order."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from integrations.sandbox.agencies.messages import Reply, Request, json_reply

AUDIENCE = "signin.education.gov.uk"
TOLERANCE = 30


def refused(request: Request, *, client_id: str, secret: str) -> Reply | None:
    """The refusal, None when the caller is who they say. 401 without a token, 403 for a bad one."""
    header = request.headers.get("authorization", "")
    if not header:
        return _no(401, "Missing Authorization header")
    if not re.fullmatch(r"bearer .+", header, re.IGNORECASE):
        return _no(401, "Malformed Authorization header. Should be bearer {token}")
    return _token_refused(header.split(" ", 1)[1], client_id=client_id, secret=secret)


def _token_refused(token: str, *, client_id: str, secret: str) -> Reply | None:
    try:
        unverified = jws.extract_compact(token.encode())
        claims = _claims(unverified.payload)
    except (JoseError, ValueError):
        return _no(403, "jwt malformed")
    if claims.get("iss") != client_id:
        return _no(403, "Unknown issuer")
    try:
        jws.deserialize_compact(token, OctKey.import_key(secret), algorithms=["HS256"])
    except (JoseError, ValueError):
        return _no(403, "invalid signature")
    if claims.get("aud") != AUDIENCE:
        return _no(403, f"jwt audience invalid. expected: {AUDIENCE}")
    if "exp" in claims and claims["exp"] + TOLERANCE < time.time():
        return _no(403, "jwt expired")
    return None


def _claims(payload: bytes | None) -> Mapping[str, Any]:
    claims = json.loads(payload or b"")
    if not isinstance(claims, dict):
        raise ValueError("no claims")
    return claims


def _no(status: int, message: str) -> Reply:
    return json_reply({"success": False, "message": message}, status=status)
