"""How far each area has come with this year's returns: a share for each stage, fitting how the area is doing."""

from __future__ import annotations

from dataclasses import dataclass

from backend.demo.plan import Mood


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Shares of one, of the schools that could. `due` is days from today: late when below zero."""

    accounts: float  #: schools without a trust whose safeguarding lead has an account
    last: float  #: of those with an account, and of trusts, that returned last year
    returned: float  #: of those with an account, and of trusts
    replied: float  #: of the returned
    started: float  #: of those with an account that have not returned
    due: int


PACES = {
    Mood.EXCELLENT: Pace(accounts=1.0, last=0.8, returned=0.9, replied=0.95, started=0.5, due=10),
    Mood.GOOD: Pace(accounts=0.7, last=0.6, returned=0.75, replied=0.6, started=0.4, due=12),
    Mood.ORDINARY: Pace(accounts=0.4, last=0.5, returned=0.5, replied=0.3, started=0.3, due=30),
    Mood.MERGING: Pace(accounts=0.5, last=0.6, returned=0.6, replied=0.0, started=0.3, due=24),
    Mood.DISPUTE: Pace(accounts=0.6, last=0.6, returned=0.5, replied=0.4, started=0.2, due=-5),
    Mood.REORGANISING: Pace(accounts=0.5, last=0.5, returned=0.3, replied=0.1, started=0.3, due=40),
    Mood.BEHIND: Pace(accounts=0.5, last=0.4, returned=0.35, replied=0.2, started=0.2, due=-26),
    Mood.STRUGGLING: Pace(accounts=0.3, last=0.3, returned=0.2, replied=0.0, started=0.1, due=-44),
    Mood.SETTING_UP: Pace(accounts=0.1, last=0.0, returned=0.0, replied=0.0, started=0.0, due=90),
}


def share(number: int, out_of: int, part: float) -> bool:
    """Return whether the item with this number is in the first `part` of the whole."""
    return number < round(out_of * part)
