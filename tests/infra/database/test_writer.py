"""A command in one round trip: its steps in their order, what it answers after them, and nothing kept by half."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import asyncpg
import pytest

from infra.database import ENGINE
from infra.database.holding import Guard, Step
from infra.database.writer import one_run, staged, write_once
from infra.ids import uuid7
from tenants.tenancy.actor import Actor
from tenants.tenancy.context import current_key
from tests.support.world import make_area, manager

pytestmark = pytest.mark.usefixtures("database")
KEPT = "(select string_agg(key, ',' order by key) from idempotency where principal = $1)"
HOLDS, FAILS = Guard(sql="{0}", args=(True,)), Guard(sql="{0}", args=(False,))


@pytest.fixture
async def by() -> Actor:
    return manager(await make_area())


def signed(actor: Actor) -> Callable[[int], str]:
    return lambda backend: current_key().sign(actor, backend=backend)


def claim(by: Actor, key: str, *, who: UUID | None = None) -> Step:
    return Step(sql="security.claim({0}, {1}, {2}, {3}, {4})", args=(who or by.id, key, "test.run", b"hash", "done"))


async def write(by: Actor, *steps: Step, guard: Guard | None = None) -> str | None:
    return await write_once(login="app", steps=steps, body=KEPT, args=(by.id,), context=signed(by), guard=guard)


async def test_the_answer_is_what_is_true_after_the_last_step(by: Actor) -> None:
    assert await write(by, claim(by, "first key"), claim(by, "second key"), guard=HOLDS) == "first key,second key"


async def test_nothing_is_written_or_answered_where_the_guard_fails(by: Actor) -> None:
    assert await write(by, claim(by, "first key"), guard=FAILS) is None
    assert await write(by, claim(by, "other key")) == "other key"


async def test_nothing_more_is_done_where_the_first_step_is_refused(by: Actor) -> None:
    await write(by, claim(by, "first key"))
    assert await write(by, claim(by, "first key"), claim(by, "second key")) is None
    assert await write(by, claim(by, "third key")) == "first key,third key"


async def test_what_raises_undoes_what_was_done_before_it(by: Actor) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await write(by, claim(by, "first key"), claim(by, "second key", who=uuid7()))
    assert await write(by, claim(by, "third key")) == "third key"


async def test_an_answer_that_fails_undoes_all_of_it(by: Actor) -> None:
    with pytest.raises(asyncpg.DivisionByZeroError):
        await write_once(login="app", steps=[claim(by, "first key")], body="(1 / $1::integer)::text", args=(0,),
                         context=signed(by))  # fmt: skip
    assert await write(by, claim(by, "other key")) == "other key"


async def test_the_context_ends_with_it_and_the_connection_is_used_again(by: Actor) -> None:
    await write(by, claim(by, "first key"))
    (held,) = ENGINE.writers_of("app").idle[-1:]
    pid = held.raw.get_server_pid()
    left = await held.raw.fetchrow(
        "select current_setting('concordat.context', true) as asked, current_setting('concordat.written', true) as done"
    )
    assert set(left.values()) <= {"", None}
    await write(by, claim(by, "second key"))
    assert ENGINE.writers_of("app").idle[-1].raw.get_server_pid() == pid


async def test_a_lost_connection_is_replaced_and_it_has_one_effect(by: Actor) -> None:
    await write(by, claim(by, "first key"))
    ENGINE.writers_of("app").idle[-1].raw.terminate()
    assert await write(by, claim(by, "second key")) == "first key,second key"


async def at_once(by: Actor, body: str, *steps: Step, guard: Guard | None = None) -> str | None:
    return await write_once(login="app", steps=steps, body=body, args=(by.id, "by the body"), context=signed(by),
                            guard=guard, at_once=True)  # fmt: skip


async def test_a_body_that_writes_runs_once_and_after_the_guard_and_the_steps(by: Actor) -> None:
    body = "security.claim($1, $2, 'test.run', 'hash', 'done')::text"
    assert await at_once(by, body, claim(by, "first key"), guard=FAILS) is None
    assert await at_once(by, body, claim(by, "first key"), guard=HOLDS) == "true"
    assert await at_once(by, body, claim(by, "first key")) is None, "the step was refused, and the body not begun"
    assert await write(by, claim(by, "third key")) == "by the body,first key,third key"


async def test_a_body_that_writes_and_fails_undoes_the_steps_before_it(by: Actor) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await at_once(by, "security.claim(uuidv7(), $2, $1::uuid::text, 'hash', 'done')::text", claim(by, "first key"))
    assert await write(by, claim(by, "other key")) == "other key"


def test_the_statement_of_one_run_for_a_reviewer_to_read() -> None:
    assert one_run("done($1)", 1, (("asked({0})", 1),)) == (
        "select case when set_config('concordat.context', $3, true) is not null then "
        "case when asked($2) then (done($1)) end end"
    )


def test_the_statement_for_a_reviewer_to_read() -> None:
    assert staged("$1::text", 1, (("asked({0})", 1), ("done({0}, {1})", 2))) == (
        "select case when set_config('concordat.context', $6, true) is not null then case when $5::boolean then "
        "case when asked($2) then case when done($3, $4) then set_config('concordat.written', 'yes', true) end end "
        "else case when current_setting('concordat.written', true) = 'yes' then ($1::text) end end end"
    )
