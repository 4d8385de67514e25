"""An issuer's discovery document, read and checked (OpenID Connect Discovery 1.0; RFC 8414)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from backend.auth.errors import IssuerMismatch, IssuerUnavailable
from backend.auth.issuer_names import forms_of
from integrations.hosts import is_this_machine
from integrations.http import Door, OutboundError, send

WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """The parts of a discovery document that we use.

    An endpoint is None where the issuer does not offer it.
    """

    issuer: str
    jwks_uri: str
    authorization_endpoint: str | None
    token_endpoint: str | None
    userinfo_endpoint: str | None
    end_session_endpoint: str | None
    answers_with_iss: bool
    """Whether every authorization response names its issuer (RFC 9207), so that one without is refused."""


async def fetch_metadata(issuer: str, *, door: Door) -> Metadata:
    """Reads the issuer's document.

    Raises `IssuerUnavailable`; `IssuerMismatch` when it names another issuer.
    """
    try:
        answer = await send(door, "GET", issuer.rstrip("/") + WELL_KNOWN)
        if answer.status != 200:
            raise IssuerUnavailable("discovery_status", f"status {answer.status}")
        document = answer.json_object()
    except OutboundError as error:
        raise IssuerUnavailable(f"discovery_{error.code}", str(error)) from error
    return parse_metadata(document, issuer=issuer)


def parse_metadata(document: Mapping[str, Any], *, issuer: str) -> Metadata:
    """The document as `Metadata`, if it is this issuer's.

    The string must be the same to the last character, but for the port that https has anyway.
    """
    found = document.get("issuer")
    if found not in forms_of(issuer):
        raise IssuerMismatch(expected=issuer, found=str(found))
    jwks_uri = _endpoint(document, "jwks_uri")
    if jwks_uri is None:
        raise IssuerUnavailable("discovery_incomplete", "no jwks_uri")
    return Metadata(
        issuer=issuer,
        jwks_uri=jwks_uri,
        authorization_endpoint=_endpoint(document, "authorization_endpoint"),
        token_endpoint=_endpoint(document, "token_endpoint"),
        userinfo_endpoint=_endpoint(document, "userinfo_endpoint"),
        end_session_endpoint=_endpoint(document, "end_session_endpoint"),
        answers_with_iss=document.get("authorization_response_iss_parameter_supported") is True,
    )


def _endpoint(document: Mapping[str, Any], name: str) -> str | None:
    value = document.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not _is_safe(value):
        raise IssuerUnavailable("discovery_endpoint", name)
    return value


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    local = parts.scheme == "http" and is_this_machine(parts.hostname or "")
    return (parts.scheme == "https" or local) and bool(parts.hostname) and not parts.fragment
