"""Reading `Retry-After`, whatever was put there."""

from datetime import UTC, datetime

import pytest

from integrations.retry_after import LONGEST, seconds_asked

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("5", 5.0),
        (" 0 ", 0.0),
        ("86400", LONGEST),
        ("Sun, 22 Nov 2026 12:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 11:59:30 GMT", 0.0),
        ("Sun, 22 Nov 2026 12:00:30 -0000", 30.0),
        ("Sun, 22 Nov 2099 12:00:30 GMT", LONGEST),
        ("1.5", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("9" * 40, None),
        ("Sun, 99 Nov 2026 12:00:30 GMT", None),
        ("٣", None),
    ],
)
def test_seconds_asked(header: str | None, seconds: float | None) -> None:
    assert seconds_asked(header, now=NOON) == seconds
