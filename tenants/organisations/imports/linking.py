"""Merging who followed whom, and since when a trust has run a school; both refer to what is already registered."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from infra.database import sql
from tenants.organisations.imports.arriving import counted
from tenants.organisations.imports.placing import SET_BASED
from tenants.organisations.imports.tally import Tally
from tenants.organisations.rules import RegisterLink, RejectedRow, TrustMembership


async def merge_links(links: Iterable[RegisterLink], *, tally: Tally, run_id: UUID) -> None:
    """Record successions; each is told from both sides in the file and kept once.

    A link to an establishment that is not registered is rejected alone. Counts are of successions, not of rows.
    """
    await sql.execute(SET_BASED)
    await sql.execute(
        "create temporary table incoming_link (line integer, predecessor_urn integer, successor_urn integer, "
        "kind text, on_date date) on commit drop"
    )
    rows = counted(links, tally=tally)
    await sql.copy_into("incoming_link", columns=RegisterLink._fields, rows=rows)
    await _reject(tally, _UNKNOWN_LINKED)
    counts = await sql.fetch_one(_MERGE_LINKS, run_id)
    assert counts is not None
    tally.created, tally.changed, tally.unchanged = counts["created"], counts["changed"], counts["unchanged"]


async def merge_memberships(memberships: Iterable[TrustMembership], *, tally: Tally, run_id: UUID) -> None:
    """Record since when a trust has run an establishment. The establishments file says which trust does."""
    await sql.execute(SET_BASED)
    await sql.execute(
        "create temporary table incoming_membership (line integer, urn integer, uid integer, joined_on date) "
        "on commit drop"
    )
    rows = counted(memberships, tally=tally)
    await sql.copy_into("incoming_membership", columns=TrustMembership._fields, rows=rows)
    await _reject(tally, _UNKNOWN_MEMBERS)
    tag = await sql.execute(_DATE_MEMBERSHIPS, run_id)
    tally.changed = int(tag.rsplit(" ", 1)[1])
    tally.unchanged = tally.read - tally.changed


async def _reject(tally: Tally, statement: str) -> None:
    unknown = [RejectedRow(**dict(row)) for row in await sql.fetch(statement)]
    tally.rejected.extend(unknown)
    tally.read -= len(unknown)


_UNKNOWN_LINKED = """
with unknown as (
    delete from incoming_link i
    where not exists (select from organisation o where o.urn = i.predecessor_urn)
        or not exists (select from organisation o where o.urn = i.successor_urn)
    returning i.line, i.predecessor_urn, i.successor_urn
)
select line, 'URN ' || case when exists (select from organisation o where o.urn = predecessor_urn)
    then successor_urn else predecessor_urn end || ' is not in the register.' as reason,
    predecessor_urn::text as reference
from unknown order by line
"""

_MERGE_LINKS = """
with told as (
    select p.id as predecessor_id, s.id as successor_id, (array_agg(i.kind order by i.line))[1] as kind,
        min(i.on_date) as on_date
    from incoming_link i
    join organisation p on p.urn = i.predecessor_urn
    join organisation s on s.urn = i.successor_urn
    group by p.id, s.id
), fresh as (
    select t.*, l.predecessor_id is null as is_new
    from told t left join organisation_lineage l using (predecessor_id, successor_id)
    where l.predecessor_id is null or (l.kind, l.on_date) is distinct from (t.kind, t.on_date)
), merged as (
    insert into organisation_lineage (predecessor_id, successor_id, kind, on_date, import_id)
    select predecessor_id, successor_id, kind, on_date, $1 from fresh
    on conflict (predecessor_id, successor_id) do update
    set kind = excluded.kind, on_date = excluded.on_date, import_id = excluded.import_id
)
select count(*) filter (where is_new) as created, count(*) filter (where not is_new) as changed,
    (select count(*) from told) - count(*) as unchanged
from fresh
"""

_UNKNOWN_MEMBERS = """
with unknown as (
    delete from incoming_membership i
    where not exists (select from organisation o where o.urn = i.urn)
        or not exists (select from organisation o where o.uid = i.uid)
    returning i.line, i.urn, i.uid
)
select line, case when exists (select from organisation o where o.urn = unknown.urn)
    then 'Group UID ' || uid else 'URN ' || urn end || ' is not in the register.' as reason, urn::text as reference
from unknown order by line
"""

_DATE_MEMBERSHIPS = """
update organisation o set trust_since = i.joined_on, import_id = $1
from incoming_membership i join organisation t on t.uid = i.uid
where o.urn = i.urn and o.trust_id = t.id and i.joined_on is not null and o.trust_since is distinct from i.joined_on
"""
