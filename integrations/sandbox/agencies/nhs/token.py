"""The token endpoint: every check in the order of the platform's own flow."""

from __future__ import annotations

from secrets import token_urlsafe

from integrations.sandbox.agencies.messages import Reply, Request, json_reply
from integrations.sandbox.agencies.nhs import refusals as words
from integrations.sandbox.agencies.nhs.assertion import Assertion, check_claims, check_signature, decode
from integrations.sandbox.agencies.nhs.key_sets import key_set
from integrations.sandbox.agencies.nhs.refusals import Refused, invalid
from integrations.sandbox.agencies.nhs.state import Application, Nhs, Token

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
FORM = "application/x-www-form-urlencoded"
SCOPE = "urn:nhsd:apim:app:level3:"
TOKEN_SECONDS = 599


def not_post(request: Request) -> Reply:  # noqa: ARG001
    """405, empty, saying what is allowed."""
    return Reply(status=405, headers={"Allow": "POST"})


def token(nhs: Nhs, request: Request) -> Reply:
    """An access token for a signed assertion. `expires_in` and `issued_at` are strings, as they are there."""
    try:
        assertion = _assertion(request)
        check_claims(nhs, assertion)
        nhs.remember_id(assertion.client_id, assertion.claims["jti"])
        application = _application(nhs, assertion, request.path)
        check_signature(assertion, key_set(nhs, application))
        if assertion.claims.get("aud") != nhs.base_url + request.path:
            raise invalid(words.AUDIENCE, status=401)
        return json_reply(_issue(nhs, application), Cache_Control="no-store")
    except Refused as refused:
        return refused.reply()


def _assertion(request: Request) -> Assertion:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise invalid(words.CONTENT_TYPE, status=415)
    form = request.form
    if not form.get("grant_type"):
        raise invalid(words.NO_GRANT_TYPE)
    if form["grant_type"] != "client_credentials":
        raise Refused(400, "unsupported_grant_type", words.WRONG_GRANT_TYPE)
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise invalid(words.ASSERTION_TYPE)
    if not form.get("client_assertion"):
        raise invalid(words.NO_ASSERTION)
    return decode(form["client_assertion"])


def _application(nhs: Nhs, assertion: Assertion, path: str) -> Application:
    application = nhs.application(assertion.client_id)
    if application is None:
        raise invalid(words.UNKNOWN_ISSUER, status=401)
    if nhs.misbehaves("token_rate", path):
        raise Refused(429, "too_many_requests", "Rate limit quota violation. Quota limit exceeded.")
    return application


def _issue(nhs: Nhs, application: Application) -> dict[str, str]:
    scopes = frozenset(SCOPE + product for product in application.products)
    if not scopes:
        raise Refused(401, "unauthorized_client", words.UNAUTHORISED)
    access_token = token_urlsafe(21)
    expires_at = nhs.now() + TOKEN_SECONDS
    nhs.tokens[access_token] = Token(api_key=application.api_key, scopes=scopes, expires_at=expires_at)
    nhs.counts["tokens_issued"] += 1
    return {
        "access_token": access_token,
        "expires_in": str(TOKEN_SECONDS),
        "token_type": "Bearer",
        "issued_at": str(int(nhs.now() * 1000)),
    }
