"""Answering a query operation by one statement, when it is made of shaped fields alone.

None from here always means: take the ordinary path. So an operation that is not shaped, a wrong variable, an actor or
argument that a `bind` refuses, a guard that does not hold and a statement that fails are all answered in words by
the path that specifies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from asyncpg import (
    DataError,
    InterfaceError,
    InternalClientError,
    NoDataFoundError,
    PostgresError,
    QueryCanceledError,
)

from concordat_graphql.read_ledger import LEDGER
from concordat_graphql.schema import schema
from concordat_graphql.shaped import SHAPES
from concordat_graphql.shapes.binding import always, bounds_of, coerced
from concordat_graphql.shapes.compiler import Compiler, Mask, Plan, mask_of, values_of
from concordat_graphql.shapes.document import Flags, Prepared, prepared, remembered
from concordat_graphql.shapes.outline import NotShaped, Outline, Outliner
from concordat_graphql.shapes.shape import AuditedRead
from infra.database.holding import Guard, NoLongerHolds
from infra.database.reader import read_text
from infra.telemetry.metrics import READS
from tenants.tenancy.actor import Actor
from tenants.tenancy.context import current_key

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """One request, decided: the login, the SQL, its values, and what is audited before it runs."""

    login: str
    sql: str
    args: tuple[Any, ...]
    audited: tuple[AuditedRead, ...]


async def answer(
    document: str,
    *,
    actor: Actor,
    variables: Mapping[str, Any] | None = None,
    name: str | None = None,
    guard: Guard | None = None,
) -> bytes | None:
    """Return the response body of a query operation, or None when the ordinary path has to answer.

    Raises `TimeoutError` when the statement was stopped for taking too long.
    """
    ready = ready_for(document, actor=actor, variables=variables or {}, name=name)
    if ready is None:
        return None
    if ready.login == "public":  # the same for anyone: nothing hangs on who asks
        guard = None
    try:
        await _audit(actor, ready.audited, guard)
        text = await read_text(
            login=ready.login, body=ready.sql, args=ready.args, context=_context(actor, ready), guard=guard
        )
    except NoLongerHolds:
        return None
    except QueryCanceledError:
        raise TimeoutError from None
    except (DataError, NoDataFoundError):
        # a value PostgreSQL cannot keep, or (shape.required) a row that is not kept at the moment: no fault of ours
        return None
    except (PostgresError, InterfaceError, InternalClientError) as failure:
        log.warning("graphql.compiled_read_failed", operation=name, kind=type(failure).__name__)
        return None
    if text is None:
        return None
    READS.labels("compiled").inc()
    return text.encode()


def ready_for(document: str, *, actor: Actor, variables: Mapping[str, Any], name: str | None) -> Ready | None:
    """Return what to run for this request, or None when it is not for the compiled path."""
    found = prepared(document, schema._schema)
    if found is None or name not in (None, found.name):
        return None
    try:
        return _ready(found, actor, variables)
    except Exception:  # the ordinary path meets the same and says it in words
        return None


def _ready(found: Prepared, actor: Actor, variables: Mapping[str, Any]) -> Ready | None:
    values = coerced(schema._schema, found, variables)
    outline = outline_of(found, found.flags(values.coerced))
    if outline is None:
        return None
    bounds = bounds_of(outline, actor=actor, variables=values, converter=schema.schema_converter)
    login = _one_login(outline, actor)
    plan = plan_of(outline, mask_of(bounds))
    audited = tuple(rule.audit for rule in outline.rules if rule.audit is not None)
    return Ready(login, plan.sql, values_of(plan, bounds, always()), audited)


def _one_login(outline: Outline, actor: Actor) -> str:
    """Return the login on which all of it is read; raises `NotShaped` when that takes two."""
    logins = {rule.reader.choose(actor) for rule in outline.rules} | outline.logins
    if len(logins) != 1:
        raise NotShaped("no one login reads all of it")
    return logins.pop()


def outline_of(found: Prepared, flags: Flags) -> Outline | None:
    """Return the outline of an operation under these flags, or None when something in it is resolved in Python."""
    known: dict[Flags, Outline | None] = found.outlines
    return remembered(known, flags, lambda: _outlined(found, flags))


def _outlined(found: Prepared, flags: Flags) -> Outline | None:
    query = schema._schema.query_type
    assert query is not None
    try:
        return Outliner(found, query=query, shapes=SHAPES, flags=flags).outline()
    except NotShaped:
        return None


def plan_of(outline: Outline, mask: Mask) -> Plan:
    """Return the SQL of an outline, given which values are bound."""
    known: dict[Mask, Plan] = outline.plans
    return remembered(known, mask, lambda: Compiler(SHAPES, outline, mask).compile())


def _context(actor: Actor, ready: Ready) -> Any:
    if ready.login != "app":
        return None
    return lambda backend: current_key().sign(actor, backend=backend, readonly=True)


async def _audit(actor: Actor, audited: tuple[AuditedRead, ...], guard: Guard | None) -> None:
    """Raises `NoLongerHolds` when it is not certain who asks: nothing is recorded in their name then."""
    for each in audited:
        await LEDGER.record(by=actor, area_id=each.area_id, subject=each.subject, guard=guard)
