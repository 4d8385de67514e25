"""Pages are looked up together only as long as none speaks of somebody another speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from integrations.school_people.applying import batches
from integrations.school_people.model import Item, People, Person, School, Schools

LEADS, HEADS = {"lead": "designated_safeguarding_lead"}, {"head": "headteacher"}


def schools(*ids: str) -> Schools:
    return Schools(schools=[School(id=each, urn=None, name=each) for each in ids])


def people(*ids: str, posts: dict[str, str] | None = None) -> People:
    return People(people=[Person(id=each) for each in ids], posts=LEADS if posts is None else posts)


def shape(*items: Item) -> Sequence[tuple[int, int]]:
    """How many pages of schools and of people each batch has."""
    return [(len(batch.schools), len(batch.people)) for batch in batches(items)]


def test_schools_and_then_people_are_one_batch() -> None:
    assert shape(schools("a"), schools("b"), people("p"), people("q")) == [(2, 2)]


def test_schools_after_people_begin_another() -> None:
    """People of the second page may be at a school of the first: that has to be written by then."""
    assert shape(schools("a"), people("p"), schools("b"), people("q")) == [(1, 1), (1, 1)]


def test_who_comes_twice_is_compared_with_what_was_written_first() -> None:
    assert shape(people("p", "q"), people("r"), people("q")) == [(0, 2), (0, 1)]
    assert shape(schools("a", "b"), schools("b")) == [(1, 0), (1, 0)]


def test_a_person_on_the_listings_of_two_posts_is_no_repetition() -> None:
    assert shape(people("p"), people("p", posts=HEADS)) == [(0, 2)]
    assert shape(people("p"), people("p", posts={**LEADS, **HEADS})) == [(0, 1), (0, 1)]


def test_nothing_is_one_empty_batch() -> None:
    assert shape() == [(0, 0)]
