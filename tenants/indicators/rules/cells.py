"""Reading one line of the template, cell by cell: each is of a closed kind, with no room for anything else. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from tenants.indicators.rules.periods import EARLIEST, Period, begins
from tenants.indicators.rules.secondary import Cell
from tenants.indicators.rules.values import AREA, SYMBOLS, Figure, Quality, Suppression, Unit, figure, fits, withheld

E = TypeVar("E", bound=StrEnum)

_NUMBER = re.compile(r"\d{1,10}(\.\d{1,2})?", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)
_DAY = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})(-(?P<d>\d{1,2}))?|(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4})", re.ASCII
)
_WHOLE = ("", "area", "whole area", "the whole area")
_SIGNS = {"c": Suppression.SMALL_NUMBER, ":": Suppression.NOT_AVAILABLE, "z": Suppression.NOT_APPLICABLE}
_YES, _NO = ("yes", "true", "y", "1"), ("", "no", "false", "n", "0")
_UNIT_WORDS = {
    Unit.COUNT: "a whole number of 0 or more",
    Unit.PERCENT: "a per cent between 0 and 100, with two decimal places at most",
    Unit.RATE: "a number of 0 or more, with two decimal places at most",
}


class BadCell(Exception):
    """What is wrong with the line, in a sentence without anything of the line."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """An indicator that the area can import: its latest edition, and all its editions."""

    unit: Unit
    edition: str
    editions: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One figure on its way in; a small number has lost its value already."""

    code: str
    edition: str
    cell: Cell
    figure: Figure
    quality: Quality
    recording_change: bool

    @property
    def key(self) -> tuple[str, Cell]:
        """Return what the figure is of."""
        return self.code, self.cell

    @property
    def small(self) -> bool:
        """Return whether the value was a small number."""
        return self.figure.suppression is Suppression.SMALL_NUMBER


def read_line(cells: Mapping[str, str], *, known: Mapping[str, Known], places: frozenset[str], on: date) -> Incoming:
    """Return the figure of a line; raises `BadCell`."""
    code = cells.get("indicator", "").casefold().replace(" ", "_")
    if code not in known:
        raise BadCell("The indicator is not one of this area’s. Use a code from the template.")
    indicator = known[code]
    edition = cells.get("definition_version") or indicator.edition
    if edition not in indicator.editions:
        raise BadCell("The definition version is not one that this area has. Leave it empty for the latest.")
    return Incoming(
        code=code,
        edition=edition,
        cell=_cell(cells, places, on),
        figure=_figure(cells, indicator.unit),
        quality=_one_of(Quality, cells.get("quality", "") or Quality.PROVISIONAL.value, "quality"),
        recording_change=_yes(cells.get("recording_change", "")),
    )


def _cell(cells: Mapping[str, str], places: frozenset[str], on: date) -> Cell:
    place = cells.get("local_authority", "")
    if place.casefold() in _WHOLE:
        place = AREA
    elif place not in places:
        raise BadCell("The local authority is not one this area covers. Use its three digits, or leave it empty "
                      "for the whole area.")  # fmt: skip
    period = _period(cells.get("period_type", ""))
    return Cell(place, period, _start(cells.get("period_start", ""), period, on))


def _period(text: str) -> Period:
    if text.casefold() not in (Period.MONTH, Period.QUARTER):
        raise BadCell("The period type must be month or quarter.")
    return Period(text.casefold())


def _start(text: str, period: Period, on: date) -> date:
    found = _DAY.fullmatch(text)
    if found is None:
        raise BadCell("The period’s start must be a date, like 2026-09-01 or 01/09/2026.")
    year, month, day = (found[name] or found[f"{name}2"] or "1" for name in "ymd")
    try:
        starts = date(int(year), int(month), int(day))
    except ValueError:
        raise BadCell("The period’s start is not a day that exists.") from None
    if not begins(period, starts):
        raise BadCell("A month starts on its first day; a quarter on 1 January, 1 April, 1 July or 1 October.")
    if starts.year < EARLIEST or starts > on:
        raise BadCell(f"The period must have begun, and not before {EARLIEST}.")
    return starts


def _figure(cells: Mapping[str, str], unit: Unit) -> Figure:
    text = cells.get("value", "")
    said = cells.get("suppression", "").casefold().replace(" ", "_")
    reason = _one_of(Suppression, said or Suppression.NONE.value, "suppression")
    if text.casefold() in _SIGNS:
        return withheld(reason if reason is not Suppression.NONE else _SIGNS[text.casefold()])
    if reason is not Suppression.NONE:
        if text and unit is not Unit.COUNT:
            raise BadCell("A figure that is withheld has no value.")
        return withheld(reason)
    value = _number(text, unit)
    return figure(value, unit=unit)


def _number(text: str, unit: Unit) -> Decimal:
    if not text:
        raise BadCell(f"Give a value, or a symbol: {', '.join(sorted(set(SYMBOLS.values()) - {''}))}.")
    plain = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
    if not _NUMBER.fullmatch(plain) or not fits(Decimal(plain), unit=unit):
        raise BadCell(f"The value must be {_UNIT_WORDS[unit]}.")
    return Decimal(plain)


def _one_of(kind: type[E], text: str, name: str) -> E:
    try:
        return kind(text.casefold().replace(" ", "_"))
    except ValueError:
        options = ", ".join(each.value for each in kind)
        raise BadCell(f"The {name} must be one of {options}.") from None


def _yes(text: str) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise BadCell("Recording change must be yes or no.")
