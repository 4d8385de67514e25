"""Whether the process lives, whether it can serve, and its metrics for those who hold the token."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.exceptions import NotFoundException

from infra.telemetry.metrics import CONTENT_TYPE, Metrics, may_read

# Returns None when ready, else what is missing in words an operator can act on.
ReadyCheck = Callable[[], Awaitable[str | None]]
CHECK_SECONDS = 3.0


@get("/health/live", opt={"access": "public"}, media_type=MediaType.TEXT)
async def live() -> str:
    """The process answers; says nothing about what it depends on."""
    return "live"


@get("/health/ready", opt={"access": "public"}, media_type=MediaType.TEXT)
async def ready(request: Request[Any, Any, Any]) -> Response[str]:
    """200, or 503 with one line for each thing that is not ready."""
    failures = [why for why in await asyncio.gather(*map(_run, request.app.state.ready_checks)) if why]
    return Response("\n".join(failures) or "ready", status_code=503 if failures else 200)


@get("/metrics", opt={"access": "public"})
async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Metrics for the bearer of the metrics token; not found for anyone else, and without a token for all."""
    held: Metrics = request.app.state.metrics
    token = request.app.state.metrics_token
    if not may_read(authorization=request.headers.get("authorization", ""), token=token):
        raise NotFoundException
    return Response(held.exposition(), media_type=CONTENT_TYPE)


async def _run(check: ReadyCheck) -> str | None:
    try:
        return await asyncio.wait_for(check(), CHECK_SECONDS)
    except TimeoutError:
        return "a check took longer than 3 seconds"
    except Exception as error:
        return f"a check failed: {type(error).__name__}"
