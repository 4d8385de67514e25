"""Following up those who have not answered: the software proposes with evidence, a person decides with a reason."""

from __future__ import annotations

from uuid import UUID

from infra.clock import today
from infra.ids import uuid7
from infra.working_days import BeyondCalendar
from tenants.audit.service import record
from tenants.cooperation import permissions
from tenants.cooperation.queries import duties
from tenants.cooperation.queries.requests import RequestRow
from tenants.cooperation.rules.duties import Step
from tenants.cooperation.rules.follow_up import Proposal, proposed_step
from tenants.cooperation.rules.requests import OPEN, RequestState
from tenants.cooperation.service.request_row import locked_request, moved, set_state
from tenants.cooperation.tables import FollowUpMove
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Conflict, Invalid, NotFound, WrongState


def proposal(request: RequestRow, *, steps: tuple[Step, ...]) -> Proposal | None:
    """Return the follow-up step that the calendar suggests today for a request, or None."""
    try:
        return proposed_step(
            steps=steps,
            state=request.state,
            due_on=request.due_on,
            current=request.step,
            reminders_sent=request.reminders,
            on=today(),
        )
    except BeyondCalendar:
        return None


async def move_step(*, by: Actor, area_id: int, request_id: UUID, from_step: int, to_step: int, reason: str) -> UUID:
    """Move a request that has not been answered to a follow-up step (0: none); return the request's id.

    `from_step` is where the person saw it: raises `Conflict` when someone else has moved it since.
    Raises `NotAllowed`, `NotFound`, `Invalid`, `WrongState`.
    """
    permissions.check_can_reply(by, area_id=area_id)
    request = await locked_request(area_id=area_id, request_id=request_id)
    if request.step != from_step:
        raise Conflict("follow-up")
    if RequestState(request.state) not in OPEN | {RequestState.DECLINED}:
        raise WrongState("This agency has answered, so there is nothing to follow up.")
    duty = await duties.duty(area_id=area_id, duty_id=request.duty_id)
    if duty is None:
        raise NotFound("duty")
    if to_step == from_step or not 0 <= to_step <= len(duty.follow_up):
        raise Invalid("Select the follow-up step to move to.", field="toStep")
    why = checks.reason(reason)
    title = duty.follow_up[to_step - 1].title if to_step else "No follow-up"
    suggested = proposal(request, steps=duty.follow_up)
    evidence = suggested.evidence if suggested else f"Stood at step {from_step}; the calendar proposed no step."
    move = FollowUpMove(
        area_id=area_id,
        id=uuid7(),
        request_id=request_id,
        step=to_step,
        step_title=title,
        evidence=evidence,
        reason=why,
        moved_by=by.name,
    )
    await FollowUpMove.insert(move).run()
    await record(
        by=by,
        area_id=area_id,
        action="follow_up.move",
        subject=("duty_request", request_id),
        reason=why,
        before={"step": from_step},
        after={"step": to_step, "title": title, "evidence": evidence},
    )
    return request_id


async def cancel_request(*, by: Actor, area_id: int, request_id: UUID, version: int, reason: str) -> UUID:
    """Stop asking one agency, with a reason; return the request's id. Raises as `move_step`."""
    permissions.check_can_reply(by, area_id=area_id)
    request = await locked_request(area_id=area_id, request_id=request_id)
    checks.version(expected=version, found=request.version, what="request")
    state = moved(request, "cancel")
    why = checks.reason(reason)
    await set_state(request, state, state_reason=why)
    await record(
        by=by,
        area_id=area_id,
        action="request.cancel",
        subject=("duty_request", request_id),
        reason=why,
        before={"state": request.state},
        after={"state": state},
    )
    return request_id
