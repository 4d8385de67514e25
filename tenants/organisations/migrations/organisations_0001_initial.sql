-- The national register. Its facts are public and belong to no area: every login reads them, only the import
-- (power `register`) and platform administrators write them. Nothing is ever deleted; no login may.

create table organisation (
    id uuid primary key default uuidv7(),
    kind text not null check (kind in ('local_authority', 'integrated_care_board', 'police_force', 'trust',
        'establishment', 'other_body')),
    name text not null check (length(name) between 2 and 200),
    legal_name text check (length(legal_name) <= 300),
    status text not null default 'open' check (status in ('proposed', 'open', 'closed')),
    proposed_to_close boolean not null default false,
    opened_on date,
    closed_on date,
    urn integer,
    uid integer,
    ukprn text,
    ods_code text check (ods_code ~ '^[A-Z0-9]{2,10}$'),
    companies_house text,
    group_id text,
    la_code text check (la_code ~ '^[0-9]{3}$'),
    la_name text,
    gss_la_code text,
    establishment_number text,
    type_code integer,
    type_label text,
    phase text,
    category text,
    lowest_age integer,
    highest_age integer,
    trust_id uuid references organisation (id) on delete restrict,
    trust_since date,
    street text,
    locality text,
    town text,
    postcode text,
    website text,
    telephone text,
    content_hash bytea,
    import_id uuid,
    version integer not null default 1,
    check ((kind = 'establishment') = (urn is not null)),
    check ((kind = 'trust') = (uid is not null)),
    check (kind = 'establishment' or trust_id is null)
);
create unique index organisation_urn on organisation (urn) where urn is not null;
create unique index organisation_uid on organisation (uid) where uid is not null;
create unique index organisation_ods_code on organisation (ods_code) where ods_code is not null;
create unique index one_local_authority_of_a_code on organisation (la_code) where kind = 'local_authority';
create index organisation_place on organisation (la_code) where kind = 'establishment' and status = 'open';
create index organisation_trust on organisation (trust_id) where trust_id is not null;
create index organisation_body on organisation (kind, name) where kind not in ('establishment', 'trust');

-- which trust ran an establishment before the one of today; dates are null where the register does not say
create table trust_membership (
    establishment_id uuid not null references organisation (id) on delete restrict,
    id uuid not null default uuidv7(),
    trust_id uuid not null references organisation (id) on delete restrict,
    valid_from date,
    valid_to date not null,
    import_id uuid,
    primary key (establishment_id, id),
    check (valid_to >= valid_from)
);
create index trust_membership_trust on trust_membership (trust_id);

-- who followed whom: an academy conversion closes one URN and opens another
create table organisation_lineage (
    predecessor_id uuid not null references organisation (id) on delete restrict,
    successor_id uuid not null references organisation (id) on delete restrict,
    kind text not null check (kind in ('successor', 'merger', 'amalgamation', 'split')),
    on_date date,
    import_id uuid,
    primary key (predecessor_id, successor_id),
    check (predecessor_id <> successor_id)
);
create index organisation_lineage_successor on organisation_lineage (successor_id);

-- what the register said before: one row for each fact that changed
create table organisation_history (
    organisation_id uuid not null references organisation (id) on delete restrict,
    id uuid not null default uuidv7(),
    field text not null check (field in ('name', 'status', 'proposed_to_close', 'type', 'phase', 'la_code', 'trust')),
    before text,
    after text,
    effective_on date not null,
    recorded_at timestamptz not null default now(),
    import_id uuid,
    primary key (organisation_id, id)
);

create table import_run (
    id uuid primary key default uuidv7(),
    kind text not null check (kind in ('groups', 'establishments', 'links', 'group_links')),
    file_name text not null check (length(file_name) <= 255),
    sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
    size_bytes bigint,
    allow_mass_closure boolean not null default false,
    status text not null default 'queued' check (status in ('queued', 'running', 'done', 'refused', 'failed')),
    asked_by uuid,
    asked_by_name text not null,
    asked_at timestamptz not null default now(),
    started_at timestamptz,
    heard_from_at timestamptz,
    finished_at timestamptz,
    rows_expected integer not null default 0,
    rows_read integer not null default 0,
    created integer not null default 0,
    changed integer not null default 0,
    closed integer not null default 0,
    reopened integer not null default 0,
    unchanged integer not null default 0,
    rejected integer not null default 0,
    problem text
);
create index import_run_newest on import_run (asked_at desc);

create table import_rejection (
    run_id uuid not null references import_run (id) on delete restrict,
    line integer not null,
    reason text not null,
    reference text not null,
    primary key (run_id, line)
);

do $$
declare
    t text;
