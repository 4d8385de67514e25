"""What an import has come to."""

from __future__ import annotations

from dataclasses import dataclass, field

from tenants.organisations.rules import RejectedRow


@dataclass(kw_only=True, slots=True)
class Tally:
    """What an import has come to so far; `rejected` is filled by the reader and by the merge.

    `recognised` rows were not read, because their lines say what the register has; they count among the unchanged.
    """

    read: int = 0
    created: int = 0
    changed: int = 0
    closed: int = 0
    reopened: int = 0
    unchanged: int = 0
    recognised: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Return how many rows of the file have been looked at."""
        return self.read + len(self.rejected)
