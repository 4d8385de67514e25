"""Sending a return in two round trips: its form is read and decided about; it is written, and its record read."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql.cooperation.inputs.returns import SubmitReturnInput, answers_of
from concordat_graphql.cooperation.keys import decode_in
from concordat_graphql.cooperation.shapes_requests import BESIDE_REQUEST, REQUEST
from concordat_graphql.cooperation.types.request_record import RequestRecord
from concordat_graphql.cooperation.types.requests import Submission
from concordat_graphql.shapes.command import Command
from concordat_graphql.shapes.logins import LOCAL
from concordat_graphql.shapes.shape import Bound, NotForThem, Relation, Root, Shape
from concordat_graphql.shapes.words import PART
from infra.database.holding import Step
from tenants.cooperation.service import returns
from tenants.cooperation.service.untouched import UNTOUCHED, WRITTEN, untouched
from tenants.tenancy.actor import Actor


async def _submit(by: Actor, input: SubmitReturnInput) -> list[Step]:
    area_id, request_id = decode_in("DutyRequest", input.request_id, field="requestId")
    return await returns.submitting(
        by=by,
        area_id=area_id,
        request_id=request_id,
        version=input.version,
        answers=answers_of(input.answers),
        confirm_prefilled=input.confirm_prefilled,
    )


def _untouched(by: Actor, input: SubmitReturnInput) -> Bound:
    """Decides at once about a return that nobody has begun, as `returns.submitting` does of the others."""
    area_id, request_id = decode_in("DutyRequest", input.request_id, field="requestId")
    answers = answers_of(input.answers)
    if input.version != UNTOUCHED or answers is None:
        raise NotForThem
    step = untouched(
        by=by, area_id=area_id, request_id=request_id, answers=answers, confirm_prefilled=input.confirm_prefilled
    )
    if step is None:
        raise NotForThem
    return {f"w{place}": value for place, value in enumerate(step.args)}


def _one(_: Actor, input: SubmitReturnInput) -> Bound:
    area_id, request_id = decode_in("DutyRequest", input.request_id, field="requestId")
    return {"area_id": area_id, "request_id": request_id}


_PLACES = tuple(f"{{w{place}}}" for place in range(WRITTEN.count("{")))
_PARTS = ("asked", "draft", "draft_saved_at", "messages", "follow_up")
_MAY = ("may_answer", "may_reply", "may_save", "may_withdraw", "may_decline")
TYPES: Mapping[type, Shape] = {
    RequestRecord: Shape(
        relations={
            "request": PART,
            "submissions": Relation(
                source="submission {t} left join area_reply {t}_p"
                " on {t}_p.area_id = {t}.area_id and {t}_p.submission_id = {t}.id",
                where="{t}.area_id = {p}.area_id and {t}.request_id = {p}.id",
                order="{t}.sent_at desc, {t}.id desc",
                limit="50",
            ),
        },
        resolved=frozenset({*_PARTS, *_MAY}),
    ),
    Submission: Shape(
        table="submission",
        columns={name: f"{{t}}_p.{name}" for name in ("outcome", "comment", "replied_by", "replied_at")},
        resolved=frozenset({"answers"}),
    ),
}

#: of a return that was just written: there was none before, and no reply yet
WRITTEN_TYPES: Mapping[type, Shape] = {
    RequestRecord: Shape(
        relations={
            "request": PART,
            "submissions": Relation(
                source="(select ({p}.sent).*) {t} cross join (select null::text as outcome, null::text as comment,"
                " null::text as replied_by, null::timestamptz as replied_at) {t}_p",
            ),
        },
        resolved=frozenset({*_PARTS, *_MAY}),
    ),
}

COMMANDS: Mapping[str, Command] = {
    "submitReturn": Command(
        name="return.submit",
        decide=_submit,
        result=lambda input: str(input.request_id),
        payload=Root(
            reader=LOCAL,
            relation=Relation(
                source=REQUEST,
                joins=BESIDE_REQUEST,
                where="{t}.area_id = {area_id} and {t}.id = {request_id}",
                one=True,
                bind=_one,
            ),
        ),
        written=Root(
            reader=LOCAL,
            relation=Relation(
                source=f"(select (w.request).*, w.sent from {WRITTEN.format(*_PLACES)} w) {{t}}",
                joins=BESIDE_REQUEST,
                one=True,
                bind=_untouched,
            ),
        ),
    ),
}
