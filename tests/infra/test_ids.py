"""Identifiers sort by time and are what RFC 9562 says."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from infra.ids import uuid7, uuid7_at


def test_ids_are_version_7_and_sort_by_time() -> None:
    first = uuid7()
    time.sleep(0.002)
    second = uuid7()
    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert first < second


def test_ids_of_one_millisecond_sort_in_the_order_in_which_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: moment)
    made = [uuid7() for _ in range(1_000)]
    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert {one.int >> 80 for one in made} <= {moment // 1_000_000, moment // 1_000_000 + 1}


def test_a_clock_that_was_set_back_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time_ns() + 10**12
    monkeypatch.setattr(time, "time_ns", lambda: later)
    uuid7()
    monkeypatch.undo()
    assert uuid7().int >> 80 <= time.time_ns() // 1_000_000


def test_ids_are_unique() -> None:
    assert len({uuid7() for _ in range(10_000)}) == 10_000


def test_the_least_id_of_a_moment_sorts_before_those_made_then_and_after_earlier_ones() -> None:
    before = uuid7_at(datetime.now(UTC) - timedelta(seconds=1))
    made = uuid7()
    assert before < made < uuid7_at(datetime.now(UTC) + timedelta(seconds=1))
    assert before.version == 7
