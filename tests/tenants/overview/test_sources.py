"""Every table that a fact is read from turns its row stale: one that someone forgot fails here by name."""

from __future__ import annotations

import re

import pytest

from infra.database.scope import observer
from tenants.overview import queries
from tenants.overview.rules import Subject
from tenants.tenancy.scope import national_scope
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import make_area

#: tables that the same statement reads for others, and why no fact depends on them
FOR_OTHERS = {
    "budget_line": "how much is planned is not part of the fact",
    "contribution": "how much is promised is not part of the fact",
    "receipt": "how much has come is not part of the fact",
}
TABLE = re.compile(r"\b(?:from|join)\s+([a-z_]+)(?!\w|\()")


async def read_by(subject: Subject) -> set[str]:
    """The tables named in what the records are read with."""
    area, statements = await make_area(), list[str]()
    async with national_scope():
        token = observer.set(statements.append)
        await queries.live(subject, area_ids=[area.id])
        observer.reset(token)
    return {name for statement in statements for name in TABLE.findall(statement)}


async def watched(database: Cluster, subject: Subject) -> set[str]:
    """The tables whose triggers turn the subject's row stale, at insert, update and delete."""
    rows = await as_superuser(
        database,
        "select tgrelid::regclass::text as name from pg_trigger where tgfoid = 'security.turn_facts_stale'::regproc "
        "and encode(tgargs, 'escape') = $1 group by 1 having count(*) = 3",
        f"{subject.value}\\000",
    )
    return {row["name"] for row in rows}


@pytest.mark.parametrize("subject", Subject)
async def test_every_source_is_watched(database: Cluster, subject: Subject) -> None:
    sources = await read_by(subject) - set(FOR_OTHERS)
    assert sources
    assert sources == await watched(database, subject)
