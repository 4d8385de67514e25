"""What refers to an area only by way of a connection or a run can still not be of an area that is not there."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.support.cluster import Cluster
from tests.support.connections import asked, make_connection
from tests.support.organisations import make_body
from tests.support.world import make_area

_RECORD = """
insert into connection_record (area_id, connection_id, kind, external_id, digest) values ($1, $2, 'school', 'a', 'x')
"""
_PROPOSAL = """
insert into connection_proposal (area_id, connection_id, run_id, national, source, external_id, action, subject_kind,
    proposed, digest)
values ($1, $2, $3, $4, 'A test', 'a', 'add', 'contact', '{}', 'x')
"""
_RECORDS = """
insert into connection_record (area_id, connection_id, kind, external_id, digest)
select $1, case when n < 50 then $2 else uuidv7() end, 'school', n, 'x' from generate_series(1, $3) as n
"""
_ABOUT = """
insert into connection_proposal (area_id, connection_id, run_id, national, source, organisation_id, external_id, action,
    subject_kind, proposed, digest)
values ($1, $2, $3, false, 'A test', $4, 'a', 'add', 'contact', '{}', 'x')
"""
NOBODYS = 2_000_000_000


async def refused(database: Cluster, query: str, *args: object) -> bool:
    """Whether the references refuse a row, whoever writes it."""
    superuser = await asyncpg.connect(database.superuser)
    try:
        async with superuser.transaction():
            await superuser.execute(query, *args)
            raise InterruptedError
    except (asyncpg.ForeignKeyViolationError, asyncpg.CheckViolationError):
        return True
    except InterruptedError:
        return False
    finally:
        await superuser.close()


@pytest.fixture
async def here(database: Cluster) -> tuple[int, UUID, UUID]:
    area = await make_area()
    connection = await make_connection(area)
    return area.id, connection, await asked(area, connection)


async def test_a_record_is_of_its_connections_area(database: Cluster, here: tuple[int, UUID, UUID]) -> None:
    area, connection, _ = here
    other = await make_area()
    assert not await refused(database, _RECORD, area, connection)
    for wrong in (other.id, NOBODYS, 0, None):
        assert await refused(database, _RECORD, wrong, connection)


async def test_a_proposal_is_of_its_runs_area(database: Cluster, here: tuple[int, UUID, UUID]) -> None:
    area, connection, run = here
    other = await make_area()
    assert not await refused(database, _PROPOSAL, area, connection, run, False)
    for wrong in (other.id, NOBODYS, 0):
        assert await refused(database, _PROPOSAL, wrong, connection, run, False)


async def test_what_a_national_connection_proposes_is_of_an_area(database: Cluster) -> None:
    area, connection = await make_area(), await make_connection(None)
    run = await asked(None, connection)
    assert not await refused(database, _PROPOSAL, area.id, connection, run, True)
    for wrong in (NOBODYS, 0):
        assert await refused(database, _PROPOSAL, wrong, connection, run, True)


async def test_a_proposal_is_of_a_run_of_its_connection(database: Cluster, here: tuple[int, UUID, UUID]) -> None:
    area, connection, run = here
    for wrong in ((uuid4(), run), (connection, uuid4())):
        assert await refused(database, _PROPOSAL, area, *wrong, False)


async def test_a_proposal_is_about_nobody_or_a_body_of_the_register(
    database: Cluster, here: tuple[int, UUID, UUID]
) -> None:
    area, connection, run = here
    for right in (await make_body(), None):
        assert not await refused(database, _ABOUT, area, connection, run, right)
    assert await refused(database, _ABOUT, area, connection, run, uuid4())


async def test_one_wrong_row_among_many_is_enough(database: Cluster, here: tuple[int, UUID, UUID]) -> None:
    area, connection, _ = here
    assert not await refused(database, _RECORDS, area, connection, 49)
    assert await refused(database, _RECORDS, area, connection, 50)


async def test_nobody_can_take_away_what_is_referred_to(database: Cluster) -> None:
    """Why it is enough to look references up when a row is written."""
    superuser = await asyncpg.connect(database.superuser)
    try:
        who = await superuser.fetch(
            "select t, r, has_table_privilege(r, t, 'delete') or has_table_privilege(r, t, 'truncate') "
            "or has_column_privilege(r, t, 'id', 'update') "
            "from unnest(array['agency_connection', 'connection_run', 'organisation']) as t, "
            "unnest(array['concordat_app', 'concordat_worker', 'concordat_national', 'concordat_public']) as r"
        )
    finally:
        await superuser.close()
    assert [tuple(row) for row in who if row[2]] == []
