"""A way to the database that cuts connections at a chosen word: what a failover looks like from a client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit


@dataclass(kw_only=True)
class Cutter:
    """`dsn` leads through it; the next `left` connections end when the client says `word`. `cut` counts them."""

    dsn: str
    word: bytes
    left: int
    cut: int = 0

    def ends_at(self, said: bytes) -> bool:
        """Whether this is where the connection ends."""
        if not self.left or self.word not in said:
            return False
        self.left -= 1
        self.cut += 1
        return True


@asynccontextmanager
async def cutter(dsn: str, folder: Path, *, word: bytes, times: int) -> AsyncIterator[Cutter]:
    """A cutter before the server of this address (a Unix socket), listening in `folder`."""
    parts = urlsplit(dsn)
    socket = f".s.PGSQL.{parts.port or 5432}"
    target = Path(parse_qs(parts.query)["host"][0]) / socket
    own = Cutter(dsn=urlunsplit(parts._replace(query=f"host={quote(str(folder), safe='')}")), word=word, left=times)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(target)
        answers = asyncio.create_task(_copy(there, writer))
        with suppress(ConnectionError):
            while (said := await reader.read(65536)) and not own.ends_at(said):
                back.write(said)
        answers.cancel()
        for end in (back, writer):
            end.close()

    server = await asyncio.start_unix_server(serve, folder / socket)
    try:
        yield own
    finally:
        server.close()


async def _copy(there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while said := await there.read(65536):
            writer.write(said)
    writer.close()
