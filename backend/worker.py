"""The worker process: sends messages on, runs jobs and sweeps. `concordat worker`, or `python -m backend.worker`.

SIGTERM and SIGINT end it after the messages at work, at most thirty seconds later; kill -9 loses nothing.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from contextlib import AbstractContextManager
from datetime import timedelta

from dramatiq.middleware import MiddlewareError

from infra.database import ENGINE
from infra.garbage import look_seldom
from infra.mail.choose import transport_of
from infra.mail.message import Receipts, Transport
from infra.queue.broker import Pace
from infra.queue.errors import DATABASE_AWAY
from infra.queue.process import DRAIN_MILLISECONDS, Parts, running
from infra.queue.registry import import_jobs
from infra.queue.runner import Opened
from infra.secrets import use_secret
from infra.settings import Settings, load_settings
from infra.settings_problems import SettingsError
from infra.telemetry.logs import configure_logging, logger
from infra.telemetry.metrics import PROCESS, served
from integrations.notify.client import NotifyClient
from integrations.notify.transport import NotifyReceipts, NotifyTransport
from tenants.tenancy.context import use_key
from tenants.tenancy.mail.post_office import PostOffice, use_post_office
from tenants.tenancy.people.invitation_mail import invitation_link
from tenants.tenancy.scope import tenant_scope, worker_actor

_PATIENCE_SECONDS = DRAIN_MILLISECONDS // 1000 + 10


def opening(name: str, area_id: int | None, powers: frozenset[str]) -> Opened:
    """Return the worker's scope for one area (or none), with the powers that the job declared."""
    actor = worker_actor(name, areas=[] if area_id is None else [area_id], powers=powers)
    return Opened(by=actor, scope=tenant_scope(actor))


def parts_of(settings: Settings, *, pace: Pace | None = None) -> Parts:
    """Return the worker's parts as the settings say. The pool has room for threads, relay, sweeps and heartbeat."""
    dsn = settings.dsn("worker")

    async def open_pools() -> None:
        try:
            await ENGINE.open({"worker": dsn}, size=settings.worker_threads + 3)
        except DATABASE_AWAY as error:
            raise RuntimeError(f"The database of CONCORDAT_DATABASE_WORKER_URL cannot be used: {error}") from error

    return Parts(
        dsn=dsn,
        broker_url=settings.broker_url.get_secret_value(),
        opening=opening,
        open_pools=open_pools,
        close_pools=ENGINE.close,
        threads=settings.worker_threads,
        queues=frozenset(settings.worker_queues.split(",")),
        pace=pace or Pace(),
    )


def mail_transport(settings: Settings) -> Transport:
    """Return the way of sending mail that the settings name."""
    if settings.mail_transport != "notify":
        return transport_of(settings)
    return NotifyTransport(client=notify_client(settings), template_id=settings.notify_template_id)


def notify_client(settings: Settings) -> NotifyClient:
    """Return the client of the Notify service in the settings; raises `ValueError` for a key that is none."""
    return NotifyClient.of(api_key=settings.notify_api_key.get_secret_value(), base_url=settings.notify_base_url)


def mail_receipts(settings: Settings) -> Receipts | None:
    """Return whom to ask what became of a mail: soon where we cannot be told, after a day where a call got lost."""
    if settings.mail_transport != "notify":
        return None
    told = settings.notify_callback_token.get_secret_value()
    return NotifyReceipts(client=notify_client(settings), patience=timedelta(days=1) if told else timedelta(minutes=5))


def post_office_of(settings: Settings) -> PostOffice:
    """Return how mail is sent, and the links that only the worker can compute."""
    return PostOffice(
        transport=mail_transport(settings),
        base_url=settings.base_url,
        links={"invitation": invitation_link},
        receipts=mail_receipts(settings),
    )


def work(settings: Settings, *, pace: Pace | None = None) -> None:
    """Work until SIGTERM or SIGINT. Raises `MiddlewareError` with a sentence when the process may not start."""
    _log(settings)
    use_key(kid=settings.context_key_id, key=bytes.fromhex(settings.context_key.get_secret_value()))
    use_secret(settings.secret_key.get_secret_value().encode())
    use_post_office(post_office_of(settings))
    import_jobs("infra", "tenants", "integrations")
    look_seldom()
    asked_to_stop = _signals()
    with _metrics(settings), running(parts_of(settings, pace=pace)):
        logger("worker").info("worker_started", threads=settings.worker_threads)
        os.read(asked_to_stop, 1)
    logger("worker").info("worker_stopped")


def _metrics(settings: Settings) -> AbstractContextManager[None]:
    """What this process counts, for the scraper, on a port of its own when the settings name one."""
    return served(
        PROCESS,
        host=settings.host,
        port=settings.worker_metrics_port,
        setting="CONCORDAT_WORKER_METRICS_PORT",
    )


def _signals() -> int:
    """Return a file that can be read once SIGTERM or SIGINT came.

    Not a `threading.Event`: a second signal during the handler of the first would wait for its lock for ever. The
    first signal also sets the kernel's alarm, which ends the process even when its drain, or its start, hangs: as
    after kill -9, other workers take over what it held.
    """
    reader, writer = os.pipe()

    def asked(*_: object) -> None:
        if not signal.getitimer(signal.ITIMER_REAL)[0]:
            signal.alarm(_PATIENCE_SECONDS)
        os.write(writer, b".")

    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, asked)
    return reader


def _log(settings: Settings) -> None:
    configure_logging(as_json=settings.log_format == "json", level=settings.log_level.upper())
    for chatty in ("dramatiq", "dramatiq_postgres"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    logging.getLogger("pika").setLevel(logging.CRITICAL)  # each lost connection is told by Dramatiq as well


def main() -> None:
    """Run the worker; ends the process with code 1 and a sentence when it may not start."""
    try:
        settings = load_settings()
        if settings.is_embedded:
            sys.exit("No database address is set: `concordat worker` starts the embedded server, this does not.")
        work(settings)
    except (SettingsError, MiddlewareError, RuntimeError, ValueError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
