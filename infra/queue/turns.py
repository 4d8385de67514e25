"""Whose message goes to the broker next, so that no area waits for another's thousands. Decides without reading.

The broker delivers in the order it was given, so it is given little at a time: of each queue twice what all workers
take at once, and of one area half of what they take. The rest waits in the outbox, where taking turns costs nothing.

An area whose messages end within a second of being given has more, up to three quarters of the places, while nobody
else needs them: the last quarter is free at once for whoever comes, and what it has too much is over a moment later.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from infra.queue.registry import JOBS, QueueName
from infra.queue.runs import Delivery
from infra.queue.waiting import ByJob

AREA_SHARE = 2  #: one area has at most one part in so many of a queue's places
FREE_SHARE = 4  #: one part in so many is never given to one area alone, however quick
AHEAD = 2  #: times what the workers take at once

_Whose = tuple[int | None, str]  #: an area and a queue
_NOTHING: ByJob = MappingProxyType({})


def queue_of(actor: str) -> QueueName:
    """Return the queue of a job; one that this version does not know is told of its end at once."""
    job = JOBS.get(actor)
    return job.queue if job else "interactive"


def choose(
    waiting: Sequence[Delivery], *, busy: ByJob, slots: Mapping[str, int], limit: int, ended: ByJob = _NOTHING
) -> list[Delivery]:
    """Return what to publish now, at most `limit`: first whoever has least in the broker, then who waits longest.

    `waiting` is in order of time; `busy` counts by area and job what the broker has been given and has not ended,
    `ended` what ended in the last second; `slots` is what the workers take at once of each queue. With no slots at all
    nothing is held back.
    """
    if not slots:
        return list(waiting[:limit])
    return _Round(waiting, busy=busy, ended=ended, slots=slots).published(limit)


class _Round:
    def __init__(self, waiting: Sequence[Delivery], *, busy: ByJob, ended: ByJob, slots: Mapping[str, int]) -> None:
        self._slots = slots
        self._of_job = Counter(busy)
        self._of_area, self._ended = _by_queue(busy), _by_queue(ended)
        self._of_queue: Counter[str] = Counter()
        for (_, queue), number in self._of_area.items():
            self._of_queue[queue] += number
        self._lines: dict[_Whose, deque[tuple[int, Delivery]]] = defaultdict(deque)
        for place, delivery in enumerate(waiting):
            self._lines[delivery.area_id, queue_of(delivery.actor)].append((place, delivery))

    def published(self, limit: int) -> list[Delivery]:
        chosen: list[Delivery] = []
        heap = [(self._of_area[who], line[0][0], who) for who, line in self._lines.items()]
        heapq.heapify(heap)
        while heap and len(chosen) < limit:
            _, _, who = heapq.heappop(heap)
            delivery = self._next(who)
            if delivery is None:
                continue
            chosen.append(delivery)
            if line := self._lines[who]:
                heapq.heappush(heap, (self._of_area[who], line[0][0], who))
        return chosen

    def _next(self, who: _Whose) -> Delivery | None:
        """Take the area's next message that may go; None when the area, or its queue, has enough in the broker."""
        line, queue = self._lines[who], who[1]
        while line and self._may_have_more(who):
            _, delivery = line.popleft()
            if self._has_room(delivery):
                self._of_area[who] += 1
                self._of_queue[queue] += 1
                self._of_job[delivery.area_id, delivery.actor] += 1
                return delivery
        return None

    def _may_have_more(self, who: _Whose) -> bool:
        slots = self._slots.get(who[1], 0)  # a queue that nobody serves is still given a little
        of_area, of_queue = self._of_area[who], self._of_queue[who[1]]
        if of_area < max(1, slots // AREA_SHARE):
            return of_queue < max(1, slots * AHEAD)
        is_quick = self._ended[who] >= of_area  # each is over within a second (Little's law)
        return is_quick and of_queue < slots - max(1, slots // FREE_SHARE)

    def _has_room(self, delivery: Delivery) -> bool:
        job = JOBS.get(delivery.actor)
        most = job.leases.get("area") if job else None
        return most is None or self._of_job[delivery.area_id, delivery.actor] < most


def _by_queue(by_job: ByJob) -> Counter[_Whose]:
    numbers: Counter[_Whose] = Counter()
    for (area_id, actor), number in by_job.items():
        numbers[area_id, queue_of(actor)] += number
    return numbers
