"""Piccolo tables of the overview."""

from __future__ import annotations

from piccolo.columns import JSONB, Boolean, Date, DoublePrecision, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE


class AreaFact(Table, db=ENGINE, tablename="area_fact"):
    """What an area reports on one subject. The key is `(area_id, subject)`."""

    area_id = Integer(primary_key=True)
    subject = Text()
    standing = Text()
    words = Text()
    amount = DoublePrecision(null=True, default=None)
    reasons = JSONB()
    recheck_on = Date(null=True, default=None)
    stale = Boolean(default=False)
    computed_at = Timestamptz()
