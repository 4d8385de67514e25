"""An issuer's signing keys (RFC 7517), found by key id, with rotation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, RSAKey

from backend.auth.errors import IssuerUnavailable, TokenRefused
from backend.auth.kept import Kept
from integrations.http import Door, OutboundError, send

PublicKey = RSAKey | ECKey
KeySet = Mapping[str, PublicKey]

SMALLEST_RSA_BITS = 2048


@dataclass(kw_only=True)
class KeyRing:
    """The keys as last published. An unknown key id is looked for once more, at most once a minute."""

    kept: Kept[KeySet]

    async def find(self, kid: str) -> PublicKey:
        """The key with this id. Raises `TokenRefused` ("unknown_key") or `IssuerUnavailable`."""
        key = (await self.kept.get()).get(kid)
        if key is None:
            key = (await self.kept.renewed()).get(kid)
        if key is None:
            raise TokenRefused("unknown_key")
        return key


async def fetch_keys(jwks_uri: str, *, door: Door) -> KeySet:
    """The issuer's published signing keys by id. Raises `IssuerUnavailable` when there is none."""
    try:
        answer = await send(door, "GET", jwks_uri)
        if answer.status != 200:
            raise IssuerUnavailable("keys_status", f"status {answer.status}")
        document = answer.json_object()
    except OutboundError as error:
        raise IssuerUnavailable(f"keys_{error.code}", str(error)) from error
    return read_keys(document)


def read_keys(document: Mapping[str, Any]) -> KeySet:
    """Keys meant for signatures (`use` is `sig`), RSA of 2048 bits or more or P-256; the rest is ignored."""
    entries = document.get("keys")
    if not isinstance(entries, list):
        raise IssuerUnavailable("keys_malformed", "no list of keys")
    keys = {entry["kid"]: key for entry in entries if (key := _read_key(entry)) is not None}
    if not keys:
        raise IssuerUnavailable("keys_none", "no usable signing key")
    return keys


def _read_key(entry: object) -> PublicKey | None:
    if not isinstance(entry, dict) or entry.get("use") != "sig" or not isinstance(entry.get("kid"), str):
        return None
    if entry.get("kty") not in {"RSA", "EC"}:
        return None
    try:
        key = JWKRegistry.import_key(entry)
        return _strong(key)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _strong(key: object) -> PublicKey | None:
    if isinstance(key, RSAKey):
        return key if key.public_key.key_size >= SMALLEST_RSA_BITS else None
    return key if isinstance(key, ECKey) and key.curve_name == "P-256" else None
