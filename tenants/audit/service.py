"""Writing the audit chain. Every service calls `record` in its own transaction: no entry, no effect."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infra.database import sql

if TYPE_CHECKING:  # tenancy writes its own audit entries: at run time the two do not form a circle
    from tenants.tenancy.actor import Actor

PLATFORM = 0  #: the chain of the platform and of national work that belongs to no one area

_INSERT = """
insert into audit.event (area_id, actor_id, actor_kind, actor_name, actor_role, action, subject_type, subject_id,
    reason, legal_basis, request_id, before, after)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::jsonb, $13::text::jsonb)
"""


async def record(
    *,
    by: Actor,
    area_id: int,
    action: str,
    subject: tuple[str, object],
    reason: str | None = None,
    legal_basis: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry to the area's chain (`PLATFORM` for none).

    `action` is `noun.verb`; `subject` is (type, id). `before` and `after` hold what changed, never a child's data.
    """
    kind, identifier = subject
    await sql.execute(
        _INSERT,
        area_id,
        str(by.id or by.name),
        by.kind,
        by.name,
        by.acting_role(area_id=area_id),
        action,
        kind,
        str(identifier),
        reason,
        legal_basis,
        by.request_id,
        _json(before),
        _json(after),
    )


def _json(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(dict(value), default=_plain, ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> object:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case UUID() | Decimal():
            return str(value)
        case set() | frozenset() | tuple():
            return sorted(value, key=str)
    raise TypeError(f"cannot write a {type(value).__name__} into an audit entry")
