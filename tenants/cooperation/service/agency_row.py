"""An agency's row, held for the length of the transaction, and the moves that end in one change of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from infra.database import sql
from tenants.audit.service import record
from tenants.cooperation import errors
from tenants.cooperation.queries import agencies as queries
from tenants.cooperation.rules.agencies import AgencyState, can_move
from tenants.cooperation.tables import RelevantAgency
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound


async def locked(area_id: int, agency_id: UUID, version: int) -> queries.AgencyRow:
    """Return the agency, locked; raises `NotFound`, and `Conflict` when it is not the version that was read."""
    await sql.execute("select 1 from relevant_agency where area_id = $1 and id = $2 for update", area_id, agency_id)
    found = await queries.agency(area_id=area_id, agency_id=agency_id)
    if found is None:
        raise NotFound("agency")
    checks.version(expected=version, found=found.version, what="agency")
    return found


async def change(before: queries.AgencyRow, values: dict[str, Any]) -> None:
    """Write the values and count the version on."""
    changes: dict[Any, Any] = {**values, RelevantAgency.version: RelevantAgency.version + 1}
    await (
        RelevantAgency.update(changes)
        .where((RelevantAgency.area_id == before.area_id) & (RelevantAgency.id == before.id))
        .run()
    )


async def leave(by: Actor, before: queries.AgencyRow, *, move: str, state: AgencyState, why: str, said: str) -> UUID:
    """Move the agency to a state that needs a reason, and record it; raises `WrongState`."""
    if not can_move(before.state, move):
        raise errors.agency_cannot(before.name, before.state, said)
    await change(before, {"state": state.value, "state_reason": why})
    await record(
        by=by,
        area_id=before.area_id,
        action=f"agency.{move}",
        subject=("relevant_agency", before.id),
        reason=why,
        before={"state": before.state},
        after={"state": state},
    )
    return before.id
