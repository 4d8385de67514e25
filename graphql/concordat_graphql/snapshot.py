"""Print the schema's SDL. `python -m concordat_graphql.snapshot` writes `graphql/schema.graphql`."""

from __future__ import annotations

from pathlib import Path

from graphql import lexicographic_sort_schema, print_schema

from concordat_graphql.schema import schema

FILE = Path(__file__).parent.parent / "schema.graphql"


def sdl() -> str:
    """Return the schema definition, sorted, so that a change shows as a small difference."""
    return print_schema(lexicographic_sort_schema(schema._schema)) + "\n"


if __name__ == "__main__":
    FILE.write_text(sdl(), encoding="utf-8")
