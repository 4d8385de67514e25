"""The worker process: sends messages on, runs jobs and sweeps. `concordat worker`, or `python -m backend.worker`.

SIGTERM and SIGINT end it after the messages at work, at most thirty seconds later; kill -9 loses nothing.
"""

from __future__ import annotations

import signal
import sys
import threading

from dramatiq.middleware import MiddlewareError

from infra.database import ENGINE
from infra.queue.broker import Pace
from infra.queue.process import Parts, running
from infra.queue.registry import import_jobs
from infra.queue.runner import Opened
from infra.settings import Settings, load_settings
from infra.settings_problems import SettingsError
from tenants.tenancy.context import use_key
from tenants.tenancy.scope import tenant_scope, worker_actor


def opening(name: str, area_id: int | None, powers: frozenset[str]) -> Opened:
    """Return the worker's scope for one area (or none), with the powers that the job declared."""
    actor = worker_actor(name, areas=[] if area_id is None else [area_id], powers=powers)
    return Opened(by=actor, scope=tenant_scope(actor))


def parts_of(settings: Settings, *, pace: Pace | None = None) -> Parts:
    """Return the worker's parts as the settings say. The pool has room for every thread, relay and sweeps."""
    dsn = settings.dsn("worker")

    async def open_pools() -> None:
        await ENGINE.open({"worker": dsn}, size=settings.worker_threads + 2)

    return Parts(
        dsn=dsn,
        broker_url=settings.broker_url.get_secret_value(),
        opening=opening,
        open_pools=open_pools,
        close_pools=ENGINE.close,
        threads=settings.worker_threads,
        pace=pace or Pace(),
    )


def work(settings: Settings, *, pace: Pace | None = None) -> None:
    """Work until SIGTERM or SIGINT. Raises `MiddlewareError` with a sentence when the process may not start."""
    use_key(kid=settings.context_key_id, key=bytes.fromhex(settings.context_key.get_secret_value()))
    import_jobs("infra", "tenants", "integrations")
    asked_to_stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: asked_to_stop.set())
    with running(parts_of(settings, pace=pace)):
        asked_to_stop.wait()


def main() -> int:
    """Run the worker; returns the exit code."""
    try:
        settings = load_settings()
        if settings.is_embedded:
            raise SettingsError(["CONCORDAT_DATABASE_WORKER_URL is not set: `concordat demo` starts a worker itself"])
        work(settings)
    except (SettingsError, MiddlewareError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
