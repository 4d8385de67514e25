"""Talking to GOV.UK Notify in its own words: send an email, find the emails of a reference.

Notify does not refuse a second email with the same reference, so a caller that may have sent already asks first.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from urllib.parse import quote, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey

from infra.clock import now
from integrations.hosts import only_hosts
from integrations.http import Answer, Door, OutboundError, send
from integrations.notify.errors import NotifyBusy, NotifyDown, NotifyError, NotifyRefused
from integrations.notify.receipts import changed_of

_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_KEY = re.compile(rf"(?:.+-)?({_UUID})-({_UUID})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Notification:
    """An email as Notify holds it. `status` is created, sending, delivered or one of three failures.

    `changed` is when it was completed, or sent, or made.
    """

    id: str
    reference: str | None
    status: str
    changed: datetime


@dataclass(frozen=True, kw_only=True)
class NotifyClient:
    """One Notify service, by its API key `NAME-SERVICE_ID-SECRET`."""

    base_url: str
    service_id: str
    secret: str = field(repr=False)
    door: Door

    @classmethod
    def of(cls, *, api_key: str, base_url: str) -> Self:
        """Return the client of an API key; raises `ValueError` when it is not one."""
        parts = _KEY.fullmatch(api_key.strip())
        if parts is None:
            raise ValueError("CONCORDAT_NOTIFY_API_KEY is not an API key of GOV.UK Notify (name-service-secret)")
        door = Door(permits=only_hosts(urlsplit(base_url).hostname or ""), total_seconds=20)
        return cls(base_url=base_url.rstrip("/"), service_id=parts[1], secret=parts[2], door=door)

    async def send_email(
        self, *, to: str, template_id: str, personalisation: Mapping[str, str], reference: str
    ) -> Notification:
        """Send an email and return it. Raises `NotifyRefused`, `NotifyBusy` or `NotifyDown`.

        `POST /v2/notifications/email`
        """
        body = {
            "email_address": to,
            "template_id": template_id,
            "personalisation": dict(personalisation),
            "reference": reference,
        }
        answer = await self._ask("POST", "/v2/notifications/email", body=body)
        return Notification(id=str(answer["id"]), reference=answer.get("reference"), status="created", changed=now())

    async def find(self, *, reference: str) -> list[Notification]:
        """Return the emails sent under a reference in the last seven days. `GET /v2/notifications?reference=`"""
        answer = await self._ask("GET", f"/v2/notifications?reference={quote(reference, safe='')}")
        try:
            return [_notification(found) for found in answer["notifications"]]
        except (KeyError, TypeError, ValueError) as error:
            raise NotifyDown("GOV.UK Notify's answer made no sense.") from error

    async def _ask(self, method: str, path: str, *, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token()}"}
        try:
            answer = await send(self.door, method, f"{self.base_url}{path}", document=body, headers=headers)
            if answer.status < 300:
                return answer.json_object()
        except OutboundError as error:
            raise NotifyDown(f"GOV.UK Notify could not be reached ({error.code}).") from error
        raise _error(answer)

    def _token(self) -> str:
        claims = {"iss": self.service_id, "iat": int(time.time())}
        return jwt.encode({"typ": "JWT", "alg": "HS256"}, claims, OctKey.import_key(self.secret))


def _notification(found: Mapping[str, Any]) -> Notification:
    identifier, status = str(found["id"]), str(found["status"])
    return Notification(id=identifier, reference=found.get("reference"), status=status, changed=changed_of(found))


def _error(answer: Answer) -> NotifyError:
    if answer.status == 429:
        return NotifyBusy("GOV.UK Notify takes no more emails just now (429).")
    if answer.status >= 500:
        return NotifyDown(f"GOV.UK Notify failed ({answer.status}).")
    return NotifyRefused(f"GOV.UK Notify refused the email ({answer.status} {_kinds(answer)}).")


def _kinds(answer: Answer) -> str:
    """The kinds of error only: the messages repeat what was sent."""
    try:
        errors = answer.json_object().get("errors", [])
        return ", ".join(str(error["error"]) for error in errors)[:200]
    except (OutboundError, TypeError, KeyError):
        return "without a reason"
