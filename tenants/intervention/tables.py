"""Piccolo tables of intervention flags. The DDL is in `migrations/`; `tests/shape` holds the two to each other."""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, Boolean, Date, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE
from infra.ids import uuid7


class InterventionFlag(Table, db=ENGINE, tablename="intervention_flag"):
    """A flag: what is of concern and where it stands. Open to the Department once referred."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    kind = Text()
    title = Text()
    concern = Text()
    partners = JSONB()
    evidence = JSONB()
    told = JSONB()
    raised_as = Text()
    raised_by = UUID(default=None)
    raised_by_name = Text()
    raised_by_role = Text()
    raised_on = Date()
    state = Text(default="raised")
    referred_at = Timestamptz(null=True, default=None)
    submission = Text(null=True, default=None)
    reply_due_on = Date(null=True, default=None)
    decision = Text(null=True, default=None)
    power = Text(null=True, default=None)
    review_on = Date(null=True, default=None)
    changed_at = Timestamptz()
    version = Integer(default=1)


class InterventionFlagWorking(Table, db=ENGINE, tablename="intervention_flag_working"):
    """What stays in the area: what was tried, in its own words, and its notes."""

    area_id = Integer()
    flag_id = UUID(primary_key=True)
    tried = Text()
    note = Text(null=True, default=None)


class InterventionFlagMove(Table, db=ENGINE, tablename="intervention_flag_move"):
    """One move, by a named person, with a reason. Append only; `shared` ones are open to the Department."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    flag_id = UUID(default=None)
    at = Timestamptz()
    move = Text()
    before = Text(null=True, default=None)
    after = Text()
    reason = Text(null=True, default=None)
    message = Text(null=True, default=None)
    due_on = Date(null=True, default=None)
    decision = Text(null=True, default=None)
    power = Text(null=True, default=None)
    by_id = UUID(default=None)
    by_name = Text()
    by_role = Text()
    shared = Boolean()


class FlagReviewReminder(Table, db=ENGINE, tablename="flag_review_reminder"):
    """That the review of a decision was reminded of, for one review date."""

    area_id = Integer()
    flag_id = UUID(primary_key=True)
    review_on = Date()
    sent_at = Timestamptz()
