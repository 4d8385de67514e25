"""Piccolo tables of indicators. The DDL is in `migrations/`."""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, Boolean, Date, Integer, Numeric, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE
from infra.ids import uuid7


class IndicatorDefinition(Table, db=ENGINE, tablename="indicator_definition"):
    """What a figure counts, in one edition of its definition."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    code = Text()
    edition = Text()
    title = Text()
    meaning = Text()
    unit = Text()
    source = Text()
    geography = Text()
    adds_over_time = Boolean()
    adds_over_places = Boolean()
    running_total = Boolean(default=False)
    defined_by = Text()
    defined_at = Timestamptz()
    version = Integer(default=1)


class IndicatorImport(Table, db=ENGINE, tablename="indicator_import"):
    """A file of figures: whose it is, who uploaded it, what was wrong, and what became of it; never its bytes."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    file_name = Text()
    sha256 = Text()
    bytes = Integer()
    supplied_name = Text()
    supplied_post = Text()
    supplied_body = Text()
    uploaded_by = UUID(null=True, default=None)
    uploaded_name = Text()
    uploaded_at = Timestamptz()
    state = Text(default="checked")
    good = Integer()
    withheld = Integer(default=0)
    problems = JSONB(default="[]")
    staged = JSONB(null=True, default=None)
    written = JSONB(null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)
    decided_name = Text(null=True, default=None)
    version = Integer(default=1)


class IndicatorObservation(Table, db=ENGINE, tablename="indicator_observation"):
    """One figure of one place and period, as published; a correction supersedes it and the row stays."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    definition_id = UUID(default=None)
    code = Text()
    unit = Text()
    place = Text()
    period = Text()
    starts_on = Date()
    value = Numeric(digits=(14, 2), null=True, default=None)
    suppression = Text()
    quality = Text()
    recording_change = Boolean(default=False)
    import_id = UUID(null=True, default=None)
    connection_id = UUID(null=True, default=None)
    published_at = Timestamptz()
    recorded_at = Timestamptz()
    superseded_at = Timestamptz(null=True, default=None)


class IndicatorTarget(Table, db=ENGINE, tablename="indicator_target"):
    """What the area aims for, from a day on, until a later target; a removed one stays, with the reason."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    code = Text()
    direction = Text()
    value = Numeric(digits=(14, 2))
    from_on = Date()
    note = Text(null=True, default=None)
    removed_reason = Text(null=True, default=None)
    version = Integer(default=1)


class IndicatorNeighbour(Table, db=ENGINE, tablename="indicator_neighbour"):
    """A local authority that the area chose to compare itself with."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    la_code = Text()
    la_name = Text()
    chosen_on = Date()
    ended_on = Date(null=True, default=None)
    version = Integer(default=1)


class IndicatorBenchmark(Table, db=ENGINE, tablename="indicator_benchmark"):
    """A published figure of England or of a neighbour, for comparison."""

    area_id = Integer()
    id = UUID(primary_key=True, default=uuid7)
    code = Text()
    place = Text()
    period = Text()
    starts_on = Date()
    value = Numeric(digits=(14, 2), null=True, default=None)
    symbol = Text(null=True, default=None)
    source = Text()
    retrieved_at = Timestamptz()
