-- Hooks: a linked system tells us by itself that something changed there (Standard Webhooks). A hook is a hint: it brings
-- a run, and nothing of its body is ever applied or kept.

alter table connection_run drop constraint connection_run_cause_check;
alter table connection_run add constraint connection_run_cause_check
    check (cause in ('schedule', 'by_hand', 'test', 'hook'));

create table connection_hook (
    area_id integer not null references area (id) on delete restrict,
    connection_id uuid not null,
    address uuid not null default gen_random_uuid(),  -- where it is sent: random, it says nothing and cannot be guessed
    made_at timestamptz not null default now(),
    hinted_at timestamptz,  -- since when something is said to have changed and no run was asked for
    asked_at timestamptz,  -- when a hint last brought a run
    primary key (area_id, connection_id),
    unique (area_id, address),
    foreign key (area_id, connection_id) references agency_connection (home, id) on delete restrict
);
create index connection_hook_address on connection_hook (address);
call security.protect_connection('connection_hook', 'select, insert', 'select');
grant update (hinted_at, asked_at) on connection_hook to concordat_app, concordat_worker;

-- The web has to check signatures, so it has to come by the secrets; but its login may not read this column any more than
-- those of the other credentials. It asks `security.hook_secrets`, which answers for one address only.
create table connection_hook_secret (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    connection_id uuid not null,
    sealed bytea check (length(sealed) between 31 and 4000),  -- null once it has ended
    key_id integer not null check (key_id between 0 and 65535),
    made_here boolean not null,
    made_at timestamptz not null default now(),
    made_by_name text not null check (length(made_by_name) <= 200),
    ends_at timestamptz,
    primary key (area_id, id),
    foreign key (area_id, connection_id) references connection_hook (area_id, connection_id) on delete restrict
);
create index connection_hook_secret_of on connection_hook_secret (area_id, connection_id, ends_at);
call security.protect_connection('connection_hook_secret', 'insert', 'select, update (sealed, key_id)');
grant select (area_id, id, connection_id, key_id, made_here, made_at, made_by_name, ends_at),
    update (sealed, ends_at) on connection_hook_secret to concordat_app;
create policy only_for_agencies on connection_hook_secret as restrictive for all to concordat_worker
    using ((select security.has('agencies'))) with check ((select security.has('agencies')));

-- what came: a message once by its id, refusals counted by the hour so that a flood of them stays small
create table connection_arrival (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    connection_id uuid not null,
    outcome text not null check (outcome in ('taken', 'refused')),
    message_id text check (length(message_id) between 1 and 200),
    event_type text check (event_type ~ '^[A-Za-z0-9_.-]{1,100}$'),
    content_type text check (length(content_type) <= 100),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes integer not null check (bytes >= 0),
    reason text check (length(reason) between 1 and 300),
    hour timestamptz not null default date_trunc('hour', now()),
    times integer not null default 1,
    at timestamptz not null default now(),
    last_at timestamptz not null default now(),
    run_id uuid,
    primary key (area_id, id),
    unique (area_id, connection_id, message_id),
    foreign key (area_id, connection_id) references connection_hook (area_id, connection_id) on delete restrict,
    foreign key (area_id, run_id) references connection_run (home, id) on delete restrict,
    check ((outcome = 'taken') = (message_id is not null)),
    check ((outcome = 'refused') = (reason is not null))
);
create unique index connection_arrival_refused on connection_arrival (area_id, connection_id, hour, reason)
    where outcome = 'refused';
create index connection_arrival_newest on connection_arrival (area_id, connection_id, id desc);
call security.protect_connection('connection_arrival', 'select, insert', 'select');
grant update (times, last_at, sha256, bytes, run_id) on connection_arrival to concordat_app;
grant update (run_id) on connection_arrival to concordat_worker;
create policy only_by_the_door on connection_arrival as restrictive for insert to concordat_app
    with check ((select security.has('hooks')));

-- The one way to a hook's secrets for the web: by an address that the caller was given, and with the power of the door.
-- Sealed as they are, they open only with the key outside the database.
create policy door on connection_hook for select to concordat_owner using (true);
create policy door on connection_hook_secret for select to concordat_owner using (true);
create function security.hook_secrets(asked uuid)
returns table (area_id integer, connection_id uuid, system text, state text, secret_id uuid, sealed bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select h.area_id, h.connection_id, c.system, case when a.lifecycle = 'merged' then 'retired' else c.state end,
        s.id, s.sealed
    from public.connection_hook h
    join public.agency_connection c on c.home = h.area_id and c.id = h.connection_id
    join public.area a on a.id = h.area_id
    left join public.connection_hook_secret s on s.area_id = h.area_id and s.connection_id = h.connection_id
        and s.sealed is not null and (s.ends_at is null or s.ends_at > now())
    where (select security.has('hooks')) and h.address = asked
$$;
revoke all on function security.hook_secrets(uuid) from public;
grant execute on function security.hook_secrets(uuid) to concordat_app;

-- hints that still wait for a run: one was under way, or came moments before
create function security.hooks_hinted() returns table (area_id integer, connection_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select h.area_id, h.connection_id
    from public.connection_hook h
    join public.agency_connection c on c.home = h.area_id and c.id = h.connection_id
    join public.area a on a.id = h.area_id
    where (select security.has('queue')) and h.hinted_at is not null and c.state = 'active' and a.lifecycle <> 'merged'
        and (h.asked_at is null or h.asked_at < now() - interval '1 minute')
        and not exists (select from public.connection_run r where r.home = c.home and r.connection_id = c.id
            and r.state in ('queued', 'running'))
    order by h.hinted_at limit 500
$$;
revoke all on function security.hooks_hinted() from public;
grant execute on function security.hooks_hinted() to concordat_worker;
