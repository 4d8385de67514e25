"""Financial years, the life of a contribution, shares and balances, by example."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.resourcing.rules import (
    Balance,
    Event,
    Form,
    State,
    after,
    all_agreed,
    pounds,
    shares,
    year_from_label,
    year_label,
    year_of,
)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 3, 31), "2025-26"),
        (date(2026, 4, 1), "2026-27"),
        (date(2027, 1, 1), "2026-27"),
        (date(2000, 1, 1), "1999-00"),
    ],
)
def test_the_financial_year_begins_on_1_april(day: date, label: str) -> None:
    assert year_label(year_of(day)) == label


@pytest.mark.parametrize(
    ("label", "year"),
    [("2026-27", 2026), ("2099-00", 2099), ("2026-28", None), ("2026/27", None), ("26-27", None), ("٢٠٢٦-27", None)],
)
def test_a_label_is_read_back(label: str, year: int | None) -> None:
    assert year_from_label(label) == year


CASH = [
    (State.PLEDGED, Event.AGREE, State.AGREED),
    (State.AGREED, Event.INVOICE, State.INVOICED),
    (State.INVOICED, Event.RECEIVE_PART, State.PART_RECEIVED),
    (State.INVOICED, Event.RECEIVE_ALL, State.RECEIVED),
    (State.PART_RECEIVED, Event.RECEIVE_ALL, State.RECEIVED),
    (State.AGREED, Event.CHANGE, State.PLEDGED),
    (State.INVOICED, Event.WITHDRAW, State.WITHDRAWN),
    (State.PLEDGED, Event.INVOICE, None),
    (State.AGREED, Event.RECEIVE_ALL, None),
    (State.INVOICED, Event.CHANGE, None),
    (State.PART_RECEIVED, Event.WITHDRAW, None),
    (State.RECEIVED, Event.WITHDRAW, None),
]
REVERSALS = (Event.REVERSE_PART, Event.REVERSE_ALL)
IN_KIND = [
    (State.AGREED, Event.INVOICE, None),
    (State.AGREED, Event.RECEIVE_PART, State.PART_RECEIVED),
    (State.AGREED, Event.RECEIVE_ALL, State.RECEIVED),
]


@pytest.mark.parametrize(("state", "event", "next_state"), CASH)
def test_the_life_of_a_cash_contribution(state: State, event: Event, next_state: State | None) -> None:
    assert after(Form.CASH, state, event) is next_state


@pytest.mark.parametrize(("state", "event", "next_state"), IN_KIND)
def test_what_is_in_kind_is_given_without_an_invoice(state: State, event: Event, next_state: State | None) -> None:
    assert after(Form.IN_KIND, state, event) is next_state


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("event", Event)
def test_nothing_happens_to_a_withdrawn_contribution_and_only_what_mends_a_slip_to_a_received_one(
    form: Form, event: Event
) -> None:
    assert after(form, State.WITHDRAWN, event) is None
    allowed = (*REVERSALS, Event.CORRECT_INVOICE) if form is Form.CASH else REVERSALS
    assert (after(form, State.RECEIVED, event) is None) is (event not in allowed)


@pytest.mark.parametrize("came", [State.PART_RECEIVED, State.RECEIVED])
def test_a_reversal_leads_back_to_where_it_stood(came: State) -> None:
    assert after(Form.CASH, came, Event.REVERSE_ALL) is State.INVOICED
    assert after(Form.IN_KIND, came, Event.REVERSE_ALL) is State.AGREED
    assert {after(form, came, Event.REVERSE_PART) for form in Form} == {State.PART_RECEIVED}


@pytest.mark.parametrize("state", [State.PLEDGED, State.AGREED, State.INVOICED, State.WITHDRAWN])
@pytest.mark.parametrize("form", Form)
def test_nothing_is_reversed_where_nothing_has_come(form: Form, state: State) -> None:
    assert [after(form, state, event) for event in REVERSALS] == [None, None]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({"council": 60_000, "board": 30_000, "police": 10_000}, {"council": 6000, "board": 3000, "police": 1000}),
        ({"a": 1, "b": 1, "c": 1}, {"a": 3334, "b": 3333, "c": 3333}),
        ({"a": 0, "b": 5}, {"a": 0, "b": 10_000}),
        ({"a": 0, "b": 0}, {"a": 0, "b": 0}),
        ({}, {}),
    ],
)
def test_shares_in_basis_points(amounts: dict[str, int], expected: dict[str, int]) -> None:
    assert shares(amounts) == expected


@given(st.dictionaries(st.integers(), st.integers(min_value=0, max_value=10**11), min_size=1, max_size=40))
def test_shares_add_up_and_are_within_one_point_of_exact(amounts: dict[int, int]) -> None:
    found, whole = shares(amounts), sum(amounts.values())
    assert sum(found.values()) == (10_000 if whole else 0)
    assert all(abs(found[key] * whole - amount * 10_000) <= whole for key, amount in amounts.items())


def test_a_balance() -> None:
    balance = Balance(planned=100_00, promised=120_00, received=30_00, spent=0)
    assert (balance.unfunded, balance.outstanding) == (-20_00, 90_00)


A, B = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("needed", "agreed", "result"),
    [([A, B], [A, B], True), ([A, B], [A], False), ([A], [A, B], True), ([], [], False), ([], [A], False)],
)
def test_all_must_agree_and_nobody_is_not_everybody(needed: list[UUID], agreed: list[UUID], result: bool) -> None:
    assert all_agreed(needed=needed, agreed=agreed) is result


@pytest.mark.parametrize(
    ("pence", "words"),
    [(0, "£0"), (123_450, "£1,234.50"), (5_000_000, "£50,000"), (-7, "−£0.07"), (-12_300, "−£123")],
)
def test_pounds(pence: int, words: str) -> None:
    assert pounds(pence) == words
