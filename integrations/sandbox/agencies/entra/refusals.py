"""The refusals of Microsoft Entra ID, word for word as far as they are public, with their codes and statuses.

Source of the shape: the Entra client-credentials page; the codes beside 70011 are from common knowledge of the service.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from integrations.sandbox.agencies.messages import Reply, json_reply

TEXTS: dict[int, tuple[int, str, str]] = {
    70003: (400, "unsupported_grant_type", "The app requested an unsupported grant type '{grant}'."),
    70011: (
        400,
        "invalid_scope",
        "The provided request must include a 'scope' input parameter. The provided value for the input parameter "
        "'scope' is not valid. The scope {scope} is not valid.",
    ),
    90002: (
        400,
        "invalid_request",
        "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the "
        "correct cloud. Check with your subscription administrator, this may happen if there are no active "
        "subscriptions for the tenant.",
    ),
    700016: (
        400,
        "unauthorized_client",
        "Application with identifier '{client}' was not found in the directory '{tenant}'. This can happen if the "
        "application has not been installed by the administrator of the tenant or consented to by any user in the "
        "tenant. You may have sent your authentication request to the wrong tenant.",
    ),
    900144: (400, "invalid_request", "The request body must contain the following parameter: '{missing}'."),
    7000215: (
        401,
        "invalid_client",
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not "
        "the client secret ID, for a secret added to app '{client}'.",
    ),
    7000216: (
        401,
        "invalid_client",
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
    ),
    7000222: (
        401,
        "invalid_client",
        "The provided client secret keys for app '{client}' are expired. Visit the Azure portal to create new keys for "
        "your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: "
        "https://aka.ms/certCreds.",
    ),
    700024: (
        401,
        "invalid_client",
        "Client assertion is not within its valid time range. Current time: {now}, assertion valid from {nbf}, "
        "expiry time of assertion {exp}.",
    ),
    700027: (
        401,
        "invalid_client",
        "Client assertion failed signature validation. [Reason - The key was not found., Thumbprint of key used by "
        "client: '{thumbprint}']",
    ),
    50013: (400, "invalid_grant", "Assertion failed signature validation. [Reason - {reason}]"),
}


class Refused(Exception):
    """One refusal, by its code, with what its sentence names."""

    def __init__(self, code: int, **named: str) -> None:
        super().__init__(code)
        self.code = code
        self.named = named

    def reply(self) -> Reply:
        """The refusal as the service sends it."""
        status, error, text = TEXTS[self.code]
        return body(self.code, status=status, error=error, text=text.format(**self.named))


def body(code: int, *, status: int, error: str, text: str) -> Reply:
    """An error in the service's form: prose with trace, correlation and time on lines of their own."""
    trace, correlation = str(uuid4()), str(uuid4())
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    description = f"AADSTS{code}: {text}\r\nTrace ID: {trace}\r\nCorrelation ID: {correlation}\r\nTimestamp: {at}"
    told = {
        "error": error,
        "error_description": description,
        "error_codes": [code],
        "timestamp": at,
        "trace_id": trace,
        "correlation_id": correlation,
        "error_uri": f"https://login.microsoftonline.com/error?code={code}",
    }
    return json_reply(told, status=status, Cache_Control="no-store")
