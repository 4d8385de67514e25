"""The local Notify's HTTP interface."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from litestar import Litestar, Request, Response, get, post

from integrations.sandbox.notify.state import Service

SECONDS_GOOD = 30


class Refused(Exception):
    """An answer that is an error in Notify's form."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.content = {"status_code": status, "errors": [{"error": error, "message": message}]}


def create_app(service: Service) -> Litestar:
    """Return the application of one service."""

    @post("/v2/notifications/email", status_code=201)
    async def send_email(request: Request[Any, Any, Any]) -> dict[str, Any]:
        _admit(service, request)
        notification = _take(service, await request.json())
        service.taken.append(notification)
        return _answer(service, notification)

    @get("/v2/notifications")
    async def notifications(request: Request[Any, Any, Any]) -> dict[str, Any]:
        _admit(service, request)
        reference = request.query_params.get("reference")
        found = [n for n in reversed(service.taken) if reference is None or n["reference"] == reference]
        return {"notifications": found, "links": {"current": str(request.url)}}

    @get("/v2/notifications/{identifier:str}")
    async def notification(request: Request[Any, Any, Any]) -> dict[str, Any]:
        _admit(service, request)
        found = [n for n in service.taken if n["id"] == request.path_params["identifier"]]
        if not found:
            raise Refused(404, "NoResultFound", "No result found")
        return found[0]

    return Litestar(
        [send_email, notifications, notification], exception_handlers={Refused: _refused}, openapi_config=None
    )


def _refused(_: Request[Any, Any, Any], error: Refused) -> Response[dict[str, Any]]:
    return Response(error.content, status_code=error.status)


def _admit(service: Service, request: Request[Any, Any, Any]) -> None:
    _check_token(service, request.headers.get("authorization", ""))
    if service.next_statuses and (status := service.next_statuses.popleft()) != 0:
        raise Refused(status, "Exception", "Internal server error")
    now = time.monotonic()
    while service.times and service.times[0] < now - 60:
        service.times.popleft()
    service.times.append(now)
    if len(service.times) > service.rate_per_minute:
        limit = f"{service.rate_per_minute} requests per 60 seconds"
        raise Refused(429, "RateLimitError", f"Exceeded rate limit for key type LIVE of {limit}")


def _check_token(service: Service, header: str) -> None:
    if not header.startswith("Bearer "):
        raise Refused(401, "AuthError", "Unauthorized: authentication token must be provided")
    try:
        claims = jwt.decode(header[7:], OctKey.import_key(service.secret), algorithms=["HS256"]).claims
    except (JoseError, ValueError) as error:
        raise Refused(403, "AuthError", "Invalid token: API key not found") from error
    if claims.get("iss") != service.id:
        raise Refused(403, "AuthError", "Invalid token: service not found")
    if abs(time.time() - float(claims.get("iat", 0))) > SECONDS_GOOD:
        raise Refused(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")


def _take(service: Service, asked: dict[str, Any]) -> dict[str, Any]:
    template = service.template
    for name in ("email_address", "template_id"):
        if not asked.get(name):
            raise Refused(400, "ValidationError", f"{name} is a required property")
    if "@" not in asked["email_address"]:
        raise Refused(400, "ValidationError", "email_address Not a valid email address")
    if asked["template_id"] != template.id:
        raise Refused(400, "BadRequestError", "Template not found")
    values = asked.get("personalisation") or {}
    if missing := template.missing(values):
        raise Refused(400, "BadRequestError", f"Missing personalisation: {', '.join(missing)}")
    outcome, moment = service.outcome_of(asked["email_address"]), datetime.now(UTC).isoformat()
    return {
        "id": str(uuid4()),
        "reference": asked.get("reference"),
        "email_address": asked["email_address"],
        "type": "email",
        "status": outcome,
        "subject": template.fill(template.subject, values),
        "body": template.fill(template.body, values),
        "created_at": moment,
        "sent_at": moment,
        "completed_at": None if outcome in ("created", "sending") else moment,
    }


def _answer(service: Service, notification: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": notification["id"],
        "reference": notification["reference"],
        "content": {
            "subject": notification["subject"],
            "body": notification["body"],
            "from_email": "sandbox@notifications.service.gov.uk",
        },
        "template": {"id": service.template.id, "version": 1, "uri": f"/v2/template/{service.template.id}"},
        "uri": f"/v2/notifications/{notification['id']}",
        "scheduled_for": None,
    }
