"""Whose message goes next: decided without a database, from what waits and what the broker has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from infra.ids import uuid7
from infra.queue import registry
from infra.queue.processes import shares
from infra.queue.registry import job
from infra.queue.runs import Delivery
from infra.queue.turns import choose

FLOODED, OTHER, THIRD = 1, 2, 3
SLOTS = {"interactive": 8, "sync": 4, "bulk": 4}


@pytest.fixture(autouse=True)
def jobs() -> Iterator[None]:
    """Three jobs: a quick one, a slow one, and one of which an area runs a single message at once."""

    @job("a.quick")
    async def quick() -> None: ...

    @job("a.bulk", queue="bulk")
    async def bulk() -> None: ...

    @job("a.sync", queue="sync", leases={"area": 1})
    async def sync() -> None: ...

    yield
    for name in ("a.quick", "a.bulk", "a.sync"):
        del registry.JOBS[name]


def waiting(area_id: int | None, number: int, actor: str = "a.quick") -> list[Delivery]:
    return [
        Delivery(id=uuid7(), message_id=uuid7(), actor=actor, args={}, area_id=area_id) for _ in range(number)
    ]


def areas(chosen: list[Delivery]) -> list[int | None]:
    return [delivery.area_id for delivery in chosen]


def test_one_areas_thousands_leave_half_of_the_places_free() -> None:
    chosen = choose(waiting(FLOODED, 1000), busy={}, slots=SLOTS, limit=100)
    assert areas(chosen) == [FLOODED] * 4


def test_who_has_least_in_the_broker_goes_first_however_late_it_came() -> None:
    late = [*waiting(FLOODED, 1000), *waiting(OTHER, 2), *waiting(THIRD, 1)]
    assert areas(choose(late, busy={(FLOODED, "a.quick"): 3}, slots=SLOTS, limit=100)) == [OTHER, THIRD, OTHER, FLOODED]


def test_an_area_that_has_its_share_waits_for_an_end() -> None:
    flood = waiting(FLOODED, 1000)
    assert choose(flood, busy={(FLOODED, "a.quick"): 4}, slots=SLOTS, limit=100) == []
    assert choose(flood, busy={(FLOODED, "a.quick"): 3}, slots=SLOTS, limit=100) == flood[:1]


def test_an_area_whose_messages_end_at_once_has_all_places_but_a_quarter() -> None:
    flood = waiting(FLOODED, 1000)
    chosen = choose(flood, busy={(FLOODED, "a.quick"): 4}, ended={(FLOODED, "a.quick"): 30}, slots=SLOTS, limit=100)
    assert chosen == flood[:2]


def test_an_area_whose_messages_last_longer_than_a_second_has_half() -> None:
    flood = waiting(FLOODED, 1000)
    assert choose(flood, busy={(FLOODED, "a.quick"): 4}, ended={(FLOODED, "a.quick"): 3}, slots=SLOTS, limit=9) == []


def test_nobody_has_more_than_half_while_the_others_need_the_rest() -> None:
    busy = {(FLOODED, "a.quick"): 4, (OTHER, "a.quick"): 2}
    mixed = [*waiting(FLOODED, 1000), *waiting(OTHER, 1), *waiting(THIRD, 1)]
    chosen = choose(mixed, busy=busy, ended={(FLOODED, "a.quick"): 30}, slots=SLOTS, limit=100)
    assert areas(chosen) == [THIRD, OTHER]


@pytest.mark.parametrize("slots", [1, 2, 3, 4, 8, 32])
def test_one_place_of_several_is_free_for_whoever_comes_however_quick_the_flood(slots: int) -> None:
    ended, places = {(FLOODED, "a.quick"): 1000}, {"interactive": slots}
    chosen = choose(waiting(FLOODED, 100), busy={}, ended=ended, slots=places, limit=100)
    assert max(1, slots // 2) <= len(chosen) <= max(1, slots - 1)


def test_an_areas_own_messages_go_in_their_order() -> None:
    mixed = [*waiting(FLOODED, 2), *waiting(FLOODED, 1, "a.bulk"), *waiting(FLOODED, 1)]
    chosen = choose(mixed, busy={}, slots=SLOTS, limit=100)
    assert [one for one in chosen if one.actor == "a.quick"] == [one for one in mixed if one.actor == "a.quick"]


def test_a_flood_in_one_queue_holds_nothing_back_in_another() -> None:
    flood = [*waiting(FLOODED, 1000, "a.bulk"), *waiting(FLOODED, 1)]
    chosen = choose(flood, busy={(FLOODED, "a.bulk"): 2}, slots=SLOTS, limit=100)
    assert [delivery.actor for delivery in chosen] == ["a.quick"]


def test_the_broker_is_given_little_at_a_time_however_many_areas_wait() -> None:
    everyone = [delivery for area_id in range(1, 154) for delivery in waiting(area_id, 3)]
    chosen = choose(everyone, busy={}, slots=SLOTS, limit=100)
    assert (len(chosen), max(Counter(areas(chosen)).values())) == (16, 1)


def test_a_job_that_an_area_runs_once_at_a_time_is_sent_once_at_a_time() -> None:
    runs = [*waiting(FLOODED, 5, "a.sync"), *waiting(OTHER, 5, "a.sync")]
    assert areas(choose(runs, busy={}, slots=SLOTS, limit=100)) == [FLOODED, OTHER]


def test_work_of_no_area_takes_turns_like_an_areas() -> None:
    chosen = choose([*waiting(None, 50), *waiting(OTHER, 1)], busy={}, slots=SLOTS, limit=100)
    assert areas(chosen)[:2] == [None, OTHER]


def test_where_nobody_works_nothing_is_held_back() -> None:
    assert len(choose(waiting(FLOODED, 50), busy={}, slots={}, limit=40)) == 40


def test_a_queue_that_nobody_serves_is_given_one() -> None:
    assert len(choose(waiting(FLOODED, 50, "a.bulk"), busy={}, slots={"interactive": 8}, limit=40)) == 1


@pytest.mark.parametrize("threads", [3, 4, 8, 16, 64])
def test_long_work_never_takes_every_thread(threads: int) -> None:
    slots = shares(threads)
    assert slots["sync"] + slots["bulk"] < threads
    assert slots["interactive"] == threads


def test_a_process_for_one_queue_gives_it_everything() -> None:
    assert shares(8, frozenset({"bulk"})) == {"bulk": 8}
    assert shares(8, frozenset({"sync", "bulk"})) == {"sync": 4, "bulk": 4}
