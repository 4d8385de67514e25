"""The web application for `concordat serve`: when it cannot start it says why in a sentence, not in a traceback."""

import importlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from backend.cli.errors import sentence_for
from infra.garbage import not_yet

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[Event, Receive, Send], Awaitable[None]]


def create_app() -> Application:
    """Return the whole product, as `backend.app.create_app` does; its lifespan looks for garbage again."""
    not_yet()
    app: Application = importlib.import_module("backend.app").create_app()  # entry points lie above the command line
    return telling(app)


def telling(app: Application) -> Application:
    """Return the application, whose failed start is told with what to do, where that is known."""

    async def told(scope: Event, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        failed: list[Event] = []

        async def holding(event: Event) -> None:
            if event["type"] == "lifespan.startup.failed":
                failed.append(event)
            else:
                await send(event)

        try:
            await app(scope, receive, holding)
        except Exception as error:
            for event in failed:
                await send({**event, "message": _why(error) or event["message"]})
            raise

    return told


def _why(error: BaseException) -> str | None:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, RuntimeError):  # an unsafe login, shapes that do not fit, a port that is taken
        return str(error)
    return sentence_for(error) if isinstance(error, Exception) else None
