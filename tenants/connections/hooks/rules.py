"""Whether a message is taken, and why not, in words for the area. Pure: no I/O."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from infra import standard_webhooks as form

#: how long the secret before is good besides a new one
OVERLAP = timedelta(hours=24)
#: at most one run in so long is brought by hints: the last of many is never lost, only later
PAUSE = timedelta(minutes=1)
MOST_BYTES = 64 * 1024

NOT_SIGNED = "It had no headers of the Standard Webhooks form."
WRONG_SIGNATURE = "Its signature is not by a secret that is good here."
WRONG_TIME = "It was signed more than 5 minutes before or after our time: an old message, or a wrong clock there."
NOT_NOW = "The connection is paused."
_TYPE = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_CONTENT_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,49}/[a-z0-9!#$&^_.+-]{1,49}")
_NO_KEY = (b"\0" * 32,)


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What is kept of a message: never its body."""

    message_id: str | None
    event_type: str | None
    content_type: str | None
    sha256: str
    bytes: int


def verdict(
    headers: Mapping[str, str], *, body: bytes, keys: Sequence[bytes], state: str | None, at: datetime
) -> str | None:
    """Return why the message is refused, None when it is taken. `state` is the connection's, None when there is none.

    Does as much work for an address that nobody has as for a wrong signature.
    """
    signed = form.read(headers)
    if signed is None:
        return NOT_SIGNED
    if not form.is_by(keys or _NO_KEY, signed, body=body) or not keys:
        return WRONG_SIGNATURE
    if not form.is_timely(signed, at=at):
        return WRONG_TIME
    return None if state in ("active", "reauthorise") else NOT_NOW


def message_of(headers: Mapping[str, str], *, body: bytes, taken: bool) -> Message:
    """Return what is kept; of a message that is refused nothing that its sender chose, but for the kind of content."""
    signed = form.read(headers) if taken else None
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return Message(
        message_id=signed.message_id if signed else None,
        event_type=_event_type(body) if taken else None,
        content_type=kind if _CONTENT_TYPE.fullmatch(kind) else None,
        sha256=sha256(body).hexdigest(),
        bytes=len(body),
    )


def _event_type(body: bytes) -> str | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    found = said.get("type") if isinstance(said, dict) else None
    return found if isinstance(found, str) and _TYPE.fullmatch(found) else None
