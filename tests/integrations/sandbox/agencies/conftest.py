"""A sandbox of one agency that says how it was asked, over real HTTP."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
import uvicorn

from integrations.sandbox.agencies.agency import Agency, Route
from integrations.sandbox.agencies.controls import controls
from integrations.sandbox.agencies.faults import Faults
from integrations.sandbox.agencies.messages import Reply, Request, json_reply
from integrations.sandbox.agencies.server import Sandbox, application
from tests.support.plain_http import TRUSTED


def echo(request: Request) -> Reply:
    return json_reply({"parts": request.parts, "query": request.query, "form": request.form, "basic": request.basic})


ECHO = Agency(
    name="echo",
    label="Echo & Sons",
    routes=(
        Route(method="GET", path="/things/{id}", handler=echo),
        Route(method="POST", path="/token", handler=echo),
        Route(method="GET", path="/deep/{rest:path}", handler=echo),
    ),
    own_faults={"mumble": "says less than it was asked"},
    actions={"add": lambda values: {"sum": values["a"] + values["b"]}},
    error=lambda status: json_reply({"oops": status}, status=status),
)


@pytest_asyncio.fixture
async def caller() -> AsyncIterator[httpx.AsyncClient]:
    """Talks to the sandbox."""
    sandbox = Sandbox(agencies={"echo": ECHO}, faults=Faults())
    listener = socket.create_server(("127.0.0.1", 0))
    serves = application(sandbox, controls(sandbox))
    server = uvicorn.Server(uvicorn.Config(serves, log_level="critical", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=base_url, trust_env=False, verify=TRUSTED) as client:
        yield client
    server.should_exit = True
    await serving
