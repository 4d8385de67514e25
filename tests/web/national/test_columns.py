"""What the address of the table asks for, and where its headings lead."""

from __future__ import annotations

from typing import Any

import pytest

from backend.web.national.columns import address, headings

PLAIN: dict[str, Any] = {"search": None, "attention": None, "lifecycle": None, "sort": "name", "descending": False}


def links(**wanted: object) -> dict[str, tuple[str, str]]:
    return {column["text"]: (column["sort"], column["href"]) for column in headings({**PLAIN, **wanted})}


def test_the_column_sorted_by_turns_round_and_the_others_begin_with_the_worst() -> None:
    found = links()
    assert found["Area"] == ("ascending", "/national?order=descending")
    assert found["Flags"] == ("none", "/national?sort=flags&order=descending")
    assert found["Cooperation"] == ("none", "/national?sort=cooperation")
    assert links(sort="flags", descending=True)["Flags"] == ("descending", "/national?sort=flags")


def test_sorting_keeps_the_filters() -> None:
    href = links(search="ash & oak", attention="flags")["Budget"][1]
    assert href == "/national?search=ash+%26+oak&attention=flags&sort=budget"


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ({}, "/national/areas.csv"),
        ({"lifecycle": "live"}, "/national/areas.csv?lifecycle=live"),
        ({"sort": "flags", "descending": True}, "/national/areas.csv?sort=flags&order=descending"),
    ],
)
def test_the_file_is_the_table_as_shown(wanted: dict[str, Any], path: str) -> None:
    assert address("/national/areas.csv", {**PLAIN, **wanted}) == path
