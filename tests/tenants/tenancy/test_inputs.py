"""Typed input: all that is wrong is said at once, in words; what is right comes back clean."""

from __future__ import annotations

from datetime import date

import pytest

from tenants.tenancy import checks
from tenants.tenancy.errors import Invalid, Problems
from tenants.tenancy.inputs import Gather


def test_right_values_come_back_clean_and_nothing_is_raised() -> None:
    check = Gather()
    assert check(checks.text, "  Ada Okafor ", name="the name", field="name") == "Ada Okafor"
    assert check(checks.optional_email, " Ada.Okafor@Example.ORG ") == "ada.okafor@example.org"
    assert check(checks.optional_email, " ") is None
    assert check(checks.telephone, "+44 (0)1632 960 001 ext 4") == "+44 (0)1632 960 001 ext 4"
    check(checks.period, date(2026, 4, 1), date(2026, 4, 1))
    check.done()


def test_everything_wrong_is_said_at_once() -> None:
    check = Gather()
    check(checks.text, " ", name="the name", field="name")
    check(checks.optional_email, "ada at example")
    check.wrong("Say who pays.", field="payer")
    with pytest.raises(Problems) as caught:
        check.done()
    assert [(problem.field, problem.message) for problem in caught.value.problems] == [
        ("name", "Enter the name."),
        ("email", "Enter an email address in the correct format, like name@example.com."),
        ("payer", "Say who pays."),
    ]


@pytest.mark.parametrize("value", ["ring me", "12", "01632 960 001 <b>", "٠١٦٣٢ ٩٦٠ ٠٠١", "0" * 41])
def test_what_is_not_a_telephone_number(value: str) -> None:
    with pytest.raises(Invalid) as caught:
        checks.telephone(value)
    assert caught.value.field == "telephone"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 4, 2), date(2026, 4, 1), "validTo"),
        (date(226, 4, 1), None, "validFrom"),
        (date(2026, 4, 1), date(9999, 1, 1), "validTo"),
    ],
)
def test_periods_that_cannot_be(first: date, last: date, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        checks.period(first, last)
    assert caught.value.field == field
