"""A local Notify on a free port, over real HTTP."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest_asyncio
import uvicorn

from integrations.notify.client import NotifyClient
from integrations.sandbox.notify.app import create_app
from integrations.sandbox.notify.state import Service, Template

TEMPLATE_ID = "f33517ff-2a88-4f6e-b855-c550268ce08a"


@dataclass(frozen=True)
class LocalNotify:
    """The server and what it knows."""

    base_url: str
    service: Service

    def client(self, *, api_key: str | None = None) -> NotifyClient:
        return NotifyClient.of(api_key=api_key or self.service.api_key, base_url=self.base_url)


@pytest_asyncio.fixture
async def notify() -> AsyncIterator[LocalNotify]:
    service = Service(template=Template(id=TEMPLATE_ID))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(service), log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.01)
    yield LocalNotify(f"http://127.0.0.1:{listener.getsockname()[1]}", service)
    server.should_exit = True
    await serving
