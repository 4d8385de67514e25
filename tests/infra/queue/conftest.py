"""Jobs that only tests have, and an empty queue before each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from uuid import UUID

import pytest
import pytest_asyncio

from infra.database import sql
from infra.queue import registry
from infra.queue.registry import job
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser

TABLES = "queue.outbox, queue.inbox, queue.job_run, queue.sweep_run, queue.process, queue.lease"
INSERT = "insert into linked_board (area_id, id, name, kind) values ($1, $2, $3, 'channel')"


@pytest.fixture
def board_job() -> Iterator[None]:
    """The job `board.add`: its effect is one row named after the message."""

    @job("board.add")
    async def add(*, area_id: int, message_id: UUID, board_id: UUID) -> None:
        await sql.execute(INSERT, area_id, board_id, f"board {message_id}")

    yield
    del registry.JOBS["board.add"]


@pytest_asyncio.fixture
async def empty_queue(database: Cluster) -> AsyncIterator[Cluster]:
    """The cluster, with no message in it."""
    await as_superuser(database, f"truncate {TABLES}")
    yield database
