"""What stands before the directory: who may come in, how often, and the ids that every answer mirrors."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from integrations.sandbox.agencies.messages import Reply, Request
from integrations.sandbox.agencies.nhs import outcomes
from integrations.sandbox.agencies.nhs.outcomes import Outcome, denied, gateway, too_many
from integrations.sandbox.agencies.nhs.state import DIRECTORY_PRODUCT, Nhs
from integrations.sandbox.agencies.nhs.token import SCOPE

Behind = Callable[[Nhs, Request], Reply]


def through_gateway(nhs: Nhs, behind: Behind, request: Request) -> Reply:
    """The answer of what stands behind, or the gateway's refusal; either way with the caller's ids on it."""
    try:
        _check_request_id(request)
        _check_way_in(nhs, request)
        _check_rate(nhs, request)
        reply = behind(nhs, request)
        if len(reply.body) > nhs.most_bytes or nhs.misbehaves("too_costly", request.path):
            raise outcomes.too_costly()
    except Outcome as outcome:
        reply = outcome.reply
    mirrored = {name: request.headers[name] for name in ("x-request-id", "x-correlation-id") if name in request.headers}
    return reply.with_headers(**mirrored)


def _check_request_id(request: Request) -> None:
    sent = request.headers.get("x-request-id")
    try:
        if sent is not None:
            UUID(sent)
    except ValueError as error:
        words = f"Invalid value - '{sent}' in header 'X-Request-ID'"
        raise gateway(400, issue="value", code="INVALID_VALUE", diagnostics=words) from error


def _check_way_in(nhs: Nhs, request: Request) -> None:
    if request.parts["way"] == "live":  # the Authorization header is thrown away there, whatever is in it
        if nhs.application(request.headers.get("apikey", "")) is None:
            raise denied("Failed to resolve API Key variable request.header.apikey")
        return
    _check_token(nhs, request)


def _check_token(nhs: Nhs, request: Request) -> None:
    header = request.headers.get("authorization")
    if header is None:
        raise denied("Missing Authorization header")
    if not header.strip():
        raise denied("Empty Authorization header")
    kind, _, sent = header.partition(" ")
    if kind.lower() != "bearer":
        raise denied(f"Invalid token type '{kind}', must be 'Bearer'")
    if not sent.strip():
        raise denied("Missing access token")
    token = nhs.tokens.get(sent.strip())
    if token is None or SCOPE + DIRECTORY_PRODUCT not in token.scopes:
        raise denied("Invalid Access Token")
    if token.expires_at < nhs.now() or nhs.misbehaves("expired_token", request.path):
        raise denied("Access Token expired")


def _check_rate(nhs: Nhs, request: Request) -> None:
    if nhs.misbehaves("spike", request.path):
        raise too_many(outcomes.SPIKE)
    if nhs.misbehaves("api_wide", request.path):
        raise too_many(outcomes.API_WIDE)
    if nhs.over_quota():
        raise too_many(outcomes.QUOTA)
