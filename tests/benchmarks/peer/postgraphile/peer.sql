-- What PostGraphile serves: views over our own tables, read with the reader's own rights, so under the same policies.
-- Everything its developers would put into SQL is in SQL here: labels, counts, what is open.
drop schema if exists peer cascade;
create schema peer;
grant usage on schema peer to concordat_app, concordat_national;

create table peer.flag_state (state text primary key, label text not null, waits_for text, is_open boolean not null);
create table peer.agency_state (state text primary key, label text not null);
create table peer.request_state (state text primary key, label text not null);
comment on table peer.flag_state is '@behavior -*';
comment on table peer.agency_state is '@behavior -*';
comment on table peer.request_state is '@behavior -*';

create view peer.area with (security_invoker = true) as select id, name, slug, lifecycle from public.area;
comment on view peer.area is '@primaryKey id
@unique slug';

create view peer.cover with (security_invoker = true) as
select area_id, id, la_code as code, la_name as name, valid_from from public.area_local_authority
where valid_from <= current_date and (valid_to is null or valid_to >= current_date);
comment on view peer.cover is '@primaryKey id
@foreignKey (area_id) references peer.area (id)|@foreignFieldName localAuthorities';

create view peer.budget with (security_invoker = true) as
select area_id, id, year, state, agreed_on, year || '-' || lpad(((year + 1) % 100)::text, 2, '0') as label
from public.budget;
comment on view peer.budget is '@primaryKey id
@unique area_id,id
@foreignKey (area_id) references peer.area (id)|@foreignFieldName budgets';

create view peer.cycle with (security_invoker = true) as
select y.area_id, y.id, v.title as duty_title, y.label, y.opens_on, y.due_on, n.asked, n.returned, n.declined
from public.duty_cycle y
    join public.duty_version v on v.area_id = y.area_id and v.id = y.duty_version_id
    cross join lateral (
        select coalesce(sum(requests) filter (where state <> 'cancelled'), 0)::integer as asked,
            coalesce(sum(requests) filter (where state in ('submitted', 'accepted')), 0)::integer as returned,
            coalesce(sum(requests) filter (where state = 'declined'), 0)::integer as declined
        from public.cooperation_count n where n.area_id = y.area_id and n.cycle_id = y.id) n;
comment on view peer.cycle is '@primaryKey id
@foreignKey (area_id) references peer.area (id)|@foreignFieldName cycles';

create view peer.open_flag with (security_invoker = true) as
select f.area_id, f.id, f.title, s.label as state_label, s.waits_for, f.reply_due_on, f.review_on, f.changed_at
from public.intervention_flag f join peer.flag_state s on s.state = f.state and s.is_open;
comment on view peer.open_flag is '@primaryKey id
@foreignKey (area_id) references peer.area (id)|@foreignFieldName openFlags';

create view peer.trail with (security_invoker = true) as
select area_id, seq, action, actor_name, at, reason from audit.event;
comment on view peer.trail is '@primaryKey area_id,seq
@foreignKey (area_id) references peer.area (id)|@foreignFieldName trail';

create view peer.agency with (security_invoker = true) as
select a.area_id, a.id, a.name, a.category, c.label as category_label, a.state, s.label as state_label,
    a.notified_on, a.acknowledged_on
from public.relevant_agency a
    join public.agency_category c on c.code = a.category
    join peer.agency_state s on s.state = a.state;
comment on view peer.agency is '@primaryKey id
@unique area_id,id';

create view peer.request with (security_invoker = true) as
select r.area_id, r.id, r.agency_id, r.title, r.due_on, r.state, s.label as state_label, r.submitted_at
from public.duty_request r join peer.request_state s on s.state = r.state;
comment on view peer.request is '@primaryKey id
@foreignKey (area_id, agency_id) references peer.agency (area_id, id)|@foreignFieldName requests';

-- the same agencies as one flat line each
create view peer.agency_line with (security_invoker = true) as
select a.area_id, a.id, a.name, a.category, a.category_label, a.state, a.state_label, a.notified_on, a.acknowledged_on,
    r.title as latest_title, r.due_on as latest_due_on, r.state as latest_state, s.label as latest_state_label,
    r.submitted_at as latest_submitted_at
from peer.agency a
    left join lateral (select * from public.duty_request q where q.area_id = a.area_id and q.agency_id = a.id
        order by q.due_on desc, q.id desc limit 1) r on true
    left join peer.request_state s on s.state = r.state;
comment on view peer.agency_line is '@primaryKey id';

grant select on all tables in schema peer to concordat_app, concordat_national;
