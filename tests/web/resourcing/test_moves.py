"""The forms of a contribution's steps: what is typed, and what is said of what does not fit."""

from __future__ import annotations

import pytest

from backend.web.forms import Form
from backend.web.resourcing.moves import read_move, read_pledge

DAY = {"received_on-day": ["1"], "received_on-month": ["5"], "received_on-year": ["2026"]}
MORE = "The amount must be £0.01 or more"


@pytest.mark.parametrize("typed", ["-1", "0", "-0.01", "0.00"])
def test_what_came_or_is_pledged_is_more_than_nothing(typed: str) -> None:
    received = Form(raw={"contribution": ["c"], "version": ["1"], "amount_pence": [typed], **DAY})
    read_move(received, "receive")
    pledged = Form(raw={"contributor": ["Probation"], "form": ["cash"], "amount_pence": [typed]})
    read_pledge(pledged, forms=["cash"])
    for form in (received, pledged):
        assert [(problem.field, problem.message) for problem in form.problems] == [("amount_pence", MORE)]


def test_a_penny_is_enough() -> None:
    form = Form(raw={"contribution": ["c"], "version": ["1"], "amount_pence": ["0.01"], **DAY})
    assert (read_move(form, "receive")["amountPence"], form.problems) == (1, [])
