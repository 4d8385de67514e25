"""How figures, money and dates are written on a page."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def money(pence: int | None, *, empty: str = "Not given") -> str:
    """Returns £1,234 or £1,234.50 (pence are shown only where there are any); a minus sign if below zero."""
    if pence is None:
        return empty
    pounds, rest = divmod(abs(pence), 100)
    return f"{'−' if pence < 0 else ''}£{pounds:,}{f'.{rest:02d}' if rest else ''}"


def long_date(value: date | str | None, *, empty: str = "Not set") -> str:
    """Returns 3 September 2026 for a date, an instant (in London) or ISO text of either."""
    on = day(value)
    return f"{on.day} {on:%B %Y}" if on else empty


def day(value: date | str | None) -> date | None:
    """Returns the date itself, or the day in London of an instant; of ISO text of either too."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(LONDON).date()
    return value


def instant(value: datetime | str | None, *, empty: str = "Never") -> str:
    """Returns 3 September 2026 at 2:05pm, in London time."""
    if value is None:
        return empty
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is not None:
        moment = moment.astimezone(LONDON)
    hour = moment.hour % 12 or 12
    return f"{moment.day} {moment:%B %Y} at {hour}:{moment:%M}{'am' if moment.hour < 12 else 'pm'}"


def number(value: int) -> str:
    """Returns 1,234."""
    return f"{value:,}"


def percent(part: int, whole: int) -> str:
    """Returns 37%, or an en dash when there is no whole; never 100% unless all, never 0% unless none."""
    if whole <= 0:
        return "–"
    share = round(part * 100 / whole)
    if part < whole:
        share = min(share, 99)
    return f"{max(share, 1) if part > 0 else share}%"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Returns `1 school`, `2 schools`; `many` where adding an s is not enough."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"
