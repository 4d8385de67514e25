-- Who is asking, and for which areas: the signed context that every policy reads.
-- The application signs; the database verifies. SQL injected into the application cannot give itself another area,
-- because it does not have the key. A context is good for one back end and a few minutes.

create schema security;
grant usage on schema security to concordat_app, concordat_worker, concordat_national, concordat_public;

create table security.context_key (
    kid integer primary key,
    inner_pad bytea not null,
    outer_pad bytea not null,
    not_after timestamptz not null
);

-- v1|kid|expires|backend pid|principal|read|write|visit|organisations|pairs|powers|mac
create function security.part(which integer) returns text
language plpgsql stable security definer parallel safe set search_path = pg_catalog as $$
declare
    signed text := current_setting('concordat.context', true);
    parts text[];
    key security.context_key;
begin
    if signed is null or signed = '' then
        return null;
    end if;
    parts := string_to_array(signed, '|');
    if array_length(parts, 1) <> 12 or parts[1] <> 'v1' then
        raise exception 'tenant context: malformed' using errcode = '28000';
    end if;
    select * into key from security.context_key where kid = parts[2]::integer and not_after > now();
    if not found then
        raise exception 'tenant context: unknown key' using errcode = '28000';
    end if;
    if encode(sha256(key.outer_pad || sha256(key.inner_pad || convert_to(left(signed, length(signed) - 65), 'UTF8'))),
              'hex') <> parts[12] then
        raise exception 'tenant context: bad signature' using errcode = '28000';
    end if;
    if parts[3]::bigint < extract(epoch from now()) or parts[4]::integer <> pg_backend_pid() then
        raise exception 'tenant context: stale' using errcode = '28000';
    end if;
    return nullif(parts[4 + which], '');
end
$$;
revoke all on function security.part(integer) from public;
grant execute on function security.part(integer) to concordat_app, concordat_worker;

create function security.principal() returns uuid language sql stable parallel safe
    return security.part(1)::uuid;
create function security.read_areas() returns integer[] language sql stable parallel safe
    return string_to_array(security.part(2), ',')::integer[];
create function security.write_areas() returns integer[] language sql stable parallel safe
    return string_to_array(security.part(3), ',')::integer[];
create function security.visit_areas() returns integer[] language sql stable parallel safe
    return string_to_array(security.part(4), ',')::integer[];
create function security.organisations() returns uuid[] language sql stable parallel safe
    return string_to_array(security.part(5), ',')::uuid[];
create function security.pairs() returns text[] language sql stable parallel safe
    return string_to_array(security.part(6), ',');
create function security.has(power text) returns boolean language sql stable parallel safe
    return coalesce(power = any (string_to_array(security.part(7), ',')), false);

