-- Whom the worker writes to when a flag is referred: those who are officials, and nobody else.
create policy referral_reads on role_assignment for select to concordat_worker
    using ((select security.has('officials')) and role in ('official', 'senior_official'));
create policy referral_reads on person for select to concordat_worker using ((select security.has('officials')) and id in (
    select person_id from role_assignment where role in ('official', 'senior_official')));

-- that a review was reminded of: once for each date, however often the sweep runs
create table flag_review_reminder (
    area_id integer not null,
    flag_id uuid not null,
    review_on date not null,
    sent_at timestamptz not null default now(),
    primary key (area_id, flag_id, review_on),
    foreign key (area_id, flag_id) references intervention_flag (area_id, id) on delete restrict
);
call security.protect('flag_review_reminder', 'select, insert');
