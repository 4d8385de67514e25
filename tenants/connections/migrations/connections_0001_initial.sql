-- Links to agencies' systems. A connection is an area's, or with no area a national one: then platform administrators
-- keep it and only a worker with the power `agencies` serves it. `home` is the area or 0, for keys that hold together.

-- the context of a run of a national connection: the power, and no area
create function security.serves_nation() returns boolean language sql stable parallel safe
    return security.has('agencies') and security.read_areas() is null and security.write_areas() is null;

create procedure security.protect_connection(target regclass, app_verbs text, worker_verbs text)
language plpgsql as $$
declare
    app constant text := 'area_id = any ((select security.%s())::integer[])
        or (area_id is null and (select security.has(''platform'')))';
    worker constant text := '(area_id = any ((select security.%s())::integer[])
        or (area_id is null and (select security.serves_nation())))';
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    if app_verbs <> '' then
        execute format('create policy tenant_read on %s for select to concordat_app using (%s)',
            target, format(app, 'read_areas'));
        execute format('create policy tenant_insert on %s for insert to concordat_app with check (%s)',
            target, format(app, 'write_areas'));
        execute format('create policy tenant_update on %s for update to concordat_app using (%s) with check (%s)',
            target, format(app, 'write_areas'), format(app, 'write_areas'));
        execute format('grant %s on %s to concordat_app', app_verbs, target);
    end if;
    execute format('create policy worker_read on %s for select to concordat_worker using (%s)',
        target, format(worker, 'read_areas'));
    execute format('create policy worker_insert on %s for insert to concordat_worker with check (%s)',
        target, format(worker, 'write_areas'));
    execute format('create policy worker_update on %s for update to concordat_worker using (%s) with check (%s)',
        target, format(worker, 'write_areas'), format(worker, 'write_areas'));
    execute format('create policy worker_delete on %s for delete to concordat_worker using (%s)',
        target, format(worker, 'write_areas'));
    execute format('grant %s on %s to concordat_worker', worker_verbs, target);
end
$$;

create table agency_connection (
    area_id integer references area (id) on delete restrict,
    home integer not null generated always as (coalesce(area_id, 0)) stored,
    id uuid primary key default uuidv7(),
    system text not null check (system ~ '^[a-z][a-z0-9_]{1,40}$'),
    name text not null check (length(name) between 2 and 120),
    base_url text not null check (base_url ~ '^https?://[^\s/]+' and length(base_url) <= 500),
    auth_mode text not null check (auth_mode ~ '^[a-z][a-z0-9_]{1,40}$'),
    options jsonb not null default '{}' check (jsonb_typeof(options) = 'object' and length(options::text) <= 20000),
    every_minutes integer check (every_minutes between 15 and 44640),  -- null: only by hand
    may_change text[] not null default '{}' check (may_change <@ array['names', 'status', 'people', 'figures']),
    state text not null default 'active' check (state in ('active', 'paused', 'reauthorise', 'retired')),
    state_reason text check (length(state_reason) <= 1000),
    stale_after_hours integer not null default 72 check (stale_after_hours between 1 and 8760),
    last_worked_at timestamptz,
    watermark text check (length(watermark) <= 4000),
    due_at timestamptz,
    told_stale_at timestamptz,  -- since it last worked
    created_at timestamptz not null default now(),
    version integer not null default 1,
    unique (home, id),
    check (every_minutes is not null or due_at is null)
);
create index agency_connection_area on agency_connection (area_id, state);
call security.protect_connection('agency_connection', 'select, insert', 'select');
grant update (name, base_url, auth_mode, options, every_minutes, may_change, state, state_reason, stale_after_hours,
    watermark, due_at, told_stale_at, version) on agency_connection to concordat_app;
grant update (state, state_reason, last_worked_at, watermark, due_at, told_stale_at) on agency_connection
    to concordat_worker;

-- what is sealed is the worker's alone to read; the person who sets it never sees it again
create table connection_credential (
    area_id integer references area (id) on delete restrict,
    home integer not null generated always as (coalesce(area_id, 0)) stored,
    connection_id uuid not null,
    kind text not null check (kind in ('client_secret', 'private_key', 'certificate', 'bearer_token', 'api_key',
        'webhook_secret')),
    sealed bytea not null check (length(sealed) between 31 and 40000),
    key_id integer not null check (key_id between 0 and 65535),
    expires_on date,
    set_at timestamptz not null default now(),
    set_by_name text not null check (length(set_by_name) <= 200),
    primary key (connection_id, kind),
    foreign key (home, connection_id) references agency_connection (home, id) on delete restrict
);
call security.protect_connection('connection_credential', 'insert', 'select, update (sealed, key_id)');
grant select (area_id, home, connection_id, kind, key_id, expires_on, set_at, set_by_name),
    update (sealed, key_id, expires_on, set_at, set_by_name) on connection_credential to concordat_app;
create policy only_for_agencies on connection_credential as restrictive for all to concordat_worker
    using ((select security.has('agencies'))) with check ((select security.has('agencies')));

