"""The Piccolo table of the audit chain. The chain's own columns (seq, hashes, clock) are set by its trigger."""

from __future__ import annotations

from piccolo.columns import JSONB, BigInt, Bytea, Integer, Text, Timestamptz
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
