"""What a page of a run came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Rows read, facts applied, proposals made, and rows that were as known."""

    read: int = 0
    applied: int = 0
    proposed: int = 0
    unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            read=self.read + other.read,
            applied=self.applied + other.applied,
            proposed=self.proposed + other.proposed,
            unchanged=self.unchanged + other.unchanged,
        )
