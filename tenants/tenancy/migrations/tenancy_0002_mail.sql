-- Emails to people. The area sees that a mail went; what it said is for the worker alone.
create table mail (
    id uuid primary key,
    area_id integer references area (id) on delete restrict,
    person_id uuid references person (id) on delete restrict,
    address text not null check (address = lower(address) and length(address) <= 254),
    template text not null check (template ~ '^[a-z_]{1,60}$'),
    details jsonb not null check (jsonb_typeof(details) = 'object'),
    state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
    error text check (length(error) <= 1000),
    attempts integer not null default 0,
    leased_until timestamptz,
    caused_by uuid,
    created_at timestamptz not null default now(),
    sent_at timestamptz,
    provider text,
    provider_reference text,
    check ((state = 'sent') = (sent_at is not null))
);
create index mail_area on mail (area_id, id desc);
create index mail_person on mail (person_id, id desc);

alter table mail enable row level security;
alter table mail force row level security;
create policy write on mail for insert to concordat_app, concordat_worker with check (
    area_id = any ((select security.write_areas())::integer[])
    or area_id = any ((select security.visit_areas())::integer[])
    or (area_id is null and ((select security.principal()) is not null or (select security.part(7)) is not null))
    or (select security.has('platform')) or (select security.has('national'))
    or (select security.has('register')) or (select security.has('signin')));
create policy area_reads on mail for select to concordat_app
    using (area_id = any ((select security.read_areas())::integer[]));
create policy own on mail for select to concordat_app using (person_id = (select security.principal()));
create policy platform_reads on mail for select to concordat_app
    using (area_id is null and (select security.has('platform')));
create policy sender_reads on mail for select to concordat_worker using (
    area_id = any ((select security.read_areas())::integer[])
    or (area_id is null and (select security.has('mail'))));
create policy sender_updates on mail for update to concordat_worker
    using (area_id = any ((select security.write_areas())::integer[])
        or (area_id is null and (select security.has('mail'))))
    with check (area_id = any ((select security.write_areas())::integer[])
        or (area_id is null and (select security.has('mail'))));
grant insert on mail to concordat_app, concordat_worker;
grant select (id, area_id, person_id, address, template, state, error, attempts, caused_by, created_at, sent_at)
    on mail to concordat_app;
grant select on mail to concordat_worker;
grant update (state, error, attempts, leased_until, sent_at, provider, provider_reference) on mail
    to concordat_worker;
