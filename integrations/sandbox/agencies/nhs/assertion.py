"""The signed assertion of a token request, checked in the platform's order."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from json import JSONDecodeError, loads
from typing import Any, NamedTuple

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from integrations.sandbox.agencies.nhs import refusals as words
from integrations.sandbox.agencies.nhs.refusals import Refused, invalid
from integrations.sandbox.agencies.nhs.state import Nhs

LONGEST_SECONDS = 310  # five minutes, and ten seconds that the platform does not mention


class Assertion(NamedTuple):
    """A client assertion as it was sent; nothing of it is proven."""

    compact: str
    header: dict[str, Any]
    claims: dict[str, Any]

    @property
    def client_id(self) -> str:
        return str(self.claims["iss"])


def decode(compact: str) -> Assertion:
    """Return the parts of a compact JWT without checking it. Raises `Refused`."""
    try:
        header, claims, _ = compact.split(".")
        parts = [loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (header, claims)]
    except (ValueError, JSONDecodeError) as error:
        raise invalid(words.MALFORMED) from error
    if not all(isinstance(part, dict) for part in parts):
        raise invalid(words.MALFORMED)
    return Assertion(compact, parts[0], parts[1])


def check_claims(nhs: Nhs, assertion: Assertion) -> None:
    """Raises `Refused` for the first thing wrong, in the platform's order; the signature is not looked at yet."""
    header, claims = assertion.header, assertion.claims
    expires = claims.get("exp")
    numeric = isinstance(expires, int | float) and not isinstance(expires, bool)
    ahead = float(expires) - nhs.now() if isinstance(expires, int | float) and numeric else None
    faults = (
        (header.get("alg") != "RS512", words.ALGORITHM),
        (ahead is not None and ahead < 0, words.EXPIRED),
        (not header.get("kid"), words.NO_KEY_ID),
        (not isinstance(header.get("typ"), str) or header["typ"].lower() != "jwt", words.TYPE),
        (not expires, words.NO_EXPIRY),
        (not numeric, words.EXPIRY_NOT_INTEGER),
        (not claims.get("iss") or claims.get("iss") != claims.get("sub"), words.ISSUER),
        (not claims.get("jti"), words.NO_ID),
        (not isinstance(claims.get("jti"), str), words.ID_NOT_STRING),
        (nhs.used_before(str(claims.get("iss")), str(claims.get("jti"))), words.ID_USED),
        (ahead is not None and ahead > LONGEST_SECONDS, words.EXPIRY_TOO_FAR),
    )
    for wrong, description in faults:
        if wrong:
            raise invalid(description)


def check_signature(assertion: Assertion, key_set: dict[str, Any]) -> None:
    """Raises `Refused` unless the key that the assertion names is in the set and signed it."""
    found = next((key for key in key_set.get("keys", []) if key.get("kid") == assertion.header["kid"]), None)
    if found is None:
        raise invalid(words.WRONG_KEY_ID, status=401)
    try:
        jws.deserialize_compact(assertion.compact, RSAKey.import_key(found), algorithms=["RS512"])
    except (JoseError, ValueError) as error:
        raise Refused(401, "public_key error", words.SIGNATURE) from error
