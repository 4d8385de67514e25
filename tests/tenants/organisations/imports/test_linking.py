"""Successions and dates of trust membership, from the two link files."""

from __future__ import annotations

from datetime import date

from tenants.organisations import queries
from tenants.organisations.imports.service import FileKind
from tenants.organisations.rules import RegisterEntry, RegisterLink, TrustMembership
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


def link(old: RegisterEntry, new: RegisterEntry, on: date | None, kind: str = "successor") -> RegisterLink:
    return RegisterLink(0, old.urn or 0, new.urn or 0, kind, on)


async def test_a_conversion_told_from_both_sides_is_one_succession(database: Cluster) -> None:
    old, academy = school(status="closed", closed_on=date(2026, 8, 31)), school(name="Meadow Academy")
    await import_schools(old, academy)
    both = [link(old, academy, None), link(old, academy, date(2026, 9, 1))]
    _, tally = await run_import(FileKind.LINKS, both)
    assert (tally.created, tally.changed, tally.unchanged, tally.rejected) == (1, 0, 0, [])
    before, after = await registered(old), await registered(academy)
    async with tenant_scope(IMPORTER, readonly=True):
        (successor,) = await queries.successors(organisation_id=before.id)
        (predecessor,) = await queries.predecessors(organisation_id=after.id)
    assert (successor.id, successor.on_date, successor.kind) == (after.id, date(2026, 9, 1), "successor")
    assert predecessor.id == before.id
    assert (before.status, after.status) == ("closed", "open")  # each keeps its own history
    _, again = await run_import(FileKind.LINKS, both)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 1)


async def test_a_long_line_of_successors_leads_to_those_open_today(database: Cluster) -> None:
    infant, junior = school(status="closed"), school(status="closed")
    primary, academy = school(status="closed"), school(name="Last Academy")
    await import_schools(infant, junior, primary, academy)
    line = [
        link(infant, primary, date(2010, 9, 1), "amalgamation"),
        link(junior, primary, date(2010, 9, 1), "amalgamation"),
        link(primary, academy, date(2014, 4, 1)),
    ]
    await run_import(FileKind.LINKS, line)
    first = await registered(infant)
    async with tenant_scope(IMPORTER, readonly=True):
        (today,) = await queries.current_successors(organisation_id=first.id)
    assert today.name == "Last Academy"


async def test_links_that_run_in_a_circle_end(database: Cluster) -> None:
    one, two = school(), school()
    await import_schools(one, two)
    await run_import(FileKind.LINKS, [link(one, two, None), link(two, one, None)])
    first = await registered(one)
    async with tenant_scope(IMPORTER, readonly=True):
        assert len(await queries.current_successors(organisation_id=first.id)) == 1


async def test_a_link_to_an_unknown_establishment_is_rejected_alone(database: Cluster) -> None:
    old, new = school(status="closed"), school()
    await import_schools(old, new)
    stranger = school(urn=599_999)
    _, tally = await run_import(FileKind.LINKS, [link(old, stranger, None), link(old, new, None)])
    assert tally.created == 1
    assert [(row.line, row.reason) for row in tally.rejected] == [(2, "URN 599999 is not in the register.")]


async def test_a_link_file_corrects_a_date_it_gave_before(database: Cluster) -> None:
    old, new = school(status="closed"), school()
    await import_schools(old, new)
    await run_import(FileKind.LINKS, [link(old, new, date(2026, 1, 1))])
    _, tally = await run_import(FileKind.LINKS, [link(old, new, date(2026, 9, 1))])
    assert (tally.created, tally.changed) == (0, 1)


async def test_group_links_date_the_trust_a_school_already_has(database: Cluster) -> None:
    foxley = trust()
    academy, other = school(trust_uid=foxley.uid, trust_name="Foxley"), school()
    await import_schools(academy, other)
    joined = TrustMembership(0, academy.urn or 0, foxley.uid or 0, date(2014, 4, 1))
    unknown = TrustMembership(0, academy.urn or 0, 59_999, None)
    _, tally = await run_import(FileKind.GROUP_LINKS, [joined, unknown])
    assert (tally.changed, [row.reason for row in tally.rejected]) == (1, ["Group UID 59999 is not in the register."])
    assert (await registered(academy)).trust_since == date(2014, 4, 1)
    _, again = await run_import(FileKind.GROUP_LINKS, [joined])
    assert (again.changed, again.unchanged) == (0, 1)
