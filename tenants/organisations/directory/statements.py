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
insert into organisation (id, kind, name, ods_code, opened_on, type_label)
select row.id, row.kind, row.name, row.ods_code, row.opened_on, row.type_label
from jsonb_to_recordset($1::text::jsonb) as row (id uuid, kind text, name text, ods_code text, opened_on date,
    type_label text)
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
insert into organisation_directory_entry as e (source, code, organisation_id, name, status, closed_on, successors,
    lies_in)
select $1, row.code, row.organisation_id, row.name, row.status, row.closed_on,
    array(select jsonb_array_elements_text(row.successors)), row.lies_in
from jsonb_to_recordset($2::text::jsonb) as row (code text, organisation_id uuid, name text, status text,
    closed_on date, successors jsonb, lies_in jsonb)
on conflict (source, code) do update set name = excluded.name, status = excluded.status,
    closed_on = excluded.closed_on, successors = excluded.successors, lies_in = excluded.lies_in, seen_at = now()
where (e.name, e.status, e.closed_on, e.successors, e.lies_in)
    is distinct from (excluded.name, excluded.status, excluded.closed_on, excluded.successors, excluded.lies_in)
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

# What a body's entry no longer says ended yesterday ($2): a directory that takes an affiliation out does not say when.
AFFILIATE = """
with said as (
    select e.organisation_id as member_id, b.organisation_id as board_id, row.reference, row.valid_from, row.valid_to
    from organisation_directory_entry e
    cross join lateral jsonb_to_recordset(e.lies_in) as row (reference text, board text, valid_from date, valid_to date)
    join organisation_directory_entry b on b.source = e.source and b.code = row.board
    where e.source = $1 and b.organisation_id <> e.organisation_id
), different as (
    select said.*, a.id, a.board_id as board_before, a.valid_from as from_before, a.valid_to as to_before
    from said left join organisation_affiliation a
        on a.member_id = said.member_id and a.source = $1 and a.reference = said.reference
    where a.id is null or (a.board_id, a.valid_from, a.valid_to)
        is distinct from (said.board_id, said.valid_from, said.valid_to)
), gone as (
    select a.member_id, a.board_id, a.reference, a.valid_from, greatest($2, a.valid_from) as valid_to, a.id,
        a.board_id as board_before, a.valid_from as from_before, a.valid_to as to_before
    from organisation_affiliation a
    where a.source = $1 and a.valid_to is null and not exists (select from organisation_directory_entry e,
        lateral jsonb_to_recordset(e.lies_in) as row (reference text)
        where e.source = $1 and e.organisation_id = a.member_id and row.reference = a.reference)
), changed as (
    select * from different union all select * from gone
), written as (
    insert into organisation_affiliation (member_id, board_id, source, reference, valid_from, valid_to)
    select member_id, board_id, $1, reference, valid_from, valid_to from changed
    on conflict (member_id, source, reference) do update set board_id = excluded.board_id,
        valid_from = excluded.valid_from, valid_to = excluded.valid_to
)
select c.member_id, m.name as member, b.name as board, c.valid_from, c.valid_to, o.name as board_before, c.from_before,
    c.to_before
from changed c join organisation m on m.id = c.member_id join organisation b on b.id = c.board_id
left join organisation o on o.id = c.board_before
order by m.name, c.valid_from, c.reference
"""
