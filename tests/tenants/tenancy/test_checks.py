"""What people type, and what becomes of it: kept as meant, or refused with a sentence about the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tenants.tenancy import checks
from tenants.tenancy.errors import Conflict, Invalid


def refused(check: Callable[[], object]) -> tuple[str, str | None]:
    with pytest.raises(Invalid) as problem:
        check()
    return problem.value.message, problem.value.field


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Fellside  ", "Fellside"),
        ("Siân Ó Briain", "Siân Ó Briain"),
        ("two\nlines", "two\nlines"),
        ("a\ttab", "a\ttab"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("turned\u202eround", "turnedround"),
        ("half a pair \ud83d", "half a pair"),
        ("a whole 😀", "a whole 😀"),
    ],
)
def test_a_text_is_kept_without_what_has_no_place_in_one(typed: str, kept: str) -> None:
    assert checks.text(typed, name="a name", field="name") == kept


@pytest.mark.parametrize("typed", [None, "", "   ", "\n\t", "\x00", "\u202e \u2066"])
def test_what_only_looks_like_a_text_is_none(typed: str | None) -> None:
    assert refused(lambda: checks.text(typed, name="the name", field="areaName")) == ("Enter the name.", "areaName")
    assert checks.optional_text(typed, name="the note", field="note") is None


@pytest.mark.parametrize(("letters", "fits"), [(199, True), (200, True), (201, False)])
def test_a_text_may_be_as_long_as_is_said(letters: int, fits: bool) -> None:
    typed = "é" * letters
    if fits:
        assert checks.text(f" {typed} ", name="the name", field="name") == typed
    else:
        said = refused(lambda: checks.text(typed, name="the name", field="name"))
        assert said == ("The name must be 200 characters or fewer.", "name")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada.Okafor@Example.ORG", "ada.okafor@example.org"),
        (" ada@one.example ", "ada@one.example"),
        ("o'brien+board@sub.council.gov.uk", "o'brien+board@sub.council.gov.uk"),
    ],
)
def test_an_email_address_is_kept_in_small_letters(typed: str, kept: str) -> None:
    assert checks.email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["ada", "ada@", "@example.org", "ada@example", "ada@.org", "ada@example..org", "a b@example.org", "a@b@example.org",
     "ada@example.org, eve@example.org", "x" * 65 + "@example.org"],
)  # fmt: skip
def test_what_is_no_email_address_is_shown_what_one_looks_like(typed: str) -> None:
    said, field = refused(lambda: checks.email(typed))
    assert said == "Enter an email address in the correct format, like name@example.com."
    assert field == "email"


@pytest.mark.parametrize("typed", ["http://board.example", "https://board.example/plan?year=2026#2", " https://a.b "])
def test_a_link_leads_to_a_web_page(typed: str) -> None:
    assert checks.link(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed",
    ["board.example", "javascript:alert(1)", "ftp://board.example", "https://", "https:///path", "//board.example",
     " java\x00script:alert(1)", "data:text/html,<b>", "https://two words.example"],
)  # fmt: skip
def test_a_link_that_leads_anywhere_else_is_refused(typed: str) -> None:
    assert refused(lambda: checks.link(typed)) == ("Enter a web address that starts with https://.", "url")


@pytest.mark.parametrize(
    "typed", ["01632 960 001", "+44 1632 960001", "(01632) 960-001", "01632 960001 ext. 12", None, ""]
)
def test_a_telephone_number_is_kept_as_typed(typed: str | None) -> None:
    assert checks.telephone(typed) == (typed or None)


@pytest.mark.parametrize("typed", ["ask Ada", "1234", "01632 960 001 or 002", "٠١٦٣٢٩٦٠"])
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    assert refused(lambda: checks.telephone(typed))[1] == "telephone"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), None),
        (date(2026, 4, 1), None, None),
        (date(1948, 1, 1), date(2100, 12, 31), None),
        (date(2026, 4, 1), date(2026, 3, 31), "validTo"),
        (date(1947, 12, 31), None, "validFrom"),
        (date(2026, 4, 1), date(2101, 1, 1), "validTo"),
        (date(206, 4, 1), date(2026, 4, 1), "validFrom"),
    ],
)
def test_a_period_ends_no_earlier_than_it_begins_and_lies_in_our_time(
    first: date, last: date | None, field: str | None
) -> None:
    if field is None:
        checks.period(first, last)
    else:
        assert refused(lambda: checks.period(first, last))[1] == field


@pytest.mark.parametrize("given", [None, "", "Viewer", "viewer ", "owner"])
def test_only_what_was_offered_can_be_chosen(given: str | None) -> None:
    assert checks.choice("viewer", of=["viewer"], field="role", name="a role") == "viewer"
    assert refused(lambda: checks.choice(given, of=["viewer"], field="role", name="a role")) == (
        "Select a role.", "role",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("why", "enough"), [("no", False), ("new", True), ("   x   ", False), ("y" * 1000, True), ("y" * 1001, False)]
)
def test_a_reason_is_more_than_a_word_and_less_than_a_report(why: str, enough: bool) -> None:
    if enough:
        assert checks.reason(why) == why
    else:
        assert refused(lambda: checks.reason(why))[1] == "reason"


@pytest.mark.parametrize("expected", [1, 3])
def test_who_read_another_version_than_the_saved_one_is_told_which_is_saved(expected: int) -> None:
    checks.version(expected=2, found=2, what="area")
    with pytest.raises(Conflict, match="Someone else changed this area") as problem:
        checks.version(expected=expected, found=2, what="area")
    assert problem.value.version == 2


def test_a_childs_details_are_refused_in_a_persons_own_words_and_a_reference_may_look_like_one() -> None:
    said, field = refused(lambda: checks.reason("The pupil, dob 03/09/2014, moved"))
    assert (said, field) == (
        "Remove what looks like a date of birth. Never put a child's details into this service.",
        "reason",
    )
    assert checks.text("9434765919", name="the invoice number", field="reference", most=100) == "9434765919"
