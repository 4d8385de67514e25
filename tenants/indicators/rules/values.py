"""What a figure may be, and the first rule of withholding: a count of 1 to 5 is not kept. Pure.

Source: the Department's convention for children's social care statistics: `c` for 1 to 5, zero shown, `:` for not
available, `z` for not applicable (Explore Education Statistics, guidance of the Children in need release).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

SMALL = range(1, 6)  #: what is withheld; 0 and 6 are shown
LARGEST = Decimal(1_000_000_000)
AREA = "area"  #: the place that means the whole of the area, beside its local authorities' numbers


class Unit(StrEnum):
    """What a figure is measured in."""

    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"


class Suppression(StrEnum):
    """Whether a value is shown, and if not, why."""

    NONE = "none"
    SMALL_NUMBER = "small_number"
    SECONDARY = "secondary"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"


class Quality(StrEnum):
    """How settled a figure is."""

    PROVISIONAL = "provisional"
    FINAL = "final"
    REVISED = "revised"


class Geography(StrEnum):
    """Which places a figure is collected for."""

    LOCAL_AUTHORITY = "local_authority"
    POLICE_FORCE_AREA = "police_force_area"
    AREA = "area"


#: one symbol for both kinds of withholding: which of the two it is would say how large the value is
SYMBOLS = {
    Suppression.NONE: "",
    Suppression.SMALL_NUMBER: "c",
    Suppression.SECONDARY: "c",
    Suppression.NOT_AVAILABLE: ":",
    Suppression.NOT_APPLICABLE: "z",
}
LEGEND = {
    "c": "withheld: a count of 1 to 5, or one from which such a count could be worked out",
    ":": "not available",
    "z": "not applicable",
}
UNIT_LABELS = {Unit.COUNT: "Number", Unit.PERCENT: "Per cent", Unit.RATE: "Rate per 10,000 children"}
QUALITY_LABELS = {Quality.PROVISIONAL: "Provisional", Quality.FINAL: "Final", Quality.REVISED: "Revised"}
GEOGRAPHY_LABELS = {
    Geography.LOCAL_AUTHORITY: "Local authority",
    Geography.POLICE_FORCE_AREA: "Police force area",
    Geography.AREA: "The whole area",
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A value, or why there is none."""

    value: Decimal | None
    suppression: Suppression

    @property
    def hidden(self) -> bool:
        """Return whether the value is withheld (rather than missing)."""
        return self.suppression in (Suppression.SMALL_NUMBER, Suppression.SECONDARY)


def withheld(reason: Suppression) -> Figure:
    """Return a figure without its value."""
    return Figure(value=None, suppression=reason)


def figure(value: Decimal, *, unit: Unit) -> Figure:
    """Return the figure to keep for a value: a count of 1 to 5 loses it here and for good."""
    if unit is Unit.COUNT and value in SMALL:
        return withheld(Suppression.SMALL_NUMBER)
    return Figure(value=value, suppression=Suppression.NONE)


def fits(value: Decimal, *, unit: Unit) -> bool:
    """Return whether the value can be one of that unit: counts are whole, per cents end at 100, none is below 0."""
    if not (value.is_finite() and 0 <= value <= LARGEST) or value != round(value, 2):
        return False
    if unit is Unit.COUNT:
        return value == value.to_integral_value()
    return unit is not Unit.PERCENT or value <= 100


def written(value: Decimal | None, suppression: Suppression, *, unit: Unit) -> str:
    """Return the figure as people read it: 1,204 or 37.5% or a symbol."""
    if value is None:
        return SYMBOLS[suppression]
    if unit is Unit.COUNT:
        return f"{int(value):,}"
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text}%" if unit is Unit.PERCENT else text
