"""What it means that both paths answer the same: equal JSON, instants compared as instants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from concordat_graphql.answering import answer
from concordat_graphql.operations import run
from tenants.tenancy.actor import Actor


def normal(value: Any) -> Any:
    """The value with every instant in UTC and in one spelling."""
    if isinstance(value, dict):
        return {key: normal(each) for key, each in value.items()}
    if isinstance(value, list):
        return [normal(each) for each in value]
    return _instant(value) if isinstance(value, str) and "T" in value else value


def _instant(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.astimezone(UTC).isoformat() if moment.tzinfo else text


async def ordinary(document: str, *, by: Actor, variables: Mapping[str, Any] | None = None) -> Any:
    """What the specification answers."""
    result = await run(document, actor=by, variables=variables, compiled=False)
    assert not result.errors, result.errors
    return normal(result.data)


async def compiled(document: str, *, by: Actor, variables: Mapping[str, Any] | None = None) -> Any:
    """What one statement answers; None when it is not for that path."""
    text = await answer(document, actor=by, variables=variables)
    return None if text is None else normal(msgspec.json.decode(text)["data"])


async def one_answer(document: str, *, by: Actor, variables: Mapping[str, Any] | None = None) -> Any:
    """What both paths answer, which is one and the same; fails when one statement does not answer it."""
    answered = await compiled(document, by=by, variables=variables)
    assert answered is not None
    assert answered == await ordinary(document, by=by, variables=variables)
    return answered
