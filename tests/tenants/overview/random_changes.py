"""Changes of every record behind a row, as SQL on the application's login: whatever a service would do, and more.

A change that the database refuses is no change.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from random import Random

import asyncpg

from infra.clock import today
from infra.database import sql
from tenants.membership.rules import Kind
from tenants.resourcing.rules import year_of
from tenants.tenancy.scope import tenant_scope
from tests.support.membership import Partnership
from tests.support.world import manager, official

Change = Callable[[Partnership, Random], Awaitable[object]]


async def appoint(made: Partnership, chance: Random) -> None:
    office = chance.choice(["lead", "delegated", "scrutineer"])
    partner = None if office == "scrutineer" else chance.choice(list(made.bodies.values()))
    first, last = period(chance)
    await sql.execute(
        "insert into appointment (area_id, office, partner_id, person_name, post, declared_tie, valid_from, valid_to) "
        "values ($1, $2, $3, 'Ada Okafor', 'Director', $4, $5, $6)",
        made.area.id, office, partner, chance.choice([None, "A trustee"]) if partner is None else None, first, last,
    )  # fmt: skip


async def end_appointment(made: Partnership, chance: Random) -> None:
    await sql.execute(
        "update appointment set valid_to = $2 where (area_id, id) = (select area_id, id from appointment "
        "where area_id = $1 order by random() limit 1)",
        made.area.id, near(chance),
    )  # fmt: skip


async def end_body(made: Partnership, chance: Random) -> None:
    body = made.bodies[chance.choice(list(Kind))]
    last = chance.choice([None, near(chance)])
    await sql.execute("update partner_body set valid_to = $3 where area_id = $1 and id = $2", made.area.id, body, last)


async def rename_body(made: Partnership, chance: Random) -> None:
    await sql.execute(
        "update partner_body set name = name || 's' where area_id = $1 and kind = $2",
        made.area.id, chance.choice(list(Kind)).value,
    )  # fmt: skip


async def chair(made: Partnership, chance: Random) -> None:
    first, last = period(chance)
    await sql.execute(
        "insert into partnership_chair (area_id, appointment_id, valid_from, valid_to) select area_id, id, $2, $3 "
        "from appointment where area_id = $1 and office = 'delegated' limit 1",
        made.area.id, first, last,
    )  # fmt: skip


async def seat(made: Partnership, chance: Random) -> None:
    first, last = period(chance)
    await sql.execute(
        "insert into seat (area_id, title, education_level, valid_from) values ($1, 'Education', $2, $3)",
        made.area.id, chance.choice(["strategic", "operational"]), date(2020, 1, 1),
    )  # fmt: skip
    await sql.execute(
        "insert into appointment (area_id, office, seat_id, person_name, valid_from, valid_to) "
        "select area_id, 'seat', id, 'Edie Head', $2, $3 from seat where area_id = $1 order by random() limit 1",
        made.area.id, first, last,
    )  # fmt: skip


async def change_level(made: Partnership, chance: Random) -> None:
    level = chance.choice(["strategic", "operational"])
    await sql.execute("update seat set education_level = $2 where area_id = $1", made.area.id, level)


async def budget(made: Partnership, chance: Random) -> None:
    await sql.execute(
        "insert into budget (area_id, year, state, agreed_on) values ($1, $2, 'draft', null) on conflict "
        "on constraint one_budget_a_year do update set state = 'agreed', agreed_on = $3",
        made.area.id, year_of(today()) + chance.randint(0, 1), today(),
    )  # fmt: skip


async def answer(made: Partnership, chance: Random) -> None:
    await sql.execute(
        "update duty_request set state = $2, submitted_at = now(), state_reason = 'Said so' where (area_id, id) = "
        "(select area_id, id from duty_request where area_id = $1 order by random() limit 1)",
        made.area.id, chance.choice(["not_started", "draft", "submitted", "accepted", "declined", "cancelled"]),
    )  # fmt: skip


async def move_flag(made: Partnership, chance: Random) -> None:
    await sql.execute(
        "update intervention_flag set state = $2, decision = 'support', review_on = $3 where (area_id, id) = "
        "(select area_id, id from intervention_flag where area_id = $1 and referred_at is not null "
        "order by random() limit 1)",
        made.area.id, chance.choice(["referred", "answered", "decided", "closed", "withdrawn"]), near(chance),
    )  # fmt: skip


CHANGES: tuple[Change, ...] = (
    appoint, appoint, end_appointment, end_body, rename_body, chair, seat, change_level, budget, answer, move_flag,
)  # fmt: skip


async def change(made: Partnership, chance: Random, *, among: Sequence[Change] = CHANGES) -> str:
    """Make one change at random, as the manager or, of a flag, sometimes as an official; return what it was."""
    verb = chance.choice(among)
    by = official() if verb is move_flag and chance.random() < 0.5 else manager(made.area)
    try:
        async with tenant_scope(by):
            await verb(made, chance)
    except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as refused:
        return f"{verb.__name__} refused: {refused}"
    return verb.__name__


def near(chance: Random) -> date:
    """Return a day from a month ago to three months ahead."""
    return today() + timedelta(days=chance.randint(-30, 90))


def period(chance: Random) -> tuple[date, date]:
    """Return a first and a last day near today."""
    first = near(chance)
    return first, first + timedelta(days=chance.randint(0, 60))
