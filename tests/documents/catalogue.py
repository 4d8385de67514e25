"""What the documents say of the tables: read from PostgreSQL's catalogue, the Piccolo tables and the migrations."""

from __future__ import annotations

import re
from dataclasses import dataclass

import asyncpg

from tests.isolation.catalogue import OURS
from tests.shape.files import ROOT
from tests.shape.test_tables import piccolo_tables

CAPABILITIES = (
    "tenancy", "audit", "organisations", "membership", "resourcing", "cooperation", "intervention", "indicators",
    "connections", "overview", "queue",
)  # fmt: skip
SHOWN_TYPES = {"timestamp with time zone": "timestamptz", "USER-DEFINED": "text", "ARRAY": "array"}

#: tables that no Piccolo class describes
WORDS = {
    "agency_count": "how many agencies of each category an area has in each state, and nothing else about them",
    "agency_category": "the statutory categories of relevant agency that an area may choose from",
    "audit.head": "where each area's chain ends",
    "cooperation_count": "how many requests of a cycle are in each state, and nothing else about them",
    "idempotency": "the result of each command by its key, so that a repeat has one effect",
    "identity_provider": "where people may sign in, with our credential sealed",
    "import_rejection": "a row that an import did not take, and why",
    "machine_client": "a system that may bring access tokens, and the role each scope gives",
    "mail": "an email to be sent, and what became of it",
    "pending_sign_in": "a sign-in that has begun and not come back yet",
    "queue.inbox": "the messages that had their effect",
    "queue.job_run": "every message: how often started, how it ended",
    "queue.lease": "how many messages of an area, or for a host, are at work at once",
    "queue.outbox": "a message on its way, ids only, written in the transaction of its cause",
    "queue.process": "worker processes and until when each counts as alive",
    "queue.sweep_run": "when each sweep last ran",
    "seen_logout_token": "the hash of a provider’s sign-out message that was taken, so that it is taken once",
    "security.context_key": "what verifies a signed tenant context; no login may read it",
}

_COLUMNS = """
select c.table_schema as schema, c.table_name as table, c.column_name as name, c.data_type as type,
    exists (select from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = any (x.indkey)
        where x.indisprimary and x.indrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
            and a.attname = c.column_name) as key,
    has_column_privilege('concordat_national', format('%I.%I', c.table_schema, c.table_name), c.column_name, 'select')
        and has_schema_privilege('concordat_national', c.table_schema, 'usage') as national,
    has_column_privilege('concordat_public', format('%I.%I', c.table_schema, c.table_name), c.column_name, 'select')
        and has_schema_privilege('concordat_public', c.table_schema, 'usage') as public
from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
where c.table_schema = any ($1) and t.table_type = 'BASE TABLE' and c.table_name <> 'migration'
order by 1, 2, c.ordinal_position
"""
_REFERENCES = """
select distinct n.nspname as schema, c.relname as table, fn.nspname as to_schema, f.relname as to_table
from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
where k.contype = 'f' and n.nspname = any ($1) order by 1, 2, 3, 4
"""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column, and whether the read-only logins may select it."""

    name: str
    type: str
    key: bool
    national: bool
    public: bool


@dataclass(frozen=True, kw_only=True)
class Described:
    """One table: in which capability, what it is, what it points at."""

    name: str
    capability: str
    words: str
    columns: tuple[Column, ...]
    refers_to: tuple[str, ...]


async def described(connection: asyncpg.Connection) -> list[Described]:
    """Return our tables, each capability's in the order in which its migrations make them."""
    columns: dict[str, list[Column]] = {}
    for row in await connection.fetch(_COLUMNS, list(OURS)):
        kind = SHOWN_TYPES.get(row["type"], row["type"])
        facts = {key: row[key] for key in ("name", "key", "national", "public")}
        columns.setdefault(_full(row["schema"], row["table"]), []).append(Column(type=kind, **facts))
    refers: dict[str, list[str]] = {}
    for row in await connection.fetch(_REFERENCES, list(OURS)):
        refers.setdefault(_full(row["schema"], row["table"]), []).append(_full(row["to_schema"], row["to_table"]))
    words, homes = _words(), _homes()
    found = [
        Described(
            name=name,
            capability=homes.get(name, ""),
            words=words.get(name, ""),
            columns=tuple(columns[name]),
            refers_to=tuple(refers.get(name, ())),
        )
        for name in columns
    ]
    order = list(homes)
    return sorted(found, key=lambda table: order.index(table.name) if table.name in order else len(order))


def _full(schema: str, name: str) -> str:
    return name if schema == "public" else f"{schema}.{name}"


def _words() -> dict[str, str]:
    said = {
        _full(table._meta.schema or "public", table._meta.tablename): _first_sentence(table.__doc__ or "")
        for table in piccolo_tables()
    }
    return WORDS | said


def _first_sentence(text: str) -> str:
    line = " ".join(text.split("\n\n")[0].split())
    acronym = line[1:2].isupper()
    return line.rstrip(".") if acronym else line[:1].lower() + line[1:].rstrip(".")


def _homes() -> dict[str, str]:
    """Return the capability of each table, in the order in which migrations make the tables."""
    homes: dict[str, str] = {}
    for capability in CAPABILITIES:
        folder = ROOT / ("infra" if capability == "queue" else "tenants") / capability / "migrations"
        for path in sorted(folder.glob("*.sql")):
            for name in re.findall(r"^create table (?:if not exists )?([\w.]+)", path.read_text(), re.MULTILINE):
                homes[name] = capability
    return homes
