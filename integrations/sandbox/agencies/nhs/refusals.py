"""Errors of the token endpoint: always `error`, `error_description` and `message_id`, in the platform's own words."""

from __future__ import annotations

from uuid import uuid4

from integrations.sandbox.agencies.messages import Reply, json_reply


class Refused(Exception):
    """A token request that is answered with an error."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.error = error

    def reply(self) -> Reply:
        """The answer as it goes out. `invalid_request` also comes with 401: callers must not read only the status."""
        body = {"error": self.error, "error_description": str(self), "message_id": f"rrt-{uuid4()}"}
        return json_reply(body, status=self.status, Cache_Control="no-store")


def invalid(description: str, *, status: int = 400) -> Refused:
    """`invalid_request`, also where the platform answers 401 with it."""
    return Refused(status, "invalid_request", description)


CONTENT_TYPE = "Content-Type header must be application/x-www-form-urlencoded"
NO_GRANT_TYPE = "grant_type is missing"
WRONG_GRANT_TYPE = "grant_type is invalid"
ASSERTION_TYPE = (
    "Missing or invalid client_assertion_type - must be 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'"
)
NO_ASSERTION = "Missing client_assertion"
MALFORMED = "Malformed JWT in client_assertion"
ALGORITHM = "Invalid 'alg' header in client_assertion JWT - unsupported JWT algorithm - must be 'RS512'"
NO_KEY_ID = "Missing 'kid' header in client_assertion JWT"
WRONG_KEY_ID = "Invalid 'kid' header in client_assertion JWT - no matching public key"
TYPE = "Invalid 'typ' header in client_assertion JWT - must be 'JWT'"
NO_EXPIRY = "Missing 'exp' claim in client_assertion JWT"
EXPIRY_NOT_INTEGER = "Invalid 'exp' claim in client_assertion JWT - must be an integer"
EXPIRY_TOO_FAR = "Invalid 'exp' claim in client_assertion JWT - more than 5 minutes in future"
EXPIRED = "Invalid 'exp' claim in client_assertion JWT - JWT has expired"
ISSUER = "Missing or non-matching 'iss'/'sub' claims in client_assertion JWT"
UNKNOWN_ISSUER = "Invalid 'iss'/'sub' claims in client_assertion JWT"
NO_ID = "Missing 'jti' claim in client_assertion JWT"
ID_NOT_STRING = "Invalid 'jti' claim in client_assertion JWT - must be a unique string value such as a GUID"
ID_USED = "Non-unique 'jti' claim in client_assertion JWT"
AUDIENCE = "Missing or invalid 'aud' claim in client_assertion JWT"
SIGNATURE = "JWT signature verification failed"
NO_PUBLIC_KEY = (
    "You need to register a public key to use this authentication method - please contact support to configure"
)
KEYS_UNREACHABLE = "The JWKS endpoint, for your client_assertion can't be reached"
UNAUTHORISED = (
    "you have tried to request authorization but your application is not configured "
    "to use this authorization grant type"
)
