"""A system that takes webhooks at `POST /inbox`, and sends one when it is told to. Checks signatures by itself.

Source: https://github.com/standard-webhooks/standard-webhooks, version 1.0.0. Nothing of ours is used to sign or check.
"""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import httpx

from integrations.sandbox.agencies.agency import Agency, Route, Setup
from integrations.sandbox.agencies.messages import Reply, Request, json_reply

WINDOW_SECONDS = 300


@dataclass
class Office:
    """What the office took, by the id of each message, and the secrets with which it checks."""

    secrets: list[str] = field(default_factory=list)
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: int = 0

    def reset(self) -> None:
        """As at the start."""
        self.secrets, self.taken, self.refused = [], {}, 0


def make(setup: Setup) -> Agency:  # noqa: ARG001
    """The office."""
    office = Office()
    return Agency(
        name="office",
        label="An area’s own system: takes webhooks, and sends one",
        routes=[Route(method="POST", path="/inbox", handler=partial(_inbox, office))],
        actions={"secret": partial(_secret, office), "tell": _tell},
        seen=lambda: {"messages": list(office.taken.values()), "refused": office.refused},
        reset=office.reset,
    )


def _inbox(office: Office, request: Request) -> Reply:
    headers = request.headers
    message_id, seconds = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    wanted = [_signature(secret, message_id, seconds, request.body) for secret in office.secrets]
    late = not seconds.isdecimal() or abs(time.time() - int(seconds)) > WINDOW_SECONDS
    if late or not set(wanted) & set(headers.get("webhook-signature", "").split(" ")):
        office.refused += 1
        return json_reply({"error": "signature"}, status=401)
    entry = office.taken.setdefault(message_id, {"id": message_id, "times": 0, "body": request.document})
    entry["times"] += 1
    return json_reply({"taken": True})


def _secret(office: Office, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The office checks with one more secret: `secret`; without one it forgets all."""
    office.secrets = [*office.secrets, str(told["secret"])] if told.get("secret") else []
    return {}


def _tell(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Send a signed message: to `address`, with `secret`; perhaps `id` and `type`."""
    body = json.dumps({"type": told.get("type", "roster.changed"), "timestamp": "2026-11-02T09:30:00Z"}).encode()
    message_id, seconds = str(told.get("id") or f"msg_{uuid4().hex}"), str(int(time.time()))
    signed = _signature(str(told["secret"]), message_id, seconds, body)
    headers = {"webhook-id": message_id, "webhook-timestamp": seconds, "webhook-signature": signed}
    answer = httpx.post(
        str(told["address"]), content=body, headers={**headers, "content-type": "application/json"}, trust_env=False
    )
    return {"status": answer.status_code}


def _signature(secret: str, message_id: str, seconds: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{message_id}.{seconds}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(digest).decode()}"
