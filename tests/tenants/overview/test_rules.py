"""How a share is written."""

from __future__ import annotations

import pytest

from tenants.overview.rules import share


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 9, "0%"), (9, 9, "100%"), (1, 3, "33%"), (999, 1000, "99%"), (1, 1000, "1%")],
)
def test_all_is_all_and_none_is_none(part: int, whole: int, words: str) -> None:
    assert share(part, whole) == words
