"""The SQL a superuser runs once: logins, database, extensions, and who may connect.

The embedded server runs it at its first start; `concordat migrate --print-logins` prints it for a database
administrator. Running it again changes nothing but the settings it states.
"""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from infra.postgres.logins import DATABASE, EXTENSIONS, LOGINS, OWNER, WORKER, Login
from infra.postgres.version import require_supported

_ATTRIBUTES = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT"
_OLD_ENOUGH = (
    "DO $$ BEGIN IF current_setting('server_version_num')::int < 180000 THEN RAISE EXCEPTION "
    "'Concordat needs PostgreSQL 18 or newer; this server is %', current_setting('server_version'); END IF; END $$;"
)
_LOCALE = "ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' TEMPLATE template0"


def login_statements() -> list[str]:
    """SQL that makes the five logins and their session settings; to be run in any database of the server."""
    return [statement for login in LOGINS for statement in _one_login(login)]


def create_database_statement(*, database: str = DATABASE) -> str:
    """SQL that makes the database; it cannot run inside a transaction."""
    return f"CREATE DATABASE {database} OWNER {OWNER.name} {_LOCALE};"


def access_statements(*, database: str = DATABASE) -> list[str]:
    """SQL that leaves only the five logins able to connect, and of them only the worker (which imports by
    way of one) and the owner able to make temporary tables.

    PostgreSQL does not copy these rights from a template, so a cloned database needs them again.
    """
    everyone = ", ".join(login.name for login in LOGINS)
    return [
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC;",
        f"GRANT CONNECT ON DATABASE {database} TO {everyone};",
        f"GRANT TEMPORARY ON DATABASE {database} TO {WORKER.name};",
    ]


def extension_statements() -> list[str]:
    """SQL that makes the extensions; to be run inside the database."""
    return [f"CREATE EXTENSION IF NOT EXISTS {name};" for name in EXTENSIONS]


def script() -> str:
    """Everything above as one psql script, for a database administrator to read and run as a superuser."""
    passwords = [f"\\password {login.name}" for login in LOGINS]
    make = f"SELECT $make${create_database_statement()}$make$"
    return "\n".join(
        [
            "-- Concordat: run once with psql as a superuser of PostgreSQL 18 or newer.",
            "\\set ON_ERROR_STOP on",
            _OLD_ENOUGH,
            *login_statements(),
            "",
            "-- psql asks for each password twice and sends only its SCRAM verifier.",
            *passwords,
            "",
            f"{make} WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec",
            *access_statements(),
            f"\\connect {DATABASE}",
            *extension_statements(),
            "",
        ]
    )


def provision(*, superuser_dsn: str, passwords: Mapping[str, str], database: str = DATABASE) -> None:
    """Make or refresh logins, database and extensions on the server behind `superuser_dsn`.

    `passwords` maps a login's name to its password; only a SCRAM verifier of it reaches the server.
    Raises `UnsupportedServerError` on an older server and `psycopg.Error` when a statement is refused.
    """
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        require_supported(major=connection.info.server_version // 10000)
        _run(connection, login_statements())
        for login in LOGINS:
            _set_password(connection, login=login, password=passwords[login.name])
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if exists is None:
            _run(connection, [create_database_statement(database=database)])
        _run(connection, access_statements(database=database))
    with psycopg.connect(superuser_dsn, dbname=database, autocommit=True) as connection:
        _run(connection, extension_statements())


def _one_login(login: Login) -> list[str]:
    exists = f"SELECT FROM pg_roles WHERE rolname = '{login.name}'"
    return [
        f"DO $$ BEGIN IF NOT EXISTS ({exists}) THEN CREATE ROLE {login.name}; END IF; END $$;",
        f"ALTER ROLE {login.name} {_ATTRIBUTES};",
        *(f"ALTER ROLE {login.name} SET {setting} = '{value}';" for setting, value in login.settings),
    ]


def _set_password(connection: psycopg.Connection, *, login: Login, password: str) -> None:
    verifier = connection.pgconn.encrypt_password(password.encode(), login.name.encode(), b"scram-sha-256")
    command = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login.name), verifier.decode())
    connection.execute(command)


def _run(connection: psycopg.Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.execute(statement.encode())
