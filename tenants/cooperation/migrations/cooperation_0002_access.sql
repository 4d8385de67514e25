-- Who reaches which table of cooperation, and the counts that the Department may read.

call security.protect('relevant_agency');
call security.protect('agency_telling', 'select, insert');
call security.protect('agency_note', 'select, insert');
call security.protect('duty');
call security.protect('duty_version', 'select, insert');
call security.protect('duty_cycle', 'select, insert');
call security.protect('duty_request');
call security.protect('submission');
call security.protect('area_reply', 'select, insert');
call security.protect('request_message', 'select, insert');
call security.protect('follow_up_move', 'select, insert');
call security.protect('reminder', 'select, insert');

call security.protect_agency('relevant_agency');
call security.protect_agency('agency_telling');
call security.protect_agency('duty_request');
call security.protect_agency('submission');
call security.protect_agency('area_reply');
call security.protect_agency('request_message');

-- an agency is chosen, asked and replied to by the area: it adds no such row itself
drop policy agency_insert on relevant_agency;
drop policy agency_insert on agency_telling;
drop policy agency_insert on duty_request;
drop policy agency_insert on area_reply;
-- an answer is the agency's: the area cannot write one, nor change one
drop policy tenant_insert on submission;
drop policy tenant_update on submission;
revoke update on submission from concordat_app, concordat_worker;
revoke insert on submission from concordat_worker;
grant update (withdrawn_at) on submission to concordat_app;

-- each side writes its own messages
alter policy tenant_insert on request_message
    with check (side = 'area' and area_id = any ((select security.write_areas())::integer[]));
drop policy agency_insert on request_message;
create policy agency_insert on request_message for insert to concordat_app with check (
    side = 'agency' and organisation_id = any ((select security.organisations())::uuid[]) and (
        '*:' || organisation_id = any ((select security.pairs())::text[])
        or area_id || ':' || organisation_id = any ((select security.pairs())::text[])));

-- a draft is the agency's own until it is sent
alter table request_draft enable row level security;
alter table request_draft force row level security;
call security.protect_agency('request_draft');
create policy agency_delete on request_draft for delete to concordat_app using (
    organisation_id = any ((select security.organisations())::uuid[]) and (
        '*:' || organisation_id = any ((select security.pairs())::text[])
        or area_id || ':' || organisation_id = any ((select security.pairs())::text[])));
grant select, insert, update, delete on request_draft to concordat_app;

-- the frozen text of a duty is readable by those who are asked it; the inner query is under row-level security too
create policy agency_read on duty_version for select to concordat_app using (
    (area_id, id) in (select r.area_id, r.duty_version_id from duty_request r
        where r.organisation_id = any ((select security.organisations())::uuid[])));

-- An agency may change only the named columns of a shared row, and only to the named states.
create function security.agency_keeps_to() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare
    columns text[] := tg_argv[1:];
begin
    if new.area_id = any (coalesce(security.write_areas(), '{}')) then
        return new;
    end if;
    if (to_jsonb(new) - columns) <> (to_jsonb(old) - columns)
        or (new.state <> old.state and new.state <> all (string_to_array(tg_argv[0], ','))) then
        raise insufficient_privilege using message = 'an agency may not change this';
    end if;
    return new;
end
$$;
create trigger agency_keeps_to before update on relevant_agency for each row execute function security.agency_keeps_to(
    'acknowledged,reconfirmed,declined', 'state', 'state_reason', 'acknowledged_on', 'acknowledged_by',
    'acknowledged_version', 'contact_name', 'contact_email', 'version');
create trigger agency_keeps_to before update on duty_request for each row execute function security.agency_keeps_to(
    'draft,submitted,declined', 'state', 'state_reason', 'submitted_at', 'question_open', 'version');

-- Counts for the Department, kept by the change that causes them. The triggers run as the owner, and nothing else
-- writes here.
create function security.count_requests() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
    if tg_op = 'UPDATE' then
        insert into cooperation_count (area_id, cycle_id, cycle_label, opens_on, due_on, state, requests)
        select area_id, cycle_id, cycle_label, opens_on, due_on, state, sum(n)
        from (select area_id, cycle_id, cycle_label, opens_on, due_on, state, 1 as n from after_rows
              union all
              select area_id, cycle_id, cycle_label, opens_on, due_on, state, -1 from before_rows) moved
        group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 order by state
        on conflict (area_id, cycle_id, state)
            do update set requests = cooperation_count.requests + excluded.requests;
    else
        insert into cooperation_count (area_id, cycle_id, cycle_label, opens_on, due_on, state, requests)
        select area_id, cycle_id, cycle_label, opens_on, due_on, state, count(*) from after_rows
        group by 1, 2, 3, 4, 5, 6 order by state
        on conflict (area_id, cycle_id, state)
            do update set requests = cooperation_count.requests + excluded.requests;
    end if;
    return null;
end
$$;
create trigger count_inserted after insert on duty_request referencing new table as after_rows
    for each statement execute function security.count_requests();
create trigger count_updated after update on duty_request referencing old table as before_rows new table as after_rows
    for each statement execute function security.count_requests();

create function security.count_agencies() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
    if tg_op = 'UPDATE' then
        insert into agency_count (area_id, state, agencies)
        select area_id, state, sum(n)
        from (select area_id, state, 1 as n from after_rows
              union all
              select area_id, state, -1 from before_rows) moved
        group by 1, 2 having sum(n) <> 0 order by state
        on conflict (area_id, state) do update set agencies = agency_count.agencies + excluded.agencies;
    else
        insert into agency_count (area_id, state, agencies)
        select area_id, state, count(*) from after_rows group by 1, 2 order by state
        on conflict (area_id, state) do update set agencies = agency_count.agencies + excluded.agencies;
    end if;
    return null;
end
$$;
create trigger count_inserted after insert on relevant_agency referencing new table as after_rows
    for each statement execute function security.count_agencies();
create trigger count_updated after update on relevant_agency referencing old table as before_rows new table as after_rows
    for each statement execute function security.count_agencies();

do $$
declare
    t text;
begin
    foreach t in array array['cooperation_count', 'agency_count'] loop
        execute format('call security.protect(%L, %L)', t, 'select');
        execute format('create policy counting on %I for all to concordat_owner using (true) with check (true)', t);
        execute format('create policy national_reads on %I for select to concordat_national using (true)', t);
        execute format('grant select on %I to concordat_national', t);
    end loop;
end
$$;
