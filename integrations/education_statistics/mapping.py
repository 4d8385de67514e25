"""From a data set's ids, periods and texts to figures to compare with. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tenants.indicators.rules.catalogue import Definition
from tenants.indicators.rules.values import Geography, Unit
from tenants.indicators.service import Benchmark

SOURCE = "Department for Education, Explore Education Statistics"
ENGLAND = "E92000001"
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
_SYMBOL = re.compile(r"[a-z:]{1,10}", re.ASCII)
_LA = re.compile(r"\d{3}", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:[/-]\d{2,4})?", re.ASCII)
#: the first month of a year of each kind; a reporting year is named by the year in which it ends, on 31 March
_YEARS = {"AY": (9, 0), "CY": (1, 0), "FY": (4, 0), "RY": (4, -1)}


class Unusable(Exception):
    """Why a row cannot be taken, in words."""


def places_of(meta: Mapping[str, Any]) -> dict[str, str]:
    """Return what the ids of places stand for: `england`, or a local authority's three digits."""
    found: dict[str, str] = {}
    for group in _lists(meta.get("locations")):
        for place in _lists(group.get("options")):
            if place.get("code") == ENGLAND:
                found[str(place.get("id"))] = "england"
            elif _LA.fullmatch(str(place.get("oldCode"))):
                found[str(place.get("id"))] = str(place["oldCode"])
    return found


def definition_of(meta: Mapping[str, Any], options: Mapping[str, Any]) -> Definition:
    """Return what the indicator counts, as far as the metadata says. Raises `Unusable` when it is not there."""
    wanted = options["indicator_id"]
    found = next((each for each in _lists(meta.get("indicators")) if each.get("id") == wanted), None)
    if found is None:
        raise Unusable("The indicator is not in this version of the data set.")
    label = " ".join(str(found.get("label") or "").split())[:200]
    return Definition(
        code=str(options["code"]),
        edition=str(options["data_set_version"]),
        title=label if len(label) > 2 else str(options["code"]),
        meaning=f"{label}, as the Department publishes it each year. Its guidance says what is counted.",
        source=SOURCE,
        unit=Unit.PERCENT if found.get("unit") == "%" else Unit.COUNT,
        geography=Geography.LOCAL_AUTHORITY,
        adds_over_time=False,
        adds_over_places=False,
    )


def column_of(meta: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """Return the name of the indicator's column in the data set's file. Raises `Unusable` when it is not told."""
    found = next((each for each in _lists(meta.get("indicators")) if each.get("id") == options["indicator_id"]), {})
    if not isinstance(found.get("column"), str):
        raise Unusable("The metadata does not name the indicator’s column.")
    return str(found["column"])


def chosen_filters(meta: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, str]:
    """Return the column and the words of each filter option that was chosen. Raises `Unusable` for one not there."""
    known = {
        option.get("id"): (each.get("column"), option.get("label"))
        for each in _lists(meta.get("filters"))
        for option in _lists(each.get("options"))
    }
    chosen = [known.get(one) for one in options.get("filter_ids", [])]
    if any(one is None or None in one for one in chosen):
        raise Unusable("A filter that was chosen is not in this version of the data set.")
    return {str(one[0]): str(one[1]) for one in chosen if one is not None}


def named_places(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Return what the places of a file stand for: themselves, where they are England or three digits."""
    told = {str(row["locations"][row["geographicLevel"]]) for row in rows}
    return {place: place for place in told if place == "england" or _LA.fullmatch(place)}


def benchmark_of(row: Any, *, places: Mapping[str, str], options: Mapping[str, Any]) -> Benchmark:
    """Return a figure to compare with. Raises `Unusable`."""
    if not isinstance(row, Mapping):
        raise Unusable("The row is not an object.")
    locations, values = row.get("locations"), row.get("values")
    if not isinstance(locations, Mapping) or not isinstance(values, Mapping):
        raise Unusable("The row has no place or no value.")
    place = places.get(str(locations.get(str(row.get("geographicLevel")))))
    if place is None:
        raise Unusable("The row is of a place that the metadata does not name.")
    text = values.get(options["indicator_id"])
    value, symbol = _value(text)
    return Benchmark(
        code=str(options["code"]),
        place=place,
        period="year",
        starts_on=_starts(row.get("timePeriod")),
        source=f"{SOURCE}, version {options['data_set_version']}",
        value=value,
        symbol=symbol,
    )


def _value(text: Any) -> tuple[Decimal | None, str | None]:
    if isinstance(text, str) and _NUMBER.fullmatch(text):
        return round(Decimal(text), 2), None
    if isinstance(text, str) and _SYMBOL.fullmatch(text):
        return None, text
    raise Unusable("The value is neither a number nor a symbol.")


def _starts(told: Any) -> date:
    code, period = (told.get("code"), told.get("period")) if isinstance(told, Mapping) else (None, None)
    year = _YEAR.fullmatch(str(period))
    if code not in _YEARS or year is None or not 2000 < int(year[1]) < 2099:
        raise Unusable("The period is not a year of a kind that we know.")
    month, shift = _YEARS[str(code)]
    return date(int(year[1]) + shift, month, 1)


def _lists(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
