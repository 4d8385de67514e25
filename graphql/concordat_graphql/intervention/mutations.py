"""Raising flags and moving them: each mutation is one verb of the service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.intervention.inputs import (
    AmendFlagInput,
    AnswerAboutFlagInput,
    AskAboutFlagInput,
    DecideFlagInput,
    MoveFlagInput,
    RaiseFlagInput,
    ReferFlagInput,
    links_of,
)
from concordat_graphql.intervention.keys import decode_flag
from concordat_graphql.intervention.types import InterventionFlag
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from tenants.intervention import queries, service
from tenants.intervention.rules.drafts import DecisionDraft
from tenants.tenancy import queries as tenancy
from tenants.tenancy.actor import Actor

FlagResult = Annotated[InterventionFlag | Failed, strawberry.union("InterventionFlagResult")]
Verb = Callable[..., Awaitable[UUID]]


async def _load(area_id: int, result: str) -> InterventionFlag:
    area = seen(await tenancy.area(area_id=area_id))
    row = seen(await queries.flag(area_id=area_id, flag_id=UUID(result)))
    return InterventionFlag.of(row, area=area)


async def _move(info: Info, *, input: Any, command: str, verb: Verb, **said: Any) -> InterventionFlag | Failed:
    """Run one verb on the flag and version that the input names."""

    async def work(by: Actor) -> UUID:
        area_id, flag_id = decode_flag(input.flag_id)
        return await verb(by=by, area_id=area_id, flag_id=flag_id, version=input.version, **said)

    return await perform(
        info,
        input=input,
        command=command,
        work=work,
        load=lambda result: _load(decode_flag(input.flag_id)[0], result),
    )


@strawberry.type
class InterventionMutation:
    """Raising and moving intervention flags."""

    @strawberry.mutation(description="Raise a flag in an area. For its partners' people and its scrutineer.")
    async def raise_intervention_flag(self, info: Info, input: RaiseFlagInput) -> FlagResult:
        return await perform(
            info,
            input=input,
            command="flag.raise",
            work=lambda by: service.raise_flag(
                by=by, area_id=ids.decode_area(input.area_id), draft=input.draft.draft()
            ),
            load=lambda result: _load(ids.decode_area(input.area_id), result),
        )

    @strawberry.mutation(description="Change what a flag says, before it is referred.")
    async def amend_intervention_flag(self, info: Info, input: AmendFlagInput) -> FlagResult:
        verb = service.amend_flag
        draft = input.draft.draft()
        return await _move(info, input=input, command="flag.amend", verb=verb, draft=draft, reason=input.reason)

    @strawberry.mutation(description="Refer a flag to the Department, with a reason.")
    async def refer_intervention_flag(self, info: Info, input: ReferFlagInput) -> FlagResult:
        said = {"submission": input.submission, "reason": input.reason}
        return await _move(info, input=input, command="flag.refer", verb=service.refer_flag, **said)

    @strawberry.mutation(description="Withdraw a flag, before it is referred or before the Department decides.")
    async def withdraw_intervention_flag(self, info: Info, input: MoveFlagInput) -> FlagResult:
        return await _move(info, input=input, command="flag.withdraw", verb=service.withdraw_flag, reason=input.reason)

    @strawberry.mutation(description="Open a withdrawn flag again (its area) or a closed one (an official).")
    async def reopen_intervention_flag(self, info: Info, input: MoveFlagInput) -> FlagResult:
        return await _move(info, input=input, command="flag.reopen", verb=service.reopen_flag, reason=input.reason)

    @strawberry.mutation(description="Acknowledge a referral. For officials.")
    async def acknowledge_intervention_flag(self, info: Info, input: MoveFlagInput) -> FlagResult:
        verb = service.acknowledge_flag
        return await _move(info, input=input, command="flag.acknowledge", verb=verb, reason=input.reason)

    @strawberry.mutation(description="Ask the area for information. For officials.")
    async def ask_about_intervention_flag(self, info: Info, input: AskAboutFlagInput) -> FlagResult:
        said = {"question": input.question, "reply_due_on": input.reply_due_on, "reason": input.reason}
        return await _move(info, input=input, command="flag.ask", verb=service.ask_about_flag, **said)

    @strawberry.mutation(description="Answer the Department's question. For the area and its scrutineer.")
    async def answer_about_intervention_flag(self, info: Info, input: AnswerAboutFlagInput) -> FlagResult:
        said = {"answer": input.answer, "evidence": links_of(input.evidence)}
        return await _move(info, input=input, command="flag.answer", verb=service.answer_about_flag, **said)

    @strawberry.mutation(description="Decide on a flag, with reasons. For officials; the gravest for senior ones.")
    async def decide_intervention_flag(self, info: Info, input: DecideFlagInput) -> FlagResult:
        draft = DecisionDraft(
            decision=input.decision, reasons=input.reasons, review_on=input.review_on, power=input.power or None
        )
        return await _move(info, input=input, command="flag.decide", verb=service.decide_flag, draft=draft)

    @strawberry.mutation(description="Close a flag that has been decided. For officials.")
    async def close_intervention_flag(self, info: Info, input: MoveFlagInput) -> FlagResult:
        return await _move(info, input=input, command="flag.close", verb=service.close_flag, reason=input.reason)
