"""The area's side of a return: a visible reply to each, and the thread of questions about a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from tenants.audit.service import record
from tenants.cooperation import permissions
from tenants.cooperation.queries.forms import latest_sent
from tenants.cooperation.queries.recipients import page_of, recipients
from tenants.cooperation.queries.requests import RequestRow
from tenants.cooperation.service.request_row import locked_request, moved, set_state
from tenants.cooperation.tables import AreaReply, RequestMessage
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid
from tenants.tenancy.mail.service import send_mail

OUTCOMES = {"accepted": "accept", "more_needed": "ask_more"}


async def reply(*, by: Actor, area_id: int, request_id: UUID, version: int, outcome: str, comment: str) -> UUID:
    """Reply to a return: `accepted`, or `more_needed` with what is missing; return the request's id.

    Raises `NotAllowed`, `NotFound`, `Invalid`, `WrongState`, `Conflict`.
    """
    permissions.check_can_reply(by, area_id=area_id)
    request = await locked_request(area_id=area_id, request_id=request_id)
    checks.version(expected=version, found=request.version, what="return")
    verb = OUTCOMES[checks.choice(outcome, of=OUTCOMES, field="outcome", name="accept, or ask for more")]
    await _reply(by, request, verb=verb, outcome=outcome, comment=_comment(comment))
    return request_id


async def accept_many(*, by: Actor, area_id: int, request_ids: Sequence[UUID], comment: str) -> int:
    """Accept several returns with the same comment; return how many. All or none. Raises as `reply`."""
    permissions.check_can_reply(by, area_id=area_id)
    wanted = sorted(set(request_ids))
    if not 1 <= len(wanted) <= 500:
        raise Invalid("Select between 1 and 500 returns.", field="requestIds")
    text = _comment(comment)
    for request_id in wanted:
        request = await locked_request(area_id=area_id, request_id=request_id)
        await _reply(by, request, verb="accept", outcome="accepted", comment=text)
    return len(wanted)


def _comment(comment: str) -> str:
    return checks.text(comment, name="a comment for the agency", field="comment", most=4000)


async def _reply(by: Actor, request: RequestRow, *, verb: str, outcome: str, comment: str) -> None:
    state = moved(request, verb)
    sent = await latest_sent(area_id=request.area_id, request_id=request.id)
    assert sent is not None
    await AreaReply.insert(
        AreaReply(
            area_id=request.area_id,
            id=uuid7(),
            request_id=request.id,
            submission_id=sent.id,
            organisation_id=request.organisation_id,
            outcome=outcome,
            comment=comment,
            replied_by=by.name,
        )
    ).run()
    await set_state(request, state)
    facts: dict[str, str | int] = {"receipt": sent.receipt, "accepted": int(outcome == "accepted")}
    await _write_to_agency(by, request, template="cooperation_reply", facts=facts)
    await record(
        by=by,
        area_id=request.area_id,
        action="return.reply",
        subject=("duty_request", request.id),
        before={"state": request.state},
        after={"state": state, "receipt": sent.receipt},
    )


async def _write_to_agency(by: Actor, request: RequestRow, *, template: str, facts: Mapping[str, str | int]) -> None:
    for address in await recipients(area_id=request.area_id, request_id=request.id):
        await send_mail(
            by=by,
            area_id=request.area_id,
            to=address,
            about=request.id,
            template=template,
            values={
                "area": request.area_name,
                "agency": request.agency_name,
                "title": request.title,
                "page": page_of(area_id=request.area_id, request_id=request.id),
                **facts,
            },
        )


async def post_message(*, by: Actor, area_id: int, request_id: UUID, body: str) -> UUID:
    """Write to the thread of a request, as whichever side the actor is on; return the message's id.

    An agency's message opens a question; the area's closes it and is told of by email.
    Raises `NotFound`, `NotAllowed`, `Invalid`.
    """
    request = await locked_request(area_id=area_id, request_id=request_id)
    side = _side(by, request)
    text = checks.text(body, name="a message", field="body", most=4000)
    message_id = uuid7()
    await RequestMessage.insert(
        RequestMessage(
            area_id=area_id,
            id=message_id,
            request_id=request_id,
            organisation_id=request.organisation_id,
            side=side,
            body=text,
            written_by=by.name,
        )
    ).run()
    # the version stays: a message is no edit of the return that someone may have open
    await sql.execute(
        "update duty_request set question_open = $3 where area_id = $1 and id = $2",
        area_id,
        request_id,
        side == "agency",
    )
    await record(
        by=by, area_id=area_id, action="message.post", subject=("duty_request", request_id), after={"side": side}
    )
    if side == "area":
        await _write_to_agency(by, request, template="cooperation_message", facts={})
    return message_id


def _side(by: Actor, request: RequestRow) -> str:
    if permissions.can_answer(by, area_id=request.area_id, organisation_id=request.organisation_id):
        return "agency"
    permissions.check_can_reply(by, area_id=request.area_id)
    return "area"
