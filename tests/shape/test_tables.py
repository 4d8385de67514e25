"""The Piccolo tables say what the migrations made: each column is there, of that type, with that nullability."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from piccolo.table import Table

from tests.support.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]
TYPES = {
    "Text": {"text"},
    "Varchar": {"text", "character varying"},
    "Integer": {"integer", "smallint"},
    "SmallInt": {"smallint"},
    "BigInt": {"bigint"},
    "Serial": {"integer"},
    "UUID": {"uuid"},
    "Date": {"date"},
    "Timestamptz": {"timestamp with time zone"},
    "Boolean": {"boolean"},
    "JSONB": {"jsonb"},
    "JSON": {"json"},
    "Bytea": {"bytea"},
    "Array": {"ARRAY"},
    "Numeric": {"numeric"},
    "DoublePrecision": {"double precision"},
}


def piccolo_tables() -> list[type[Table]]:
    found: dict[str, type[Table]] = {}
    for path in sorted([*ROOT.glob("tenants/**/tables.py"), *ROOT.glob("infra/**/tables.py")]):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Table) and value.__module__ == module.__name__:
                found[f"{module.__name__}.{value.__name__}"] = value
    return list(found.values())


@pytest_asyncio.fixture(scope="module")
async def columns(cluster: Cluster) -> AsyncIterator[dict[tuple[str, str, str], asyncpg.Record]]:
    connection = await asyncpg.connect(cluster.superuser)
    rows = await connection.fetch(
        "select table_schema, table_name, column_name, data_type, is_nullable from information_schema.columns"
    )
    await connection.close()
    yield {(row["table_schema"], row["table_name"], row["column_name"]): row for row in rows}


@pytest.mark.parametrize("table", piccolo_tables(), ids=lambda table: table._meta.tablename)
def test_a_table_is_as_its_migration_made_it(
    table: type[Table], columns: dict[tuple[str, str, str], asyncpg.Record]
) -> None:
    schema, name = table._meta.schema or "public", table._meta.tablename
    wrong = []
    for column in table._meta.columns:
        made = columns.get((schema, name, column._meta.db_column_name))
        if made is None:
            wrong.append(f"{column._meta.name} is not in the database")
        elif made["data_type"] not in TYPES[type(column).__name__]:
            wrong.append(f"{column._meta.name} is {made['data_type']}, not {type(column).__name__}")
        elif column._meta.null != (made["is_nullable"] == "YES"):
            wrong.append(f"{column._meta.name}: null={column._meta.null}, the database says {made['is_nullable']}")
    assert not wrong, f"{schema}.{name}: {'; '.join(wrong)}"
