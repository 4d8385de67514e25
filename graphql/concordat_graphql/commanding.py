"""Doing a mutation in two round trips: read and decide; write, and read the payload. Or in one, where it can be
decided without reading: the payload is made of the rows that were written then.

None from here always means: take the ordinary path, which says in words what is wrong. Nothing has been written then,
or all of it has, under its idempotency key: the ordinary path finds it done and answers it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from graphql import OperationType

from concordat_graphql.answering import plan_of
from concordat_graphql.perform import REFUSED, request_hash
from concordat_graphql.schema import schema
from concordat_graphql.shaped import COMMANDS, PAYLOADS, WRITTEN
from concordat_graphql.shapes.binding import always, bound, coerced, input_of
from concordat_graphql.shapes.command import Command
from concordat_graphql.shapes.compiler import mask_of, values_of
from concordat_graphql.shapes.document import Flags, Prepared, prepared, remembered
from concordat_graphql.shapes.outline import NotShaped, Outline, Outliner, Shapes
from infra.database.holding import Guard
from infra.queue.errors import DATABASE_AWAY
from infra.telemetry.metrics import READS
from tenants.tenancy import idempotency
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Problem, Problems
from tenants.tenancy.scope import write_as

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for a command: its input, and the statement that reads its payload. `at_once`: and writes it."""

    command: Command
    input: Any
    sql: str
    args: tuple[Any, ...]
    at_once: bool


async def command(
    document: str,
    *,
    actor: Actor,
    variables: Mapping[str, Any] | None = None,
    name: str | None = None,
    guard: Guard | None = None,
) -> bytes | None:
    """Do what a mutation asks and return the response body, or None when the ordinary path has to.

    With the `guard` of an actor that was kept, nothing is written unless it holds.
    """
    asked = asked_for(document, actor=actor, variables=variables or {}, name=name)
    if asked is None:
        return None
    try:
        text = await _done(asked, actor, guard)
    except (Problem, Problems, *REFUSED):  # which the ordinary path meets again and says in words
        return None
    except TimeoutError:
        raise
    except DATABASE_AWAY as failure:
        log.warning("graphql.command_failed", operation=name, kind=type(failure).__name__)
        return None
    if text is None:
        return None
    READS.labels("compiled").inc()
    return text.encode()


async def _done(asked: Asked, actor: Actor, guard: Guard | None) -> str | None:
    claim = idempotency.claiming(
        by=actor,
        key=asked.input.idempotency_key,
        command=asked.command.name,
        request_hash=request_hash(asked.command.name, asked.input),
        result=asked.command.result(asked.input),
    )
    steps = [claim] if asked.at_once else [claim, *await asked.command.decide(actor, asked.input)]
    return await write_as(actor, steps, asked.sql, *asked.args, guard=guard, at_once=asked.at_once)


def asked_for(document: str, *, actor: Actor, variables: Mapping[str, Any], name: str | None) -> Asked | None:
    """Return what is asked, or None when it is no mutation of that kind, or not for this actor or these variables."""
    found = prepared(document, schema._schema, OperationType.MUTATION)
    if found is None or name not in (None, found.name):
        return None
    try:
        values = coerced(schema._schema, found, variables)
        with contextlib.suppress(Exception):  # what cannot be decided at once is decided about what is read first
            if (asked := _asked(found, actor, values, WRITTEN)) is not None:
                return asked
        return _asked(found, actor, values, PAYLOADS)
    except Exception:  # the ordinary path meets the same and says it in words
        return None


def _asked(found: Prepared, actor: Actor, values: Any, shapes: Shapes) -> Asked | None:
    outline, converter = payload_of(found, found.flags(values.coerced), shapes), schema.schema_converter
    if outline is None or actor.kind != "person":
        return None
    (rule,), (first, *others) = outline.rules, outline.binders
    rule.reader.choose(actor)
    given = input_of(first, variables=values, converter=converter)
    bounds = [first.relation.bind(actor, **given)]
    bounds += [bound(each, actor=actor, variables=values, converter=converter) for each in others]
    plan = plan_of(outline, mask_of(bounds))
    (asked,) = (each for each in COMMANDS.values() if rule is each.payload or rule is each.written)
    return Asked(asked, given["input"], plan.sql, values_of(plan, bounds, always()), shapes is WRITTEN)


def payload_of(found: Prepared, flags: Flags, shapes: Shapes = PAYLOADS) -> Outline | None:
    """Return the outline of a mutation's payload, or None when it is no one command or more than a row is asked."""
    known: dict[Any, Outline | None] = found.outlines
    return remembered(known, (shapes is WRITTEN, flags), lambda: _payload(found, flags, shapes))


def _payload(found: Prepared, flags: Flags, shapes: Shapes) -> Outline | None:
    mutation = schema._schema.mutation_type
    assert mutation is not None
    try:
        outline = Outliner(found, query=mutation, shapes=shapes, flags=flags).outline()
    except NotShaped:
        return None
    return outline if len(outline.roots) == 1 else None
