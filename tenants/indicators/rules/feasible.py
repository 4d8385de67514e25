"""What someone can work out who sees the published table: which values each withheld cell could have. Pure.

A table is a set of cells, each with the least and the most it can be, and sums that hold between them. The search
answers "yes, this value is possible" only with an example in hand; where it gives up it answers no, and the caller
then withholds more. So it never calls a table safe that is not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
Range = tuple[int, int]  #: the least and the most, both possible as far as is known

ROUNDS = 60  #: of narrowing; stopping early leaves ranges wider than they are, which a search still refutes
NODES = 400  #: steps of one search before it gives up


@dataclass(frozen=True)
class Sum(Generic[K]):
    """The total is the sum of the parts."""

    total: K
    parts: tuple[K, ...]


def narrowed(ranges: Mapping[K, Range], sums: Sequence[Sum[K]]) -> dict[K, Range] | None:
    """Return the ranges after every sum has had its say, or None when no values fit at all."""
    found = dict(ranges)
    for _ in range(ROUNDS):
        before = dict(found)
        for each in sums:
            if not _narrow(found, each):
                return None
        if found == before:
            break
    return found


def _narrow(ranges: dict[K, Range], each: Sum[K]) -> bool:
    least = sum(ranges[part][0] for part in each.parts)
    most = sum(ranges[part][1] for part in each.parts)
    low, high = max(ranges[each.total][0], least), min(ranges[each.total][1], most)
    if low > high:
        return False
    ranges[each.total] = (low, high)
    for part in each.parts:
        first, last = ranges[part]
        narrow = max(first, low - (most - last)), min(last, high - (least - first))
        if narrow[0] > narrow[1]:
            return False
        least, most = least - first + narrow[0], most - last + narrow[1]
        ranges[part] = narrow
    return True


def first_exposed(keys: Iterable[K], ranges: Mapping[K, Range], sums: Sequence[Sum[K]]) -> K | None:
    """Return the first of the cells that has fewer than two possible values for all that the table says, or None.

    Each example of the table that is found speaks for all the cells at once.
    """
    wanted = list(keys)
    found = narrowed(ranges, sums)
    if found is None:
        return next(iter(wanted), None)
    seen: dict[K, set[int]] = {key: set() for key in wanted}
    for key in wanted:
        for value in _tries(found[key]):
            if len(seen[key]) < 2 and value not in seen[key]:
                example = _search({**found, key: (value, value)}, sums, iter(range(NODES))) or {}
                for each in example.keys() & seen.keys():
                    seen[each].add(example[each][0])
        if len(seen[key]) < 2:
            return key
    return None


def _search(ranges: Mapping[K, Range], sums: Sequence[Sum[K]], steps: Iterator[int]) -> dict[K, Range] | None:
    """Return an example of the table: ranges of one value each; None when none is found in so many steps."""
    found = narrowed(ranges, sums)
    if found is None:
        return None
    undecided = [key for key, (low, high) in found.items() if low < high]
    if not undecided:
        return found
    key = min(undecided, key=lambda each: found[each][1] - found[each][0])
    for value in _tries(found[key]):
        if next(steps, None) is None:
            return None
        example = _search({**found, key: (value, value)}, sums, steps)
        if example is not None:
            return example
    return None


def _tries(possible: Range) -> Iterator[int]:
    """Yield values to try: all of a short range; the ends and the middle of a long one."""
    low, high = possible
    yield from range(low, high + 1) if high - low <= 8 else (low, high, (low + high) // 2, low + 1, high - 1)
