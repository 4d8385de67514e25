"""What a message may run and what runs every so often: filled by `@job` and `@sweep` when `jobs.py` is imported."""

from __future__ import annotations

import importlib
import inspect
import typing
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args
from uuid import UUID

Work = Callable[..., Awaitable[None]]
#: what a person waits for, and emails; agencies' sync runs; imports, confirmations of many, upkeep
QueueName = Literal["interactive", "sync", "bulk"]
QUEUES: tuple[QueueName, ...] = get_args(QueueName)

_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """An async function that runs when a message with its name arrives."""

    name: str
    work: Work
    queue: QueueName
    powers: frozenset[str]
    owns_scope: bool
    limit_seconds: float
    leases: Mapping[str, int]

    def arguments(self, args: Mapping[str, Any], *, offered: Mapping[str, Any]) -> dict[str, Any]:
        """Return the keywords of the call: the message's ids, UUIDs again, and what the function asks for by name."""
        hints = typing.get_type_hints(self.work)
        ids = {name: UUID(value) if hints.get(name) is UUID else value for name, value in args.items()}
        return offered_to(self.work, **offered) | ids

    def asks_for(self, name: str) -> bool:
        """Return whether the function wants to be given that."""
        return name in inspect.signature(self.work).parameters


@dataclass(frozen=True, kw_only=True, slots=True)
class Sweep:
    """An idempotent async function that runs every so many seconds in one of the worker processes."""

    name: str
    work: Work
    every: float
    powers: frozenset[str]


def offered_to(work: Work, **offered: Any) -> dict[str, Any]:
    """Return those of the offered keywords that the function asks for."""
    asked = inspect.signature(work).parameters
    return {name: value for name, value in offered.items() if name in asked}


JOBS: dict[str, Job] = {}
SWEEPS: dict[str, Sweep] = {}


def job(
    name: str,
    *,
    queue: QueueName = "interactive",
    powers: Iterable[str] = (),
    owns_scope: bool = False,
    limit_seconds: float = 240,
    leases: Mapping[str, int] = _NONE,
) -> Callable[[Work], Work]:
    """Declare a job `noun.verb`: an async function whose keywords are the message's ids.

    It runs in one transaction of the message's area, together with the inbox row, and may also ask for
    `by` (the worker as an actor), `area_id`, `message_id`, `is_last_start`, `pause` (for how long it
    waits, should this start fail; None after the last) and `progress`. With `owns_scope` it opens its own transactions
    (calling outside systems, long imports), so it may run again and must tell by its own rows what is done.

    `leases={"area": 1, "host": 4}` runs at most one message of the job's area and four for the message's `host` at
    once, whichever job they run and however many workers there are. The rest waits; waiting is no start.
    """

    def register(work: Work) -> Work:
        JOBS[name] = Job(
            name=name,
            work=work,
            queue=queue,
            powers=frozenset(powers),
            owns_scope=owns_scope,
            limit_seconds=limit_seconds,
            leases=leases,
        )
        return work

    return register


def sweep(name: str, *, every: float, powers: Iterable[str] = ()) -> Callable[[Work], Work]:
    """Declare a sweep: runs every `every` seconds in one transaction, once however many workers there are."""

    def register(work: Work) -> Work:
        SWEEPS[name] = Sweep(name=name, work=work, every=every, powers=frozenset(powers))
        return work

    return register


def import_jobs(*packages: str) -> None:
    """Import every module named `jobs` below the packages, so that what they declare is known."""
    for package in packages:
        for folder in importlib.import_module(package).__path__:
            for file in sorted(Path(folder).rglob("jobs.py")):
                inner = file.relative_to(folder).with_suffix("").parts
                importlib.import_module(".".join((package, *inner)))
