-- Credentials go when a connection is retired or its address changes, and with them the token that they brought.

create policy tenant_delete on connection_credential for delete to concordat_app
    using (area_id = any ((select security.write_areas())::integer[])
        or (area_id is null and (select security.has('platform'))));
grant delete on connection_credential to concordat_app;

create policy tenant_read on connection_token for select to concordat_app
    using (area_id = any ((select security.read_areas())::integer[])
        or (area_id is null and (select security.has('platform'))));
create policy tenant_delete on connection_token for delete to concordat_app
    using (area_id = any ((select security.write_areas())::integer[])
        or (area_id is null and (select security.has('platform'))));
grant select (area_id, home, connection_id), delete on connection_token to concordat_app;

-- Runs that nobody has been heard from, longer than any message waits to be tried again
create function security.runs_silent(unheard interval) returns table (area_id integer, run_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select r.area_id, r.id from public.connection_run r
    where (select security.has('queue')) and r.state in ('queued', 'running')
        and coalesce(r.heard_from_at, r.asked_at) < now() - unheard
    order by r.id limit 500
$$;
revoke all on function security.runs_silent(interval) from public;
grant execute on function security.runs_silent(interval) to concordat_worker;

-- one person may hold two posts at a school, and work at two schools: each is a proposal of its own
alter table connection_proposal
    add column post text not null generated always as (coalesce(proposed ->> 'post', '')) stored;
drop index one_open_proposal;
create unique index one_open_proposal
    on connection_proposal (area_id, connection_id, subject_kind, external_id, organisation_id, post)
    nulls not distinct where state = 'open';
