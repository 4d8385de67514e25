"""Read one text in one round trip: context, guard and data in a single statement, outside any scope.

    select case when set_config('concordat.context', …, true) is not null then
           case when <guard> then (<body>) end end

A CASE evaluates its condition before its result, so that the context is there before the guard is asked, and the
guard has agreed before any row is read. `set_config(…, true)` ends with the statement. The logins `national` and
`public` carry no context.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from infra.database.engine import ENGINE
from infra.database.holding import Guard
from infra.database.scope import observer


async def read_text(
    *,
    login: str,
    body: str,
    args: tuple[Any, ...],
    context: Callable[[int], str] | None,
    guard: Guard | None = None,
) -> str | None:
    """Return the text that `body`, an SQL expression over `$1` …, is worth; None when the guard is false.

    `context` is given the server's process id and returns the signed text, as for a `Scope`. Never joins an open scope:
    what is read is what was committed. Raises asyncpg's errors, and `TimeoutError` when no connection comes free.
    """
    extra = guard.args if guard is not None else ()
    query = wrapped(body, len(args), len(extra), guard.sql if guard is not None else None, context is not None)
    if (watch := observer.get()) is not None:
        watch(query)
    text: str | None = await ENGINE.readers_of(login).value(query, (*args, *extra), context)
    return text


@functools.lru_cache(maxsize=1024)
def wrapped(body: str, args: int, extra: int, guard: str | None, context: bool) -> str:
    """Return the statement: parameters of the body first, then the guard's, then the context."""
    inner = f"({body})"
    if guard is not None:
        condition = guard.format(*(f"${args + n}" for n in range(1, extra + 1)))
        inner = f"case when {condition} then {inner} end"
    if context:
        entered = f"set_config('concordat.context', ${args + extra + 1}, true) is not null"
        inner = f"case when {entered} then {inner} end"
    return f"select {inner}"
