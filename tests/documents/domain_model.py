"""Prints the diagrams and tables of docs/domain-model.md: `python -m tests.documents.domain_model`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import asyncpg

from tests.documents import marked
from tests.documents.catalogue import CAPABILITIES, Column, Described, described
from tests.documents.scratch import scratch_database

DOCUMENT = marked.DOCS / "domain-model.md"
PART = "tables"
TITLES = {"queue": "queue (`infra/queue/`)"}


async def part(connection: asyncpg.Connection) -> str:
    """Return the printed part: for each capability a diagram and a table of words."""
    tables = await described(connection)
    names = [*CAPABILITIES, *sorted({table.capability for table in tables} - set(CAPABILITIES))]
    rooms = [(name, [table for table in tables if table.capability == name]) for name in names]
    return "\n".join(_room(name, inside) for name, inside in rooms if inside)


def _room(name: str, tables: Sequence[Described]) -> str:
    title = TITLES.get(name, f"{name} (`tenants/{name}/`)")
    return "\n".join([f"### {title}", "", "```mermaid", "erDiagram", *_diagram(tables), "```", "", *_words(tables), ""])


def _diagram(tables: Sequence[Described]) -> list[str]:
    lines: list[str] = []
    for table in tables:
        lines += [f"    {_entity(table.name)} {{", *map(_attribute, _told(table)), "    }"]
    for table in tables:
        lines += [
            f"    {_entity(other)} ||--o{{ {_entity(table.name)} : {'has' if other == 'area' else 'to'}"
            for other in table.refers_to
        ]
    return lines


def _told(table: Described) -> list[Column]:
    """The columns that say what relates to what and how it stands; the rest is in the migrations."""
    kept = [column for column in table.columns if column.key or column.name.endswith("_id")]
    standing = ("kind", "role", "office", "state", "status", "lifecycle", "action", "valid_from", "valid_to", "year")
    return kept + [column for column in table.columns if column.name in standing and column not in kept]


def _attribute(column: Column) -> str:
    return f"        {column.type.replace(' ', '_')} {column.name}{' PK' if column.key else ''}"


def _entity(name: str) -> str:
    return name.replace(".", "_")


def _words(tables: Sequence[Described]) -> list[str]:
    head = ["| table | what a row is | the Department may read | anyone may read |", "|---|---|---|---|"]
    return head + [
        f"| `{table.name}` | {table.words} | {_readable([c.national for c in table.columns])} "
        f"| {_readable([c.public for c in table.columns])} |"
        for table in tables
    ]


def _readable(columns: Sequence[bool]) -> str:
    if not any(columns):
        return "nothing"
    return "every column" if all(columns) else f"{sum(columns)} of {len(columns)} columns"


async def write() -> None:
    """Print into the document from a database made for it."""
    async with scratch_database() as connection:
        marked.write(DOCUMENT, PART, await part(connection))


if __name__ == "__main__":
    asyncio.run(write())
