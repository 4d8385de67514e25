"""The chart of shares: full figures, names that fit, no judgement in its words."""

from __future__ import annotations

from typing import Any

import pytest

from backend.web.resourcing.chart import percent, shares_chart
from backend.web.strict import wrap


def share(name: str, pence: int, *, before: int | None = None, points: int = 5000) -> Any:
    last = None if before is None else {"pence": before, "text": f"£{before // 100:,}"}
    amount = {"pence": pence, "text": f"£{pence // 100:,}"}
    return wrap({"contributor": name, "amount": amount, "basisPoints": points, "lastYear": last})


def test_nobody_gives_anything_so_there_is_no_chart() -> None:
    assert shares_chart([], year=2026) is None


def test_this_year_stands_beside_last_year_when_there_was_one() -> None:
    alone = shares_chart([share("Council", 600_00), share("Police", 400_00)], year=2026)
    beside = shares_chart([share("Council", 600_00, before=500_00), share("Police", 400_00, before=0)], year=2026)
    assert alone is not None
    assert beside is not None
    assert [(bars.name, bars.values) for bars in alone.bars] == [("2026-27", (600_00, 400_00))]
    assert [(bars.name, bars.values) for bars in beside.bars][1] == ("2025-26", (500_00, 0))
    assert alone.message == "Council gives the most, £600: 50% of the whole."


def test_who_gave_last_year_and_gives_nothing_this_year_is_named_with_the_amount() -> None:
    gone = [share("Police", 0, before=500_00, points=0), share("Probation", 0, before=1_00, points=0)]
    chart = shares_chart([share("Council", 600_00, before=0, points=10_000), *gone], year=2026)
    nobody = shares_chart(gone, year=2026)
    assert chart is not None
    assert nobody is not None
    told = "Gave last year and nothing this year: Police, £500; Probation, £1."
    assert chart.message == f"Council gives the most, £600: 100% of the whole. {told}"
    assert nobody.message == f"Nobody gives anything in 2026-27 as yet. {told}"
    assert [bars.values for bars in nobody.bars] == [(0, 0), (500_00, 1_00)]


def test_beyond_eight_the_smallest_are_drawn_together() -> None:
    chart = shares_chart([share(f"Agency {n}", 1_00, before=2_00) for n in range(11)], year=2026)
    assert chart is not None
    assert (len(chart.labels), chart.labels[-1]) == (9, "Others")
    assert [bars.values[-1] for bars in chart.bars] == [3_00, 6_00]


def test_long_names_are_shortened_so_that_they_do_not_run_into_each_other() -> None:
    chart = shares_chart([share("Greater North Integrated Care Board", 1_00) for _ in range(8)], year=2026)
    assert chart is not None
    assert all(len(label) <= 10 and label.endswith("…") for label in chart.labels)


@pytest.mark.parametrize(
    ("points", "words"), [(0, "0%"), (1, "0.01%"), (3750, "37.5%"), (3333, "33.33%"), (10_000, "100%"), (1000, "10%")]
)
def test_shares_are_written_exactly(points: int, words: str) -> None:
    assert percent(points) == words
