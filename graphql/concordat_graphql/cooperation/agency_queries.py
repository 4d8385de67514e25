"""Reading cooperation from either side: what I have been asked, where I am included, one request, one agency."""

from __future__ import annotations

import strawberry

from concordat_graphql import ids, paging
from concordat_graphql.context import Info, reading
from concordat_graphql.cooperation.keys import checked_key, decode_in
from concordat_graphql.cooperation.types.agencies import AgencyNote, AgencyRecord, AgencyTelling, RelevantAgency
from concordat_graphql.cooperation.types.request_record import RequestRecord
from concordat_graphql.cooperation.types.requests import DutyRequest
from tenants.cooperation.permissions import can_answer
from tenants.cooperation.queries import agencies, forms, requests
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import Hat


def _local(info: Info) -> Actor:
    actor = info.context.person
    if actor.hat is not Hat.LOCAL:
        raise NotAllowed("This is for the partnership and the agencies it works with.")
    return actor


@strawberry.type
class AgencyQuery:
    """Reading as an agency's own people, or about one agency or request."""

    @strawberry.field(description="What my organisations have been asked, in every area, soonest due first.")
    async def my_duties(
        self,
        info: Info,
        open_only: bool = False,
        area_id: strawberry.ID | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> paging.Connection[DutyRequest]:
        actor, size = _local(info), paging.page_size(first)
        key = checked_key(paging.after_key(after, parts=3), dated=True)
        async with reading(info):
            rows = await requests.requests_of_organisations(
                organisation_ids=sorted(actor.organisations),
                open_only=open_only,
                area_id=None if area_id is None else ids.decode_area(area_id),
                after=key,
                limit=size + 1,
            )
        return paging.page(
            rows,
            first=size,
            node=DutyRequest.of,
            key=lambda row: paging.cursor(row.due_on.isoformat(), row.agency_name, str(row.id)),
        )

    @strawberry.field(description="Where my organisations are included in an area's arrangements.")
    async def my_inclusions(self, info: Info) -> list[RelevantAgency]:
        actor = _local(info)
        async with reading(info):
            rows = await agencies.inclusions(organisation_ids=sorted(actor.organisations))
        return [RelevantAgency.of(row) for row in rows]

    @strawberry.field(description="One request with its form, returns, replies and messages; null when not theirs.")
    async def duty_request(self, info: Info, id: strawberry.ID) -> RequestRecord | None:
        actor = _local(info)
        area_id, request_id = decode_in("DutyRequest", id, field="id")
        async with reading(info):
            form = await forms.form(area_id=area_id, request_id=request_id)
        return None if form is None else RequestRecord(row=form.request, actor=actor, form=form)

    @strawberry.field(description="One agency with how it was told; null when it is not the reader's to see.")
    async def relevant_agency(self, info: Info, id: strawberry.ID) -> AgencyRecord | None:
        actor = _local(info)
        area_id, agency_id = decode_in("RelevantAgency", id, field="id")
        async with reading(info):
            row = await agencies.agency(area_id=area_id, agency_id=agency_id)
            if row is None:
                return None
            tellings = await agencies.tellings(area_id=area_id, agency_id=agency_id)
            notes = await agencies.notes(area_id=area_id, agency_id=agency_id)
        return AgencyRecord(
            agency=RelevantAgency.of(row),
            tellings=[AgencyTelling.of(one) for one in tellings],
            notes=[AgencyNote.of(one) for one in notes],
            may_acknowledge=can_answer(actor, area_id=area_id, organisation_id=row.organisation_id),
        )
