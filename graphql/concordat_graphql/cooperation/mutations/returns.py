"""The agency's returns: saved, sent, taken back, declined, confirmed for many schools at once."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from concordat_graphql.context import Info, reading
from concordat_graphql.cooperation.inputs import returns as inputs
from concordat_graphql.cooperation.keys import Key, decode_in
from concordat_graphql.cooperation.types.request_record import RequestRecord
from concordat_graphql.cooperation.types.requests import ConfirmedReturn, ConfirmedReturns, DutyRequest
from concordat_graphql.perform import OutOfSight, perform, seen
from concordat_graphql.perform_each import perform_each
from concordat_graphql.problems import Failed, failed
from tenants.cooperation.queries import requests
from tenants.cooperation.queries.forms import Form, forms
from tenants.cooperation.service import replies, returns
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotFound

RequestResult = Annotated[RequestRecord | Failed, strawberry.union("RequestRecordResult")]
ConfirmedResult = Annotated[ConfirmedReturns | Failed, strawberry.union("ConfirmedReturnsResult")]
MOST_AT_ONCE = 50
UNSAID = ("NOT_FOUND", "NOT_ALLOWED", "IDEMPOTENCY_KEY_REUSED")  #: nothing is told of a school with one of these


async def on_request(
    info: Info, *, input: Any, command: str, verb: Callable[..., Awaitable[UUID]], **said: Any
) -> RequestRecord | Failed:
    """Run one verb on the request that the input names and return its record, or the problems."""

    async def work(by: Actor) -> UUID:
        area_id, request_id = decode_in("DutyRequest", input.request_id, field="requestId")
        await verb(by=by, area_id=area_id, request_id=request_id, **said)
        return request_id

    async def load(_: str) -> RequestRecord:
        area_id, request_id = decode_in("DutyRequest", input.request_id, field="requestId")
        row = seen(await requests.request(area_id=area_id, request_id=request_id))
        return RequestRecord(row=row, actor=info.context.person)

    return await perform(info, input=input, command=command, work=work, load=load, result=input.request_id)


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
        outcomes = await _confirmed(info, [_one_of(input, request_id) for request_id in chosen])
        done = [outcome for outcome in outcomes if isinstance(outcome, ConfirmedReturn)]
        refused = [outcome for outcome in outcomes if isinstance(outcome, Failed)]
        if refused and not done:
            return refused[0]
        return ConfirmedReturns(sent=sum(one.receipt is not None for one in done), outcomes=done)


def _one_of(many: inputs.ConfirmReturnsInput, request_id: strawberry.ID) -> inputs.ConfirmOneInput:
    """Return one school's part, with a key of its own."""
    key = hashlib.sha256(f"{many.idempotency_key}:{request_id}".encode()).hexdigest()
    return inputs.ConfirmOneInput(idempotency_key=key, request_id=request_id, answers=many.answers)


async def _confirmed(info: Info, many: list[inputs.ConfirmOneInput]) -> list[ConfirmedReturn | Failed]:
    keys = {one.request_id: _key_of(one) for one in many}

    async def work(by: Actor, some: list[inputs.ConfirmOneInput]) -> list[object]:
        asked = [keys[one.request_id] for one in some]
        answers = inputs.answers_of(many[0].answers)
        done = await returns.confirm_each(by=by, keys=[k for k in asked if isinstance(k, tuple)], answers=answers)
        return [done[key] if isinstance(key, tuple) else key for key in asked]

    wrong = await perform_each(info, inputs=many, command="return.confirm", work=work)
    both = list(zip(keys.values(), wrong, strict=True))
    found = await _found(info, [key for key, one in both if isinstance(key, tuple) and not _unsaid(one)])
    return [_outcome(one, found.get(key) if isinstance(key, tuple) else None) for key, one in both]


async def _found(info: Info, keys: list[Key]) -> dict[Key, Form]:
    if not keys:
        return {}
    async with reading(info):
        return await forms(keys=keys)


def _unsaid(wrong: Failed | None) -> bool:
    return wrong is not None and any(problem.code in UNSAID for problem in wrong.problems)


def _key_of(one: inputs.ConfirmOneInput) -> Key | NotFound:
    try:
        return decode_in("DutyRequest", one.request_id, field="requestIds")
    except NotFound as unknown:
        return unknown


def _outcome(wrong: Failed | None, form: Form | None) -> ConfirmedReturn | Failed:
    if wrong is not None and _unsaid(wrong):
        return wrong
    if form is None:
        return failed([OutOfSight()])
    needs = [problem.message for problem in wrong.problems] if wrong else []
    receipt = form.sent.receipt if form.sent and not needs else None
    return ConfirmedReturn(request=DutyRequest.of(form.request), receipt=receipt, needs=needs)
