"""Structured logging: one JSON line for each event on standard error; readable text in development."""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
import logging
import sys
import traceback
from collections.abc import Callable
from typing import Any, TextIO, cast

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

# Names that must never reach a log line, whoever passes them.
FORBIDDEN = frozenset(
    {"authorization", "body", "code", "cookie", "cookies", "email", "headers", "password", "query", "secret", "token"}
)
ROOT = __file__.removesuffix("infra/telemetry/logs.py")
QUIET = ("httpx", "httpcore", "asyncio", "multipart")


def drop_forbidden(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Removes every field whose name says it could hold a secret or personal data."""
    return {name: value for name, value in event.items() if name.lower() not in FORBIDDEN}


def where_it_failed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replaces an exception by its types and places.

    Neither messages nor local variables: a database error quotes the row and a request object holds the cookies.
    """
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["error"] = [_outline(link) for link in _chain(error)]
    return event


class _StandardError:
    """Standard error as it is at the moment of writing: it may be redirected, and closed, after it was first used."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


@functools.lru_cache(maxsize=4)
def _encoder(default: Callable[[Any], Any]) -> json.JSONEncoder:
    return json.JSONEncoder(default=default)


def _as_json(event: EventDict, *, default: Callable[[Any], Any]) -> str:
    """Returns what `json.dumps` does, which would make an encoder for each line."""
    return _encoder(default).encode(event)


def configure_logging(*, as_json: bool, level: str = "INFO") -> None:
    """Sets up structlog and the standard library's logging once per process."""
    lines = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())  # no colour codes in a log file
    renderer: Processor = structlog.processors.JSONRenderer(serializer=_as_json) if as_json else lines
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            drop_forbidden,
            where_it_failed,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, _StandardError())),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=level, format="%(levelname)s %(name)s %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def logger(name: str) -> Any:
    """Returns a bound logger; call it with an event name and fields."""
    return structlog.get_logger(component=name)


@functools.lru_cache(maxsize=2048)
def pseudonym(*, key: bytes, account_id: str) -> str:
    """Returns 16 hexadecimal characters that stand for an account in logs; not reversible without the key."""
    return hmac.digest(key, account_id.encode(), hashlib.sha256).hex()[:16]


def _chain(error: BaseException | None) -> list[BaseException]:
    links: list[BaseException] = []
    while error is not None and len(links) < 5:
        links.append(error)
        error = error.__cause__ or error.__context__
    return links


def _outline(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    places = [f"{frame.filename.removeprefix(ROOT)}:{frame.lineno} {frame.name}" for frame in reversed(frames)]
    return f"{type(error).__module__}.{type(error).__qualname__} at {' < '.join(places)}"