begin
    foreach t in array array['organisation', 'trust_membership', 'organisation_lineage', 'organisation_history',
        'import_run', 'import_rejection'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy register_writes on %I for insert to concordat_app, concordat_worker
            with check ((select security.has(''register'')))', t);
        execute format('create policy register_changes on %I for update to concordat_app, concordat_worker
            using ((select security.has(''register''))) with check ((select security.has(''register'')))', t);
    end loop;
    foreach t in array array['organisation', 'trust_membership', 'organisation_lineage', 'organisation_history'] loop
        execute format('create policy everyone_reads on %I for select
            to concordat_app, concordat_worker, concordat_national, concordat_public using (true)', t);
        execute format('grant select, insert on %I to concordat_app, concordat_worker', t);
    end loop;
    foreach t in array array['import_run', 'import_rejection'] loop
        execute format('create policy administrators_read on %I for select to concordat_app, concordat_worker
            using ((select security.has(''register'')) or (select security.has(''platform'')))', t);
        execute format('grant select, insert on %I to concordat_app, concordat_worker', t);
    end loop;
end
$$;

-- what a platform administrator keeps by hand: the partner bodies, never schools or trusts
create policy platform_inserts on organisation for insert to concordat_app
    with check ((select security.has('platform')) and kind not in ('establishment', 'trust'));
create policy platform_updates on organisation for update to concordat_app
    using ((select security.has('platform')) and kind not in ('establishment', 'trust'))
    with check ((select security.has('platform')) and kind not in ('establishment', 'trust'));
create policy platform_inserts on organisation_lineage for insert to concordat_app
    with check ((select security.has('platform')));
create policy platform_inserts on organisation_history for insert to concordat_app
    with check ((select security.has('platform')));
create policy platform_asks on import_run for insert to concordat_app
    with check ((select security.has('platform')) and status = 'queued');

-- keys and identity never change once written
grant update (name, legal_name, status, proposed_to_close, opened_on, closed_on, ukprn, ods_code, companies_house,
    group_id, la_code, la_name, gss_la_code, establishment_number, type_code, type_label, phase, category,
    lowest_age, highest_age, trust_id, trust_since, street, locality, town, postcode, website, telephone, content_hash,
    import_id, version) on organisation to concordat_app, concordat_worker;
grant update (kind, on_date, import_id) on organisation_lineage to concordat_app, concordat_worker;
grant update (status, sha256, size_bytes, started_at, heard_from_at, finished_at, rows_expected, rows_read, created,
    changed, closed, reopened, unchanged, rejected, problem) on import_run to concordat_app, concordat_worker;

grant select (id, kind, name, legal_name, status, proposed_to_close, opened_on, closed_on, urn, uid, ukprn, ods_code,
    companies_house, group_id, la_code, la_name, gss_la_code, establishment_number, type_code, type_label, phase,
    category, lowest_age, highest_age, trust_id, trust_since, street, locality, town, postcode, website)
    on organisation to concordat_national, concordat_public;
grant select (establishment_id, id, trust_id, valid_from, valid_to) on trust_membership
    to concordat_national, concordat_public;
grant select (predecessor_id, successor_id, kind, on_date) on organisation_lineage
    to concordat_national, concordat_public;
grant select (organisation_id, id, field, before, after, effective_on, recorded_at) on organisation_history
    to concordat_national, concordat_public;

-- what anyone may know of an organisation: the columns that every login is granted
create view organisation_fact with (security_invoker = true) as
    select id, kind, name, legal_name, status, proposed_to_close, opened_on, closed_on, urn, uid, ukprn, ods_code,
        companies_house, la_code, la_name, type_label, phase, category, trust_id, trust_since, town, postcode, website
    from organisation;
grant select on organisation_fact to concordat_app, concordat_worker, concordat_national, concordat_public;

-- Where organisations are present ------------------------------------------------------------------------------

create table area_organisation (
    area_id integer not null references area (id) on delete restrict,
    organisation_id uuid not null references organisation (id) on delete restrict,
    -- covers_la: follows from the register; partner and chosen_agency: the area's own decision
    basis text not null check (basis in ('covers_la', 'partner', 'chosen_agency')),
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    primary key (area_id, organisation_id, basis, valid_from)
);
create unique index present_once on area_organisation (area_id, organisation_id, basis) where valid_to is null;
create index area_organisation_organisation on area_organisation (organisation_id, area_id);
alter table area_organisation enable row level security;
alter table area_organisation force row level security;
-- that a school is in an area is a public fact; whom an area chose is the area's, and the chosen body's, to see
create policy tenant_read on area_organisation for select to concordat_app, concordat_worker using (
    basis = 'covers_la' or area_id = any ((select security.read_areas())::integer[])
    or organisation_id = any ((select security.organisations())::uuid[])
    or (select security.has('signin')) or (select security.has('register')));
create policy tenant_insert on area_organisation for insert to concordat_app, concordat_worker with check (
    basis <> 'covers_la' and area_id = any ((select security.write_areas())::integer[]));
create policy tenant_update on area_organisation for update to concordat_app, concordat_worker
    using (basis <> 'covers_la' and area_id = any ((select security.write_areas())::integer[]))
    with check (basis <> 'covers_la' and area_id = any ((select security.write_areas())::integer[]));
create policy register_inserts on area_organisation for insert to concordat_app, concordat_worker
    with check ((select security.has('register')) and basis = 'covers_la');
create policy register_updates on area_organisation for update to concordat_app, concordat_worker
    using ((select security.has('register')) and basis = 'covers_la')
    with check ((select security.has('register')) and basis = 'covers_la');
create policy national_reads on area_organisation for select to concordat_national using (true);
create policy public_reads on area_organisation for select to concordat_public using (basis = 'covers_la');
grant select, insert, update (valid_to) on area_organisation to concordat_app, concordat_worker;
grant select (area_id, organisation_id, basis, valid_from, valid_to) on area_organisation
    to concordat_national, concordat_public;
