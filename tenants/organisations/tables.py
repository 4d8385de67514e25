"""Piccolo tables of the register. The DDL is in `migrations/`."""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, Array, BigInt, Boolean, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE
from infra.ids import uuid7


class Organisation(Table, db=ENGINE, tablename="organisation"):
    """A body of the register as it is today."""

    id = UUID(primary_key=True, default=uuid7)
    kind = Text()
    name = Text()
    legal_name = Text(null=True, default=None)
    status = Text(default="open")
    proposed_to_close = Boolean(default=False)
    opened_on = Date(null=True, default=None)
    closed_on = Date(null=True, default=None)
    urn = Integer(null=True, default=None)
    uid = Integer(null=True, default=None)
    ukprn = Text(null=True, default=None)
    ods_code = Text(null=True, default=None)
    companies_house = Text(null=True, default=None)
    group_id = Text(null=True, default=None)
    la_code = Text(null=True, default=None)
    la_name = Text(null=True, default=None)
    gss_la_code = Text(null=True, default=None)
    establishment_number = Text(null=True, default=None)
    type_code = Integer(null=True, default=None)
    type_label = Text(null=True, default=None)
    phase = Text(null=True, default=None)
    category = Text(null=True, default=None)
    lowest_age = Integer(null=True, default=None)
    highest_age = Integer(null=True, default=None)
    trust_id = UUID(null=True, default=None)
    trust_since = Date(null=True, default=None)
    street = Text(null=True, default=None)
    locality = Text(null=True, default=None)
    town = Text(null=True, default=None)
    postcode = Text(null=True, default=None)
    website = Text(null=True, default=None)
    telephone = Text(null=True, default=None)
    content_hash = Bytea(null=True, default=None)
    import_id = UUID(null=True, default=None)
    version = Integer(default=1)


class TrustMembership(Table, db=ENGINE, tablename="trust_membership"):
    """Which trust ran an establishment before the one of today, from a day (None: not recorded) to a day."""

    establishment_id = UUID(default=None)
    id = UUID(primary_key=True, default=uuid7)
    trust_id = UUID(default=None)
    valid_from = Date(null=True, default=None)
    valid_to = Date()
    import_id = UUID(null=True, default=None)


class OrganisationLineage(Table, db=ENGINE, tablename="organisation_lineage"):
    """Who followed whom."""

    predecessor_id = UUID(primary_key=True, default=None)
    successor_id = UUID(default=None)
    kind = Text()
    on_date = Date(null=True, default=None)
    import_id = UUID(null=True, default=None)
    told_id = UUID(null=True, default=uuid7)
    told_at = Timestamptz(null=True)


class OrganisationAffiliation(Table, db=ENGINE, tablename="organisation_affiliation"):
    """In which board's geography a body lies or lay, as a directory says under a reference of its own."""

    member_id = UUID(primary_key=True, default=None)
    id = UUID(default=uuid7)
    board_id = UUID(default=None)
    source = Text()
    reference = Text()
    valid_from = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)


class OrganisationHistory(Table, db=ENGINE, tablename="organisation_history"):
    """One fact as it was before it changed."""

    organisation_id = UUID(default=None)
    id = UUID(primary_key=True, default=uuid7)
    field = Text()
    before = Text(null=True, default=None)
    after = Text(null=True, default=None)
    effective_on = Date()
    recorded_at = Timestamptz()
    import_id = UUID(null=True, default=None)


class AreaOrganisation(Table, db=ENGINE, tablename="area_organisation"):
    """An organisation present in an area, on a basis, from a day to a day."""

    area_id = Integer(primary_key=True)
    organisation_id = UUID(default=None)
    basis = Text()
    valid_from = Date()
    valid_to = Date(null=True, default=None)


class ImportRun(Table, db=ENGINE, tablename="import_run"):
    """One import of one file: asked, running, and how it ended."""

    id = UUID(primary_key=True, default=uuid7)
    kind = Text()
    file_name = Text()
    sha256 = Text(null=True, default=None)
    size_bytes = BigInt(null=True, default=None)
    allow_mass_closure = Boolean(default=False)
    status = Text(default="queued")
    asked_by = UUID(null=True, default=None)
    asked_by_name = Text()
    asked_at = Timestamptz()
    started_at = Timestamptz(null=True, default=None)
    heard_from_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    rows_expected = Integer(default=0)
    rows_read = Integer(default=0)
    created = Integer(default=0)
    changed = Integer(default=0)
    closed = Integer(default=0)
    reopened = Integer(default=0)
    unchanged = Integer(default=0)
    rejected = Integer(default=0)
    problem = Text(null=True, default=None)


class RegisterLine(Table, db=ENGINE, tablename="register_line"):
    """The digest of the line that last said what an establishment or trust is, and the content it came to."""

    kind = Text(primary_key=True)
    number = Integer()
    form = Bytea()
    digest = Bytea()
    content_hash = Bytea()
    import_id = UUID()


class ImportRejection(Table, db=ENGINE, tablename="import_rejection"):
    """A row that an import did not take, and why."""

    run_id = UUID(primary_key=True, default=None)
    line = Integer()
    reason = Text()
    reference = Text()


class OrganisationDirectoryEntry(Table, db=ENGINE, tablename="organisation_directory_entry"):
    """What another national directory last said of a body."""

    source = Text(primary_key=True)
    code = Text()
    organisation_id = UUID(default=None)
    name = Text()
    status = Text()
    closed_on = Date(null=True, default=None)
    successors = Array(base_column=Text())
    lies_in = JSONB(default="[]")
    seen_at = Timestamptz()
