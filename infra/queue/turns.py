"""Whose message goes to the broker next, so that no area waits for another's thousands. Decides without reading.

The broker delivers in the order it was given, so it is given little at a time: of each queue twice what all workers
take at once, and of one area half of what they take. The rest waits in the outbox, where taking turns costs nothing.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence

from infra.queue.registry import JOBS, QueueName
from infra.queue.runs import Delivery

AREA_SHARE = 2  #: one area has at most one part in so many of a queue's places
AHEAD = 2  #: times what the workers take at once

Busy = Mapping[tuple[int | None, str], int]


def queue_of(actor: str) -> QueueName:
    """Return the queue of a job; one that this version does not know is told of its end at once."""
    job = JOBS.get(actor)
    return job.queue if job else "interactive"


def choose(
    waiting: Sequence[Delivery], *, busy: Busy, slots: Mapping[str, int], limit: int
) -> list[Delivery]:
    """Return what to publish now, at most `limit`: first whoever has least in the broker, then who waits longest.

    `waiting` is in order of time; `busy` counts by area and job what the broker has been given and has not ended;
    `slots` is what the workers take at once of each queue. With no slots at all nothing is held back.
    """
    if not slots:
        return list(waiting[:limit])
    return _Round(waiting, busy=busy, slots=slots).published(limit)


class _Round:
    def __init__(self, waiting: Sequence[Delivery], *, busy: Busy, slots: Mapping[str, int]) -> None:
        self._slots = slots
        self._of_job = Counter(busy)
        self._of_area: Counter[tuple[int | None, str]] = Counter()
        self._of_queue: Counter[str] = Counter()
        for (area_id, actor), number in busy.items():
            self._of_area[area_id, queue_of(actor)] += number
            self._of_queue[queue_of(actor)] += number
        self._lines: dict[tuple[int | None, str], deque[tuple[int, Delivery]]] = defaultdict(deque)
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

    def _next(self, who: tuple[int | None, str]) -> Delivery | None:
        """Take the area's next message that may go; None when the area, or its queue, has enough in the broker."""
        line, queue = self._lines[who], who[1]
        slots = self._slots.get(queue, 0)  # a queue that nobody serves is still given a little
        most, most_of_area = max(1, slots * AHEAD), max(1, slots // AREA_SHARE)
        while line and self._of_queue[queue] < most and self._of_area[who] < most_of_area:
            _, delivery = line.popleft()
            if self._has_room(delivery):
                self._of_area[who] += 1
                self._of_queue[queue] += 1
                self._of_job[delivery.area_id, delivery.actor] += 1
                return delivery
        return None

    def _has_room(self, delivery: Delivery) -> bool:
        job = JOBS.get(delivery.actor)
        most = job.leases.get("area") if job else None
        return most is None or self._of_job[delivery.area_id, delivery.actor] < most
