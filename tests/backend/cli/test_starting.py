"""`concordat serve` that cannot start: one sentence with what to do, not a page of traceback."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest

from backend.cli.starting import Application, Event, Receive, Send, telling
from tests.backend.cli.runner import concordat, settings_of
from tests.support.cluster import Cluster
from tests.support.ports import unused_port


def test_a_login_that_bypasses_the_policies_is_refused_in_a_line(database: Cluster, tmp_path: Path) -> None:
    settings = settings_of(database) | {"DATABASE_URL": database.superuser, "PORT": str(unused_port())}
    done = concordat("serve", data_dir=tmp_path, **settings)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "The database login 'postgres' is a superuser" in done.stderr


async def told(app: Application) -> list[str]:
    """What a server is told of a start that fails."""
    heard: list[str] = []

    async def receive() -> Event:
        return {"type": "lifespan.startup"}

    async def send(event: Event) -> None:
        heard.append(event.get("message", event["type"]))

    with pytest.raises(Exception, match=r"\w"):
        await telling(app)({"type": "lifespan"}, receive, send)
    return heard


def failing(error: Exception) -> Application:
    async def app(_scope: Event, _receive: Receive, send: Send) -> None:
        await send({"type": "lifespan.startup.failed", "message": "Traceback"})
        raise error

    return app


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (RuntimeError("Port 9 is taken."), "Port 9 is taken."),
        (ExceptionGroup("of a task", [RuntimeError("Port 9 is taken.")]), "Port 9 is taken."),
        (
            asyncpg.UndefinedTableError("there is no area"),
            "The database does not have this version's tables (there is no area). Run: concordat migrate",
        ),
        (KeyError("a fault of ours"), "Traceback"),
    ],
    ids=["said by us", "in a group", "not migrated", "a fault of ours"],
)
async def test_what_the_server_is_told(error: Exception, says: str) -> None:
    assert await told(failing(error)) == [says]
