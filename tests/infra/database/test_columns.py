"""Rows sent as a text for each column arrive as they were, whatever is in them."""

from __future__ import annotations

import pytest

from infra.database import sql
from infra.database.columns import packed, taken_apart
from tenants.tenancy.scope import system_scope
from tests.support.cluster import Cluster

QUERY = f"select * from unnest({taken_apart(2, first=2)}) as row (one, other) where $1"


async def arrived(one: list[str | None], other: list[str | None]) -> list[tuple[str | None, str | None]]:
    async with system_scope("test"):
        rows = await sql.fetch(QUERY, True, *packed(one, other))
    return [(row["one"], row["other"]) for row in rows]


@pytest.mark.parametrize(
    "texts",
    [["a"], ["a", None, "b"], [None], ['"', "\\", "{}", "null", " ", "é"], ["a\x1fb", "\x1f", None], ["\x1e\x1e"]],
)
async def test_texts_arrive_as_they_were(database: Cluster, texts: list[str | None]) -> None:
    other: list[str | None] = [str(number) for number in range(len(texts))]
    assert await arrived(texts, other) == list(zip(texts, other, strict=True))


@pytest.mark.parametrize("texts", [[], [""], ["a", ""], ["a", "\x1e"]])
def test_what_would_be_lost_is_refused(texts: list[str | None]) -> None:
    with pytest.raises(ValueError, match="lost"):
        packed(texts)
