"""Whether a listing that lacks what was known can be believed."""

from __future__ import annotations

from integrations.errors import AgencyBroken
from integrations.school_people.model import Span

FEW = 10  #: so many may go at once without a question


def check_believable(span: Span | None, *, missing: int, from_nothing: int) -> None:
    """Raise `AgencyBroken` when more are missing than were sent; of an empty listing, more than `from_nothing`."""
    if span is not None and missing > max(span.sent, FEW if span.sent else from_nothing):
        raise AgencyBroken(
            "The list ended long before it did last time. Nothing was concluded from what is missing.",
            sha256=None,
            size=0,
        )
