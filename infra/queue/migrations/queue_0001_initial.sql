-- Only the worker carries messages: no other login may even see the broker's tables.
grant usage on schema dramatiq to concordat_worker;
grant select, insert, update, delete on all tables in schema dramatiq to concordat_worker;

create schema queue;
grant usage on schema queue to concordat_app, concordat_worker;

-- A delivery on its way: `message_id` is the message, `id` this delivery of it (a retry is another delivery).
create table queue.outbox (
    id uuid primary key,
    message_id uuid not null,
    actor text not null check (actor ~ '^[a-z_]+\.[a-z_]+$'),
    args jsonb not null check (jsonb_typeof(args) = 'object' and pg_column_size(args) <= 2000),
    area_id integer,
    created_at timestamptz not null default now(),
    available_at timestamptz not null default now()
);
create index outbox_due on queue.outbox (available_at, id);

-- Messages that had their effect.
create table queue.inbox (
    message_id uuid primary key,
    done_at timestamptz not null default now()
);
create index inbox_age on queue.inbox (done_at);

-- Every message: how often started, how it ended.
create table queue.job_run (
    message_id uuid primary key,
    actor text not null,
    args jsonb not null,
    area_id integer,
    state text not null default 'queued'
        check (state in ('queued', 'running', 'done', 'failed', 'stopped', 'discarded')),
    starts integer not null default 0,
    error text check (length(error) <= 1000),
    queued_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz
);
create index job_run_state on queue.job_run (state, queued_at desc, message_id);
create index job_run_age on queue.job_run (finished_at);

-- When each sweep last ran, so that several workers run it once.
create table queue.sweep_run (
    name text primary key,
    started_at timestamptz not null,
    finished_at timestamptz,
    error text check (length(error) <= 1000)
);

do $$
declare
    t text;
begin
    foreach t in array array['outbox', 'inbox', 'job_run', 'sweep_run'] loop
        execute format('alter table queue.%I enable row level security', t);
        execute format('alter table queue.%I force row level security', t);
    end loop;
end
$$;

-- Anyone at work may send into an area they work in; nobody but the relay reads or removes.
create policy send on queue.outbox for insert to concordat_app, concordat_worker with check (
    area_id = any ((select security.write_areas())::integer[])
    or area_id = any ((select security.visit_areas())::integer[])
    or (area_id is null and ((select security.principal()) is not null or (select security.part(7)) is not null))
    or (select security.has('queue')) or (select security.has('platform')) or (select security.has('national'))
    or (select security.has('register')) or (select security.has('signin')));
create policy relay_reads on queue.outbox for select to concordat_worker using ((select security.has('queue')));
create policy relay_removes on queue.outbox for delete to concordat_worker using ((select security.has('queue')));
grant insert on queue.outbox to concordat_app, concordat_worker;
grant select, delete on queue.outbox to concordat_worker;

create policy remember on queue.inbox for insert to concordat_worker with check (true);
create policy tidy_reads on queue.inbox for select to concordat_worker using ((select security.has('queue')));
create policy tidy_removes on queue.inbox for delete to concordat_worker using ((select security.has('queue')));
grant insert, select, delete on queue.inbox to concordat_worker;

create policy book on queue.job_run for all to concordat_worker
    using ((select security.has('queue'))) with check ((select security.has('queue')));
create policy administrator_reads on queue.job_run for select to concordat_app
    using ((select security.has('platform')));
create policy administrator_decides on queue.job_run for update to concordat_app
    using ((select security.has('platform'))) with check ((select security.has('platform')));
-- the trigger below writes on behalf of whoever sends
create policy announce on queue.job_run for all to concordat_owner using (true) with check (true);
grant select, delete on queue.job_run to concordat_worker;
grant update (state, starts, error, started_at, finished_at) on queue.job_run to concordat_worker;
grant select on queue.job_run to concordat_app;
grant update (state, starts, error, finished_at) on queue.job_run to concordat_app;

create policy book on queue.sweep_run for all to concordat_worker
    using ((select security.has('queue'))) with check ((select security.has('queue')));
create policy administrator_reads on queue.sweep_run for select to concordat_app
    using ((select security.has('platform')));
grant select, insert, update on queue.sweep_run to concordat_worker;
grant select on queue.sweep_run to concordat_app;

-- A message is visible to the administrator, and the relay is woken, from the moment its transaction commits.
create function queue.announce() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    insert into queue.job_run as run (message_id, actor, args, area_id)
    values (new.message_id, new.actor, new.args, new.area_id)
    on conflict (message_id) do update set state = 'queued', queued_at = now(), finished_at = null
        where run.actor = excluded.actor and run.area_id is not distinct from excluded.area_id;
    perform pg_notify('concordat_outbox', '');
    return null;
end
$$;
revoke all on function queue.announce() from public;
create trigger announce after insert on queue.outbox for each row execute function queue.announce();
