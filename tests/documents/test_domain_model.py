"""docs/domain-model.md is what the catalogue says, with words for every table."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from tests.documents import domain_model, marked
from tests.documents.catalogue import described
from tests.support.cluster import Cluster


@pytest_asyncio.fixture
async def superuser(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(cluster.superuser)
    yield connection
    await connection.close()


async def test_the_committed_diagrams_are_what_the_catalogue_says(superuser: asyncpg.Connection) -> None:
    committed = marked.printed(domain_model.DOCUMENT, domain_model.PART)
    assert committed == await domain_model.part(superuser), "run `make snapshots`"


async def test_every_table_has_a_capability_and_words(superuser: asyncpg.Connection) -> None:
    silent = [table.name for table in await described(superuser) if not (table.words and table.capability)]
    assert silent == [], "give its Piccolo table a docstring, or WORDS in tests/documents/catalogue.py an entry"


async def test_the_department_reads_no_draft_no_dispute_and_no_person(superuser: asyncpg.Connection) -> None:
    readable = {table.name for table in await described(superuser) if any(column.national for column in table.columns)}
    assert readable.isdisjoint({"intervention_flag_working", "person", "session", "identity", "submission"})
