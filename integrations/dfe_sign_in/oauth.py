"""No token endpoint: we sign a short token ourselves, under the API secret (not the sign-in client's secret)."""

from __future__ import annotations

import time
from collections.abc import Mapping

from joserfc import jwt
from joserfc.jwk import OctKey

from integrations.connector import Link, Secrets

AUDIENCE = "signin.education.gov.uk"
_SECONDS = 300


def authorise(link: Link, secrets: Secrets) -> Mapping[str, str]:
    """Return the headers; raises `KeyError` when no secret is set and `ValueError` when it is none."""
    now = int(time.time())
    claims = {"iss": str(link.options["client_id"]), "aud": AUDIENCE, "iat": now, "exp": now + _SECONDS}
    key = OctKey.import_key(secrets["client_secret"])
    return {"Authorization": f"bearer {jwt.encode({'typ': 'JWT', 'alg': 'HS256'}, claims, key)}"}
