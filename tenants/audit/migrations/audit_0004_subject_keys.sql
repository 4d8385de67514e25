-- Personal text in an entry is sealed with a key of its subject. The chain hashes what is sealed; destroying the key
-- erases the text and leaves every link as it was. A key is itself sealed, under a key that the database does not have.
-- A subject may have several keys: who writes about it without reading the area, a school's contact, makes a new one.
create table audit.subject_key (
    area_id integer not null,
    id uuid not null,
    subject_type text not null check (subject_type ~ '^[a-z_]+$'),
    subject_id text not null,
    sealed bytea,
    key_id integer,
    made_at timestamptz not null default now(),
    erased_at timestamptz,
    primary key (area_id, id),
    constraint erased_or_sealed check ((sealed is null) = (erased_at is not null)),
    constraint sealed_under_a_key check ((sealed is null) = (key_id is null))
);
create index subject_key_subject on audit.subject_key (area_id, subject_type, subject_id);

alter table audit.subject_key enable row level security;
alter table audit.subject_key force row level security;
create policy read on audit.subject_key for select to concordat_app, concordat_worker using (
    area_id = any ((select security.read_areas())::integer[]) or (area_id = 0 and (select security.has('platform'))));
create policy make on audit.subject_key for insert to concordat_app, concordat_worker with check (
    erased_at is null and (area_id = any ((select security.write_areas())::integer[])
        or area_id = any ((select security.visit_areas())::integer[])
        or (area_id = 0 and (select security.has('platform')))));
-- sealed anew after the secret key was changed, or erased; what is erased stays so
create policy change on audit.subject_key for update to concordat_app
    using (erased_at is null and (area_id = any ((select security.write_areas())::integer[])
        or (area_id = 0 and (select security.has('platform')))))
    with check (area_id = any ((select security.write_areas())::integer[])
        or (area_id = 0 and (select security.has('platform'))));
grant select on audit.subject_key to concordat_app, concordat_worker;
grant insert (area_id, id, subject_type, subject_id, sealed, key_id) on audit.subject_key to concordat_app, concordat_worker;
grant update (sealed, key_id, erased_at) on audit.subject_key to concordat_app;
