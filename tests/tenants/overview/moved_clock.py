"""Another day: `infra.clock` told to be some days ahead."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

import pytest


def move_to(monkeypatch: pytest.MonkeyPatch, *, days: int) -> None:
    """Let it be so many days later than it is."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Later:
            return cls.fromtimestamp(datetime.now().timestamp(), tz) + timedelta(days=days)

    monkeypatch.setattr("infra.clock.datetime", Later)
