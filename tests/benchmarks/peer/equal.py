"""Before anything is timed: both give the same answers, and a confirmation writes the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.benchmarks.peer import data
from tests.benchmarks.peer.data import Waiting
from tests.benchmarks.peer.effects import reads_recorded, written
from tests.benchmarks.peer.operations import Operation

ASKED = 24  #: requests that are compared of each operation


async def check(
    operation: Operation, waiting: Sequence[Waiting], *, addresses: Mapping[bool, str], superuser: str
) -> None:
    """Raise `AssertionError` where an answer or a written row differs; names the first difference.

    `addresses` are ours (True) and the peer's (False). `waiting` are the returns that M1 sends, in its order.
    """
    chosen = operation.pick(ASKED, seed=1)[:ASKED]
    requests = [waiting[at].request_id for at in chosen] if operation.changes else []
    found = []
    for form in operation.forms:
        await data.reset(superuser)
        before = await reads_recorded(superuser)
        answers = [form.facts(form.requests[at].answer(addresses[form.ours])) for at in chosen]
        rows = await written(superuser, requests=requests)
        assert len(rows["sent"]) == len(rows["audit"]) == len(requests), form.name
        assert await reads_recorded(superuser) - before == (ASKED if form.records else 0), form.name
        found.append({"answers": answers, **rows})
    await data.reset(superuser)
    for form, one in zip(operation.forms, found, strict=True):
        whole = _part(found[0], one) if form.less else found[0]
        same = {name: one[name] for name in whole}
        assert same == whole, f"{operation.code}, {form.name}: {_first_difference(whole, same)}"


def _part(whole: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """Return what there is to compare with a form that says less and keeps less."""
    pairs = zip(whole["answers"], part["answers"], strict=True)
    answers = [{name: mine[name] for name in theirs} for mine, theirs in pairs]
    return {**{name: rows for name, rows in whole.items() if name not in ("reused", "claimed")}, "answers": answers}


def _first_difference(mine: Any, theirs: Any) -> str:
    if isinstance(mine, dict) and isinstance(theirs, dict) and mine.keys() == theirs.keys():
        return next(f"{key}: {_first_difference(mine[key], theirs[key])}" for key in mine if mine[key] != theirs[key])
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        return next(_first_difference(a, b) for a, b in zip(mine, theirs, strict=True) if a != b)
    return f"{mine!r} is not {theirs!r}"
