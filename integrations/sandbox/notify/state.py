"""What the local Notify knows: one service, its templates, the emails it took, and the answers a test scripted."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

_FIELD = re.compile(r"\(\(([^()]+)\)\)")


@dataclass(frozen=True, kw_only=True)
class Template:
    """A template with `((fields))`."""

    id: str
    subject: str = "((subject))"
    body: str = "((body))"

    def missing(self, personalisation: Mapping[str, Any]) -> list[str]:
        """Return the fields for which no value was given, in the template's order."""
        return [name for name in dict.fromkeys(_FIELD.findall(self.subject + self.body)) if name not in personalisation]

    def fill(self, text: str, personalisation: Mapping[str, Any]) -> str:
        """Return the text with each field replaced by its value."""
        return _FIELD.sub(lambda found: str(personalisation[found[1]]), text)


@dataclass(kw_only=True)
class Service:
    """A Notify service. `api_key` is what its owner is shown."""

    template: Template
    id: str = field(default_factory=lambda: str(uuid4()))
    secret: str = field(default_factory=lambda: str(uuid4()))
    rate_per_minute: int = 3000
    taken: list[dict[str, Any]] = field(default_factory=list)
    next_statuses: deque[int] = field(default_factory=deque)
    times: deque[float] = field(default_factory=deque)
    outcomes: dict[str, str] = field(default_factory=dict)  #: by address what becomes of an email; else delivered

    def outcome_of(self, address: str) -> str:
        """Return what becomes of an email to an address."""
        return self.outcomes.get(address, "delivered")

    def receipt(self, taken: Mapping[str, Any]) -> dict[str, Any]:
        """Return the delivery receipt of an email as it is posted to the service's callback."""
        return {
            "id": taken["id"],
            "reference": taken["reference"],
            "to": taken["email_address"],
            "status": taken["status"],
            "created_at": taken["created_at"],
            "completed_at": taken["completed_at"],
            "sent_at": taken["sent_at"],
            "notification_type": "email",
            "template_id": self.template.id,
            "template_version": 1,
        }

    @property
    def api_key(self) -> str:
        """The key as Notify shows it: name, service id and secret."""
        return f"sandbox-{self.id}-{self.secret}"
