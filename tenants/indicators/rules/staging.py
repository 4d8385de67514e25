"""Figures between a file and its acceptance, as JSON; a small number has lost its value before that. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tenants.indicators.rules.cells import Incoming
from tenants.indicators.rules.periods import Period
from tenants.indicators.rules.secondary import Cell
from tenants.indicators.rules.values import Figure, Quality, Suppression


def to_staged(row: Incoming) -> dict[str, Any]:
    """Return the figure as JSON."""
    return {
        "code": row.code,
        "edition": row.edition,
        "place": row.cell.place,
        "period": row.cell.period.value,
        "starts_on": row.cell.starts_on.isoformat(),
        "value": None if row.figure.value is None else str(row.figure.value),
        "suppression": row.figure.suppression.value,
        "quality": row.quality.value,
        "recording_change": row.recording_change,
    }


def from_staged(found: dict[str, Any]) -> Incoming:
    """Return the figure that was staged."""
    value = found["value"]
    return Incoming(
        code=found["code"],
        edition=found["edition"],
        cell=Cell(found["place"], Period(found["period"]), date.fromisoformat(found["starts_on"])),
        figure=Figure(value=None if value is None else Decimal(value), suppression=Suppression(found["suppression"])),
        quality=Quality(found["quality"]),
        recording_change=found["recording_change"],
    )
