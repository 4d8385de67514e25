"""Machine clients: access tokens as JWTs (RFC 9068) from issuers that an administrator trusts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from backend.auth.errors import IssuerUnavailable, TokenRefused
from backend.auth.issuers import Issuers
from backend.auth.text import is_id
from backend.auth.tokens import unverified_issuer, verify

ACCESS_TOKEN = frozenset({"at+jwt"})
LAST_SECOND = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


@dataclass(frozen=True, kw_only=True)
class TrustedIssuer:
    """Whose tokens we take, for which audience, from which clients, and which of our roles a scope gives."""

    issuer: str
    audience: str
    clients: frozenset[str]
    scope_roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class VerifiedClient:
    """A machine client whose token holds. `roles` are those that its scopes give it; empty only in a refusal."""

    issuer: str
    client_id: str
    subject: str
    scopes: frozenset[str]
    roles: frozenset[str]
    expires_at: datetime


class BearerRefused(Exception):
    """A request that brought no token that we accept (RFC 6750 §3.1).

    `status` is 401, 403 or 503; `www_authenticate` is the header to answer with; `code` is for the log only.
    `client` is who it certainly was, where only its scopes were not enough (403).
    """

    def __init__(
        self,
        code: str,
        *,
        error: str | None = "invalid_token",
        status: int = 401,
        client: VerifiedClient | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.client = client
        self.status = status
        self.www_authenticate = 'Bearer realm="concordat"' + (f', error="{error}"' if error else "")


async def verify_bearer(
    authorization: str | None, *, trusted: Sequence[TrustedIssuer], issuers: Issuers
) -> VerifiedClient:
    """The client behind an `Authorization` header. Raises `BearerRefused`.

    The token must be of type `at+jwt`, be signed by a trusted issuer, be for our audience alone, be within
    its time, name a listed client, and carry at least one scope that gives a role.
    """
    token = _token(authorization)
    try:
        named = unverified_issuer(token)
        trust = next((entry for entry in trusted if entry.issuer == named), None)
        if trust is None:
            raise TokenRefused("issuer_not_trusted")
        signed = await verify(token, issuer=trust.issuer, audience=trust.audience, types=ACCESS_TOKEN, issuers=issuers)
        client_id = _client_id(signed.claims, trust=trust)
        return _client(signed.claims, client_id=client_id, trust=trust)
    except TokenRefused as refused:
        raise BearerRefused(refused.code) from refused
    except IssuerUnavailable as unavailable:
        raise BearerRefused(unavailable.code, error=None, status=503) from unavailable


def _token(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        # RFC 6750 §3.1: say no error to a client that brought nothing.
        raise BearerRefused("no_token", error=None)
    return token.strip()


def _client_id(claims: Mapping[str, Any], *, trust: TrustedIssuer) -> str:
    """`client_id` (RFC 9068) and `azp` (OpenID Connect) must not disagree, and the client must be listed."""
    given = [claims[name] for name in ("client_id", "azp") if name in claims]
    if not given or not isinstance(given[0], str) or given[0] != given[-1]:
        raise TokenRefused("claim_client_id")
    client_id = given[0]
    if client_id not in trust.clients:
        raise TokenRefused("client_not_listed")
    return client_id


def _client(claims: Mapping[str, Any], *, client_id: str, trust: TrustedIssuer) -> VerifiedClient:
    subject, scope = claims.get("sub"), claims.get("scope", "")
    if not is_id(subject):
        raise TokenRefused("claim_sub")
    if not isinstance(scope, str):
        raise TokenRefused("claim_scope")
    scopes = frozenset(scope.split())
    roles = frozenset(trust.scope_roles[name] for name in scopes if name in trust.scope_roles)
    client = VerifiedClient(
        issuer=trust.issuer,
        client_id=client_id,
        subject=str(subject),
        scopes=scopes,
        roles=roles,
        expires_at=datetime.fromtimestamp(min(claims["exp"], LAST_SECOND), tz=UTC),
    )
    if not roles:
        raise too_little(client)
    return client


def too_little(client: VerifiedClient) -> BearerRefused:
    """What to raise for a client none of whose scopes gives it a role (RFC 6750 §3.1: insufficient_scope)."""
    return BearerRefused("no_role_for_scope", error="insufficient_scope", status=403, client=client)
