"""The logins and rights that the SQL leaves behind, read back from PostgreSQL's own catalogue."""

import subprocess
from pathlib import Path

import psycopg
import pytest

from infra.postgres.account import server_account
from infra.postgres.binaries import programs
from infra.postgres.databases import clone_database, drop_database
from infra.postgres.embedded import EmbeddedServer
from infra.postgres.logins import LOGINS
from infra.postgres.provision import provision, script

NAMES = [login.name for login in LOGINS]


@pytest.mark.parametrize("name", NAMES)
def test_no_login_has_a_power_beyond_its_grants(server: EmbeddedServer, name: str) -> None:
    with psycopg.connect(server.superuser_dsn()) as connection:
        powers = connection.execute(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin "
            "from pg_roles where rolname = %s",
            [name],
        ).fetchone()
        memberships = connection.execute(
            "select count(*) from pg_auth_members where %s::regrole in (member, roleid)", [name]
        ).fetchone()
    assert powers == (False, False, False, False, False, True)
    assert memberships == (0,)


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        ("concordat_app", "statement_timeout", "5s"),
        ("concordat_app", "lock_timeout", "3s"),
        ("concordat_app", "idle_in_transaction_session_timeout", "15s"),
        ("concordat_app", "transaction_timeout", "30s"),
        ("concordat_worker", "statement_timeout", "1min"),
        ("concordat_national", "default_transaction_read_only", "on"),
        ("concordat_public", "default_transaction_read_only", "on"),
    ],
)
def test_sessions_have_their_limits(server: EmbeddedServer, name: str, setting: str, value: str) -> None:
    with psycopg.connect(server.dsn(name)) as connection:
        assert connection.execute("select current_setting(%s)", [setting]).fetchone() == (value,)


@pytest.mark.parametrize("name", NAMES)
def test_only_owner_and_worker_make_temporary_tables(server: EmbeddedServer, name: str) -> None:
    with psycopg.connect(server.superuser_dsn()) as connection:
        may = connection.execute("select has_database_privilege(%s, 'concordat', 'TEMP')", [name]).fetchone()
    assert may == (name in {"concordat_owner", "concordat_worker"},)


def test_only_the_owner_makes_tables(server: EmbeddedServer) -> None:
    with psycopg.connect(server.dsn("concordat_app")) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create table mine (id int)")


def test_a_stranger_may_not_connect(server: EmbeddedServer) -> None:
    with psycopg.connect(server.superuser_dsn(), autocommit=True) as connection:
        connection.execute("create role stranger login")
        question = "select has_database_privilege('stranger', 'concordat', 'CONNECT')"
        may = connection.execute(question).fetchone()
        connection.execute("drop role stranger")
    assert may == (False,)


def test_a_clone_has_content_owner_and_rights_of_its_template(server: EmbeddedServer) -> None:
    clone_database(superuser_dsn=server.superuser_dsn(), template="concordat", name="template_of_two")
    with psycopg.connect(server.dsn("concordat_owner", database="template_of_two")) as connection:
        connection.execute("create table two as select 2 as n")
    for name in ("copy_a", "copy_a"):
        clone_database(superuser_dsn=server.superuser_dsn(), template="template_of_two", name=name)
    with psycopg.connect(server.dsn("concordat_owner", database="copy_a")) as connection:
        assert connection.execute("select n from two").fetchone() == (2,)
    with psycopg.connect(server.superuser_dsn(database="copy_a")) as connection:
        public = connection.execute(
            "select count(*) from pg_database, aclexplode(datacl) where datname = 'copy_a' and grantee = 0"
        ).fetchone()
    assert public == (0,)
    drop_database(superuser_dsn=server.superuser_dsn(), name="copy_a")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(server.dsn("concordat_app", database="copy_a"))


def test_provisioning_again_keeps_everything(server: EmbeddedServer) -> None:
    provision(superuser_dsn=server.superuser_dsn(), passwords=server.passwords)
    psycopg.connect(server.dsn("concordat_worker")).close()


def test_the_printed_script_runs_in_psql(server: EmbeddedServer, tmp_path: Path) -> None:
    file = tmp_path / "logins.sql"
    lines = [line for line in script().splitlines() if not line.startswith("\\password")]
    file.write_text("\n".join(lines))
    psql = programs(server_account()).folder / "bin" / "psql"
    command = [str(psql), "-X", "-v", "ON_ERROR_STOP=1", "-f", str(file), server.superuser_dsn()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
