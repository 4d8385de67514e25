"""Signed tokens: whose they are and that nobody else made them. What they say is checked by the caller.

The header decides nothing that matters: the algorithm must be on our list, the key must be one that the
issuer publishes under that id, and keys carried inside the token (`jwk`, `jku`, `x5u`) are never looked at.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
from joserfc.jwk import ECKey

from backend.auth.errors import TokenRefused
from backend.auth.issuer_names import forms_of
from backend.auth.issuers import Issuers

ALGORITHMS = ("RS256", "ES256", "PS256")
LEEWAY_SECONDS = 60
LONGEST_TOKEN = 16_384


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A token whose signature is the issuer's and that is within its time."""

    algorithm: str
    claims: Mapping[str, Any]


async def verify(token: str, *, issuer: str, audience: str, types: frozenset[str | None], issuers: Issuers) -> Signed:
    """Checks type, algorithm, signature, issuer, exactly our audience, subject and times (60 s of leeway).

    `types` are the accepted `typ` headers in lower case; None stands for a token without one.
    Raises `TokenRefused`, or `IssuerUnavailable` when the keys cannot be had.
    """
    header = _header(token)
    if _type(header) not in types:
        raise TokenRefused("token_type")
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise TokenRefused("algorithm")
    claims = await _signed_claims(token, header, issuer=issuer, issuers=issuers)
    _check_claims(claims, issuer=issuer, audience=audience, now=int(issuers.clock()))
    return Signed(algorithm=str(algorithm), claims=claims)


def unverified_issuer(token: str) -> str:
    """The issuer that a token claims to have, only to choose whom to ask. Raises `TokenRefused`."""
    _header(token)
    try:
        claims = json.loads(jws.extract_compact(token.encode()).payload)
    except (JoseError, ValueError, RecursionError) as error:
        raise TokenRefused("malformed") from error
    issuer = claims.get("iss") if isinstance(claims, dict) else None
    if not isinstance(issuer, str):
        raise TokenRefused("claim_iss")
    return issuer


def _header(token: str) -> Mapping[str, Any]:
    if len(token) > LONGEST_TOKEN or token.count(".") != 2 or not token.isascii():
        raise TokenRefused("malformed")
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, RecursionError) as error:
        raise TokenRefused("malformed") from error
    if not isinstance(header, dict) or "crit" in header:
        raise TokenRefused("malformed")
    return header


def _type(header: Mapping[str, Any]) -> str | None:
    value = header.get("typ")
    # RFC 7515 §4.1.9 allows the prefix "application/" to be left out.
    return None if value is None else str(value).lower().removeprefix("application/")


async def _signed_claims(token: str, header: Mapping[str, Any], *, issuer: str, issuers: Issuers) -> Mapping[str, Any]:
    kid, algorithm = header.get("kid"), str(header["alg"])
    if not isinstance(kid, str):
        raise TokenRefused("unknown_key")
    key = await issuers.keys(issuer).find(kid)
    if isinstance(key, ECKey) != (algorithm == "ES256"):
        raise TokenRefused("algorithm")
    try:
        return jwt.decode(token, key, algorithms=[algorithm]).claims
    except (JoseError, ValueError, RecursionError) as error:
        raise TokenRefused("signature") from error


def _check_claims(claims: Mapping[str, Any], *, issuer: str, audience: str, now: int) -> None:
    # joserfc accepts our audience among others (measured); a token for others too is not ours alone.
    if claims.get("aud") not in (audience, [audience]):
        raise TokenRefused("claim_aud")
    registry = jwt.JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "values": list(forms_of(issuer))},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        registry.validate(dict(claims))
    except ExpiredTokenError as error:
        raise TokenRefused("expired") from error
    except ClaimError as error:
        raise TokenRefused(f"claim_{error.claim}") from error
    except JoseError as error:
        raise TokenRefused("claims") from error
