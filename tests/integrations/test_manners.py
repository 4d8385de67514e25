"""Leaving a failing agency alone, and asking no faster than it likes."""

from dataclasses import dataclass, field

from integrations.breaker import REST, TRIES, Breaker
from integrations.neighbour import forget_neighbours, neighbour
from integrations.pacing import SLOWEST, Pace


@dataclass
class Clock:
    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def test_a_host_that_fails_now_and_then_is_asked_on() -> None:
    breaker = Breaker(clock=Clock())
    for _ in range(3):
        for _ in range(TRIES - 1):
            breaker.failed()
        breaker.worked()
    assert breaker.waits() == 0


def test_a_host_that_keeps_failing_is_left_alone_for_a_while() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    for _ in range(TRIES):
        breaker.failed()
    assert breaker.waits() == REST
    clock.now += REST - 1
    assert breaker.waits() == 1


def test_then_one_call_is_let_through_and_the_others_wait_for_what_it_says() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    for _ in range(TRIES):
        breaker.failed()
    clock.now += REST
    assert [breaker.waits(), breaker.waits()] == [0, REST]
    breaker.worked()
    assert breaker.waits() == 0


def test_a_bad_answer_to_that_call_closes_the_door_again() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    for _ in range(TRIES):
        breaker.failed()
    clock.now += REST
    assert breaker.waits() == 0
    breaker.failed()
    assert breaker.waits() == REST


def test_one_call_that_never_reports_does_not_close_the_door_for_ever() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    for _ in range(TRIES):
        breaker.failed()
    clock.now += REST
    assert breaker.waits() == 0
    clock.now += REST
    assert breaker.waits() == 0


async def test_calls_go_at_the_agreed_pace() -> None:
    clock = Clock()
    pace = Pace(most=4, clock=clock, sleep=clock.sleep)
    for _ in range(5):
        await pace.turn()
    assert clock.slept == [0.25] * 4


async def test_429_halves_the_pace_and_is_waited_for() -> None:
    clock = Clock()
    pace = Pace(most=4, clock=clock, sleep=clock.sleep)
    await pace.turn()
    pace.slow_down(seconds=7)
    await pace.turn()
    await pace.turn()
    assert clock.slept == [7.0, 0.5]


def test_the_pace_never_falls_to_nothing_and_comes_back() -> None:
    pace = Pace(most=4)
    for _ in range(20):
        pace.slow_down(seconds=None)
    assert pace.rate == SLOWEST
    for _ in range(200):
        pace.speed_up()
    assert pace.rate == 4


def test_a_host_is_known_by_all_runs_and_the_slower_agreement_holds() -> None:
    forget_neighbours()
    first = neighbour("sis.example:443", per_second=20)
    second = neighbour("sis.example:443", per_second=5)
    assert first is second
    assert (first.pace.most, first.pace.rate) == (5, 5)
    assert neighbour("other.example:443", per_second=5) is not first
    forget_neighbours()
