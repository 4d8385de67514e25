"""A command in one round trip, which is its own transaction: what it writes, step by step, then what it answers.

    select case when set_config('concordat.context', …, true) is not null then
      case when $stage then
           case when <guard> then case when <step> then case when <step> then … written end end end
      else case when <it was written> then (<body>) end end end

It is sent twice with one end, so that PostgreSQL runs it twice in one transaction: first the stage that writes, then,
with all that written, the one that reads. A CASE evaluates its condition before its result, so no step begins before
the one before it is done, and each step is a volatile function, which sees what the one before it wrote. What raises
undoes all of it. When the answer comes, it is committed.

A body that writes as well, and is made of the rows that it wrote, needs no second run: `at_once`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from infra.database.engine import ENGINE
from infra.database.holding import Guard, Step
from infra.database.scope import observer

WRITTEN = "concordat.written"  #: set by the last step, until the end of the transaction


async def write_once(
    *,
    login: str,
    steps: Sequence[Step],
    body: str,
    args: Sequence[Any],
    context: Callable[[int], str],
    guard: Guard | None = None,
    at_once: bool = False,
) -> str | None:
    """Do the steps; return the text that `body`, an SQL expression over `$1` …, is worth after them.

    None: the guard or the first step did not hold and nothing was written, or there is no such text. The first step
    must claim a key that counts once: after a connection was lost all of it may be sent again. Raises asyncpg's errors,
    with nothing kept, and `TimeoutError` when no connection comes free. `at_once`: the body sees nothing of what the
    steps wrote, but what functions in it return.
    """
    calls = [*([] if guard is None else [(guard.sql, guard.args)]), *((step.sql, step.args) for step in steps)]
    given = [*args, *(arg for _, each in calls for arg in each)]
    query = (one_run if at_once else staged)(body, len(args), tuple([(text, len(each)) for text, each in calls]))
    if (watch := observer.get()) is not None:
        watch(query)
    writers = ENGINE.writers_of(login)
    if at_once:
        answer = await writers.value(query, given, context)
    else:
        _, answer = await writers.each(query, [(*given, True), (*given, False)], context)
    text: str | None = answer
    return text


def _conditions(first: int, calls: Sequence[tuple[str, int]]) -> tuple[list[str], int]:
    """Return the calls with their parameters from the first number on, and the number after them."""
    place, conditions = first, []
    for text, count in calls:
        conditions.append(text.format(*(f"${place + n}" for n in range(count))))
        place += count
    return conditions, place


def _each_before(conditions: Sequence[str], last: str) -> str:
    for condition in reversed(conditions):
        last = f"case when {condition} then {last} end"
    return last


@functools.lru_cache(maxsize=256)
def one_run(body: str, args: int, calls: tuple[tuple[str, int], ...]) -> str:
    """Return the statement of a body that writes: parameters of the body first, then of each call, then the context."""
    conditions, place = _conditions(args + 1, calls)
    inner = _each_before(conditions, f"({body})")
    return f"select case when set_config('concordat.context', ${place}, true) is not null then {inner} end"


@functools.lru_cache(maxsize=256)
def staged(body: str, args: int, calls: tuple[tuple[str, int], ...]) -> str:
    """Return the statement: parameters of the body first, then of each call, then the stage and the context."""
    conditions, place = _conditions(args + 1, calls)
    writing = _each_before(conditions, f"set_config('{WRITTEN}', 'yes', true)")
    reading = f"case when current_setting('{WRITTEN}', true) = 'yes' then ({body}) end"
    stages = f"case when ${place}::boolean then {writing} else {reading} end"
    return f"select case when set_config('concordat.context', ${place + 1}, true) is not null then {stages} end"
