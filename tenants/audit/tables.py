"""The Piccolo tables of the audit chain. The chain's own columns (seq, hashes, clock) are set by its trigger."""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, BigInt, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE


class Event(Table, db=ENGINE, tablename="event", schema="audit"):
    """One entry: who, as which role, did what, when, why, on which legal basis, before and after."""

    area_id = Integer(primary_key=True)
    seq = BigInt()
    at = Timestamptz()
    actor_id = Text()
    actor_kind = Text()
    actor_name = Text()
    actor_role = Text()
    action = Text()
    subject_type = Text()
    subject_id = Text()
    reason = Text(null=True, default=None)
    legal_basis = Text(null=True, default=None)
    request_id = Text(null=True, default=None)
    before = JSONB(null=True, default=None)
    after = JSONB(null=True, default=None)
    prev_hash = Bytea()
    hash = Bytea()


class SubjectKey(Table, db=ENGINE, tablename="subject_key", schema="audit"):
    """A key for the personal text that an area's entries hold of one subject, sealed; empty once it is erased."""

    area_id = Integer()
    id = UUID(primary_key=True)
    subject_type = Text()
    subject_id = Text()
    sealed = Bytea(null=True, default=None)
    key_id = Integer(null=True, default=None)
    made_at = Timestamptz()
    erased_at = Timestamptz(null=True, default=None)
