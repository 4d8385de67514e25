"""The agencies that there are, a line for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from integrations.sandbox.agencies.agency import Agency, Setup

MAKERS: Mapping[str, Callable[[Setup], Agency]] = {}
