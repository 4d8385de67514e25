"""What time it is. Statutory dates are days in England, so `today` is the date in London."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return the current instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the current date in London."""
    return datetime.now(LONDON).date()
