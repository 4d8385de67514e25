"""The set-based SQL of a directory's page: as many statements for a thousand bodies as for one."""

from __future__ import annotations

HELD = """
select asked.code, o.id as organisation_id, o.name, o.status, e.name as listed_name, e.status as listed_status
from unnest($2::text[], $3::text[]) as asked (code, force)
left join organisation_directory_entry e on e.source = $1 and e.code = asked.code
join organisation o on o.id = coalesce(e.organisation_id, (select id from organisation where ods_code = asked.code),
    (select f.id from organisation f where f.kind = 'police_force' and f.name = asked.force order by f.id limit 1))
"""

LISTED_OPEN = """
select e.code, e.name, o.kind from organisation_directory_entry e join organisation o on o.id = e.organisation_id
where e.source = $1 and e.code = any ($2) and e.status = 'open'
"""

ENTER = """
insert into organisation (id, kind, name, ods_code, opened_on)
select row.id, row.kind, row.name, row.ods_code, row.opened_on
from jsonb_to_recordset($1::text::jsonb) as row (id uuid, kind text, name text, ods_code text, opened_on date)
"""

CHANGE = """
update organisation o set name = coalesce(row.name, o.name), status = coalesce(row.status, o.status),
    closed_on = case when row.status = 'closed' then row.closed_on when row.status = 'open' then null
        else o.closed_on end,
    version = o.version + 1
from jsonb_to_recordset($1::text::jsonb) as row (id uuid, name text, status text, closed_on date)
where o.id = row.id
"""

REMEMBER = """
insert into organisation_history (organisation_id, field, before, after, effective_on)
select row.organisation_id, row.field, row.before, row.after, row.effective_on
from jsonb_to_recordset($1::text::jsonb) as row (organisation_id uuid, field text, before text, after text,
    effective_on date)
"""

KEEP = """
insert into organisation_directory_entry as e (source, code, organisation_id, name, status, closed_on, successors)
select $1, row.code, row.organisation_id, row.name, row.status, row.closed_on,
    array(select jsonb_array_elements_text(row.successors))
from jsonb_to_recordset($2::text::jsonb) as row (code text, organisation_id uuid, name text, status text,
    closed_on date, successors jsonb)
on conflict (source, code) do update set name = excluded.name, status = excluded.status,
    closed_on = excluded.closed_on, successors = excluded.successors, seen_at = now()
where (e.name, e.status, e.closed_on, e.successors)
    is distinct from (excluded.name, excluded.status, excluded.closed_on, excluded.successors)
"""

# A person's own line of succession, and one already recorded, are left alone.
SUCCEED = """
with line as (
    select e.organisation_id as predecessor_id, s.organisation_id as successor_id,
        e.closed_on + 1 as first_day,  -- a directory says the last day of the one that closed
        cardinality(e.successors) as heirs,
        count(*) over (partition by s.organisation_id) as forebears
    from organisation_directory_entry e
    cross join lateral unnest(e.successors) as heir (code)
    join organisation_directory_entry s on s.source = e.source and s.code = heir.code
    where e.source = $1 and e.status = 'closed' and s.organisation_id <> e.organisation_id
        and not exists (select from organisation_lineage l where l.predecessor_id = e.organisation_id
            and l.successor_id not in (select k.organisation_id from organisation_directory_entry k
                where k.source = e.source and k.code = any (e.successors)))
), made as (
    insert into organisation_lineage (predecessor_id, successor_id, kind, on_date)
    select predecessor_id, successor_id,
        case when heirs > 1 then 'split' when forebears > 1 then 'merger' else 'successor' end, first_day
    from line on conflict (predecessor_id, successor_id) do nothing
    returning predecessor_id, successor_id, kind, on_date
)
select made.*, p.name as predecessor, s.name as successor
from made join organisation p on p.id = made.predecessor_id join organisation s on s.id = made.successor_id
order by p.name, s.name
"""
