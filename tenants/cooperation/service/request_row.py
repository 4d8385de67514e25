"""A request's row, held for the length of the transaction, and its one way to change state."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from infra.database import sql
from tenants.cooperation import errors
from tenants.cooperation.queries.requests import RequestRow, request
from tenants.cooperation.rules.requests import RequestState, next_state
from tenants.cooperation.tables import DutyRequest
from tenants.tenancy.errors import NotFound


async def locked_request(*, area_id: int, request_id: UUID) -> RequestRow:
    """Return the request, locked; raises `NotFound`."""
    await sql.execute("select 1 from duty_request where area_id = $1 and id = $2 for update", area_id, request_id)
    found = await request(area_id=area_id, request_id=request_id)
    if found is None:
        raise NotFound("request")
    return found


def moved(found: RequestRow, verb: str) -> RequestState:
    """Return the state after the verb; raises `WrongState` when it is refused."""
    state = next_state(found.state, verb)
    if state is None:
        raise errors.request_cannot(found.state)
    return state


_KEEP: Any = object()


async def set_state(
    found: RequestRow, state: RequestState, *, submitted_at: datetime | None = _KEEP, state_reason: str | None = None
) -> None:
    """Write the state, count the version on; the reason of an earlier state goes unless a new one is given."""
    changes: dict[Any, Any] = {"state": state.value, "state_reason": state_reason}
    if submitted_at is not _KEEP:
        changes["submitted_at"] = submitted_at
    await (
        DutyRequest.update({**changes, DutyRequest.version: DutyRequest.version + 1})
        .where((DutyRequest.area_id == found.area_id) & (DutyRequest.id == found.id))
        .run()
    )
