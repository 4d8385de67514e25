-- Endpoints: an area's own systems are told what happened here (Standard Webhooks). A message says what kind of thing
-- happened to which id and when, nothing else; it is made from the area's audit chain, which each endpoint reads to its end.

create table webhook_endpoint (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    url text not null check (url ~ '^https?://[^\s/@]+' and length(url) <= 500),
    description text not null check (length(description) between 2 and 120),
    event_types text[] not null check (cardinality(event_types) between 1 and 40),
    state text not null default 'paused' check (state in ('active', 'paused', 'disabled', 'retired')),
    state_reason text check (length(state_reason) <= 1000),
    read_to bigint not null default 0,  -- of the area's audit chain
    failing_since timestamptz,  -- nothing got through since
    created_at timestamptz not null default now(),
    version integer not null default 1,
    primary key (area_id, id)
);
call security.protect_connection('webhook_endpoint', 'select, insert', 'select');
grant update (url, description, event_types, state, state_reason, read_to, failing_since, version)
    on webhook_endpoint to concordat_app;
grant update (state, state_reason, read_to, failing_since, version) on webhook_endpoint to concordat_worker;

create table webhook_secret (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    endpoint_id uuid not null,
    sealed bytea check (length(sealed) between 31 and 4000),  -- null once it has ended
    key_id integer not null check (key_id between 0 and 65535),
    made_at timestamptz not null default now(),
    made_by_name text not null check (length(made_by_name) <= 200),
    ends_at timestamptz,
    primary key (area_id, id),
    foreign key (area_id, endpoint_id) references webhook_endpoint (area_id, id) on delete restrict
);
call security.protect_connection('webhook_secret', 'insert', 'select, update (sealed, key_id)');
grant select (area_id, id, endpoint_id, key_id, made_at, made_by_name, ends_at), update (sealed, ends_at)
    on webhook_secret to concordat_app;
create policy only_for_agencies on webhook_secret as restrictive for all to concordat_worker
    using ((select security.has('agencies'))) with check ((select security.has('agencies')));

-- one message to one endpoint; its id stays the same however often it is sent
create table webhook_delivery (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    endpoint_id uuid not null,
    event_type text not null check (length(event_type) between 3 and 60),
    seq bigint,  -- of the entry it tells of; null for a test
    subject_kind text not null check (length(subject_kind) <= 60),
    subject_id text not null check (length(subject_id) <= 100),
    happened_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'stopped')),
    attempts integer not null default 0,
    next_at timestamptz not null default now(),
    sent_for_at timestamptz not null default now(),  -- when a worker was last asked to send it
    claimed_until timestamptz,
    ended_at timestamptz,
    primary key (area_id, id),
    unique (area_id, endpoint_id, seq),
    foreign key (area_id, endpoint_id) references webhook_endpoint (area_id, id) on delete restrict,
    check ((state = 'waiting') = (ended_at is null))
);
create index webhook_delivery_newest on webhook_delivery (area_id, endpoint_id, id desc);
create index webhook_delivery_waiting on webhook_delivery (next_at) where state = 'waiting';
call security.protect_connection('webhook_delivery', 'select, insert', 'select, insert');
grant update (state, attempts, next_at, sent_for_at, claimed_until, ended_at) on webhook_delivery
    to concordat_app, concordat_worker;

create table webhook_attempt (
    area_id integer not null references area (id) on delete restrict,
    delivery_id uuid not null,
    number integer not null check (number > 0),
    at timestamptz not null default now(),
    status integer check (status between 100 and 599),
    said text check (length(said) <= 300),  -- null until it ended, or for ever when its worker died
    ms integer,
    primary key (area_id, delivery_id, number),
    foreign key (area_id, delivery_id) references webhook_delivery (area_id, id) on delete restrict
);
call security.protect_connection('webhook_attempt', 'select', 'select, insert');
grant update (status, said, ms) on webhook_attempt to concordat_worker;

-- what the sweeps need to know of every area, and no more: where something is to be done
create policy overview on webhook_endpoint for select to concordat_owner using (true);
create policy overview on webhook_delivery for select to concordat_owner using (true);
create function security.webhooks_behind() returns table (area_id integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct e.area_id from public.webhook_endpoint e
    join audit.head h on h.area_id = e.area_id and h.seq > e.read_to
    where (select security.has('queue')) and e.state = 'active' limit 500
$$;
create function security.webhooks_due() returns table (area_id integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct d.area_id from public.webhook_delivery d
    join public.webhook_endpoint e on e.area_id = d.area_id and e.id = d.endpoint_id
    where (select security.has('queue')) and d.state = 'waiting' and e.state = 'active' and d.next_at <= now()
        and (d.claimed_until is null or d.claimed_until < now())
        and (d.sent_for_at < d.next_at or d.sent_for_at < now() - interval '2 minutes') limit 500
$$;
revoke all on function security.webhooks_behind() from public;
revoke all on function security.webhooks_due() from public;
grant execute on function security.webhooks_behind() to concordat_worker;
grant execute on function security.webhooks_due() to concordat_worker;
