"""Reading what is recorded and has not happened yet: who and what begins, and what ends."""

from __future__ import annotations

from datetime import date

from infra.database import sql
from tenants.membership.queries.rows import Ahead
from tenants.membership.rules import Office

#: $1 is the area and $2 the day. What ends with the body, group, seat or appointment that it lies within is told once,
#: by that one.
AHEAD = """with
    ended as (select area_id, id, valid_to from partner_body where area_id = $1 and ended_reason is not null
        union all select area_id, id, valid_to from board_group where area_id = $1 and ended_reason is not null
        union all select area_id, id, valid_to from seat where area_id = $1 and ended_reason is not null
        union all select area_id, id, valid_to from appointment where area_id = $1 and ended_reason is not null),
    dated as (
        select 'partner' as what, p.id, p.version, p.name, null as office, null as of, s.name as other, null::uuid as
            within, p.valid_from, p.valid_to, p.ended_reason
        from partner_body p left join partner_body s on s.area_id = p.area_id and s.id = p.succeeded_by
        where p.area_id = $1
        union all
        select 'appointment', a.id, a.version, a.person_name, a.office, coalesce(p.name, s.title), null,
            coalesce(a.partner_id, a.seat_id), a.valid_from, a.valid_to, a.ended_reason
        from appointment a left join partner_body p on p.area_id = a.area_id and p.id = a.partner_id
            left join seat s on s.area_id = a.area_id and s.id = a.seat_id where a.area_id = $1
        union all
        select 'chair', c.id, c.version, a.person_name, null, null, null, a.id, c.valid_from, c.valid_to, c.ended_reason
        from partnership_chair c join appointment a on a.area_id = c.area_id and a.id = c.appointment_id
        where c.area_id = $1
        union all
        select 'group', id, version, name, null, null, null, null, valid_from, valid_to, ended_reason
        from board_group where area_id = $1
        union all
        select 'seat', id, version, title, null, null, null, group_id, valid_from, valid_to, ended_reason
        from seat where area_id = $1)
select what, id, version, name, office, of, other, begins, day as on,
    begins or (valid_from <= $2 and office is distinct from 'scrutineer') as takes_back
from dated d cross join lateral (values (true, valid_from), (false, valid_to)) turns (begins, day)
where (begins and day > $2) or (not begins and day >= $2 and ended_reason is not null
    and not exists (select from ended e where e.id = d.within and e.valid_to = day))
order by day, begins, what, name, id limit 200"""


async def ahead(*, area_id: int, after: date) -> list[Ahead]:
    """Return what begins after the day and what was ended on the day or later, the soonest first; 200 at most."""
    rows = await sql.fetch(AHEAD, area_id, after)
    return [Ahead(**{**row, "office": None if row["office"] is None else Office(row["office"])}) for row in rows]
