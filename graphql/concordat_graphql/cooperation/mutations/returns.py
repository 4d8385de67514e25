"""The agency's returns: saved, sent, taken back, declined, confirmed for many schools at once."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from concordat_graphql.context import Info, reading
from concordat_graphql.cooperation.inputs import returns as inputs
from concordat_graphql.cooperation.keys import decode_in
from concordat_graphql.cooperation.records import request_record
from concordat_graphql.cooperation.types.requests import (
    ConfirmedReturn,
    ConfirmedReturns,
    DutyRequest,
    RequestRecord,
)
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed, failed
from tenants.cooperation.queries import requests
from tenants.cooperation.queries.returns import latest_submission
from tenants.cooperation.service import replies, returns
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid

RequestResult = Annotated[RequestRecord | Failed, strawberry.union("RequestRecordResult")]
ConfirmedResult = Annotated[ConfirmedReturns | Failed, strawberry.union("ConfirmedReturnsResult")]
MOST_AT_ONCE = 50


async def on_request(
    info: Info, *, input: Any, command: str, verb: Callable[..., Awaitable[UUID]], **said: Any
) -> RequestRecord | Failed:
    """Run one verb on the request that the input names and return its record, or the problems."""

    async def work(by: Actor) -> UUID:
        area_id, request_id = decode_in("DutyRequest", input.request_id, field="requestId")
        await verb(by=by, area_id=area_id, request_id=request_id, **said)
        return request_id

    async def load(result: str) -> RequestRecord:
        area_id, _ = decode_in("DutyRequest", input.request_id, field="requestId")
        return seen(await request_record(info.context.person, area_id=area_id, request_id=UUID(result)))

    return await perform(info, input=input, command=command, work=work, load=load)


@strawberry.type
class ReturnMutation:
    """Answering as an agency."""

    @strawberry.mutation(description="Keep an unfinished answer. Only the agency's own people see it.")
    async def save_return(self, info: Info, input: inputs.SaveReturnInput) -> RequestResult:
        said = {"version": input.version, "answers": inputs.answers_of(input.answers)}
        return await on_request(info, input=input, command="return.save", verb=returns.save_draft, **said)

    @strawberry.mutation(description="Send a return; the newest submission has its receipt.")
    async def submit_return(self, info: Info, input: inputs.SubmitReturnInput) -> RequestResult:
        return await on_request(
            info,
            input=input,
            command="return.submit",
            verb=returns.submit,
            version=input.version,
            answers=inputs.answers_of(input.answers),
            confirm_prefilled=input.confirm_prefilled,
        )

    @strawberry.mutation(description="Take a return back to correct it, until the partnership has replied.")
    async def withdraw_return(self, info: Info, input: inputs.MoveReturnInput) -> RequestResult:
        verb = returns.withdraw
        return await on_request(info, input=input, command="return.withdraw", verb=verb, version=input.version)

    @strawberry.mutation(description="Say that the agency will not answer, and why.")
    async def decline_request(self, info: Info, input: inputs.DeclineRequestInput) -> RequestResult:
        said = {"version": input.version, "reason": input.reason}
        return await on_request(info, input=input, command="return.decline", verb=returns.decline, **said)

    @strawberry.mutation(description="Write to the thread of a request, as whichever side one is on.")
    async def post_request_message(self, info: Info, input: inputs.PostMessageInput) -> RequestResult:
        verb = replies.post_message
        return await on_request(info, input=input, command="message.post", verb=verb, body=input.body)

    @strawberry.mutation(description="Send the returns of many schools, each by itself; up to 50 at once.")
    async def confirm_returns(self, info: Info, input: inputs.ConfirmReturnsInput) -> ConfirmedResult:
        chosen = list(dict.fromkeys(input.request_ids))
        if not 1 <= len(chosen) <= MOST_AT_ONCE:
            return failed([Invalid(f"Select between 1 and {MOST_AT_ONCE} schools.", field="requestIds")])
        outcomes = [await _confirm(info, input, one) for one in chosen]
        done = [outcome for outcome in outcomes if isinstance(outcome, ConfirmedReturn)]
        refused = [outcome for outcome in outcomes if isinstance(outcome, Failed)]
        if refused and not done:
            return refused[0]
        return ConfirmedReturns(sent=sum(one.receipt is not None for one in done), outcomes=done)


async def _confirm(info: Info, many: inputs.ConfirmReturnsInput, request_id: strawberry.ID) -> ConfirmedReturn | Failed:
    """Send one school's return in a transaction of its own, under a key of its own."""
    key = hashlib.sha256(f"{many.idempotency_key}:{request_id}".encode()).hexdigest()
    one = inputs.ConfirmOneInput(idempotency_key=key, request_id=request_id, answers=many.answers)

    async def work(by: Actor) -> UUID:
        area_id, identifier = decode_in("DutyRequest", request_id, field="requestIds")
        given = inputs.answers_of(one.answers)
        return await returns.confirm(by=by, area_id=area_id, request_id=identifier, answers=given)

    async def load(_: str) -> ConfirmedReturn:
        return await _outcome(request_id, needs=[])

    result = await perform(info, input=one, command="return.confirm", work=work, load=load)
    if isinstance(result, ConfirmedReturn):
        return result
    if any(problem.code in ("NOT_FOUND", "NOT_ALLOWED", "IDEMPOTENCY_KEY_REUSED") for problem in result.problems):
        return result
    async with reading(info):
        return await _outcome(request_id, needs=[problem.message for problem in result.problems])


async def _outcome(request_id: strawberry.ID, *, needs: list[str]) -> ConfirmedReturn:
    area_id, identifier = decode_in("DutyRequest", request_id, field="requestIds")
    row = seen(await requests.request(area_id=area_id, request_id=identifier))
    sent = None if needs else await latest_submission(area_id=area_id, request_id=identifier)
    return ConfirmedReturn(request=DutyRequest.of(row), receipt=sent.receipt if sent else None, needs=needs)
