"""Invented figures, made from a seed when asked for; what was published anew is kept."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

FIRST = date(2024, 10, 1)
MONTHS = 24
BEGAN = datetime(2026, 10, 12, 9, tzinfo=UTC)
EDITION = "2026.1"
INDICATORS = {
    "missing_child_episodes": "Missing episodes of children",
    "police_protection_s46": "Police protection (section 46)",
    "mash_referrals_by_police": "Referrals by the police to the front door",
}
FORCE = {"dataPoliceUkId": "testshire", "pfaCode": "E23000999"}


def definitions() -> list[dict[str, Any]]:
    """The definitions as the proposed interface lists them."""
    return [
        {
            "code": code,
            "definitionVersion": EDITION,
            "title": title,
            "description": f"{title}, counted in the period by the force’s own rules.",
            "unit": "count",
            "geography": "local_authority",
            "additive": {"overTime": True, "overPlaces": True},
        }
        for code, title in INDICATORS.items()
    ]


@dataclass(kw_only=True)
class Publication:
    """What the force has published: a number that grows, and the figures that it changed."""

    seed: int
    number: int = 0
    changed: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)

    @property
    def published_at(self) -> datetime:
        """When this publication came out: a day after the one before."""
        return BEGAN + timedelta(days=self.number)

    @property
    def told(self) -> dict[str, str]:
        """The publication as every page names it."""
        return {"id": f"2026-10.{self.number}", "publishedAt": stamp(self.published_at)}

    def republish(self, code: str, area: str, start: str, **fields: Any) -> None:
        """A figure is published anew, in a publication of its own."""
        self.number += 1
        at = {"updatedAt": stamp(self.published_at)}
        self.changed[code, area, start] = {**self.changed.get((code, area, start), {}), **fields, **at}

    def rows(self, area: str, *, since: str | None) -> list[dict[str, Any]]:
        """The figures of an area, or those that changed after an instant."""
        made = [self._row(code, area, months_later(FIRST, n)) for code in INDICATORS for n in range(MONTHS)]
        return [row for row in made if since is None or row["updatedAt"] > since]

    def _row(self, code: str, area: str, start: date) -> dict[str, Any]:
        value = zlib.crc32(f"{self.seed}{code}{area}{start}".encode()) % 60
        small = 1 <= value <= 5
        row: dict[str, Any] = {
            "indicator": code,
            "definitionVersion": EDITION,
            "force": FORCE,
            "area": {"type": "LA", "gssCode": area},
            "period": {"type": "month", "start": start.isoformat(), "end": _last(start).isoformat()},
            "value": None if small else value,
            "suppression": "small_number" if small else "none",
            "quality": "final" if start < date(2026, 7, 1) else "provisional",
            "recordingChange": code == "police_protection_s46" and start == date(2025, 4, 1),
            "updatedAt": stamp(BEGAN),
        }
        return {**row, **self.changed.get((code, area, start.isoformat()), {})}


def stamp(when: datetime) -> str:
    """An instant in UTC."""
    return when.isoformat().replace("+00:00", "Z")


def months_later(day: date, months: int) -> date:
    """The first day of a later month."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _last(start: date) -> date:
    return months_later(start, 1) - timedelta(days=1)
