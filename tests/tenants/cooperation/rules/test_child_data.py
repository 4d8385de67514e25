"""The guard on free text: what it catches, and what it leaves alone."""

from __future__ import annotations

import pytest

from tenants.cooperation.rules.child_data import child_data_in


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("NHS number 943 476 5919", "an NHS number"),
        ("9434765919 was seen twice", "an NHS number"),
        ("943-476-5919", "an NHS number"),
        ("The pupil (H801200001001) moved in May", "a unique pupil number"),
        ("upn h801200001001", "a unique pupil number"),
        ("temporary number A82120000900B", "a unique pupil number"),
        ("L82120000900B", "a unique pupil number"),
        ("DOB 03/09/2014", "a date of birth"),
        ("d.o.b. 3.9.14", "a date of birth"),
        ("Date of birth: 3 September 2014", "a date of birth"),
        ("She was born on 3rd September 2014", "a date of birth"),
        ("born 2014-09-03", "a date of birth"),
    ],
)
def test_what_looks_like_a_child_is_named(text: str, held: str | None) -> None:
    assert child_data_in(text) == held


@pytest.mark.parametrize(
    "text",
    [
        "Our policy was reviewed on 14/09/2026 by the full governing body.",
        "Call the office on 020 7946 0018 or 02079460018.",
        "+44 7700 900123",
        "Ten digits whose check digit is wrong: 943 476 5918",
        "URN 100000, UKPRN 10012345, invoice 2026000124",
        "1111111111",
        "We were born of a merger in 2019.",
        "https://www.meadow.example.org/policies/child-protection-2026.pdf",
        "",
    ],
)
def test_ordinary_text_passes(text: str) -> None:
    assert child_data_in(text) is None
