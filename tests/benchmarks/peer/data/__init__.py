"""The measured nation: how it is written, and whom the measured requests come from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg

from tests.benchmarks.peer.data import facts, questions

FOLDER = Path(__file__).parent
AREAS, AGENCIES, REQUESTS = 153, 25_000, 75_000
ASKING_AREAS = 20  #: areas whose managers send the measured requests


@dataclass(frozen=True, kw_only=True)
class Manager:
    """The business manager of an area, with a live session."""

    area_id: int
    slug: str
    person_id: UUID
    token: str


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A return that a school has still to send, and the session of the school's contact."""

    area_id: int
    request_id: UUID
    organisation_id: UUID
    person_id: UUID
    name: str
    token: str
    other_token: str  #: of a session in which nothing is read before


@dataclass(frozen=True, kw_only=True)
class People:
    """Who asks in the measured rounds."""

    managers: list[Manager]
    waiting: list[Waiting]
    official_id: UUID
    budget_year: int  #: the newest that has a budget
    official_name: str = "Olive Official"
    official_token: str = "peer-official"


async def write(superuser: str, *, worker: str) -> None:
    """Write the nation, unless it is there; takes about half a minute. Raises when a count is not as promised."""
    connection = await asyncpg.connect(superuser)
    try:
        if await connection.fetchval("select count(*) from area") == 0:
            for name in ("nation.sql", "people.sql"):
                await run(connection, name)
        await facts.keep(worker, areas=AREAS)
        await connection.execute("truncate queue.outbox, queue.job_run")
        await connection.execute("vacuum analyze")
        found = await connection.fetchrow(
            "select (select count(*) from area), (select count(*) from relevant_agency), "
            "(select count(*) from duty_request), (select sum(agencies) from agency_count), "
            "(select sum(requests) from cooperation_count), "
            "(select count(*) from area_fact where not stale)"
        )
        assert tuple(found) == (AREAS, AGENCIES, REQUESTS, AGENCIES, REQUESTS, 4 * AREAS), tuple(found)
    finally:
        await connection.close()


async def reset(superuser: str) -> None:
    """Undo every measured confirmation."""
    connection = await asyncpg.connect(superuser)
    try:
        await run(connection, "reset.sql")
    finally:
        await connection.close()


async def run(connection: asyncpg.Connection, name: str) -> None:
    """Run a script of this folder, one statement after the other."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    lines = "\n".join(line.partition("--")[0].rstrip() for line in text.splitlines())
    for name, value in (("questions", questions.ASKED), ("answers", questions.ANSWERED)):
        lines = lines.replace(f":{name}::", f"'{json.dumps(value)}'::")
    for statement in lines.split(";\n"):
        if statement.strip():
            await connection.execute(statement)


async def people(superuser: str) -> People:
    """Return who asks: managers of the first areas, contacts of the schools that have still to answer, an official."""
    connection = await asyncpg.connect(superuser)
    try:
        managers = await connection.fetch(
            "select a.id as area_id, a.slug, r.person_id, 'peer-manager-' || a.id as token from area a "
            "join role_assignment r on r.area_id = a.id and r.role = 'business_manager' "
            "where a.id between 1 and $1 order by a.id",
            ASKING_AREAS,
        )
        waiting = await connection.fetch(
            "select r.area_id, r.id as request_id, r.organisation_id, p.person_id, 'Head ' || o.urn as name, "
            "'peer-school-' || o.urn as token, 'again-school-' || o.urn as other_token "
            "from duty_request r join organisation o on o.id = r.organisation_id "
            "join role_assignment p on p.organisation_id = o.id "
            "where r.cycle_label = 'Year 3' and r.state = 'not_started' order by md5(r.id::text)"
        )
        year = await connection.fetchval("select max(year) from budget")
        official = await connection.fetchval("select person_id from role_assignment where role = 'official'")
    finally:
        await connection.close()
    return People(
        managers=[Manager(**row) for row in managers],
        waiting=[Waiting(**row) for row in waiting],
        official_id=official,
        budget_year=year,
    )
