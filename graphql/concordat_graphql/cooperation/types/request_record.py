"""One request, whole. What a document does not ask for is not read; its lists are one statement, however many."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import strawberry

from concordat_graphql.context import Info, reading
from concordat_graphql.cooperation.keys import Key
from concordat_graphql.cooperation.types.duties import DutyVersion, FollowUpStep
from concordat_graphql.cooperation.types.requests import (
    DutyRequest,
    FollowUp,
    FollowUpMove,
    FollowUpProposal,
    GivenAnswer,
    RequestMessage,
    SentReminder,
    Submission,
    UndeliveredMail,
    given,
)
from tenants.cooperation import permissions
from tenants.cooperation.queries import forms, records
from tenants.cooperation.queries.forms import Form
from tenants.cooperation.queries.records import Part, Record
from tenants.cooperation.queries.requests import RequestRow
from tenants.cooperation.rules.requests import next_state
from tenants.cooperation.service.follow_up import proposal
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import NotFound
from tenants.tenancy.mail.queries import Undelivered, undelivered

Parts = tuple[Key, Part]


@strawberry.type
class RequestRecord:
    """One request, whole. `draft` is for the agency's own people, `follow_up` for the area's."""

    row: strawberry.Private[RequestRow]
    actor: strawberry.Private[Actor]
    form: strawberry.Private[Form | None] = None  #: where it has been read already

    @strawberry.field
    def request(self) -> DutyRequest:
        return DutyRequest.of(self.row)

    @strawberry.field
    async def asked(self, info: Info) -> DutyVersion:
        return DutyVersion.of((await self._form(info)).asked)

    @strawberry.field
    async def draft(self, info: Info) -> list[GivenAnswer] | None:
        if not self._answers():
            return None
        before = (await self._form(info)).before
        return given(before.answers, prefilled=before.prefilled)

    @strawberry.field
    async def draft_saved_at(self, info: Info) -> datetime | None:
        return (await self._form(info)).before.saved_at if self._answers() else None

    @strawberry.field
    async def submissions(self, info: Info) -> list[Submission]:
        return [Submission.of(row) for row in (await self._record(info, "submissions")).submissions]

    @strawberry.field
    async def messages(self, info: Info) -> list[RequestMessage]:
        return [RequestMessage.of(row) for row in (await self._record(info, "messages")).messages]

    @strawberry.field
    async def follow_up(self, info: Info) -> FollowUp | None:
        if self.row.area_id not in self.actor.read_areas:
            return None
        key = (self.row.area_id, self.row.id)
        unreached = await info.context.loader("request.undelivered", partial(_undelivered, info)).load(key)
        return _follow_up(self.row, await self._record(info, "follow_up"), unreached)

    @strawberry.field
    def may_answer(self) -> bool:
        return self._answers()

    @strawberry.field
    def may_reply(self) -> bool:
        return permissions.can_reply(self.actor, area_id=self.row.area_id) and self._next("accept")

    @strawberry.field
    def may_save(self) -> bool:
        return self._answers() and self._next("save")

    @strawberry.field
    def may_withdraw(self) -> bool:
        return self._answers() and self._next("withdraw")

    @strawberry.field
    def may_decline(self) -> bool:
        return self._answers() and self._next("decline")

    def _next(self, verb: str) -> bool:
        return next_state(self.row.state, verb) is not None

    def _answers(self) -> bool:
        row = self.row
        return permissions.can_answer(self.actor, area_id=row.area_id, organisation_id=row.organisation_id)

    async def _form(self, info: Info) -> Form:
        if self.form is None:
            key = (self.row.area_id, self.row.id)
            self.form = await info.context.loader("request.form", partial(_forms, info)).load(key)
        if self.form is None:
            raise NotFound("request")
        return self.form

    async def _record(self, info: Info, part: Part) -> Record:
        key = (self.row.area_id, self.row.id)
        return await info.context.loader("request.record", partial(_records, info)).load((key, part))


async def _forms(info: Info, keys: list[Key]) -> list[Form | None]:
    async with reading(info):
        found = await forms.forms(keys=keys)
    return [found.get(key) for key in keys]


async def _records(info: Info, wanted: list[Parts]) -> list[Record]:
    """Return for each request and part a record with at least that part: a statement for each request."""
    async with reading(info):
        found = {
            (area_id, request_id): await records.record(
                area_id=area_id,
                request_id=request_id,
                parts=frozenset(part for key, part in wanted if key == (area_id, request_id)),
            )
            for area_id, request_id in dict.fromkeys(key for key, _ in wanted)
        }
    return [found[key] for key, _ in wanted]


async def _undelivered(info: Info, keys: list[Key]) -> list[list[Undelivered]]:
    """Return for each request the addresses that its last mails did not reach, by one statement for each area."""
    found: dict[Key, list[Undelivered]] = {}
    async with reading(info):
        for area_id in {area_id for area_id, _ in keys}:
            wanted = [request_id for area, request_id in keys if area == area_id]
            of_area = await undelivered(area_id=area_id, about=wanted)
            found |= {(area_id, request_id): rows for request_id, rows in of_area.items()}
    return [found.get(key, []) for key in keys]


def _follow_up(row: RequestRow, record: Record, unreached: list[Undelivered]) -> FollowUp:
    suggested = proposal(row, steps=record.steps)
    return FollowUp(
        steps=[FollowUpStep(title=step.title, working_days=step.working_days) for step in record.steps],
        moves=[FollowUpMove.of(move) for move in record.moves],
        reminders=[SentReminder.of(reminder) for reminder in record.reminders],
        undelivered=[UndeliveredMail.of(mail) for mail in unreached],
        proposal=None
        if suggested is None
        else FollowUpProposal(step=suggested.step, title=suggested.title, evidence=suggested.evidence),
    )
