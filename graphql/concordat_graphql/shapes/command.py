"""What a mutation says about itself so that it can be decided from one read, and written and answered by one more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from concordat_graphql.shapes.shape import Root
from infra.database.holding import Step
from tenants.tenancy.actor import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A mutation with one input object. `name` is `noun.verb` as in the audit trail.

    `decide` is given the actor and the input, reads what it needs outside any scope, and returns the steps that write;
    what it raises is said by the ordinary path. `result` is what is kept under the input's idempotency key, and
    `payload` how the member of the mutation's result that is a row is read: its `bind` is given the actor and `input`.
    `written` is for what can be decided without reading anything: its relation writes, and its rows are those written;
    its `bind` decides, and where it raises, `decide` is asked.
    """

    name: str
    decide: Callable[[Actor, Any], Awaitable[list[Step]]]
    result: Callable[[Any], str]
    payload: Root
    written: Root | None = None
