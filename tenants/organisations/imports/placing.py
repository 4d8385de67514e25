"""Which area each establishment and trust is present in: what the register and the areas' cover together say."""

from __future__ import annotations

from datetime import date

from infra.clock import today
from infra.database import sql
from tenants.organisations.permissions import check_can_import
from tenants.tenancy.actor import Actor

# The statements touch most of a table whose statistics are older than the rows: never loop over it.
SET_BASED = "set local enable_nestloop = off"


async def place_everyone(*, by: Actor, on: date | None = None) -> int:
    """Bring every presence up to date with the register and the areas' cover; return how many began or ended.

    An open establishment is present in the area that covers its local authority, a trust wherever it has an open
    establishment. Doing it again changes nothing. Called by each import, and when an area's cover changes.
    Raises `NotAllowed` without the register's power.
    """
    check_can_import(by)
    day = on or today()
    await sql.execute(SET_BASED)
    if not await sql.fetch_value(ANYONE_MISPLACED, day):
        return 0
    changed = [
        await sql.execute(_END_ESTABLISHMENTS, day),
        await sql.execute(_BEGIN_ESTABLISHMENTS, day),
        await sql.execute(_END_TRUSTS, day),
        await sql.execute(_BEGIN_TRUSTS, day),
    ]
    return sum(int(tag.rsplit(" ", 1)[1]) for tag in changed)


# The four statements below change nothing exactly when this is false. Asking costs a quarter of them.
ANYONE_MISPLACED = """
with school as materialized (
    select c.area_id, o.id, o.trust_id
    from area_local_authority c
    join organisation o on o.la_code = c.la_code and o.kind = 'establishment' and o.status = 'open'
    where c.valid @> $1::date
), expected as (
    select area_id, id from school
    union all
    select distinct area_id, trust_id from school where trust_id is not null
), present as (
    select area_id, organisation_id from area_organisation where basis = 'covers_la' and valid_to is null
)
select exists (
    select from expected e full join present p on p.area_id = e.area_id and p.organisation_id = e.id
    where e.id is null or p.organisation_id is null)
"""

_END_ESTABLISHMENTS = """
update area_organisation p
set valid_to = greatest(p.valid_from, case when o.status = 'closed' then least(o.closed_on, $1) else $1::date - 1 end)
from organisation o
where p.organisation_id = o.id and p.basis = 'covers_la' and p.valid_to is null and o.kind = 'establishment'
    and (o.status <> 'open' or not exists (
        select from area_local_authority c
        where c.area_id = p.area_id and c.la_code = o.la_code and c.valid @> $1::date))
"""

# First seen: present since it opened or the area began to cover its authority; moved: present from today.
_BEGIN_ESTABLISHMENTS = """
insert into area_organisation (area_id, organisation_id, basis, valid_from)
select c.area_id, o.id, 'covers_la',
    case when before.organisation_id is null then least(greatest(o.opened_on, c.valid_from), $1) else $1 end
from area_local_authority c
join organisation o on o.la_code = c.la_code and o.kind = 'establishment' and o.status = 'open'
left join area_organisation p
    on p.area_id = c.area_id and p.organisation_id = o.id and p.basis = 'covers_la' and p.valid_to is null
left join (select distinct organisation_id from area_organisation where basis = 'covers_la') before
    on before.organisation_id = o.id
where c.valid @> $1::date and p.organisation_id is null
on conflict (area_id, organisation_id, basis, valid_from) do update set valid_to = null
"""

_END_TRUSTS = """
update area_organisation p set valid_to = greatest(p.valid_from, $1::date - 1)
from organisation t
where t.id = p.organisation_id and t.kind = 'trust' and p.basis = 'covers_la' and p.valid_to is null
    and not exists (
        select from organisation o
        join area_organisation s on s.organisation_id = o.id and s.basis = 'covers_la' and s.valid_to is null
        where o.trust_id = t.id and s.area_id = p.area_id)
"""

_BEGIN_TRUSTS = """
insert into area_organisation (area_id, organisation_id, basis, valid_from)
select s.area_id, o.trust_id, 'covers_la', case when before.organisation_id is null then min(s.valid_from) else $1 end
from area_organisation s
join organisation o on o.id = s.organisation_id
left join area_organisation p
    on p.area_id = s.area_id and p.organisation_id = o.trust_id and p.basis = 'covers_la' and p.valid_to is null
left join (select distinct area_id, organisation_id from area_organisation where basis = 'covers_la') before
    on before.area_id = s.area_id and before.organisation_id = o.trust_id
where s.basis = 'covers_la' and s.valid_to is null and o.trust_id is not null and p.organisation_id is null
group by s.area_id, o.trust_id, before.organisation_id
on conflict (area_id, organisation_id, basis, valid_from) do update set valid_to = null
"""
