"""The demo from start to stop: what runs is exactly what this started, and all of it ends with it."""

import asyncio
import fcntl
import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from backend.cli import demo_identity, demo_nation
from backend.cli.console import CONSOLE, step
from backend.cli.demo_services import AGENCIES
from backend.cli.errors import CommandError
from backend.cli.migrate import bring_up_to_date
from infra import process_record
from infra.local import embedded_environment
from infra.postgres import embedded
from infra.postgres.embedded import EmbeddedServer
from infra.settings import Settings, load_settings
from infra.supervisor import Service, Supervisor, check_ports

KEPT_WITH_THE_NATION = ("agencies", "anchors", "identity", "mail", "register", "uploads")


def run(settings: Settings, *, services: Sequence[Service], identity_url: str, agencies_url: str, fresh: bool) -> None:
    """Run the demo until Ctrl-C, SIGTERM or the end of one of its processes.

    Raises `CommandError`, `EmbeddedError` or `SupervisorError`; whatever was started has been stopped then.
    """
    data_dir = settings.data_dir.absolute()
    with _alone(data_dir), _interruptible(), ExitStack() as running:
        record = data_dir / "processes.json"
        if process_record.stop_recorded(record):
            CONSOLE.print("Stopped what an earlier demo, ended by force, had left running.")
        check_ports(services)
        _begin(data_dir, identity_url=identity_url, agencies_url=agencies_url, fresh=fresh)
        running.callback(embedded.stop, data_dir)
        server = _start_database(data_dir)
        settings = _tell_the_children(server, settings=settings, data_dir=data_dir)
        supervisor = Supervisor(logs=data_dir / "logs", record=record)
        running.callback(supervisor.stop)
        demo_nation.write_agencies(data_dir, nation=demo_nation.builder())
        _start(supervisor, [service for service in services if service.name == AGENCIES])
        _build(settings, identity_url=identity_url, agencies_url=agencies_url)
        _start(supervisor, [service for service in services if service.name != AGENCIES])
        _welcome(settings, services)
        supervisor.watch()


def _start(supervisor: Supervisor, services: Sequence[Service]) -> None:
    for service in services:
        with step(service.name.capitalize()):
            supervisor.start(service)


def _begin(data_dir: Path, *, identity_url: str, agencies_url: str, fresh: bool) -> None:
    """Leave a whole nation in the folder, or none: what is half built, or not wanted, goes."""
    record = demo_nation.record_of(data_dir)
    if record is not None and not record.whole and not fresh:
        CONSOLE.print("The nation was left half built; starting it over.")
    if fresh or (record is not None and not record.whole):
        embedded.remove(data_dir)
        for name in KEPT_WITH_THE_NATION:
            shutil.rmtree(data_dir / name, ignore_errors=True)
        (data_dir / "nation.json").unlink(missing_ok=True)
    elif record is not None and record.identity_url != identity_url:
        raise CommandError(
            f"This nation's people sign in at {record.identity_url}, not {identity_url}. Use that port again, "
            "or start over: make demo ARGS=--fresh"
        )
    elif record is not None and record.agencies_url not in ("", agencies_url):
        raise CommandError(
            f"This nation's areas are linked to agencies at {record.agencies_url}, not {agencies_url}. Use that port "
            "again, or start over: make demo ARGS=--fresh"
        )


def _start_database(data_dir: Path) -> EmbeddedServer:
    with step("PostgreSQL"):
        return embedded.start(data_dir)


def _tell_the_children(server: EmbeddedServer, *, settings: Settings, data_dir: Path) -> Settings:
    """Put the database into our environment, which every process we start inherits."""
    os.environ.update(embedded_environment(server, data_dir=data_dir))
    if "base_url" not in settings.model_fields_set:
        os.environ["CONCORDAT_BASE_URL"] = f"http://127.0.0.1:{settings.port}"
    return load_settings()


def _build(settings: Settings, *, identity_url: str, agencies_url: str) -> None:
    with step("Migrations"):
        asyncio.run(bring_up_to_date(settings))
    nation = demo_nation.builder()
    if nation is None:
        CONSOLE.print("This checkout has no demo nation (backend/demo): the service starts empty.")
    elif demo_nation.record_of(settings.data_dir) is None:
        with step("Demo nation") as say:
            demo_nation.build(
                nation,
                settings=settings,
                identity_url=identity_url,
                client_secret=demo_identity.client_secret(settings.data_dir),
                agencies_url=agencies_url,
                progress=lambda done, total, what: say(f"{done} of {total}, {what}"),
            )
    demo_identity.write(settings.data_dir, nation=nation, base_url=settings.base_url)


def _welcome(settings: Settings, services: Sequence[Service]) -> None:
    CONSOLE.print(f"\nConcordat runs at [bold]{settings.base_url}[/]")
    nation = demo_nation.builder()
    people = nation.introductions() if nation is not None else ()
    if people:
        CONSOLE.print("\nSign in as anyone; for a start:")
        width = max(len(name) for name, _ in people)
        for name, role in people:
            CONSOLE.print(f"  {name:<{width}}  [dim]{role}[/]")
    for agencies in (service for service in services if service.name == AGENCIES):
        CONSOLE.print(
            f"\nLet the agencies' invented systems misbehave at http://{agencies.host}:{agencies.port}/controls"
        )
    CONSOLE.print(f"\nLogs and emails are in {settings.data_dir}. Ctrl-C stops everything.\n")


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """Hold the data folder: two demos in one would stop each other's server."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock = (data_dir / "demo.lock").open("w")
    except OSError as error:
        raise CommandError(
            f"The data folder {data_dir} cannot be written ({error.strerror}). "
            "Mend its permissions, or set CONCORDAT_DATA_DIR to a folder of your own."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(
                f"A demo already runs from {data_dir}. Stop it first (Ctrl-C where it runs), "
                "or give this one a folder of its own: CONCORDAT_DATA_DIR=/tmp/another make demo"
            ) from error
        yield


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end the demo as Ctrl-C does: stop everything, exit well."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        CONSOLE.print("Stopped.")
