"""Piccolo tables of cooperation. The DDL is in `migrations/`."""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, Array, Boolean, Date, Integer, Text, Timestamptz
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table

from infra.database import ENGINE
from infra.ids import uuid7


class RelevantAgency(Table, db=ENGINE, tablename="relevant_agency"):
    """An agency the area considered, chose, told."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    organisation_id = UUID(default=None)
    name = Text()
    category = Text()
    state = Text()
    reason = Text()
    expectation = Text(null=True, default=None)
    contact_name = Text(null=True, default=None)
    contact_email = Text(null=True, default=None)
    notified_on = Date(null=True, default=None)
    notified_channel = Text(null=True, default=None)
    notified_version = Text(null=True, default=None)
    acknowledged_on = Date(null=True, default=None)
    acknowledged_by = Text(null=True, default=None)
    acknowledged_version = Text(null=True, default=None)
    state_reason = Text(null=True, default=None)
    version = Integer(default=1)


class AgencyTelling(Table, db=ENGINE, tablename="agency_telling"):
    """One time an agency was told."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    agency_id = UUID(default=None)
    organisation_id = UUID(default=None)
    told_on = Date()
    channel = Text()
    arrangements_version = Text()
    told_by = Text()


class AgencyNote(Table, db=ENGINE, tablename="agency_note"):
    """The area's own note on an agency."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    agency_id = UUID(default=None)
    body = Text()
    written_by = Text()


class Duty(Table, db=ENGINE, tablename="duty"):
    """What the area asks for, as it is being worked on."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    title = Text()
    body = Text()
    legal_basis = Array(base_column=Text())
    legal_note = Text(null=True, default=None)
    cycle = Text()
    categories = Array(base_column=Text())
    questions = JSONB()
    opens_on = Date(null=True, default=None)
    due_on = Date(null=True, default=None)
    reminder_days = Array(base_column=Integer())
    follow_up = JSONB()
    state = Text(default="draft")
    latest_number = Integer(default=0)
    changed = Boolean(default=True)
    version = Integer(default=1)


class DutyVersion(Table, db=ENGINE, tablename="duty_version"):
    """A published duty: frozen."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    duty_id = UUID(default=None)
    number = Integer()
    title = Text()
    body = Text()
    legal_basis = Array(base_column=Text())
    legal_note = Text(null=True, default=None)
    categories = Array(base_column=Text())
    questions = JSONB()
    published_by = Text()


class DutyCycle(Table, db=ENGINE, tablename="duty_cycle"):
    """One time round of a duty."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    duty_id = UUID(default=None)
    duty_version_id = UUID(default=None)
    label = Text()
    opens_on = Date()
    due_on = Date()
    opened_by = Text()


class DutyRequest(Table, db=ENGINE, tablename="duty_request"):
    """One agency asked for one duty in one cycle."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    cycle_id = UUID(default=None)
    duty_id = UUID(default=None)
    duty_version_id = UUID(default=None)
    agency_id = UUID(default=None)
    organisation_id = UUID(default=None)
    agency_name = Text()
    category = Text()
    title = Text()
    cycle_label = Text()
    opens_on = Date()
    due_on = Date()
    state = Text(default="not_started")
    question_open = Boolean(default=False)
    submitted_at = Timestamptz(null=True, default=None)
    state_reason = Text(null=True, default=None)
    version = Integer(default=1)


class RequestDraft(Table, db=ENGINE, tablename="request_draft"):
    """The agency's own draft of an answer."""

    area_id = Integer()
    request_id = UUID(primary_key=True, default=None)
    organisation_id = UUID(default=None)
    answers = JSONB()
    prefilled = Array(base_column=Text())
    saved_by = Text()
    saved_at = Timestamptz(default=TimestamptzNow())


class Submission(Table, db=ENGINE, tablename="submission"):
    """What was sent, as it was sent."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    request_id = UUID(default=None)
    duty_id = UUID(default=None)
    organisation_id = UUID(default=None)
    receipt = Text()
    answers = JSONB()
    reused = Array(base_column=Text())
    sent_by = Text()
    sent_at = Timestamptz(default=TimestamptzNow())
    withdrawn_at = Timestamptz(null=True, default=None)


class AreaReply(Table, db=ENGINE, tablename="area_reply"):
    """The partnership's reply to a return."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    request_id = UUID(default=None)
    submission_id = UUID(default=None)
    organisation_id = UUID(default=None)
    outcome = Text()
    comment = Text()
    replied_by = Text()


class RequestMessage(Table, db=ENGINE, tablename="request_message"):
    """One message between an agency and the partnership about a request."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    request_id = UUID(default=None)
    organisation_id = UUID(default=None)
    side = Text()
    body = Text()
    written_by = Text()


class FollowUpMove(Table, db=ENGINE, tablename="follow_up_move"):
    """A person's decision to move a request to a follow-up step."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    request_id = UUID(default=None)
    step = Integer()
    step_title = Text()
    evidence = Text()
    reason = Text()
    moved_by = Text()


class Reminder(Table, db=ENGINE, tablename="reminder"):
    """A reminder that was sent."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    request_id = UUID(default=None)
    day = Integer()
    sent_to = Text()
