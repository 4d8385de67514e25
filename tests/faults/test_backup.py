"""Backup and restore as docs/operations.md tells it: every row is back, and every audit chain is whole."""

from __future__ import annotations

import subprocess
from pathlib import Path

import asyncpg
import pytest

from infra.postgres.account import server_account
from infra.postgres.binaries import programs
from infra.postgres.provision import access_statements, create_database_statement, extension_statements
from tests.support.cluster import Cluster
from tests.support.membership import complete, make_partnership

pytestmark = pytest.mark.faults
RESTORED = "restored"
BROKEN = "select area_id, v.* from audit.head, audit.verify(area_id) v order by area_id, v.*"
COUNTS = "select (select count(*) from audit.event), (select count(*) from appointment), (select count(*) from area)"


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(programs(server_account()).folder / "bin" / program), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


async def empty_database(superuser: str) -> str:
    """Make the database that `concordat migrate --print-logins` makes, and return its address."""
    connection = await asyncpg.connect(superuser)
    for statement in (create_database_statement(database=RESTORED), *access_statements(database=RESTORED)):
        await connection.execute(statement)
    await connection.close()
    address = superuser.replace("/concordat?", f"/{RESTORED}?")
    connection = await asyncpg.connect(address)
    for statement in extension_statements():
        await connection.execute(statement)
    await connection.close()
    return address


async def look(address: str) -> tuple[list[asyncpg.Record], asyncpg.Record]:
    connection = await asyncpg.connect(address)
    try:
        counted = await connection.fetchrow(COUNTS)
        assert counted is not None
        return await connection.fetch(BROKEN), counted
    finally:
        await connection.close()


async def test_a_whole_dump_restores_every_row_and_every_chain(database: Cluster, tmp_path: Path) -> None:
    made_here = await make_partnership()
    await complete(made_here)
    dump = tmp_path / "concordat.dump"
    made = run("pg_dump", "--format=custom", f"--file={dump}", database.superuser)
    assert made.returncode == 0, made.stderr
    address = await empty_database(database.superuser)
    restored = run("pg_restore", f"--dbname={address}", "--exit-on-error", str(dump))
    assert restored.returncode == 0, restored.stderr
    broken, counted = await look(address)
    assert made_here.area.id not in {row["area_id"] for row in broken}
    assert (broken, counted) == await look(database.superuser), "other tests break chains of their own on purpose"


async def test_a_dump_as_the_owner_is_refused_not_empty(database: Cluster, tmp_path: Path) -> None:
    refused = run("pg_dump", f"--file={tmp_path / 'owner.sql'}", database.dsns["owner"])
    assert refused.returncode != 0
    assert "row-level security" in refused.stderr
