"""An area's own words for the posts, and what is wrong with some."""

from __future__ import annotations

from typing import Any

import pytest

from integrations.errors import AgencyBroken
from integrations.school_people.missing import check_believable
from integrations.school_people.model import LAST, between
from integrations.school_people.posts import DEFAULT, key_of, posts_of, problems
from integrations.schools_oneroster import sync as oneroster
from integrations.schools_wonde import sync as wonde

GOOD = {"token_url": "https://sis.example/token", "client_id": "us"}


def test_the_areas_words_replace_the_usual_ones() -> None:
    assert posts_of({}) == DEFAULT
    assert posts_of({"role_tokens": {}}) == DEFAULT
    assert posts_of({"role_tokens": {"Head": "headteacher"}}) == {"Head": "headteacher"}


def test_a_word_as_part_of_a_key_has_no_spaces() -> None:
    assert key_of("Designated  Safeguarding Lead") == "designated_safeguarding_lead"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"Head": "king"}, "not given one of our posts"),
        ({"student": "other"}, "never read"),
        ({"head's": "headteacher"}, "quotation mark"),
        ("Head", "has to be a list"),
    ],
)
def test_words_that_cannot_be_used_are_told(told: Any, words: str) -> None:
    assert any(words in problem for problem in problems({"role_tokens": told}))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({**GOOD, "token_url": "ftp://x"}, "token service"),
        ({**GOOD, "client_id": " "}, "client id"),
        ({**GOOD, "page_size": 5000}, "page_size"),
        ({**GOOD, "full_every_days": "often"}, "full_every_days"),
        ({**GOOD, "colour": "red"}, "no option named colour"),
    ],
)
def test_options_are_checked_before_anything_is_asked(options: dict[str, Any], words: str) -> None:
    assert any(words in problem for problem in oneroster.check_options(options))


def test_good_options_are_good() -> None:
    assert oneroster.check_options(GOOD) == wonde.check_options({"page_size": 200}) == []
    assert wonde.check_options({"page_size": 500, "token_url": "https://x.example"}) != []


def test_spans_follow_each_other_without_a_gap() -> None:
    first, then, last = (
        between(after="", upto="b", sent=2),
        between(after="b", upto="d", sent=4),
        between(after="d", upto=None, sent=5),
    )
    inside = [
        [key for key in ("a x p", "b x p", "c x p", "e x p") if span.lower < key < span.upper]
        for span in (first, then, last)
    ]
    assert inside == [["a x p", "b x p"], ["c x p"], ["e x p"]]
    assert (first.upper, last.upper) == (then.lower, LAST)


@pytest.mark.parametrize(("missing", "sent", "believed"), [(3, 100, True), (11, 5, False), (2, 0, True), (3, 0, False)])
def test_a_listing_that_lacks_too_much_is_not_believed(missing: int, sent: int, believed: bool) -> None:
    span = between(after="", upto=None, sent=sent)
    if believed:
        check_believable(span, missing=missing, from_nothing=2)
    else:
        with pytest.raises(AgencyBroken, match="Nothing was concluded"):
            check_believable(span, missing=missing, from_nothing=2)
