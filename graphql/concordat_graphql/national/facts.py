"""What each capability reports about each area, for officials: a state, a few words, and the reasons behind them.

One read per capability however many areas there are; every query here runs on the national login, so its column
grants decide what can be said at all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tenants.intervention import queries as intervention


class Standing(StrEnum):
    """How a fact stands."""

    MET = "met"
    ATTENTION = "attention"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """What is missing, in a sentence, and how we know: the law or guidance that asks, or the record that shows it."""

    sentence: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One capability's report on one area. `amount` is what a column sorts by; None sorts last."""

    standing: Standing
    words: str
    amount: float | None = None
    reasons: tuple[Reason, ...] = ()


NOT_REPORTED = Fact(standing=Standing.NOT_REPORTED, words="Not yet reported")

Reader = Callable[[Sequence[int]], Awaitable[dict[int, Fact]]]


async def flags(area_ids: Sequence[int]) -> dict[int, Fact]:
    """Return each area's open referred flags."""
    found = await intervention.open_flags()
    none = Fact(standing=Standing.MET, words="None open", amount=0)
    return {area_id: _flags(found[area_id]) if area_id in found else none for area_id in area_ids}


def _flags(counted: intervention.AreaFlags) -> Fact:
    waits = f", {counted.awaiting_department} for the Department" if counted.awaiting_department else ""
    sentence = f"{counted.open} referred to the Department and not closed{waits}."
    return Fact(
        standing=Standing.ATTENTION,
        words=f"{counted.open} open{waits}",
        amount=counted.open,
        reasons=(Reason(sentence=sentence, source="The area’s own referrals"),),
    )
