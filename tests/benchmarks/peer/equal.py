"""Before anything is timed: both give the same answers, and a confirmation writes the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.benchmarks.peer import data
from tests.benchmarks.peer.data import Waiting
from tests.benchmarks.peer.effects import written
from tests.benchmarks.peer.operations import Operation

ASKED = 24  #: requests that are compared of each operation


def check_reads(operation: Operation, *, our_address: str, peers_address: str) -> None:
    """Raise `AssertionError` where an answer differs; names the first difference."""
    for at in operation.pick(ASKED, seed=1)[:ASKED]:
        mine = operation.our_facts(operation.ours[at].answer(our_address))
        theirs = operation.peers_facts(operation.peers[at].answer(peers_address))
        assert mine == theirs, f"{operation.code}: {_first_difference(mine, theirs)}"


async def check_writes(
    operation: Operation, waiting: Sequence[Waiting], *, our_address: str, peers_address: str, superuser: str
) -> None:
    """Confirm the same returns on both sides, each from the same start, and compare answers and rows."""
    chosen = operation.pick(ASKED, seed=1)[:ASKED]
    requests = [waiting[at].request_id for at in chosen]
    await data.reset(superuser)
    mine = [operation.our_facts(operation.ours[at].answer(our_address)) for at in chosen]
    our_rows = await written(superuser, requests=requests)
    await data.reset(superuser)
    theirs = [operation.peers_facts(operation.peers[at].answer(peers_address)) for at in chosen]
    peers_rows = await written(superuser, requests=requests)
    await data.reset(superuser)
    assert mine == theirs, _first_difference(mine, theirs)
    assert len(our_rows["sent"]) == len(our_rows["audit"]) == ASKED
    for name, rows in our_rows.items():
        assert rows == peers_rows[name], f"{name}: {_first_difference(rows, peers_rows[name])}"


def _first_difference(mine: Any, theirs: Any) -> str:
    if isinstance(mine, dict) and isinstance(theirs, dict) and mine.keys() == theirs.keys():
        return next(f"{key}: {_first_difference(mine[key], theirs[key])}" for key in mine if mine[key] != theirs[key])
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        return next(_first_difference(a, b) for a, b in zip(mine, theirs, strict=True) if a != b)
    return f"{mine!r} is not {theirs!r}"
