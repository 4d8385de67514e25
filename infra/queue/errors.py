"""What goes wrong in a job, and how it is told to an administrator: in words, never with a value from the data."""

from __future__ import annotations

import traceback

import asyncpg

#: what a database that is away, or a back end that was killed, raises: between two statements asyncpg has read half
#: of the farewell and calls it an internal error
DATABASE_AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)

LONGEST = 500

_OURS = ("tenants", "integrations", "infra", "backend")
_EVERYWHERE = "infra.database."  # every statement passes there: it says nothing about whose it was


class JobError(Exception):
    """The job failed and may be tried again; the sentence is shown, so it holds no personal data.

    `again_in` is for how many seconds whoever was asked wants to be left alone: the pause is no shorter.
    """

    def __init__(self, words: str, *, again_in: float | None = None) -> None:
        super().__init__(words)
        self.again_in = again_in


class GiveUp(JobError):
    """The job failed and trying again would not help."""


class Later(Exception):
    """The job did not fail: run it again after so many seconds, not counting this start (a full quota, a SIGTERM)."""

    def __init__(self, *, seconds: float) -> None:
        super().__init__(f"again in {seconds:.0f} s")
        self.seconds = seconds


def in_words(error: BaseException) -> str:
    """Return what an administrator may read: our own sentence, or only the kind of error and where it arose."""
    words = str(error) if isinstance(error, JobError) else f"{type(error).__name__}{_place(error)}"
    return words[:LONGEST]


def _place(error: BaseException) -> str:
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        module = str(frame.f_globals.get("__name__", ""))
        if module.split(".")[0] in _OURS and not module.startswith(_EVERYWHERE):
            return f" in {module}, line {line}"
    return ""
