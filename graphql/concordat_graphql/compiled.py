"""The SQL of every stored query that is compiled, and of the payload of mutations that are commands.

`python -m concordat_graphql.compiled` writes `graphql/compiled/`.

Each file is the longest SQL there is of its operation: every argument given, every directive's field included. Read
them in review as you would read a view.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from graphql import OperationType

from concordat_graphql.answering import outline_of
from concordat_graphql.commanding import payload_of
from concordat_graphql.operations import stored
from concordat_graphql.schema import schema
from concordat_graphql.shaped import SHAPES, WRITTEN
from concordat_graphql.shapes.compiler import Compiler, Plan
from concordat_graphql.shapes.document import prepared

FOLDER = Path(__file__).parent.parent / "compiled"


def plans() -> Mapping[str, Plan]:
    """Return by name the longest plan of every stored operation that is compiled; of a mutation, of its payload."""
    found = {name: plan_of(text) for name, text in stored().items()}
    found |= {f"{name}.written": written_plan_of(text) for name, text in stored().items()}
    return {name: plan for name, plan in found.items() if plan is not None}


def plan_of(text: str) -> Plan | None:
    """Return the longest plan of a document, or None where it is not compiled."""
    for kind, outlined in ((OperationType.QUERY, outline_of), (OperationType.MUTATION, payload_of)):
        document = prepared(text, schema._schema, kind)
        outline = None if document is None else outlined(document, tuple((name, True) for name in document.switches))
        if outline is not None:
            return Compiler(SHAPES, outline, None).compile()
    return None


def written_plan_of(text: str) -> Plan | None:
    """Return the longest plan by which a mutation writes and answers in one statement, or None where there is none."""
    document = prepared(text, schema._schema, OperationType.MUTATION)
    flags = tuple((name, True) for name in document.switches) if document else ()
    outline = None if document is None else payload_of(document, flags, WRITTEN)
    return None if outline is None else Compiler(SHAPES, outline, None).compile()


def write() -> None:
    """Write a file for each plan, and remove those of operations that are not compiled any more."""
    FOLDER.mkdir(exist_ok=True)
    wanted = plans()
    for path in FOLDER.glob("*.sql"):
        if path.stem not in wanted:
            path.unlink()
    for name, plan in wanted.items():
        (FOLDER / f"{name}.sql").write_text(f"select {plan.sql}\n", encoding="utf-8")


if __name__ == "__main__":
    write()
