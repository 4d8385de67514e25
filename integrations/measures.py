"""Calls to agencies, counted and timed by system and outcome; never by address or area."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import Counter, Histogram

from infra.telemetry.metrics import PROCESS, SECONDS

CALLS = Counter("concordat_agency_calls", "Calls to agencies", ("system", "outcome"), registry=PROCESS)
CALL_SECONDS = Histogram(
    "concordat_agency_call_seconds", "Time an agency took", ("system",), buckets=SECONDS, registry=PROCESS
)


@dataclass
class Outcome:
    """How a call ended: a status, or the code of what went wrong."""

    name: str = "cancelled"


@contextmanager
def call(*, system: str) -> Iterator[Outcome]:
    """Count and time one call; set the outcome's name before the block ends."""
    outcome, began = Outcome(), time.monotonic()
    try:
        yield outcome
    finally:
        CALLS.labels(system, outcome.name).inc()
        CALL_SECONDS.labels(system).observe(time.monotonic() - began)
