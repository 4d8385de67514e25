"""What a test of the connection says of how many schools there are, also where the server's total is a lie."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from integrations.schools_oneroster.client import Listing
from integrations.schools_oneroster.sync import _count

ONE: list[Any] = [{"sourcedId": "o-1"}]


@pytest.mark.parametrize(
    ("total", "rows", "said"),
    [
        (8, ONE, "8 schools"),
        (1, ONE, "one school"),
        (0, [], "no schools"),
        (None, [], "no schools"),
        (None, ONE, "schools"),
        (0, ONE, "schools"),
    ],
)
def test_how_many_schools_there_are(total: int | None, rows: list[Any], said: str) -> None:
    assert _count(Listing(rows=rows, total=total, has_next=False, at=datetime.now(UTC))) == said
