"""Errors that a person at the command line can mend: shown as a sentence, with exit code 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


class CommandError(Exception):
    """What a command cannot do, and what to do instead, in one sentence."""


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """Turn an expected error inside into its sentence on stderr and exit code 1."""
    try:
        yield
    except Exception as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        sys.stderr.write(f"{sentence}\n")
        sys.exit(1)


def sentence_for(error: Exception) -> str | None:
    """What to tell a person about this error; None when it is a fault of ours, which keeps its traceback."""
    if isinstance(error, _expected()):
        return str(error)
    if str(error).startswith("tenant context:"):
        return (
            f"The database does not accept what CONCORDAT_CONTEXT_KEY signs ({error}). Check that key and "
            "CONCORDAT_CONTEXT_KEY_ID; `concordat migrate` gives the database a new one."
        )
    if isinstance(error, _no_database()):
        return (
            f"The database cannot be reached: {str(error).strip()}. "
            "Check the five CONCORDAT_DATABASE_*URL variables and that the server runs."
        )
    if isinstance(error, _no_room()):
        return f"The database has no room left: {error}. Nothing was changed. Free space there, then do this again."
    if isinstance(error, _no_tables()):
        return f"The database does not have this version's tables ({error}). Run: concordat migrate"
    if isinstance(error, _no_file()) and error.filename is not None:
        return f"The file or folder {error.filename} cannot be used: {str(error.strerror).lower()}."
    return None


def _no_room() -> tuple[type[Exception], ...]:
    import asyncpg

    return (asyncpg.DiskFullError,)


def _no_tables() -> tuple[type[Exception], ...]:
    import asyncpg

    missing = (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError, asyncpg.UndefinedFunctionError)
    return (*missing, asyncpg.InvalidSchemaNameError)


def _no_file() -> tuple[type[OSError], ...]:
    return (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError)


def _expected() -> tuple[type[Exception], ...]:
    """Imported only when there is an error: `concordat --help` need not wait for the drivers."""
    from infra.database.guards import UnsafeLogin
    from infra.postgres.errors import EmbeddedError, UnsupportedServerError
    from infra.settings_problems import SettingsError
    from infra.supervisor import SupervisorError
    from tenants.tenancy.errors import Problem, Problems

    started = (EmbeddedError, SupervisorError, SettingsError, CommandError)
    return (*started, UnsupportedServerError, UnsafeLogin, Problem, Problems)


def _no_database() -> tuple[type[Exception], ...]:
    import asyncpg
    import psycopg

    refused = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError)
    return (*refused, asyncpg.CannotConnectNowError, psycopg.OperationalError, ConnectionError)
