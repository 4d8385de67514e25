"""Access tokens of the invented tenants: JWTs under a key of this process, which the force's API checks."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any
from uuid import uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

TENANT = "7f5c0d1e-9f0a-4c1b-8a55-0d6f3f7a1c01"
ROLE = "Safeguarding.Indicators.Read"
SECONDS = 3599


@lru_cache(maxsize=1)
def _key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "invented-tenant"}, private=True)


def issue(*, client_id: str, audience: str, roles: list[str]) -> str:
    """A token for an application; without `roles` the claim is left out, as the service does."""
    now = int(time.time())
    claims: dict[str, Any] = {
        "aud": audience,
        "iss": f"https://login.microsoftonline.com/{TENANT}/v2.0",
        "iat": now,
        "nbf": now,
        "exp": now + SECONDS,
        "azp": client_id,
        "tid": TENANT,
        "sub": client_id,
        "idtyp": "app",
        "uti": str(uuid4()),
        **({"roles": roles} if roles else {}),
    }
    return jwt.encode({"alg": "RS256", "typ": "JWT", "kid": "invented-tenant"}, claims, _key(), algorithms=["RS256"])


def claims_of(token: str) -> dict[str, Any] | None:
    """The claims of a token of ours that is still good, or None."""
    try:
        claims = jwt.decode(token, _key(), algorithms=["RS256"]).claims
    except (JoseError, ValueError):
        return None
    return claims if float(claims.get("exp", 0)) > time.time() else None
