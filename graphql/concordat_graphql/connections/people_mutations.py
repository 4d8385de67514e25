"""Deciding on proposals, and entering contacts."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from typing import Annotated
from uuid import UUID

import strawberry

from concordat_graphql import ids
from concordat_graphql.connections.inputs import (
    AcceptProposalsInput,
    ChangeContactInput,
    EndContactInput,
    EnterContactInput,
    ReconsiderProposalsInput,
    RefuseProposalsInput,
    SeenProposalInput,
)
from concordat_graphql.connections.people_types import DecidedProposals, NamedContact, ProposalOutcome
from concordat_graphql.context import Info
from concordat_graphql.perform import perform, seen
from concordat_graphql.problems import Failed
from tenants.connections import service
from tenants.connections.queries import proposals as queries
from tenants.connections.service import Decided

DecidedResult = Annotated[DecidedProposals | Failed, strawberry.union("DecidedProposalsResult")]
ContactResult = Annotated[NamedContact | Failed, strawberry.union("NamedContactResult")]


def _seen(proposals: list[SeenProposalInput]) -> dict[UUID, int]:
    return {ids.decode_uuid("ConnectionProposal", one.id, field="proposals"): one.version for one in proposals}


async def _kept(work: Awaitable[list[Decided]]) -> str:
    """Return what became of each, as it is kept under the idempotency key."""
    return json.dumps([[str(one.proposal_id), one.done, one.said] for one in await work])


async def _decided(area_id: str, result: str) -> DecidedProposals:
    said = [(UUID(key), done, words) for key, done, words in json.loads(result)]
    area = ids.decode_area(area_id)
    rows = {row.id: row for row in await queries.proposals_by_id(area_id=area, proposal_ids=[key for key, *_ in said])}
    outcomes = [ProposalOutcome.of(key, rows.get(key), done=done, said=words) for key, done, words in said]
    return DecidedProposals(decided=sum(one.done for one in outcomes), outcomes=outcomes)


async def _contact(info: Info, area_id: str, result: str) -> NamedContact:
    row = seen(await queries.contact(area_id=ids.decode_area(area_id), contact_id=UUID(result)))
    return NamedContact.of(row, actor=info.context.person)


@strawberry.type
class ContactsMutation:
    """Deciding on proposals, and entering contacts."""

    @strawberry.mutation(
        description="Accept proposals, each by itself: one that has moved on does not stop the others."
    )
    async def accept_proposals(self, info: Info, input: AcceptProposalsInput) -> DecidedResult:
        return await perform(
            info,
            input=input,
            command="proposal.accept",
            work=lambda by: _kept(
                service.accept(
                    by=by,
                    area_id=ids.decode_area(input.area_id),
                    proposals=_seen(input.proposals),
                    reason=input.reason,
                    invite_people=input.invite_people,
                )
            ),
            load=lambda result: _decided(input.area_id, result),
        )

    @strawberry.mutation(description="Refuse proposals with a reason, each by itself.")
    async def refuse_proposals(self, info: Info, input: RefuseProposalsInput) -> DecidedResult:
        return await perform(
            info,
            input=input,
            command="proposal.refuse",
            work=lambda by: _kept(
                service.refuse(
                    by=by,
                    area_id=ids.decode_area(input.area_id),
                    proposals=_seen(input.proposals),
                    reason=input.reason,
                )
            ),
            load=lambda result: _decided(input.area_id, result),
        )

    @strawberry.mutation(description="Take refusals back with a reason: the proposals wait for a decision again.")
    async def reconsider_proposals(self, info: Info, input: ReconsiderProposalsInput) -> DecidedResult:
        return await perform(
            info,
            input=input,
            command="proposal.reconsider",
            work=lambda by: _kept(
                service.reconsider(
                    by=by,
                    area_id=ids.decode_area(input.area_id),
                    proposals=_seen(input.proposals),
                    reason=input.reason,
                )
            ),
            load=lambda result: _decided(input.area_id, result),
        )

    @strawberry.mutation(description="Enter a contact of an organisation. For the area and the organisation itself.")
    async def enter_contact(self, info: Info, input: EnterContactInput) -> ContactResult:
        return await perform(
            info,
            input=input,
            command="contact.enter",
            work=lambda by: service.enter_contact(
                by=by,
                area_id=ids.decode_area(input.area_id),
                organisation_id=ids.decode_uuid("Organisation", input.organisation_id, field="organisationId"),
                post=input.post,
                name=input.name,
                email=input.email,
                phone=input.phone,
            ),
            load=lambda result: _contact(info, input.area_id, result),
        )

    @strawberry.mutation(description="Change a contact: the entry ends and a new one begins.")
    async def change_contact(self, info: Info, input: ChangeContactInput) -> ContactResult:
        return await perform(
            info,
            input=input,
            command="contact.change",
            work=lambda by: service.change_contact(
                by=by,
                area_id=ids.decode_area(input.area_id),
                contact_id=ids.decode_uuid("NamedContact", input.contact_id, field="contactId"),
                version=input.version,
                post=input.post,
                name=input.name,
                email=input.email,
                phone=input.phone,
            ),
            load=lambda result: _contact(info, input.area_id, result),
        )

    @strawberry.mutation(description="End a contact, with a reason.")
    async def end_contact(self, info: Info, input: EndContactInput) -> ContactResult:
        return await perform(
            info,
            input=input,
            command="contact.end",
            work=lambda by: service.end_contact(
                by=by,
                area_id=ids.decode_area(input.area_id),
                contact_id=ids.decode_uuid("NamedContact", input.contact_id, field="contactId"),
                version=input.version,
                reason=input.reason,
            ),
            load=lambda result: _contact(info, input.area_id, result),
        )
