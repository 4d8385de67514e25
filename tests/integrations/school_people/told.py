"""What proposals say, and contacts as people of the area would keep them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from infra.clock import today
from infra.database import sql
from tenants.tenancy.scope import tenant_scope
from tests.support.connections import keeper
from tests.support.school_systems import LinkedSchools

_KEPT = """
insert into named_contact (area_id, organisation_id, post, name, email, entered_by, entered_by_name, external_id,
    valid_from)
select area_id, organisation_id, proposed ->> 'post', proposed ->> 'name', proposed ->> 'email', 'connection',
    'A test', external_id, $2
from connection_proposal where connection_id = $1 and state = 'open'
"""
_ACCEPTED = """
update connection_proposal set state = 'accepted', decided_at = now(), decided_by_name = 'A test'
where connection_id = $1 and state = 'open'
"""
_ENTERED = """
insert into named_contact (area_id, organisation_id, post, name, entered_by, entered_by_name, valid_from)
select $1, id, $3, $4, 'person', 'A test', $5 from organisation where urn = $2
"""


def posts_of(proposals: Sequence[dict[str, Any]]) -> dict[str, int]:
    """How many proposals there are for each post."""
    return dict(Counter(each["proposed"]["post"] for each in proposals))


async def kept(linked: LinkedSchools) -> None:
    """Accept every open proposal: the people become contacts."""
    async with tenant_scope(keeper(linked.area)):
        await sql.execute(_KEPT, linked.connection, today())
        await sql.execute(_ACCEPTED, linked.connection)


async def entered(linked: LinkedSchools, *, urn: int, post: str, name: str) -> None:
    """A person of the area enters a contact."""
    async with tenant_scope(keeper(linked.area)):
        await sql.execute(_ENTERED, linked.area.id, urn, post, name, today())
