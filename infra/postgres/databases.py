"""More databases on a server, made from a template in a fraction of a second: what tests stand on."""

import psycopg
from psycopg import sql

from infra.postgres.logins import OWNER
from infra.postgres.provision import access_statements


def clone_database(*, superuser_dsn: str, template: str, name: str) -> None:
    """Make database `name` a copy of `template`, with the same owner and the same rights to connect.

    An older database of that name is dropped. Nobody may be connected to the template meanwhile:
    PostgreSQL refuses (`psycopg.errors.ObjectInUse`).
    """
    names = (sql.Identifier(name), sql.Identifier(OWNER.name), sql.Identifier(template))
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        _drop(connection, name)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*names))
        for statement in access_statements(database=name):
            connection.execute(statement.encode())


def drop_database(*, superuser_dsn: str, name: str) -> None:
    """Drop database `name`, ending whoever is connected; none of that name is well too."""
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        _drop(connection, name)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
