"""A delivery receipt: what Notify posts to the address that its service page names under "Delivery receipts".

Source: https://docs.notifications.service.gov.uk/rest-api.html#delivery-receipts
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from infra.clock import now
from infra.mail import Receipt

#: their words → ours; whatever else a status says is not the last word
_FINAL = {
    "delivered": "delivered",
    "permanent-failure": "permanent_failure",
    "temporary-failure": "temporary_failure",
    "technical-failure": "technical_failure",
}
_AHEAD = timedelta(minutes=5)


class NotAReceipt(ValueError):
    """The document is not a receipt; the text names the part that is wrong and repeats none of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """A receipt and the reference it is for. `receipt` is None for a status that is not final."""

    reference: UUID | None  #: None for an email that is not ours: we send none without our own
    receipt: Receipt | None


def may_post(*, authorization: str, token: str) -> bool:
    """Return whether the header carries the callback's bearer token, in the same time whatever it carries."""
    return bool(token) and hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())


def posted(document: Any) -> Posted:
    """Return what a receipt says. It names the address too, which is not looked at. Raises `NotAReceipt`."""
    if not isinstance(document, dict) or not isinstance(document.get("status"), str):
        raise NotAReceipt("status")
    reference = document.get("reference")
    return Posted(reference=_ours(reference), receipt=receipt_of(document["status"], changed_of(document)))


def receipt_of(status: str, changed: datetime) -> Receipt | None:
    """Return the receipt of a status in Notify's words; None when it is not final."""
    outcome = _FINAL.get(status)
    return None if outcome is None else Receipt(outcome=outcome, happened=changed)


def changed_of(document: Mapping[str, Any]) -> datetime:
    """Return since when a notification has its status. Raises `NotAReceipt`."""
    return moment_of(document.get("completed_at") or document.get("sent_at") or document.get("created_at"))


def _ours(reference: Any) -> UUID | None:
    try:
        return None if reference is None else UUID(str(reference))
    except ValueError:
        return None


def moment_of(text: Any) -> datetime:
    """Return an instant as Notify writes it. Raises `NotAReceipt` for anything else, and for one that is to come."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise NotAReceipt("completed_at") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment > now() + _AHEAD:  # it would win against every later word
        raise NotAReceipt("completed_at")
    return moment
