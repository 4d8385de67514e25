"""Kept actors: bounded in number and time, of today only, and gone when what they rest on is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.auth.kept_actors import KeptActor, KeptActors
from infra.clock import today
from infra.database.holding import Guard
from tenants.tenancy.actor import ANONYMOUS

GUARD = Guard(sql="true", args=())


def kept(**changed: object) -> KeptActor:
    return KeptActor(**{"actor": ANONYMOUS, "guard": GUARD, "day": today(), **changed})  # type: ignore[arg-type]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_kept_is_found_by_its_token_alone() -> None:
    actors, one = KeptActors(), kept()
    actors.keep(b"one", one)
    assert actors.get(b"one") is one
    assert actors.get(b"other") is None
    actors.forget(b"one")
    assert actors.get(b"one") is None


@pytest.mark.parametrize(("seconds", "lasts"), [(3600, 60), (5, 5), (-1, 0)])
def test_a_minute_at_most_and_no_longer_than_the_token(seconds: float, lasts: float) -> None:
    clock = Clock()
    actors = KeptActors(clock=clock)
    actors.keep(b"one", kept(), seconds=seconds)
    clock.now = lasts - 0.1
    assert (actors.get(b"one") is not None) is (lasts > 0)
    clock.now = lasts + 0.1
    assert actors.get(b"one") is None


def test_roles_are_those_of_a_day() -> None:
    actors = KeptActors()
    actors.keep(b"one", kept(day=today() - timedelta(days=1)))
    assert actors.get(b"one") is None


def test_whoever_no_longer_holds_here_is_forgotten() -> None:
    actors, published = KeptActors(), ["key"]
    actors.keep(b"one", kept(holds=lambda: bool(published)))
    assert actors.get(b"one") is not None
    published.clear()
    assert actors.get(b"one") is None
    published.append("key")
    assert actors.get(b"one") is None


def test_the_longest_unloaded_goes_when_there_are_too_many() -> None:
    actors = KeptActors(most=2)
    for token in (b"one", b"two", b"one", b"three"):
        actors.keep(token, kept())
    assert [token for token in (b"one", b"two", b"three") if actors.get(token)] == [b"one", b"three"]
