-- The keys with which we sign for an agency that knows us by our published key set (RFC 7523). A key is published before
-- it signs and stays published after the next one has taken over: agencies keep what they fetched for an hour.

create table connection_signing_key (
    area_id integer references area (id) on delete restrict,
    home integer not null generated always as (coalesce(area_id, 0)) stored,
    connection_id uuid not null,
    kid text not null check (kid ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$'),
    public_key jsonb not null check (jsonb_typeof(public_key) = 'object' and not public_key ? 'd'),
    sealed bytea not null check (length(sealed) between 31 and 40000),
    key_id integer not null check (key_id between 0 and 65535),
    made_at timestamptz not null default now(),
    made_by_name text not null check (length(made_by_name) <= 200),
    signs_from timestamptz not null,
    withdrawn_at timestamptz,  -- from when it is no longer published
    primary key (connection_id, kid),
    foreign key (home, connection_id) references agency_connection (home, id) on delete restrict
);
call security.protect_connection('connection_signing_key', 'insert', 'select, update (sealed, key_id)');
grant select (area_id, home, connection_id, kid, public_key, key_id, made_at, made_by_name, signs_from, withdrawn_at),
    update (withdrawn_at) on connection_signing_key to concordat_app;
create policy only_for_agencies on connection_signing_key as restrictive for all to concordat_worker
    using ((select security.has('agencies'))) with check ((select security.has('agencies')));

-- a public key is for everyone, as long as it is published
create policy anyone_reads on connection_signing_key for select to concordat_public
    using (withdrawn_at is null or withdrawn_at > now());
grant select (connection_id, kid, public_key, signs_from, withdrawn_at) on connection_signing_key to concordat_public;
