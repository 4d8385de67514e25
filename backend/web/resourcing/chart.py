"""The chart of what each contributor gives this year and gave last year. It shows; it does not judge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backend.web.charts import BarChart, Series
from backend.web.formats import money
from tenants.resourcing.rules import year_label

MOST_BARS = 8
ROOM = 80  #: letters that fit side by side under the bars; the table below the chart has the full names


def shares_chart(shares: list[Any], *, year: int) -> BarChart | None:
    """Returns the chart of a year's shares, the largest first; None when nobody gives anything or gave last year."""
    if not shares:
        return None
    shown, rest = shares[:MOST_BARS], shares[MOST_BARS:]
    names = [share.contributor for share in shown] + (["Others"] if rest else [])
    labels = [_short(name, room=ROOM // len(names)) for name in names]
    now = [share.amount.pence for share in shown] + _sum(rest, "amount")
    bars = [Series(year_label(year), tuple(now))]
    if shares[0].lastYear is not None:
        before = [share.lastYear.pence for share in shown] + _sum(rest, "lastYear")
        bars.append(Series(year_label(year - 1), tuple(before)))
    return BarChart(
        id="shares",
        title="What each contributor gives",
        message=" ".join(_message(shares, label=year_label(year))),
        labels=tuple(labels),
        bars=tuple(bars),
        label_heading="Contributor",
        format=money,
    )


def percent(basis_points: int) -> str:
    """Returns 37.5% for 3,750 basis points; a whole per cent without decimals."""
    return f"{basis_points / 100:.2f}".rstrip("0").rstrip(".") + "%"


def _message(shares: list[Any], *, label: str) -> Iterator[str]:
    first, gone = shares[0], [share for share in shares if share.amount.pence == 0]
    if len(gone) == len(shares):
        yield f"Nobody gives anything in {label} as yet."
    else:
        yield f"{first.contributor} gives the most, {first.amount.text}: {percent(first.basisPoints)} of the whole."
    if gone:
        told = "; ".join(f"{share.contributor}, {share.lastYear.text}" for share in gone)
        yield f"Gave last year and nothing this year: {told}."


def _short(name: str, *, room: int) -> str:
    return name if len(name) <= room else f"{name[: room - 1].rstrip()}…"


def _sum(shares: list[Any], part: str) -> list[int]:
    return [sum(share[part].pence for share in shares)] if shares else []
