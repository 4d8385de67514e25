"""Prometheus metrics of one process, in a registry of our own."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, start_http_server

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

#: what this process counts wherever it happens, in requests as in jobs
PROCESS = CollectorRegistry(auto_describe=True)
#: things that should never happen and did, by the name of their log entry: any increase is worth waking someone
ALARMS = Counter("concordat_alarms", "Things that should never happen", ("event",), registry=PROCESS)
#: GraphQL operations by path: `compiled` to one statement, or `ordinary`, field by field
READS = Counter("concordat_graphql_reads", "GraphQL operations by how they were answered", ("path",), registry=PROCESS)


@dataclass(frozen=True)
class Metrics:
    """Requests counted and timed by method, path template and status class; never by address or person."""

    registry: CollectorRegistry = field(default_factory=lambda: CollectorRegistry(auto_describe=True))
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    in_flight: Gauge = field(init=False)
    _known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        labels = ("method", "route", "status")
        made = {
            "requests": Counter("concordat_requests", "Answered requests", labels, registry=self.registry),
            "seconds": Histogram(
                "concordat_request_seconds", "Time to answer", labels[:2], buckets=SECONDS, registry=self.registry
            ),
            "in_flight": Gauge("concordat_requests_in_flight", "Being answered", registry=self.registry),
        }
        for name, metric in made.items():
            object.__setattr__(self, name, metric)

    def observe(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one answered request; `route` is a path template, so the number of series stays bounded."""
        requests, times = self._series(method, route, status)
        requests.inc()
        times.observe(seconds)

    def _series(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        """Returns the series of these labels, which the registry would look up under a lock each time."""
        key = (method, route, status)
        found = self._known.get(key)
        if found is None:
            found = self.requests.labels(method, route, str(status)), self.seconds.labels(method, route)
            self._known[key] = found
        return found

    def exposition(self) -> bytes:
        """Returns the text format that Prometheus reads."""
        return generate_latest(self.registry) + generate_latest(PROCESS)


@contextmanager
def served(registry: CollectorRegistry, *, host: str, port: int, setting: str) -> Iterator[None]:
    """Answer on a port of its own for the length of the block; not at all on port 0.

    The port is for the scraper's network alone. Raises `RuntimeError` with a sentence naming the setting when it is
    taken.
    """
    if port == 0:
        yield
        return
    try:
        server, thread = start_http_server(port, addr=host, registry=registry)
    except OSError as error:
        raise RuntimeError(
            f"{setting} {port} cannot be listened on ({error.strerror}). "
            "Give each process on a machine a port of its own, or 0 for none."
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def may_read(*, authorization: str, token: str | None) -> bool:
    """Returns whether the header carries the metrics token; never without a configured token."""
    return bool(token) and hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())