-- Tables of an area: `select security.protect('contribution')` gives the table its policies and grants.
create procedure security.protect(target regclass, verbs text default 'select, insert, update')
language plpgsql as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy tenant_read on %s for select to concordat_app, concordat_worker
        using (area_id = any ((select security.read_areas())::integer[]))', target);
    execute format('create policy tenant_insert on %s for insert to concordat_app, concordat_worker
        with check (area_id = any ((select security.write_areas())::integer[]))', target);
    execute format('create policy tenant_update on %s for update to concordat_app, concordat_worker
        using (area_id = any ((select security.write_areas())::integer[]))
        with check (area_id = any ((select security.write_areas())::integer[]))', target);
    execute format('create policy tenant_delete on %s for delete to concordat_app, concordat_worker
        using (area_id = any ((select security.write_areas())::integer[]))', target);
    execute format('grant %s on %s to concordat_app, concordat_worker', verbs, target);
end
$$;

-- Rows that belong to an agency in an area: its own people reach them through `organisation_id`, in every area
-- that the grant names ('*' for a grant made by the platform, an area id for one made by that area).
create procedure security.protect_agency(target regclass)
language plpgsql as $$
declare
    reach text := 'organisation_id = any ((select security.organisations())::uuid[]) and (
        ''*:'' || organisation_id = any ((select security.pairs())::text[])
        or area_id || '':'' || organisation_id = any ((select security.pairs())::text[]))';
begin
    execute format('create policy agency_read on %s for select to concordat_app using (%s)', target, reach);
    execute format('create policy agency_insert on %s for insert to concordat_app with check (%s)', target, reach);
    execute format('create policy agency_update on %s for update to concordat_app using (%s) with check (%s)',
        target, reach, reach);
end
$$;

-- Areas -------------------------------------------------------------------------------------------------------

create table area (
    id integer generated by default as identity primary key,
    slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,62}$'),
    name text not null check (length(name) between 2 and 120),
    lifecycle text not null default 'setting_up' check (lifecycle in ('setting_up', 'live', 'merged')),
    merged_into integer references area (id) on delete restrict,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    check ((lifecycle = 'merged') = (merged_into is not null))
);
alter table area enable row level security;
alter table area force row level security;
-- the list of areas is public; what is in them is not
create policy everyone_reads on area for select to concordat_app, concordat_worker, concordat_national using (true);
create policy public_reads on area for select to concordat_public using (lifecycle <> 'setting_up');
create policy platform_inserts on area for insert to concordat_app with check ((select security.has('platform')));
create policy platform_updates on area for update to concordat_app
    using ((select security.has('platform')) or id = any ((select security.write_areas())::integer[]))
    with check ((select security.has('platform')) or id = any ((select security.write_areas())::integer[]));
grant select on area to concordat_app, concordat_worker, concordat_national, concordat_public;
grant insert on area to concordat_app;
grant update (name, slug, lifecycle, merged_into, version) on area to concordat_app;

create table area_local_authority (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    la_code text not null check (la_code ~ '^[0-9]{3}$'),
    la_name text not null check (length(la_name) between 2 and 120),
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    valid daterange not null generated always as (daterange(valid_from, valid_to, '[]')) stored,
    primary key (area_id, id),
    -- a local authority is in one area on any day
    constraint local_authority_in_one_area exclude using gist (la_code with =, valid with &&)
);
alter table area_local_authority enable row level security;
alter table area_local_authority force row level security;
create policy everyone_reads on area_local_authority for select
    to concordat_app, concordat_worker, concordat_national, concordat_public using (true);
create policy platform_inserts on area_local_authority for insert to concordat_app
    with check ((select security.has('platform')));
create policy platform_updates on area_local_authority for update to concordat_app
    using ((select security.has('platform'))) with check ((select security.has('platform')));
grant select on area_local_authority to concordat_app, concordat_worker, concordat_national, concordat_public;
grant insert, update (valid_to) on area_local_authority to concordat_app;

create table linked_board (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    name text not null check (length(name) between 2 and 200),
    kind text not null check (kind in ('health_and_wellbeing', 'safeguarding_adults', 'community_safety', 'channel',
        'mappa', 'family_justice', 'youth_justice', 'corporate_parenting', 'other')),
    url text check (url ~ '^https?://' and length(url) <= 500),
    note text check (length(note) <= 2000),
    ended_on date,
    version integer not null default 1,
    primary key (area_id, id)
);
call security.protect('linked_board');

-- People ------------------------------------------------------------------------------------------------------

create table person (
    id uuid primary key default uuidv7(),
    name text not null check (length(name) between 1 and 200),
    email text not null check (email = lower(email) and length(email) <= 254),
    telephone text check (length(telephone) <= 40),
    disabled_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now()
);
create unique index person_email on person (email);

create table identity (
    issuer text not null,
    subject text not null,
    person_id uuid not null references person (id) on delete restrict,
    created_at timestamptz not null default now(),
    primary key (issuer, subject)
);
create index identity_person on identity (person_id);

create table role_assignment (
    id uuid primary key default uuidv7(),
    person_id uuid not null references person (id) on delete restrict,
    role text not null check (role in ('business_manager', 'lead_safeguarding_partner',
        'delegated_safeguarding_partner', 'partnership_chair', 'independent_scrutineer', 'viewer',
        'agency_contact', 'establishment_contact', 'trust_lead',
        'official', 'senior_official', 'platform_administrator')),
    area_id integer references area (id) on delete restrict,
    organisation_id uuid,
    post text check (length(post) <= 200),
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    ended_reason text check (length(ended_reason) <= 1000),
    granted_by uuid,
    granted_at timestamptz not null default now(),
    version integer not null default 1,
    check (case
        when role in ('agency_contact', 'establishment_contact', 'trust_lead') then organisation_id is not null
        when role in ('official', 'senior_official', 'platform_administrator') then
            area_id is null and organisation_id is null
        else area_id is not null end)
);
create index role_assignment_area on role_assignment (area_id, role);
create index role_assignment_person on role_assignment (person_id);

create table invitation (
    id uuid primary key default uuidv7(),
    token_hash bytea not null unique,
    email text not null check (email = lower(email) and length(email) <= 254),
    name text not null check (length(name) between 1 and 200),
    role text not null,
    area_id integer references area (id) on delete restrict,
    organisation_id uuid,
    post text check (length(post) <= 200),
    invited_by uuid not null references person (id) on delete restrict,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    accepted_at timestamptz,
    accepted_by uuid references person (id) on delete restrict,
    revoked_at timestamptz
);
create index invitation_area on invitation (area_id, created_at);

create table session (
    id uuid primary key default uuidv7(),
    token_hash bytea not null unique,
    person_id uuid not null references person (id) on delete restrict,
    issuer text not null,
    subject text not null,
    provider_session text,
    id_token text,
    hat text not null check (hat in ('local', 'national', 'platform')),
    device text check (length(device) <= 200),
    created_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_reason text
);
create index session_person on session (person_id, created_at);
create index session_provider on session (issuer, provider_session);

create table pending_sign_in (
    state_hash bytea primary key,
    provider text not null,
    payload jsonb not null,
    created_at timestamptz not null default now()
);

create table identity_provider (
    id uuid primary key default uuidv7(),
    slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,40}$'),
    name text not null check (length(name) between 2 and 120),
    issuer text not null,
    client_id text not null,
    sealed_secret bytea,
    client_auth text not null check (client_auth in ('client_secret_basic', 'client_secret_post', 'private_key_jwt')),
    scopes text not null default 'openid profile email',
    enabled boolean not null default true,
    version integer not null default 1
);

