-- What another national directory last said of a body of ours: so that the next word is compared with the last one, and
-- a name or a closing that a person entered in between is left alone.

create table organisation_directory_entry (
    source text not null check (source ~ '^[a-z][a-z0-9_]{1,40}$'),
    code text not null check (length(code) between 1 and 60),
    organisation_id uuid not null references organisation (id) on delete restrict,
    name text not null check (length(name) between 2 and 200),
    status text not null check (status in ('open', 'closed')),
    closed_on date,
    successors text[] not null default '{}',
    seen_at timestamptz not null default now(),
    primary key (source, code)
);
create index organisation_directory_entry_organisation on organisation_directory_entry (organisation_id);
alter table organisation_directory_entry enable row level security;
alter table organisation_directory_entry force row level security;
create policy everyone_reads on organisation_directory_entry for select to concordat_app, concordat_worker using (true);
create policy register_writes on organisation_directory_entry for insert to concordat_worker
    with check ((select security.has('register')));
create policy register_changes on organisation_directory_entry for update to concordat_worker
    using ((select security.has('register'))) with check ((select security.has('register')));
grant select on organisation_directory_entry to concordat_app, concordat_worker;
grant insert, update (name, status, closed_on, successors, seen_at) on organisation_directory_entry
    to concordat_worker;
