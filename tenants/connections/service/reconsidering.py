"""Taking a refusal back: the proposal waits again, beside what is known today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from infra.database import sql
from tenants.audit.service import Entry, record_each
from tenants.connections import errors
from tenants.connections.queries.proposals import ProposalRow
from tenants.connections.service.deciding import Decided, find, report, some
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Problem

# of the same person, organisation and post, whatever became of it
_FOLLOWED = """
select p.id from connection_proposal p where p.area_id = $1 and p.id = any ($2) and exists (
    select from connection_proposal later where later.area_id = p.area_id and later.connection_id = p.connection_id
        and later.external_id = p.external_id and later.subject_kind = p.subject_kind and later.post = p.post
        and later.organisation_id is not distinct from p.organisation_id and later.id > p.id)
"""
_OPEN = """
update connection_proposal set state = 'open', decided_at = null, decided_by_name = null, reason = $3,
    version = version + 1
where area_id = $1 and id = any ($2) and state = 'refused'
"""


async def reconsider(*, by: Actor, area_id: int, proposals: Mapping[UUID, int], reason: str) -> list[Decided]:
    """Let refused proposals wait for a decision again, each by itself; return what became of each.

    One that the system has followed by a newer one stays refused: that is the one to decide on. Raises `Problems`
    where none of them could be taken up.
    """
    rows, left = await find(by=by, area_id=area_id, proposals=proposals, state="refused")
    why = checks.reason(reason)
    left |= await _followed(area_id, rows)
    rows = [row for row in rows if row.id not in left]
    some(rows, left)
    await sql.execute(_OPEN, area_id, [row.id for row in rows], why)
    await record_each(by=by, entries=[_entry(area_id, row, why) for row in rows])
    return report(proposals, left, {})


async def _followed(area_id: int, rows: Sequence[ProposalRow]) -> dict[UUID, Problem]:
    found = await sql.fetch(_FOLLOWED, area_id, [row.id for row in rows])
    return {row["id"]: errors.followed() for row in found}


def _entry(area_id: int, row: ProposalRow, why: str) -> Entry:
    return Entry(
        area_id=area_id,
        action="proposal.reconsider",
        subject=("connection_proposal", row.id),
        reason=why,
        before={"refused_by": row.decided_by_name, "refused_at": row.decided_at, "because": row.reason},
        after={"action": row.action, "kind": row.subject_kind, "source": row.source},
    )
