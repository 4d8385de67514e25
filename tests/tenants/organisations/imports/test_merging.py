"""What an import does to the register: creates, changes, closes, reopens; never deletes; the same again is nothing."""

from __future__ import annotations

from datetime import date

import pytest

from infra.clock import today
from infra.database import sql
from tenants.organisations import queries
from tenants.organisations.imports.errors import ImportStopped
from tenants.organisations.imports.service import FileKind
from tenants.organisations.imports.tally import Tally
from tenants.organisations.queries import Change
from tenants.organisations.rules import RegisterEntry, RejectedRow
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.tenants.organisations.imports.register import (
    IMPORTER,
    import_schools,
    registered,
    run_import,
    school,
    trust,
)


async def changes(entry: RegisterEntry) -> list[Change]:
    organisation = await registered(entry)
    async with tenant_scope(IMPORTER, readonly=True):
        return await queries.history(organisation_id=organisation.id)


def counts(tally: Tally) -> tuple[int, int, int, int, int, int]:
    """(created, changed, closed, reopened, unchanged, rejected)"""
    rejected = len(tally.rejected)
    return tally.created, tally.changed, tally.closed, tally.reopened, tally.unchanged, rejected


async def test_new_establishments_are_created_and_the_same_file_again_changes_nothing(database: Cluster) -> None:
    schools = [school(postcode="ZZ1 1AA"), school(name="Àrdan & St Alwyn’s")]
    assert counts(await import_schools(*schools)) == (2, 0, 0, 0, 0, 0)
    before = [await registered(entry) for entry in schools]
    assert counts(await import_schools(*schools)) == (0, 0, 0, 0, 2, 0)
    assert [await registered(entry) for entry in schools] == before
    assert before[1].name == "Àrdan & St Alwyn’s"


async def test_only_what_changed_is_written_and_the_old_fact_is_kept(database: Cluster) -> None:
    kept, renamed = school(), school(name="Old Primary School")
    await import_schools(kept, renamed)
    new = school(urn=renamed.urn, name="New Primary School")
    assert counts(await import_schools(kept, new)) == (0, 1, 0, 0, 1, 0)
    assert (await registered(new)).name == "New Primary School"
    (change,) = await changes(new)
    assert (change.field, change.before, change.after) == ("name", "Old Primary School", "New Primary School")
    assert change.effective_on == today()
    assert await changes(kept) == []


async def test_a_closure_and_a_reopening_are_dated_history(database: Cluster) -> None:
    open_school = school()
    await import_schools(open_school)
    closed = school(urn=open_school.urn, status="closed", closed_on=date(2026, 8, 31))
    assert counts(await import_schools(closed)) == (0, 1, 1, 0, 0, 0)
    assert counts(await import_schools(open_school)) == (0, 1, 0, 1, 0, 0)
    reopened, closure = await changes(open_school)
    assert (closure.field, closure.after, closure.effective_on) == ("status", "closed", date(2026, 8, 31))
    assert (reopened.field, reopened.after, reopened.effective_on) == ("status", "open", date(2012, 9, 1))


async def test_an_establishment_that_a_file_no_longer_lists_stays_as_it_was(database: Cluster) -> None:
    gone, there = school(), school()
    await import_schools(gone, there)
    assert counts(await import_schools(there)) == (0, 0, 0, 0, 1, 0)
    assert (await registered(gone)).status == "open"


async def test_the_second_row_of_one_urn_is_rejected_alone(database: Cluster) -> None:
    first = school(name="First said")
    tally = await import_schools(first, school(), school(urn=first.urn, name="Said again"))
    assert (tally.created, tally.read) == (2, 2)
    assert tally.rejected == [RejectedRow(4, f"URN {first.urn} is already on line 2.", str(first.urn))]
    assert (await registered(first)).name == "First said"


async def test_a_trust_named_by_a_school_is_registered_and_later_told_in_full(database: Cluster) -> None:
    full = trust(name="Foxley Learning Trust", companies_house="09000001")
    academy = school(trust_uid=full.uid, trust_name="Foxley Learning")
    await import_schools(academy)
    assert (await registered(full)).name == "Foxley Learning"
    _, tally = await run_import(FileKind.GROUPS, [full])
    told = await registered(full)
    assert (tally.created, tally.changed) == (0, 1)
    assert (told.name, told.companies_house, told.kind) == ("Foxley Learning Trust", "09000001", "trust")
    assert (await registered(academy)).trust_id == told.id
    assert await changes(full) == []  # being told more is not a change


async def test_a_school_that_moves_to_another_trust_keeps_the_former_one_with_its_dates(database: Cluster) -> None:
    old, new = trust(name="Old Trust"), trust(name="New Trust")
    await run_import(FileKind.GROUPS, [old, new])
    academy = school(trust_uid=old.uid)
    await import_schools(academy)
    await import_schools(school(urn=academy.urn, trust_uid=new.uid))
    organisation = await registered(academy)
    async with tenant_scope(IMPORTER, readonly=True):
        now, before = await queries.trusts_of(establishment_id=organisation.id)
    assert (now.name, now.valid_from, now.valid_to) == ("New Trust", today(), None)
    assert (before.name, before.valid_from, before.valid_to) == ("Old Trust", None, today())
    (change,) = await changes(academy)
    assert (change.field, change.before, change.after) == ("trust", str(old.uid), str(new.uid))


async def open_establishments() -> int:
    async with tenant_scope(IMPORTER, readonly=True):
        found: int = await sql.fetch_value(
            "select count(*) from organisation where kind = 'establishment' and status <> 'closed'"
        )
    return found


async def test_an_import_that_would_close_a_large_part_stops_until_it_is_allowed(database: Cluster) -> None:
    schools = [school() for _ in range(max(60, await open_establishments()))]
    await import_schools(*schools)
    closing = [school(urn=one.urn, status="closed") for one in schools]
    with pytest.raises(ImportStopped, match="This file would close") as stopped:
        await import_schools(*closing)
    assert stopped.value.code == "MASS_CLOSURE"
    assert (await registered(schools[0])).status == "open"
    _, tally = await run_import(FileKind.ESTABLISHMENTS, closing, allow_mass_closure=True)
    assert tally.closed == len(schools)


async def test_a_file_of_mostly_bad_rows_is_refused_whole(database: Cluster) -> None:
    bad = [RejectedRow(line, "“URN” is empty.", "") for line in range(2, 62)]
    entry = school()
    with pytest.raises(ImportStopped, match="60 of the 61 rows could not be read"):
        await run_import(FileKind.ESTABLISHMENTS, [entry], rejected=bad)
    async with tenant_scope(IMPORTER, readonly=True):
        assert await queries.establishment(urn=entry.urn or 0) is None
