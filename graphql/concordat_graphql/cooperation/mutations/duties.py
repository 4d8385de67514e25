"""Writing duties, publishing them, opening cycles."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.cooperation.inputs import duties as inputs
from concordat_graphql.cooperation.keys import decode_in
from concordat_graphql.cooperation.mutations.agencies import CountedResult, counted
from concordat_graphql.cooperation.types.duties import Duty, DutyCycle
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from tenants.cooperation.queries import duties as queries
from tenants.cooperation.service import duties
from tenants.tenancy.actor import Actor

DutyResult = Annotated[Duty | Failed, strawberry.union("DutyResult")]
CycleResult = Annotated[DutyCycle | Failed, strawberry.union("DutyCycleResult")]


async def _load(area_id: int, result: str) -> Duty:
    row = seen(await queries.duty(area_id=area_id, duty_id=UUID(result)))
    return Duty.of(row)


async def _load_cycle(area_id: int, result: str) -> DutyCycle:
    row = seen(await queries.cycle(area_id=area_id, cycle_id=UUID(result)))
    return DutyCycle.of(row)


async def _on_duty(
    info: Info, *, input: Any, command: str, verb: Callable[..., Awaitable[UUID]], **said: Any
) -> Duty | Failed:
    async def work(by: Actor) -> UUID:
        area_id, duty_id = decode_in("Duty", input.duty_id, field="dutyId")
        await verb(by=by, area_id=area_id, duty_id=duty_id, version=input.version, **said)
        return duty_id

    return await perform(
        info,
        input=input,
        command=command,
        work=work,
        load=lambda result: _load(decode_in("Duty", input.duty_id, field="dutyId")[0], result),
    )


@strawberry.type
class DutyMutation:
    """Changing an area's duties."""

    @strawberry.mutation(description="Write a duty that nobody is asked yet. For the area's manager.")
    async def draft_duty(self, info: Info, input: inputs.DraftDutyInput) -> DutyResult:
        return await perform(
            info,
            input=input,
            command="duty.draft",
            work=lambda by: duties.draft_duty(by=by, area_id=ids.decode_area(input.area_id), text=input.text.text()),
            load=lambda result: _load(ids.decode_area(input.area_id), result),
        )

    @strawberry.mutation(description="Change the working text of a duty. What is published stays as it is.")
    async def revise_duty(self, info: Info, input: inputs.ReviseDutyInput) -> DutyResult:
        verb = duties.revise_duty
        return await _on_duty(info, input=input, command="duty.revise", verb=verb, text=input.text.text())

    @strawberry.mutation(description="Freeze the working text as the next version.")
    async def publish_duty(self, info: Info, input: inputs.PublishDutyInput) -> DutyResult:
        return await _on_duty(info, input=input, command="duty.publish", verb=duties.publish_duty)

    @strawberry.mutation(description="Ask a duty of nobody any more. Open cycles stay open.")
    async def retire_duty(self, info: Info, input: inputs.RetireDutyInput) -> DutyResult:
        return await _on_duty(info, input=input, command="duty.retire", verb=duties.retire_duty, reason=input.reason)

    @strawberry.mutation(description="Ask every included agency in the duty's categories.")
    async def open_duty_cycle(self, info: Info, input: inputs.OpenCycleInput) -> CycleResult:
        async def work(by: Actor) -> UUID:
            area_id, duty_id = decode_in("Duty", input.duty_id, field="dutyId")
            return await duties.open_cycle(
                by=by,
                area_id=area_id,
                duty_id=duty_id,
                opens_on=input.opens_on,
                due_on=input.due_on,
                arrangements_version=input.arrangements_version,
            )

        return await perform(
            info,
            input=input,
            command="cycle.open",
            work=work,
            load=lambda result: _load_cycle(decode_in("Duty", input.duty_id, field="dutyId")[0], result),
        )

    @strawberry.mutation(description="Ask agencies that joined after the cycle was opened.")
    async def ask_latecomers(self, info: Info, input: inputs.AskLatecomersInput) -> CountedResult:
        async def work(by: Actor) -> int:
            area_id, cycle_id = decode_in("DutyCycle", input.cycle_id, field="cycleId")
            return await duties.ask_latecomers(by=by, area_id=area_id, cycle_id=cycle_id)

        return await perform(info, input=input, command="cycle.extend", work=work, load=counted)
