"""How far a job has come, for whoever looks at it while it runs.

The job says it as often as it likes; once a second the newest is written, in a transaction of its own.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from infra.database import sql
from infra.queue.processes import Process

LONGEST = 200
_EVERY_SECONDS = 1.0
_WRITE = """
update queue.job_run set progress_done = $2, progress_of = $3, progress_words = $4, furthest = greatest(furthest, $2),
    starts = case when $2 > furthest then 1 else starts end
where message_id = $1 and state = 'running' and process = $5
"""

Said = tuple[int, int | None, str]
Write = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]


class Progress:
    """What a job asks for by the name `progress`, and calls: `progress(1200, of=25_000, words="Schools read")`.

    A start that comes further than every one before it counts as the first: a long run that is killed now and then,
    and goes on where it was, is never stopped for it. A job must therefore only count what a new start would not do
    again, or what it would do again from the beginning every time.
    """

    def __init__(self, process: Process) -> None:
        self._process = process
        self.said: Said | None = None

    def __call__(self, done: int, *, of: int | None = None, words: str = "") -> None:
        """Say how much is done, of how much, and of what: a few words without personal data."""
        self.said = (done, of, words[:LONGEST])

    @property
    def asked_to_stop(self) -> bool:
        """Whether the process is to end within seconds: save the cursor and raise `Later(seconds=0)`."""
        return self._process.stopping.is_set()


@asynccontextmanager
async def shown(
    progress: Progress, *, message_id: UUID, process: Process, write: Write
) -> AsyncIterator[None]:
    """Write what is said during the block about once a second, and what was said last at its end."""
    writer = _Writer(progress, message_id=message_id, process=process, write=write)
    # a context of its own: the job's transaction is not visible until it ends
    task = asyncio.create_task(writer.keep_writing(), context=contextvars.Context())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        await asyncio.create_task(writer.write_new(), context=contextvars.Context())


class _Writer:
    def __init__(self, progress: Progress, *, message_id: UUID, process: Process, write: Write) -> None:
        self._progress, self._message_id, self._process, self._write = progress, message_id, process, write
        self._written: Said | None = None

    async def keep_writing(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            await self.write_new()

    async def write_new(self) -> None:
        said = self._progress.said
        if said is not None and said != self._written:
            await self._write(lambda: self._store(said))
            self._written = said

    async def _store(self, said: Said) -> None:
        await sql.execute(_WRITE, self._message_id, *said, self._process.id)
