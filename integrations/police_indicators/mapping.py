"""From the feed's rows to figures and definitions of ours. Pure; what does not fit is refused in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tenants.indicators.rules import personal
from tenants.indicators.rules.catalogue import Definition
from tenants.indicators.rules.values import AREA, Geography, Unit
from tenants.indicators.service import Published

_CODE = re.compile(r"[a-z][a-z0-9_]{2,60}", re.ASCII)
_EDITION = re.compile(r"[0-9A-Za-z][0-9A-Za-z. -]{0,19}", re.ASCII)
_MOST = 1_000_000_000


class Unusable(Exception):
    """Why a row cannot be taken, in words that hold nothing of the row."""


def definition_of(row: Any) -> Definition:
    """Return a definition. Its own words are kept as the force wrote them, cut to what fits. Raises `Unusable`."""
    if not isinstance(row, Mapping):
        raise Unusable("The definition is not an object.")
    adds = row.get("additive")
    adds = adds if isinstance(adds, Mapping) else {}
    try:
        unit, geography = Unit(str(row.get("unit"))), Geography(str(row.get("geography", "local_authority")))
    except ValueError:
        raise Unusable("The definition’s unit or geography is not one of the profile’s.") from None
    running = adds.get("runningTotal") is True and unit is Unit.COUNT
    title, meaning = _words(row.get("title"), 3, 200), _words(row.get("description"), 10, 4000)
    return Definition(
        code=_code(row.get("code")),
        edition=_edition(row.get("definitionVersion")),
        title=title,
        meaning=meaning,
        source="Police force (proposed feed)",
        unit=unit,
        geography=geography,
        adds_over_time=adds.get("overTime") is True and not running,
        adds_over_places=adds.get("overPlaces") is True,
        running_total=running,
    )


def figure_of(row: Any, *, places: Mapping[str, str]) -> Published:
    """Return a figure; `places` says which of their areas is which local authority of ours. Raises `Unusable`."""
    if not isinstance(row, Mapping):
        raise Unusable("The row is not an object.")
    area, period = row.get("area"), row.get("period")
    if not isinstance(area, Mapping) or not isinstance(period, Mapping):
        raise Unusable("The row has no area or no period.")
    place = places.get(str(area.get("gssCode")))
    if place is None:
        raise Unusable("The row is of an area that was not asked for.")
    return Published(
        code=_code(row.get("indicator")),
        edition=_edition(row.get("definitionVersion")),
        place=None if place == AREA else place,
        period=str(period.get("type")),
        starts_on=_day(period.get("start")),
        value=_number(row.get("value")),
        suppression=str(row.get("suppression")),
        quality=str(row.get("quality")),
        recording_change=row.get("recordingChange") is True,
    )


def instant_of(text: str) -> datetime:
    """Return an instant with its offset. Raises `Unusable`."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Unusable("The time of publication is not a time.") from None
    if found.tzinfo is None:
        raise Unusable("The time of publication has no offset.")
    return found


def _code(value: Any) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise Unusable("The indicator’s code is not one.")
    return value


def _edition(value: Any) -> str:
    if not isinstance(value, str) or not _EDITION.fullmatch(value):
        raise Unusable("The definition’s version is not one.")
    return value


def _words(value: Any, least: int, most: int) -> str:
    text = " ".join(str(value).split()) if isinstance(value, str) else ""
    if len(text) < least:
        raise Unusable("The definition has no title or does not say what is counted.")
    if personal.in_row([text]) is not None:
        raise Unusable("The definition looks as if it were about a person.")
    return text[:most]


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Unusable("The period has no first day.") from None


def _number(value: Any) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST:
        raise Unusable("The value is not a number of 0 or more.")
    return Decimal(str(value))
