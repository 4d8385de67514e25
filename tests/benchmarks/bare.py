"""The floor: a bare Litestar handler that runs recorded statements and answers with the last rows as JSON.

Same server, same pools, same database, the same signed contexts; no sign-in code, no GraphQL, no template.
"""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from litestar import Litestar, Response, get
from litestar.params import FromPath

from tenants.tenancy.context import current_key, use_key
from tests.benchmarks.recording import SIGNED, Step

POOLS: dict[str, asyncpg.Pool] = {}


def create_app() -> Litestar:
    """Return the application; the environment names the file of what to run."""
    given = pickle.loads(Path(os.environ["BARE_FILE"]).read_bytes())
    use_key(kid=1, key=given["key"])

    @get("/{name:str}")
    async def handler(name: FromPath[str]) -> Response[bytes]:
        rows = await _run(given["steps"][name])
        return Response(json.dumps(rows, default=str).encode(), media_type="application/json")

    @asynccontextmanager
    async def pools(_: Litestar) -> AsyncIterator[None]:
        for login, dsn in given["dsns"].items():
            POOLS[login] = await asyncpg.create_pool(dsn, min_size=1, max_size=10, reset=_as_it_is)
        yield
        for pool in POOLS.values():
            await pool.close()

    return Litestar(route_handlers=[handler], lifespan=[pools], openapi_config=None)


async def _as_it_is(_: asyncpg.Connection) -> None:
    """A transaction that is replayed ends with the reset that was recorded with it."""


async def _run(steps: Sequence[Step]) -> list[Any]:
    """Run the statements, each transaction on a connection taken for it and given back; return the last rows."""
    rows: list[Any] = []
    held: dict[int, Any] = {}
    for step in steps:
        if step.connection not in held:
            held[step.connection] = await POOLS[step.login].acquire()
        rows = await _one(held[step.connection], step) or rows
        if not held[step.connection].is_in_transaction():
            await POOLS[step.login].release(held.pop(step.connection))
    return rows


async def _one(connection: Any, step: Step) -> list[Any]:
    query, args = step.query, step.args
    if step.actor is not None:
        signed = current_key().sign(step.actor, backend=connection.get_server_pid(), readonly=step.readonly)
        query, args = query.replace(SIGNED, signed), tuple(signed if each == SIGNED else each for each in args)
    if not args and query.lower().startswith(("begin", "commit", "rollback")):
        await connection.execute(query)
        return []
    return [tuple(row.values()) for row in await connection.fetch(query, *args)]