create table machine_client (
    id uuid primary key default uuidv7(),
    name text not null check (length(name) between 2 and 120),
    issuer text not null,
    client_id text not null,
    scope_roles jsonb not null,
    area_id integer references area (id) on delete restrict,
    enabled boolean not null default true,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    unique (issuer, client_id)
);

create table idempotency (
    principal uuid not null,
    key text not null check (length(key) between 8 and 200),
    command text not null,
    request_hash bytea not null,
    result text,
    created_at timestamptz not null default now(),
    primary key (principal, key)
);

do $$
declare
    t text;
begin
    foreach t in array array['person', 'identity', 'role_assignment', 'invitation', 'session', 'pending_sign_in',
        'identity_provider', 'machine_client', 'idempotency'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
    end loop;
    -- signing in happens before there is a person: the power to look is signed by the application, for that alone
    foreach t in array array['person', 'identity', 'role_assignment', 'invitation', 'session', 'pending_sign_in'] loop
        execute format('create policy sign_in on %I for all to concordat_app using ((select security.has(''signin'')))
            with check ((select security.has(''signin'')))', t);
    end loop;
    foreach t in array array['person', 'identity', 'role_assignment', 'invitation', 'identity_provider',
        'machine_client'] loop
        execute format('create policy platform on %I for all to concordat_app
            using ((select security.has(''platform''))) with check ((select security.has(''platform'')))', t);
    end loop;
end
$$;

create policy own on role_assignment for select to concordat_app using (person_id = (select security.principal()));
create policy area_reads on role_assignment for select to concordat_app, concordat_worker
    using (area_id = any ((select security.read_areas())::integer[]));
create policy area_inserts on role_assignment for insert to concordat_app
    with check (area_id = any ((select security.write_areas())::integer[]));
create policy area_updates on role_assignment for update to concordat_app
    using (area_id = any ((select security.write_areas())::integer[]))
    with check (area_id = any ((select security.write_areas())::integer[]));
grant select, insert on role_assignment to concordat_app;
grant update (valid_to, ended_reason, post, version) on role_assignment to concordat_app;
grant select on role_assignment to concordat_worker;

create policy own on person for select to concordat_app using (id = (select security.principal()));
create policy own_update on person for update to concordat_app
    using (id = (select security.principal())) with check (id = (select security.principal()));
-- the people of my areas: the inner query is itself under row-level security
create policy colleagues on person for select to concordat_app, concordat_worker
    using (id in (select person_id from role_assignment where area_id = any ((select security.read_areas())::integer[])));
grant select, insert on person to concordat_app;
grant update (name, email, telephone, disabled_at, version) on person to concordat_app;
grant select on person to concordat_worker;

create policy own on identity for select to concordat_app using (person_id = (select security.principal()));
grant select, insert on identity to concordat_app;

create policy area_reads on invitation for select to concordat_app, concordat_worker
    using (area_id = any ((select security.read_areas())::integer[]));
create policy area_inserts on invitation for insert to concordat_app
    with check (area_id = any ((select security.write_areas())::integer[]));
create policy area_updates on invitation for update to concordat_app
    using (area_id = any ((select security.write_areas())::integer[]))
    with check (area_id = any ((select security.write_areas())::integer[]));
grant select, insert on invitation to concordat_app;
grant update (accepted_at, accepted_by, revoked_at, token_hash, expires_at) on invitation to concordat_app;
grant select (id, email, name, role, area_id, organisation_id, invited_by, expires_at, accepted_at, revoked_at)
    on invitation to concordat_worker;

create policy own on session for select to concordat_app using (person_id = (select security.principal()));
create policy own_update on session for update to concordat_app
    using (person_id = (select security.principal())) with check (person_id = (select security.principal()));
grant select, insert on session to concordat_app;
grant update (last_seen_at, revoked_at, revoked_reason) on session to concordat_app;

grant select, insert, delete on pending_sign_in to concordat_app;

create policy sign_in_reads on identity_provider for select to concordat_app using ((select security.has('signin')));
grant select, insert on identity_provider to concordat_app;
grant update (name, issuer, client_id, sealed_secret, client_auth, scopes, enabled, version) on identity_provider
    to concordat_app;

create policy sign_in_reads on machine_client for select to concordat_app using ((select security.has('signin')));
grant select, insert on machine_client to concordat_app;
grant update (name, scope_roles, enabled, version) on machine_client to concordat_app;

create policy own on idempotency for all to concordat_app, concordat_worker
    using (principal = (select security.principal())) with check (principal = (select security.principal()));
grant select, insert, update (result) on idempotency to concordat_app, concordat_worker;
