"""A real server on a free port of the loopback address, in the loop of the tests."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import uvicorn
from litestar import Litestar

from tests.support.ports import unused_port


@contextlib.asynccontextmanager
async def served(make_app: Callable[[str], Litestar]) -> AsyncIterator[str]:
    """Runs the application made for an address, and gives that address; stops it at the end."""
    port = unused_port()
    address = f"http://127.0.0.1:{port}"
    config = uvicorn.Config(
        make_app(address), host="127.0.0.1", port=port, log_level="warning", lifespan="on", ws="none"
    )
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment,method-assign]  # pytest keeps its own
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
        assert not running.done(), "the server stopped while starting"
    try:
        yield address
    finally:
        server.should_exit = True
        await running
