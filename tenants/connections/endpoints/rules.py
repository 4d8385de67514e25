"""Which entries of the audit chain are told, as what; how long to wait before the next attempt. Pure: no I/O."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from infra.ids import opaque
from tenants.tenancy.errors import Invalid, Problem

TEST = "webhook.test"
SENT = "return.submit"
TYPES: Mapping[str, str] = {
    "cooperation.return.submitted": "A return was sent",
    "cooperation.return.confirmed": "A return was confirmed: every answer is last year’s",
    "cooperation.return.declined": "An agency declined to make a return",
    "cooperation.return.withdrawn": "A return was withdrawn",
    "cooperation.return.replied": "The area replied to a return: accepted it, or asked for more",
    "cooperation.cycle.opened": "Agencies were asked for their returns",
    "intervention.flag.raised": "A flag was raised",
    "intervention.flag.moved": "A flag was referred, answered, decided, closed or otherwise moved",
    "membership.changed": "Partners, members or seats changed",
    "resourcing.contribution.agreed": "A contribution was agreed",
    "connection.stale": "A connection has gone stale",
}
_ACTIONS: Mapping[str, str] = {
    SENT: "cooperation.return.submitted",
    "return.decline": "cooperation.return.declined",
    "return.withdraw": "cooperation.return.withdrawn",
    "return.reply": "cooperation.return.replied",
    "cycle.open": "cooperation.cycle.opened",
    "flag.raise": "intervention.flag.raised",
    **{
        f"flag.{move}": "intervention.flag.moved"
        for move in ("refer", "withdraw", "reopen", "acknowledge", "ask", "answer", "decide", "close")
    },
    "contribution.agree": "resourcing.contribution.agreed",
    "connection.alert": "connection.stale",
}
_MEMBERSHIP = frozenset({"appointment", "partner_body", "partnership_chair", "seat", "board_group"})
#: what the things that messages are about are called over GraphQL; `{area}` where the area's number is part of the id
_NODES: Mapping[str, tuple[str, str]] = {
    "duty_request": ("DutyRequest", "{area}.{id}"),
    "duty_cycle": ("DutyCycle", "{area}.{id}"),
    "intervention_flag": ("InterventionFlag", "{area}.{id}"),
    "appointment": ("Appointment", "{id}"),
    "partner_body": ("PartnerBody", "{id}"),
    "partnership_chair": ("PartnershipChair", "{id}"),
    "seat": ("BoardSeat", "{id}"),
    "board_group": ("BoardGroup", "{id}"),
    "contribution": ("Contribution", "{id}"),
    "agency_connection": ("AgencyConnection", "{id}"),
    "webhook_endpoint": ("WebhookEndpoint", "{id}"),
}

#: how long a message that came is listed, and its id with it. A repeat is refused by its time after five minutes.
ARRIVALS_KEPT = timedelta(days=30)
#: how long a message to an endpoint is listed after it ended, with its attempts
DELIVERIES_KEPT = timedelta(days=90)

#: before each attempt, as Standard Webhooks proposes: at once, then over three days
WAITS = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
MOST_ATTEMPTS = len(WAITS)
#: an endpoint where nothing got through for so long, and a message was given up, is disabled
PATIENCE = timedelta(days=1)
LONGEST_WAIT = timedelta(hours=24)
MOST_ENDPOINTS = 20
GONE = 410


def type_of(action: str, *, confirmed: bool = False) -> str | None:
    """Return as what an entry with this action is told, None when it is not; `confirmed`: a return that was sent, and
    every answer of it was last year's."""
    if confirmed and action == SENT:
        return "cooperation.return.confirmed"
    return _ACTIONS.get(action) or ("membership.changed" if action.partition(".")[0] in _MEMBERSHIP else None)


def message_id(delivery_id: UUID) -> str:
    """Return the id of the message, the same for each attempt."""
    return f"msg_{delivery_id.hex}"


def opaque_id(*, kind: str, area_id: int, subject_id: str) -> str:
    """Return the id under which GraphQL knows the thing; of another kind, one that GraphQL has no node for."""
    node, form = _NODES.get(kind, (kind, "{id}"))
    return opaque(node, form.format(area=area_id, id=subject_id))


def body_of(*, event_type: str, at: datetime, area_id: int, area: str, kind: str, subject_id: str) -> bytes:
    """Return the body: a type, a time, the area's short name, the opaque id of what it is about. No person's data."""
    data = {"area": area, "kind": kind, "id": opaque_id(kind=kind, area_id=area_id, subject_id=subject_id)}
    told = {"type": event_type, "timestamp": at.astimezone(UTC).isoformat().replace("+00:00", "Z"), "data": data}
    return json.dumps(told, separators=(",", ":")).encode()


def wait_after(attempts: int, *, asked: float | None) -> timedelta | None:
    """Return how long to wait after so many attempts, at least what the system asked for; None to give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(max(WAITS[attempts], timedelta(seconds=asked or 0)), LONGEST_WAIT)


def is_hopeless(*, failing_since: datetime | None, at: datetime) -> bool:
    """Return whether an endpoint whose message was given up is to be disabled."""
    return failing_since is not None and at - failing_since >= PATIENCE


def problems(*, url: str, description: str, event_types: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with an endpoint as entered."""
    if wrong := _url_wrong(url.strip()):
        yield Invalid(wrong, field="url")
    if not 2 <= len(description.strip()) <= 120:
        yield Invalid("Say in 2 to 120 characters which system this is.", field="description")
    if not event_types or set(event_types) - set(TYPES):
        yield Invalid("Select at least one kind of event.", field="eventTypes")


def _url_wrong(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        local = parts.scheme == "http" and host in {"127.0.0.1", "localhost"} and parts.port is not None
    except ValueError:
        return "Enter an address that starts with https://."
    if not host or not (secure or local) or not url.isprintable() or " " in url or len(url) > 500:
        return "Enter an address that starts with https://."
    if parts.username is not None or parts.fragment:
        return "The address must have no name, password or # in it: a message is signed instead."
    return None
