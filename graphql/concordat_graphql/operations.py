"""Stored operations: the exact documents that the pages and workers send, one file each, named as the operation.

They are checked against the schema when they are first loaded. A page that answers GET can run queries only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, parse, validate
from graphql import OperationType as Kind
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from concordat_graphql.answering import answer
from concordat_graphql.commanding import command
from concordat_graphql.context import Context
from concordat_graphql.read_ledger import one_operation
from concordat_graphql.refusals import record_refused_reads
from concordat_graphql.schema import schema
from infra.database.holding import Guard
from infra.telemetry.metrics import READS
from tenants.tenancy.actor import Actor

FOLDER = Path(__file__).parent.parent / "operations"
DEADLINE_SECONDS = 5.0
OWN_DOCUMENT = "a document of its own"  #: how the trail names what is none of ours


@lru_cache(maxsize=1)
def stored() -> Mapping[str, str]:
    """Return every stored operation by name; raises `ValueError` for one that the schema does not accept."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.rglob("*.graphql")):
        if path.stem in found:
            raise ValueError(f"{path.name}: two operations have this name")
        found[path.stem] = path.read_text(encoding="utf-8")
    check(found)
    return found


def check(documents: Mapping[str, str]) -> None:
    """Raise `ValueError`, with its name, for a document that the schema does not accept."""
    parsed = {name: parse(text, no_location=True) for name, text in documents.items()}
    # as one in a third of the time, which every process takes at its start; but a fragment is not lent to others
    alone = {name for name, one in parsed.items() if len(one.definitions) > 1}
    together = DocumentNode(definitions=tuple(one.definitions[0] for name, one in parsed.items() if name not in alone))
    if not validate(schema._schema, together, max_errors=1):
        parsed = {name: parsed[name] for name in alone}
    for name, one in parsed.items():
        if problems := validate(schema._schema, one):
            raise ValueError(f"{name}.graphql: {problems}")


@lru_cache(maxsize=1)
def changing() -> frozenset[str]:
    """Return the names of the stored operations that change something."""
    heads = {name: parse(text, no_location=True).definitions[0] for name, text in stored().items()}
    return frozenset(
        name
        for name, head in heads.items()
        if isinstance(head, OperationDefinitionNode) and head.operation is Kind.MUTATION
    )


async def run_stored(
    name: str,
    *,
    actor: Actor,
    variables: Mapping[str, Any] | None = None,
    mutation: bool = False,
    compiled: bool = True,
    data_dir: Path | None = None,
) -> ExecutionResult:
    """Execute a stored operation as `actor`; only a `mutation` call may change anything."""
    kind = OperationType.MUTATION if mutation else OperationType.QUERY
    return await run(
        stored()[name],
        actor=actor,
        variables=variables,
        name=name,
        kinds={kind},
        compiled=compiled,
        data_dir=data_dir,
    )


async def run(
    document: str,
    *,
    actor: Actor,
    variables: Mapping[str, Any] | None = None,
    name: str | None = None,
    kinds: set[OperationType] | None = None,
    compiled: bool = True,
    data_dir: Path | None = None,
) -> ExecutionResult:
    """Execute a document as `actor` within five seconds, and give every connection back.

    A query made of shaped fields is answered by one statement, and some mutations are written by one, unless `compiled`
    is false.
    """
    allowed = kinds or {OperationType.QUERY, OperationType.MUTATION}
    try:
        async with asyncio.timeout(DEADLINE_SECONDS) as deadline:
            with one_operation():
                for kind, quickly in ((OperationType.QUERY, answer), (OperationType.MUTATION, command)):
                    if compiled and kind in allowed:
                        text = await quickly(document, actor=actor, variables=variables, name=name)
                        if text is not None:
                            return ExecutionResult(data=msgspec.json.decode(text)["data"], errors=None)
                READS.labels("ordinary").inc()
                context = Context(actor, data_dir=data_dir, deadline=deadline)
                return await _resolved(document, context=context, variables=variables, name=name, kinds=allowed)
    except TimeoutError:
        return ExecutionResult(data=None, errors=[late()])


async def run_kept(
    name: str, *, actor: Actor, guard: Guard, variables: Mapping[str, Any] | None, data_dir: Path | None
) -> ExecutionResult | None:
    """Execute a stored mutation as an actor who was kept, whose guard each of its transactions asks first.

    None where that is not certain: then what was asked is run again as the actor that the database has now. What was
    done before the guard fell is not done twice: it has its idempotency key.
    """
    try:
        async with asyncio.timeout(DEADLINE_SECONDS) as deadline:
            context = Context(actor, data_dir=data_dir, guard=guard, deadline=deadline)
            kinds = {OperationType.MUTATION}
            result = await _resolved(stored()[name], context=context, variables=variables, name=name, kinds=kinds)
    except TimeoutError:
        return ExecutionResult(data=None, errors=[late()])
    if not context.certain:
        return None
    READS.labels("ordinary").inc()
    return result


def late() -> GraphQLError:
    """Return the error of an operation that was stopped at its deadline."""
    return GraphQLError("This took too long and was stopped.", extensions={"code": "DEADLINE"})


async def _resolved(
    document: str, *, context: Context, variables: Mapping[str, Any] | None, name: str | None, kinds: set[OperationType]
) -> ExecutionResult:
    try:
        result = await schema.execute(
            document,
            variable_values=dict(variables or {}),
            operation_name=name,
            context_value=context,
            allowed_operation_types=kinds,
        )
    finally:
        await context.close()
    if context.refused and context.certain and context.actor.signed_in:
        known = name if name is not None and stored().get(name) == document else OWN_DOCUMENT
        await record_refused_reads(context.actor, name=known, refused=context.refused)
    return result
