"""The audit trail of an area over GraphQL."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Self

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from tenants.audit import queries
from tenants.tenancy.permissions import check_can_read_trail


@strawberry.type
class AuditEntry:
    """Who did what, as which role, when, why, on which legal basis, before and after."""

    seq: int
    at: datetime
    actor_name: str
    actor_role: str
    action: str
    subject_type: str
    subject_id: str
    reason: str | None
    legal_basis: str | None
    request_id: str | None
    before: str | None = strawberry.field(description="What was there before, as JSON.")
    after: str | None = strawberry.field(description="What is there since, as JSON.")
    hash: str = strawberry.field(description="This entry's link of the chain, hexadecimal SHA-256.")

    @classmethod
    def of(cls, row: queries.Entry) -> Self:
        """Return the type of a row."""
        return cls(
            seq=row.seq,
            at=row.at,
            actor_name=row.actor_name,
            actor_role=row.actor_role,
            action=row.action,
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            reason=row.reason,
            legal_basis=row.legal_basis,
            request_id=row.request_id,
            before=_json(row.before),
            after=_json(row.after),
            hash=row.hash,
        )


def _json(value: dict[str, object] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


@strawberry.input
class AuditFilter:
    """Each part that is given narrows the trail. Days are inclusive."""

    since: date | None = None
    until: date | None = None
    actor: str | None = None
    action: str | None = None
    subject_type: str | None = None
    subject_id: str | None = None


@strawberry.type
class AuditQuery:
    """Reading the audit trail."""

    @strawberry.field(description="An area's audit trail, newest first. For those who run the partnership.")
    async def audit_trail(
        self,
        info: Info,
        area_id: strawberry.ID,
        where: AuditFilter | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[AuditEntry]:
        area = ids.decode_area(area_id)
        check_can_read_trail(info.context.person, area_id=area)
        size = paging.page_size(first)
        key = paging.after_key(after, parts=1)
        wanted = queries.Filter(**(vars(where) if where else {}))
        async with reading(info):
            rows = await queries.entries(
                area_id=area, where=wanted, before_seq=None if key is None else paging.whole(key[0]), limit=size + 1
            )
        return paging.page(rows, first=size, node=AuditEntry.of, key=lambda row: paging.cursor(row.seq))
