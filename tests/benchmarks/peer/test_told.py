"""The table says what was promised, what was measured, and plainly what was missed."""

from __future__ import annotations

import pytest

from tests.benchmarks.peer.operations import FLAT, OURS, PEERS, Form, Operation
from tests.benchmarks.peer.request import Request
from tests.benchmarks.peer.rounds import Measured
from tests.benchmarks.peer.told import LATENCY, THROUGHPUT, detail, promised
from tests.benchmarks.peer.wrk import Cell


def cell(per_second: float, *, p50: float = 2.0) -> Cell:
    return Cell(requests=100, per_second=per_second, p50=p50, p99=9.0, server_cpu=0.4, postgres_cpu=0.5)


def measured(code: str, *, ours: float, p50: float) -> Measured:
    forms = [Form(name=name, requests=[Request(headers={}, body=b"{}")], facts=dict) for name in (OURS, PEERS, FLAT)]
    cells = {OURS: cell(ours, p50=p50), PEERS: cell(100.0), FLAT: cell(155.0)}
    return Measured(operation=Operation(code=code, title="an operation", forms=forms), rounds={1: [cells], 16: [cells]})


@pytest.mark.parametrize(
    ("ratio", "said"),
    [(2.4, "**must missed**"), (2.5, "must kept"), (3.2, "goal kept"), (4.0, "stretch kept")],
)
def test_throughput_is_kept_from_the_promised_ratio_upwards(ratio: float, said: str) -> None:
    assert THROUGHPUT["Q1"].said(ratio) == said


@pytest.mark.parametrize(("ratio", "said"), [(0.6, "**must missed**"), (0.45, "must kept"), (0.2, "stretch kept")])
def test_latency_is_kept_from_the_promised_ratio_downwards(ratio: float, said: str) -> None:
    assert LATENCY.said(ratio) == said


def test_the_table_has_each_ratio_beside_its_promise() -> None:
    table = promised([measured("Q1", ours=310.0, p50=0.9)], megabytes=120, again=[2.0])
    assert "| Q1 an operation | 3.10 (3.10–3.10)× | 2.5× | 3× | 3.5× | goal kept | flat views 2.00× |" in table
    assert "| middle answer to Q1 at 1 connection | 0.45 (0.45–0.45)× | 0.5× | 0.4× | 0.3× | must kept |  |" in table
    assert "of a bare COPY | 2.00 (2.00–2.00)× | 1.5× | 0.8× | 0.4× | **must missed** |  |" in table
    assert "| 120 MB | 150 MB | 110 MB | 80 MB | must kept |  |" in table


def test_what_nothing_was_promised_of_is_shown_beside_it() -> None:
    table = promised([measured("Home", ours=146.0, p50=0.9)], megabytes=120, again=[2.0])
    assert "| Home an operation | 1.46 (1.46–1.46)× |  |  |  | not promised | flat views 0.94× |" in table


def test_every_cell_is_told_for_both() -> None:
    lines = detail([measured("M1", ours=310.0, p50=0.9)]).splitlines()
    assert lines[2] == "| M1 Concordat | 1 | 310 | 0.9 | 9.0 | 0.40 | 0.50 |"
    assert lines[6] == "| M1 PostGraphile | 16 | 100 | 2.0 | 9.0 | 0.40 | 0.50 |"
