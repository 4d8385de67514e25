"""Choosing agencies, telling them, their acknowledgement."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info
from concordat_graphql.cooperation.inputs import agencies as inputs
from concordat_graphql.cooperation.keys import decode_in, decode_many
from concordat_graphql.cooperation.types.agencies import RelevantAgency
from concordat_graphql.cooperation.types.requests import Counted
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from tenants.cooperation.queries import agencies
from tenants.cooperation.service import choosing, telling
from tenants.tenancy.actor import Actor

AgencyResult = Annotated[RelevantAgency | Failed, strawberry.union("RelevantAgencyResult")]
CountedResult = Annotated[Counted | Failed, strawberry.union("CountedResult")]


async def counted(result: str) -> Counted:
    """Return a count that a verb answered."""
    return Counted(count=int(result))


async def _load(area_id: int, result: str) -> RelevantAgency:
    row = seen(await agencies.agency(area_id=area_id, agency_id=UUID(result)))
    return RelevantAgency.of(row)


async def _on_agency(
    info: Info, *, input: Any, command: str, verb: Callable[..., Awaitable[UUID]], **said: Any
) -> RelevantAgency | Failed:
    async def work(by: Actor) -> UUID:
        area_id, agency_id = decode_in("RelevantAgency", input.agency_id, field="agencyId")
        await verb(by=by, area_id=area_id, agency_id=agency_id, **said)
        return agency_id

    return await perform(
        info,
        input=input,
        command=command,
        work=work,
        load=lambda result: _load(decode_in("RelevantAgency", input.agency_id, field="agencyId")[0], result),
    )


@strawberry.type
class AgencyMutation:
    """Changing an area's list of relevant agencies."""

    @strawberry.mutation(description="Put an organisation on the area's list, with the reason. For its manager.")
    async def choose_agency(self, info: Info, input: inputs.ChooseAgencyInput) -> AgencyResult:
        return await perform(
            info,
            input=input,
            command="agency.choose",
            work=lambda by: choosing.choose(
                by=by,
                area_id=ids.decode_area(input.area_id),
                organisation_id=ids.decode_uuid("Organisation", input.organisation_id, field="organisationId"),
                reason=input.reason,
                category=input.category,
                expectation=input.expectation,
                contact_name=input.contact_name,
                contact_email=input.contact_email,
                chosen=input.chosen,
            ),
            load=lambda result: _load(ids.decode_area(input.area_id), result),
        )

    @strawberry.mutation(description="Choose every establishment of these categories in the area. For its manager.")
    async def choose_establishments(self, info: Info, input: inputs.ChooseEstablishmentsInput) -> CountedResult:
        return await perform(
            info,
            input=input,
            command="agency.choose_many",
            work=lambda by: choosing.choose_establishments(
                by=by,
                area_id=ids.decode_area(input.area_id),
                categories=input.categories,
                reason=input.reason,
                expectation=input.expectation,
            ),
            load=counted,
        )

    @strawberry.mutation(description="Change why an agency is chosen, what is expected, whom to write to.")
    async def revise_agency(self, info: Info, input: inputs.ReviseAgencyInput) -> AgencyResult:
        return await _on_agency(
            info,
            input=input,
            command="agency.revise",
            verb=choosing.revise,
            version=input.version,
            reason=input.reason,
            expectation=input.expectation,
            contact_name=input.contact_name,
            contact_email=input.contact_email,
        )

    @strawberry.mutation(description="Record that agencies were told. For the area's manager. All or none.")
    async def tell_agencies(self, info: Info, input: inputs.TellAgenciesInput) -> CountedResult:
        async def work(by: Actor) -> int:
            area_id = ids.decode_area(input.area_id)
            return await telling.tell(
                by=by,
                area_id=area_id,
                agency_ids=decode_many("RelevantAgency", input.agency_ids, area_id=area_id, field="agencyIds"),
                told_on=input.told_on,
                channel=input.channel,
                arrangements_version=input.arrangements_version,
            )

        return await perform(info, input=input, command="agency.tell", work=work, load=counted)

    @strawberry.mutation(description="Acknowledge inclusion, as the agency; or record that it did, as the manager.")
    async def acknowledge_inclusion(self, info: Info, input: inputs.AcknowledgeInclusionInput) -> AgencyResult:
        said = {"version": input.version, "acknowledged_by": input.acknowledged_by}
        return await _on_agency(info, input=input, command="agency.acknowledge", verb=telling.acknowledge, **said)

    @strawberry.mutation(description="Decline inclusion, with the reason. For the agency.")
    async def decline_inclusion(self, info: Info, input: inputs.LeaveAgencyInput) -> AgencyResult:
        said = {"version": input.version, "reason": input.reason}
        return await _on_agency(info, input=input, command="agency.decline", verb=telling.decline, **said)

    @strawberry.mutation(description="End an agency's inclusion; what it owed is cancelled. For the area's manager.")
    async def cease_agency(self, info: Info, input: inputs.LeaveAgencyInput) -> AgencyResult:
        said = {"version": input.version, "reason": input.reason}
        return await _on_agency(info, input=input, command="agency.cease", verb=choosing.cease, **said)

    @strawberry.mutation(description="Write a note that only the area reads.")
    async def add_agency_note(self, info: Info, input: inputs.AddAgencyNoteInput) -> AgencyResult:
        return await _on_agency(info, input=input, command="agency.note", verb=choosing.add_note, body=input.body)
