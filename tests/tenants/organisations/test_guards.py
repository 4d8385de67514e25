"""When a file of the register is more likely wrong than true: what it would close, how much of it cannot be read."""

from __future__ import annotations

import pytest

from tenants.organisations.rules import closes_too_many, rejects_too_many


@pytest.mark.parametrize(
    ("closing", "open_before", "stops"),
    [
        (0, 25_000, False),
        (4_999, 25_000, False),
        (5_000, 25_000, False),  # a fifth
        (5_001, 25_000, True),
        (11, 50, True),
        (10, 50, False),
        (49, 49, False),  # a trial of a few rows, not a register
        (0, 0, False),
    ],
)
def test_an_import_that_closes_more_than_a_fifth_of_a_register_stops(
    closing: int, open_before: int, stops: bool
) -> None:
    assert closes_too_many(closing=closing, open_before=open_before) is stops


@pytest.mark.parametrize(
    ("rejected", "read", "stops"),
    [
        (0, 25_000, False),
        (5_000, 25_000, False),
        (5_001, 25_000, True),
        (49, 49, False),  # a few bad rows are rejected alone, however few there are
        (50, 50, True),
        (50, 250, False),
        (50, 249, True),
    ],
)
def test_a_file_of_which_more_than_a_fifth_cannot_be_read_stops(rejected: int, read: int, stops: bool) -> None:
    assert rejects_too_many(rejected=rejected, read=read) is stops
