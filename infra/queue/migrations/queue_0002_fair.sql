-- Worker processes that are alive: `until` moves on with every heartbeat.
create table queue.process (
    id uuid primary key,
    slots jsonb not null check (jsonb_typeof(slots) = 'object'),
    until timestamptz not null
);

-- How many messages of an area, or for a host, are at work: one row for each that may be at once.
create table queue.lease (
    name text not null check (length(name) <= 100),
    slot integer not null check (slot > 0),
    message_id uuid,
    process uuid,
    until timestamptz not null default '-infinity',
    primary key (name, slot)
);
create index lease_process on queue.lease (process);

do $$
declare
    t text;
begin
    foreach t in array array['process', 'lease'] loop
        execute format('alter table queue.%I enable row level security', t);
        execute format('alter table queue.%I force row level security', t);
        execute format('create policy book on queue.%I for all to concordat_worker
            using ((select security.has(''queue''))) with check ((select security.has(''queue'')))', t);
        execute format('grant select, insert, update, delete on queue.%I to concordat_worker', t);
    end loop;
end
$$;

-- Who runs it; whether it was at work when a process died; when the broker was given it; how far it has come.
alter table queue.job_run
    add column process uuid,
    add column suspect boolean not null default false,
    add column sent_at timestamptz,
    add column progress_done integer,
    add column progress_of integer,
    add column progress_words text check (length(progress_words) <= 200);
create index job_run_sent on queue.job_run (area_id, actor) where sent_at is not null and state in ('queued', 'running');
create index job_run_process on queue.job_run (process) where state = 'running';
grant update (process, suspect, sent_at, progress_done, progress_of, progress_words)
    on queue.job_run to concordat_worker;

-- The relay takes turns between areas, and each area's messages of a job in their order.
drop index queue.outbox_due;
create index outbox_turn on queue.outbox ((coalesce(area_id, 0)), actor, available_at, id);
create index outbox_message on queue.outbox (message_id);

-- What is at work stays so: another delivery of it waits for its end.
create or replace function queue.announce() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    insert into queue.job_run as run (message_id, actor, args, area_id)
    values (new.message_id, new.actor, new.args, new.area_id)
    on conflict (message_id) do update set state = 'queued', queued_at = now(), finished_at = null, sent_at = null
        where run.actor = excluded.actor and run.area_id is not distinct from excluded.area_id
            and run.state <> 'running';
    perform pg_notify('concordat_outbox', '');
    return null;
end
$$;
