"""Sending a return that nobody has begun, without reading it: decided for each version of a duty that it may have been
asked by, and written by the one that it was."""

from __future__ import annotations

import json
from uuid import UUID

from infra.clock import now, today
from infra.database.holding import Step
from infra.ids import uuid7
from tenants.audit.service import appending
from tenants.cooperation import permissions
from tenants.cooperation.queries.duties import VersionRow
from tenants.cooperation.queries.known import KNOWN
from tenants.cooperation.rules import answers as rules
from tenants.cooperation.rules.answers import Answers
from tenants.cooperation.rules.requests import RequestState, next_state
from tenants.cooperation.service.sending import entry_of, new_receipt
from tenants.tenancy.actor import Actor

UNTOUCHED = 1  #: the version of a request on which nobody has acted
#: with the values of the step: one row, of the request and of what was sent, as they were written
WRITTEN = "send_untouched({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {10}, {11})"
_BEFORE = RequestState.NOT_STARTED


def untouched(*, by: Actor, area_id: int, request_id: UUID, answers: Answers, confirm_prefilled: bool) -> Step | None:
    """Return the step that writes the return and its audit entry, or None where the request has to be read first: then
    no known version of the area lets these answers through, or the sender answers for nobody there.

    The step raises in the database where the request is any other than what was decided about.
    """
    bodies, state = permissions.answers_for(by, area_id=area_id), next_state(_BEFORE, "submit")
    given = rules.tidy(answers)
    fitting = [each for each in KNOWN.of(area_id) if not rules.faults(each.questions, given, complete=True)]
    if not bodies or not fitting or state is None:
        return None
    receipt = new_receipt()

    def said(asked: VersionRow) -> dict[str, object]:
        entry = entry_of(asked, request_id=request_id, before=_BEFORE, state=state, receipt=receipt)
        return {"keys": [q.key for q in asked.questions if q.key in given], "entries": appending([(by, entry)]).args[0]}

    asked = json.dumps({str(each.id): said(each) for each in fitting})
    return Step(
        sql=f"exists (select from {WRITTEN})",
        args=(area_id, request_id, bodies, today(), asked, state.value, uuid7(), receipt,
              json.dumps(rules.to_json(given)), confirm_prefilled, by.name, now()),
    )  # fmt: skip
