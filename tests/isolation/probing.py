"""Trying a verb on a table as a login under a context, and looking as a superuser at what it did.

One connection, a superuser's: it takes the login's authorization for the one statement and gives it back, so that
even what the login cannot see is checked in the same transaction. Every attempt is rolled back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import uuid4

import asyncpg

from tests.isolation.contexts import Context

REFUSED = (asyncpg.InsufficientPrivilegeError, asyncpg.RaiseError)
#: the statement reached rows and stopped at their sense, which says nothing about whose they are
UNDECIDED = (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column, and what the login may do with it."""

    name: str
    type: str
    generated: bool
    in_unique: bool
    select: bool
    insert: bool
    update: bool


_COLUMNS = """
select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    a.attgenerated <> '' or a.attidentity = 'a' as generated,
    exists (select from pg_index i where i.indrelid = a.attrelid and (i.indisunique or i.indisexclusion)
        and a.attnum = any (i.indkey)) as in_unique,
    has_column_privilege($2, a.attrelid, a.attnum, 'select') as "select",
    has_column_privilege($2, a.attrelid, a.attnum, 'insert') as "insert",
    has_column_privilege($2, a.attrelid, a.attnum, 'update') as "update"
from pg_attribute a where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum
"""


class Probe:
    """The verbs on one table, as one context. `foreign` is SQL for the rows that are not theirs."""

    def __init__(self, connection: asyncpg.Connection, *, table: str, context: Context, permitted: str) -> None:
        self._db, self.table, self._context = connection, table, context
        self._permitted, self.foreign = permitted, f"({permitted}) is not true"

    async def columns(self) -> list[Column]:
        """Return the table's columns with the login's privileges."""
        rows = await self._db.fetch(_COLUMNS, self.table, self._context.login)
        return [Column(**row) for row in rows]

    async def foreign_rows(self) -> int:
        """Return how many rows a superuser finds that are not the context's."""
        return int(await self._db.fetchval(f"select count(*) from {self.table} where {self.foreign}"))

    async def seen(self) -> list[str]:
        """Return the rows, as the login sees them, that are not among those it may see."""
        readable = ", ".join(f'"{column.name}"' for column in await self.columns() if column.select)
        if not readable:
            return []
        theirs = Counter(await self._rows(f"select row({readable})::text from {self.table} where {self._permitted}"))
        async with Attempt(self._db, self._context):
            try:
                found = Counter(await self._rows(f"select row({readable})::text from {self.table}"))
            except REFUSED:
                found = Counter()
        return sorted((found - theirs).elements())

    async def updated(self) -> str | None:
        """Return how foreign rows were changed by an update of everything in reach, or None when none was.

        The update reads nothing, so that no policy for reading hides what it writes.
        """
        columns = await self.columns()
        writable = [column for column in columns if column.update and not column.generated]
        for column in sorted(writable, key=lambda column: column.in_unique) or columns[:1]:
            value = await self._db.fetchval(
                f'select "{column.name}"::text from {self.table} where {self.foreign} '
                f'order by "{column.name}" is null limit 1'
            )
            done = await self._write(f'update {self.table} set "{column.name}" = $1::text::{column.type}', value)
            if done != "undecided":
                return done
        for column in writable:  # one by one, without the context's own rows, whose keys were in the way
            name = f'"{column.name}"'
            done = await self._write(f"update {self.table} set {name} = {name} where {self.foreign}")
            if done != "undecided":
                return done
        return f"no column of {self.table} could be tried: teach the census one"

    async def deleted(self) -> str | None:
        """Return how many foreign rows a delete of everything in reach took, or None when none."""
        done = await self._write(f"delete from {self.table}")
        if done == "undecided":
            done = await self._write(f"delete from {self.table} where {self.foreign}")
        return "reached foreign rows and stopped at a foreign key" if done == "undecided" else done

    async def inserted(self) -> str | None:
        """Return which copy of a foreign row was let in, or None when every one was refused."""
        columns = [column for column in await self.columns() if not column.generated]
        names = [column.name for column in columns if column.insert] or [column.name for column in columns]
        listed = ", ".join(f'"{name}"' for name in names)
        for row in await self._samples({column.name for column in columns}):
            statement = (
                f"insert into {self.table} ({listed}) "
                f"select {listed} from jsonb_populate_record(null::{self.table}, $1::text::jsonb)"
            )
            if not await self._refused(statement, row):
                return f"a copy of {row[:200]}"
        return None

    async def _samples(self, names: set[str]) -> list[str]:
        """Return foreign rows as JSON with a new id: one of each area that the context has nothing to do in."""
        elsewhere = "true"
        if "area_id" in names:
            visited = ",".join(str(area) for area in sorted(self._context.visits | {0}))
            elsewhere = "true" if "organisation_id" in names else f"area_id not in ({visited})"
        new = {name: str(uuid4()) for name in ("id", "message_id") if name in names}
        changed = " || ".join(["to_jsonb(t)", *(f"jsonb_build_object('{name}', '{id}')" for name, id in new.items())])
        by_area = "distinct on (area_id)" if "area_id" in names else ""
        found = f"select {by_area} ({changed})::text from {self.table} t where ({self.foreign}) and {elsewhere} limit 3"
        return await self._rows(found)

    async def _refused(self, statement: str, *values: object) -> bool:
        async with Attempt(self._db, self._context):
            try:
                await self._db.execute(statement, *values)
            except REFUSED:
                return True
            except UNDECIDED:
                return False  # row-level security is asked before any constraint: it had let the row in
        return False

    async def _write(self, statement: str, *values: object) -> str | None:
        before = await self.foreign_rows()
        async with Attempt(self._db, self._context) as attempt:
            try:
                await self._db.execute(statement, *values)
            except REFUSED:
                return None
            except UNDECIDED:
                return "undecided"
            await attempt.step_back()
            touched = await self._db.fetchval(
                f"select count(*) from {self.table} where ({self.foreign}) and xmin = pg_current_xact_id()::xid"
            )
            gone = before - await self.foreign_rows()
        return f"{touched} foreign rows changed, {gone} gone" if touched or gone else None

    async def _rows(self, query: str) -> list[str]:
        return [row[0] for row in await self._db.fetch(query)]


class Attempt:
    """A transaction as a login under a context; always rolled back."""

    def __init__(self, connection: asyncpg.Connection, context: Context, *, become: bool = True) -> None:
        self._db, self._context, self._become = connection, context, become

    async def __aenter__(self) -> Attempt:
        self._transaction = self._db.transaction()
        await self._transaction.start()
        if self._context.sign is not None:
            signed = self._context.sign(self._db.get_server_pid())
            await self._db.execute("select set_config('concordat.context', $1, true)", signed)
        if self._become:
            await self._db.execute(f"set local session authorization {self._context.login}")
        return self

    async def step_back(self) -> None:
        """Be the superuser again, in the same transaction."""
        await self._db.execute("reset session authorization")

    async def __aexit__(self, *_: object) -> None:
        await self._transaction.rollback()


async def count_as(connection: asyncpg.Connection, table: str, context: Context, *, become: bool = True) -> int | None:
    """Return how many rows the context counts in a table, or None where it may not count; `become` False when the
    connection is the login's own already."""
    async with Attempt(connection, context, become=become):
        try:
            return int(await connection.fetchval(f"select count(*) from {table}"))
        except REFUSED:
            return None