create table connection_token (
    area_id integer references area (id) on delete restrict,
    home integer not null generated always as (coalesce(area_id, 0)) stored,
    connection_id uuid primary key,
    sealed bytea,
    key_id integer check (key_id between 0 and 65535),
    expires_at timestamptz,
    refreshing_until timestamptz,
    version integer not null default 0,
    foreign key (home, connection_id) references agency_connection (home, id) on delete restrict
);
call security.protect_connection('connection_token', '',
    'select, insert, update (sealed, key_id, expires_at, refreshing_until, version)');
create policy only_for_agencies on connection_token as restrictive for all to concordat_worker
    using ((select security.has('agencies'))) with check ((select security.has('agencies')));

create table connection_run (
    area_id integer references area (id) on delete restrict,
    home integer not null generated always as (coalesce(area_id, 0)) stored,
    id uuid primary key default uuidv7(),
    connection_id uuid not null,
    cause text not null check (cause in ('schedule', 'by_hand', 'test')),
    state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'stopped')),
    cursor jsonb,
    fence integer not null default 0,  -- rises with every start: who holds an older one has an heir
    pages integer not null default 0,
    expected integer,  -- rows, where the agency says
    read integer not null default 0,
    applied integer not null default 0,
    proposed integer not null default 0,
    unchanged integer not null default 0,
    rejected integer not null default 0,
    said text check (length(said) <= 1000),  -- what answered a test
    problem text check (length(problem) <= 1000),
    asked_by_name text not null check (length(asked_by_name) <= 200),
    asked_at timestamptz not null default now(),
    started_at timestamptz,
    heard_from_at timestamptz,
    finished_at timestamptz,
    unique (home, id),
    foreign key (home, connection_id) references agency_connection (home, id) on delete restrict,
    check ((state in ('done', 'failed', 'stopped')) = (finished_at is not null))
);
create unique index one_open_run on connection_run (home, connection_id) where state in ('queued', 'running');
create index connection_run_newest on connection_run (connection_id, id desc);
call security.protect_connection('connection_run', 'select, insert', 'select, insert');
grant update (state, fence, problem, finished_at) on connection_run to concordat_app;
grant update (state, cursor, fence, pages, expected, read, applied, proposed, unchanged, rejected, said, problem,
    started_at, heard_from_at, finished_at) on connection_run to concordat_worker;

-- a fact that was applied; append only
create table connection_change (
    area_id integer references area (id) on delete restrict,
    home integer not null generated always as (coalesce(area_id, 0)) stored,
    id uuid primary key default uuidv7(),
    connection_id uuid not null,
    run_id uuid not null,
    at timestamptz not null default now(),
    what text not null check (length(what) between 1 and 100),
    subject_kind text not null check (length(subject_kind) between 1 and 60),
    subject_id uuid,
    subject text not null check (length(subject) <= 300),
    before jsonb,
    after jsonb,
    foreign key (home, connection_id) references agency_connection (home, id) on delete restrict,
    foreign key (home, run_id) references connection_run (home, id) on delete restrict
);
create index connection_change_newest on connection_change (connection_id, id desc);
call security.protect_connection('connection_change', 'select', 'select, insert');

-- what was seen of each thing, so that an unchanged page writes nothing
create table connection_record (
    area_id integer references area (id) on delete restrict,
    home integer not null generated always as (coalesce(area_id, 0)) stored,
    connection_id uuid not null,
    kind text not null check (length(kind) between 1 and 40),
    external_id text not null check (length(external_id) between 1 and 300),
    digest bytea not null check (length(digest) between 1 and 64),
    subject uuid,
    primary key (connection_id, kind, external_id),
    foreign key (home, connection_id) references agency_connection (home, id) on delete restrict
);
call security.protect_connection('connection_record', '', 'select, insert, update (digest, subject), delete');

create table connection_rejection (
    area_id integer references area (id) on delete restrict,
    home integer not null generated always as (coalesce(area_id, 0)) stored,
    id uuid primary key default uuidv7(),
    connection_id uuid not null,
    run_id uuid not null,
    reference text not null check (length(reference) <= 300),
    reason text not null check (length(reason) <= 1000),
    foreign key (home, connection_id) references agency_connection (home, id) on delete restrict,
    foreign key (home, run_id) references connection_run (home, id) on delete restrict
);
create index connection_rejection_run on connection_rejection (run_id, id);
call security.protect_connection('connection_rejection', 'select', 'select, insert');

-- that an answer could not be read: its fingerprint, never what was in it
create table connection_quarantine (
    area_id integer references area (id) on delete restrict,
    home integer not null generated always as (coalesce(area_id, 0)) stored,
    id uuid primary key default uuidv7(),
    connection_id uuid not null,
    run_id uuid not null,
    at timestamptz not null default now(),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint not null,
    reason text not null check (length(reason) <= 1000),
    foreign key (home, connection_id) references agency_connection (home, id) on delete restrict,
    foreign key (home, run_id) references connection_run (home, id) on delete restrict
);
create index connection_quarantine_run on connection_quarantine (run_id, id);
call security.protect_connection('connection_quarantine', 'select', 'select, insert');

