"""Head and body of an answer leave together, and nothing that was written is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, cast

import pytest
import pytest_asyncio
import uvicorn

from backend.web.serving import Gathering, WholeAnswers

LONG = b"x" * 3_000_000


class Wire:
    """A transport that notes what is sent together."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False

    def writelines(self, parts: Sequence[bytes]) -> None:
        assert not self.closed
        self.sent.append(b"".join(parts))

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    def get_extra_info(self, name: str) -> str:
        return f"the {name}"


def gathering(wire: Wire) -> Gathering:
    return Gathering(cast(asyncio.Transport, wire), loop=asyncio.get_running_loop())


async def test_what_is_written_in_one_turn_leaves_together() -> None:
    wire = Wire()
    transport = gathering(wire)
    transport.write(b"head ")
    transport.write(b"body")
    assert wire.sent == []
    await asyncio.sleep(0)
    transport.write(b"the next")
    await asyncio.sleep(0)
    assert wire.sent == [b"head body", b"the next"]


async def test_much_leaves_at_once() -> None:
    wire = Wire()
    transport = gathering(wire)
    transport.write(b"head")
    transport.write(LONG)
    assert wire.sent == [b"head" + LONG]
    await asyncio.sleep(0)
    assert len(wire.sent) == 1


async def test_closing_sends_first() -> None:
    wire = Wire()
    transport = gathering(wire)
    transport.write(b"the last")
    transport.close()
    await asyncio.sleep(0)
    assert (wire.sent, wire.closed) == ([b"the last"], True)


async def test_nothing_is_written_to_a_connection_that_is_gone() -> None:
    wire = Wire()
    transport = gathering(wire)
    transport.write(b"too late")
    wire.closed = True
    await asyncio.sleep(0)
    assert wire.sent == []


async def test_everything_else_is_the_connections_own() -> None:
    assert gathering(Wire()).get_extra_info("peername") == "the peername"


@pytest_asyncio.fixture
async def port() -> AsyncIterator[int]:
    """Where a server with the protocol answers any path with a long body in three parts."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        length = str(3 * len(LONG)).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
        for more in (True, True, False):
            await send({"type": "http.response.body", "body": LONG, "more_body": more})

    config = uvicorn.Config(app, http=WholeAnswers, port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await running


@pytest.mark.parametrize("connection", ["keep-alive", "close"])
async def test_a_long_answer_arrives_whole_however_slowly_it_is_read(port: int, connection: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = 2 if connection == "keep-alive" else 1
    for _ in range(times):
        writer.write(f"GET / HTTP/1.1\r\nhost: x\r\nconnection: {connection}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        assert await reader.readexactly(3 * len(LONG)) == LONG * 3
    if connection == "close":
        assert await reader.read() == b""
    writer.close()
