"""The area's side of a request: replies, follow-up, cancelling."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.cooperation.inputs import returns as inputs
from concordat_graphql.cooperation.keys import decode_many
from concordat_graphql.cooperation.mutations.agencies import CountedResult, counted
from concordat_graphql.cooperation.mutations.returns import RequestResult, on_request
from concordat_graphql.perform import perform
from tenants.cooperation.service import follow_up, replies
from tenants.tenancy.actor import Actor


@strawberry.type
class ReplyMutation:
    """Answering agencies as the area."""

    @strawberry.mutation(description="Reply to a return: accept it, or ask for more. For those who run the area.")
    async def reply_to_return(self, info: Info, input: inputs.ReplyToReturnInput) -> RequestResult:
        said = {"version": input.version, "outcome": input.outcome, "comment": input.comment}
        return await on_request(info, input=input, command="return.reply", verb=replies.reply, **said)

    @strawberry.mutation(description="Accept several returns with the same comment. All or none.")
    async def accept_returns(self, info: Info, input: inputs.AcceptReturnsInput) -> CountedResult:
        async def work(by: Actor) -> int:
            area_id = ids.decode_area(input.area_id)
            chosen = decode_many("DutyRequest", input.request_ids, area_id=area_id, field="requestIds")
            return await replies.accept_many(by=by, area_id=area_id, request_ids=chosen, comment=input.comment)

        return await perform(info, input=input, command="return.accept", work=work, load=counted)

    @strawberry.mutation(description="Move a request to a follow-up step, with a reason. A person's decision.")
    async def move_follow_up(self, info: Info, input: inputs.MoveFollowUpInput) -> RequestResult:
        said = {"from_step": input.from_step, "to_step": input.to_step, "reason": input.reason}
        return await on_request(info, input=input, command="follow_up.move", verb=follow_up.move_step, **said)

    @strawberry.mutation(description="Stop asking one agency, with a reason.")
    async def cancel_request(self, info: Info, input: inputs.DeclineRequestInput) -> RequestResult:
        said = {"version": input.version, "reason": input.reason}
        return await on_request(info, input=input, command="request.cancel", verb=follow_up.cancel_request, **said)
