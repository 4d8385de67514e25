"""How long the other side asked us to wait. RFC 9110 §10.2.3: seconds, or a date."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

#: seconds: who asks for more is asked again after this
LONGEST = 3600.0


def seconds_asked(header: str | None, *, now: datetime | None = None) -> float | None:
    """Return the seconds of a `Retry-After` header, at most an hour, 0 for a past date; None for anything else."""
    said = (header or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", said):
        return min(float(said), LONGEST)
    try:
        at = parsedate_to_datetime(said)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - (now or datetime.now(UTC))).total_seconds(), 0.0), LONGEST)
