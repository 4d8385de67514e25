"""Which key signs and which are published, at every moment of a rotation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tenants.connections.signing_keys.rules import OVERLAP, Key, next_kid, rotation, signing, waiting

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD = Key(kid="int-1", made_at=NOON - 24 * HOUR, signs_from=NOON - 24 * HOUR, withdrawn_at=NOON + 2 * OVERLAP)
NEW = Key(kid="int-2", made_at=NOON, signs_from=NOON + OVERLAP, withdrawn_at=None)


def test_the_first_key_signs_at_once() -> None:
    assert rotation([], at=NOON, at_once=False).signs_from == NOON


def test_a_next_key_waits_longer_than_an_agency_keeps_a_key_set() -> None:
    planned = rotation([OLD], at=NOON, at_once=False)
    assert planned.signs_from - NOON > HOUR
    assert planned.others_leave - planned.signs_from > HOUR


def test_a_leaked_key_leaves_at_once() -> None:
    planned = rotation([OLD, NEW], at=NOON, at_once=True)
    assert (planned.signs_from, planned.others_leave) == (NOON, NOON)


@pytest.mark.parametrize("minutes", range(0, 200, 5))
def test_at_every_moment_a_set_fetched_up_to_an_hour_ago_has_the_key_that_signs(minutes: int) -> None:
    at = NOON + timedelta(minutes=minutes)
    chosen = signing([OLD, NEW], at=at)
    assert chosen is not None
    for age in (0, 15, 30, 45, 60):
        fetched = at - timedelta(minutes=age)
        assert chosen.made_at <= fetched, "it was in the set already"
        assert chosen.is_published(fetched)


def test_while_one_waits_the_other_signs() -> None:
    assert waiting([OLD, NEW], at=NOON) == NEW
    assert signing([OLD, NEW], at=NOON) == OLD
    assert signing([OLD, NEW], at=NOON + OVERLAP) == NEW
    assert waiting([OLD, NEW], at=NOON + OVERLAP) is None


def test_a_key_gets_a_name_that_was_never_used() -> None:
    assert next_kid("int", []) == "int-1"
    assert next_kid("int", ["int-1", "int-9", "prod-40"]) == "int-10"