-- Whom to call at an organisation, for an area; dated, never erased ----------------------------------------------

create table named_contact (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    organisation_id uuid not null references organisation (id) on delete restrict,
    post text not null check (post in ('designated_safeguarding_lead', 'deputy_designated_safeguarding_lead',
        'headteacher', 'other')),
    name text not null check (length(name) between 1 and 200),
    email text check (email = lower(email) and length(email) <= 254),
    phone text check (length(phone) <= 40),
    entered_by text not null check (entered_by in ('person', 'connection')),
    entered_by_name text not null check (length(entered_by_name) <= 200),
    external_id text check (length(external_id) <= 300),  -- of the person in the system it came from
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    ended_reason text check (length(ended_reason) <= 1000),
    version integer not null default 1,
    primary key (area_id, id)
);
create index named_contact_organisation on named_contact (area_id, organisation_id, post) where valid_to is null;
call security.protect('named_contact', 'select, insert');
call security.protect_agency('named_contact');
grant update (valid_to, ended_reason, version) on named_contact to concordat_app;
-- a national connection proposes in every area, against what is there
create policy agencies_read on named_contact for select to concordat_worker using ((select security.serves_nation()));

create table connection_proposal (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    connection_id uuid not null,
    run_id uuid not null,
    national boolean not null,
    home integer not null generated always as (case when national then 0 else area_id end) stored,
    source text not null check (length(source) <= 120),  -- the connection's name, also of a national one
    organisation_id uuid references organisation (id) on delete restrict,
    external_id text not null check (length(external_id) between 1 and 300),
    action text not null check (action in ('add', 'change', 'end')),
    subject_kind text not null check (subject_kind in ('contact', 'role', 'partner_contact')),
    present jsonb check (jsonb_typeof(present) = 'object'),
    proposed jsonb not null check (jsonb_typeof(proposed) = 'object' and length(proposed::text) <= 8000),
    digest bytea not null,
    state text not null default 'open' check (state in ('open', 'accepted', 'refused', 'superseded')),
    made_at timestamptz not null default now(),
    decided_at timestamptz,
    decided_by_name text check (length(decided_by_name) <= 200),
    reason text check (length(reason) <= 1000),
    contact_id uuid,
    version integer not null default 1,
    primary key (area_id, id),
    foreign key (home, connection_id) references agency_connection (home, id) on delete restrict,
    foreign key (home, run_id) references connection_run (home, id) on delete restrict,
    foreign key (area_id, contact_id) references named_contact (area_id, id) on delete restrict,
    check ((state = 'open') = (decided_at is null))
);
create unique index one_open_proposal on connection_proposal (area_id, connection_id, subject_kind, external_id)
    where state = 'open';
create index connection_proposal_waiting on connection_proposal (area_id, state, id);
call security.protect('connection_proposal', 'select');
grant update (state, decided_at, decided_by_name, reason, contact_id, version) on connection_proposal to concordat_app;
grant insert, update (state, decided_at, decided_by_name, reason, version) on connection_proposal to concordat_worker;
create policy agencies_read on connection_proposal for select to concordat_worker
    using ((select security.serves_nation()));
create policy agencies_insert on connection_proposal for insert to concordat_worker
    with check ((select security.serves_nation()) and national);
create policy agencies_update on connection_proposal for update to concordat_worker
    using ((select security.serves_nation()) and national)
    with check ((select security.serves_nation()) and national);

-- What the sweeps need to know of every area: whose time has come, never what is in them ------------------------

create policy overview on agency_connection for select to concordat_owner using (true);
create policy overview on connection_run for select to concordat_owner using (true);
create function security.connections_due() returns table (area_id integer, connection_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.area_id, c.id from public.agency_connection c left join public.area a on a.id = c.area_id
    where (select security.has('queue')) and c.state = 'active' and c.due_at <= now()
        and (a.id is null or a.lifecycle <> 'merged')
        and not exists (select from public.connection_run r where r.home = c.home and r.connection_id = c.id
            and r.state in ('queued', 'running'))
    order by c.due_at limit 500
$$;
create function security.connections_stale() returns table (area_id integer, connection_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select c.area_id, c.id from public.agency_connection c left join public.area a on a.id = c.area_id
    where (select security.has('queue')) and c.state in ('active', 'reauthorise') and c.every_minutes is not null
        and c.told_stale_at is null
        and coalesce(c.last_worked_at, c.created_at) + make_interval(hours => c.stale_after_hours) <= now()
        and (a.id is null or a.lifecycle <> 'merged')
    order by c.id limit 500
$$;
revoke all on function security.connections_due() from public;
revoke all on function security.connections_stale() from public;
grant execute on function security.connections_due() to concordat_worker;
grant execute on function security.connections_stale() to concordat_worker;

-- whom the worker writes to about a national connection: platform administrators, and nobody else
create policy administrators_read on role_assignment for select to concordat_worker
    using ((select security.has('administrators')) and role = 'platform_administrator');
create policy administrators_read on person for select to concordat_worker
    using ((select security.has('administrators')) and id in (
        select person_id from role_assignment where role = 'platform_administrator'));
