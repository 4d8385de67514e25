-- Every period is of whole days, first and last included; `valid` is the same as a range, for the constraints.

create table partner_body (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    kind text not null check (kind in ('local_authority', 'integrated_care_board', 'police')),
    name text not null check (length(name) between 2 and 200),
    organisation_id uuid references organisation (id) on delete restrict,
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    valid daterange not null generated always as (daterange(valid_from, valid_to, '[]')) stored,
    succeeded_by uuid check (succeeded_by <> id),
    ended_reason text check (length(ended_reason) <= 1000),
    version integer not null default 1,
    primary key (area_id, id),
    unique (area_id, id, valid without overlaps),
    -- deferred: the old body ends before the new one can take over its register entry or name
    foreign key (area_id, succeeded_by) references partner_body (area_id, id) deferrable initially deferred,
    check (succeeded_by is null or valid_to is not null),
    constraint partner_body_once exclude using gist (area_id with =, kind with =, lower(name) with =, valid with &&),
    constraint partner_organisation_once exclude using gist (area_id with =, organisation_id with =, valid with &&)
);
call security.protect('partner_body');

create table board_group (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    name text not null check (length(name) between 2 and 200),
    purpose text check (length(purpose) <= 2000),
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    valid daterange not null generated always as (daterange(valid_from, valid_to, '[]')) stored,
    ended_reason text check (length(ended_reason) <= 1000),
    version integer not null default 1,
    primary key (area_id, id),
    unique (area_id, id, valid without overlaps),
    constraint board_group_once exclude using gist (area_id with =, lower(name) with =, valid with &&)
);
call security.protect('board_group');

create table seat (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    group_id uuid,
    title text not null check (length(title) between 2 and 200),
    education_level text check (education_level in ('strategic', 'operational')),
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    valid daterange not null generated always as (daterange(valid_from, valid_to, '[]')) stored,
    ended_reason text check (length(ended_reason) <= 1000),
    version integer not null default 1,
    primary key (area_id, id),
    unique (area_id, id, valid without overlaps),
    check (group_id is not null or education_level is not null),
    constraint seat_within_group foreign key (area_id, group_id, period valid)
        references board_group (area_id, id, period valid)
);
create index seat_group on seat (area_id, group_id);
call security.protect('seat');

-- One person in one office: lead or delegated safeguarding partner of a body, independent scrutineer, holder of a seat
create table appointment (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    office text not null check (office in ('lead', 'delegated', 'scrutineer', 'seat')),
    partner_id uuid,
    seat_id uuid,
    person_name text not null check (length(person_name) between 1 and 200),
    post text check (length(post) <= 200),
    organisation text check (length(organisation) <= 200),
    email text check (email = lower(email) and length(email) <= 254),
    telephone text check (length(telephone) <= 40),
    person_id uuid references person (id) on delete restrict,
    declared_tie text check (length(declared_tie) between 1 and 1000),
    has_tie boolean not null generated always as (declared_tie is not null) stored,
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    valid daterange not null generated always as (daterange(valid_from, valid_to, '[]')) stored,
    ended_reason text check (length(ended_reason) <= 1000),
    version integer not null default 1,
    primary key (area_id, id),
    unique (area_id, id, office, valid without overlaps),
    check ((office in ('lead', 'delegated')) = (partner_id is not null)),
    check ((office = 'seat') = (seat_id is not null)),
    check (office in ('scrutineer', 'seat') or post is not null),
    check (office = 'scrutineer' or declared_tie is null),
    constraint scrutineer_has_a_term check (office <> 'scrutineer' or valid_to is not null),
    constraint one_holder_of_office exclude using gist (area_id with =, partner_id with =, office with =, valid with &&)
        where (partner_id is not null),
    constraint one_holder_of_seat exclude using gist (area_id with =, seat_id with =, valid with &&)
        where (seat_id is not null),
    constraint appointment_within_partner foreign key (area_id, partner_id, period valid)
        references partner_body (area_id, id, period valid),
    constraint appointment_within_seat foreign key (area_id, seat_id, period valid)
        references seat (area_id, id, period valid)
);
create index appointment_from on appointment (area_id, valid_from, id);
create index appointment_person on appointment (person_id);
call security.protect('appointment');

-- The chair is a delegated safeguarding partner on every day of the chairing: the period key says so
create table partnership_chair (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    appointment_id uuid not null,
    office text not null default 'delegated' check (office = 'delegated'),
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    valid daterange not null generated always as (daterange(valid_from, valid_to, '[]')) stored,
    ended_reason text check (length(ended_reason) <= 1000),
    version integer not null default 1,
    primary key (area_id, id),
    constraint chair_is_a_delegate foreign key (area_id, appointment_id, office, period valid)
        references appointment (area_id, id, office, period valid),
    constraint one_chair exclude using gist (area_id with =, valid with &&)
);
call security.protect('partnership_chair');

-- What the Department reads: enough to see who holds which office and what is missing; never contact details
create policy national_reads on partner_body for select to concordat_national using (true);
create policy national_reads on seat for select to concordat_national using (education_level is not null);
create policy national_reads on appointment for select to concordat_national using (
    office <> 'seat'
    or exists (select from seat s where s.area_id = appointment.area_id and s.id = appointment.seat_id));
create policy national_reads on partnership_chair for select to concordat_national using (true);
grant select (area_id, id, kind, name, valid_from, valid_to, succeeded_by) on partner_body to concordat_national;
grant select (area_id, id, education_level, valid_from, valid_to) on seat to concordat_national;
grant select (area_id, id, office, partner_id, seat_id, person_name, post, has_tie, valid_from, valid_to)
    on appointment to concordat_national;
grant select (area_id, id, appointment_id, valid_from, valid_to) on partnership_chair to concordat_national;

-- What anyone reads of a live area: today's partners, named leads and delegates, chair and scrutineer
create function security.is_live(integer) returns boolean language sql stable parallel safe
    begin atomic select exists (select from area where id = $1 and lifecycle = 'live'); end;
create function security.in_england_today(daterange) returns boolean language sql stable parallel safe
    return $1 @> (now() at time zone 'Europe/London')::date;
create policy public_reads on partner_body for select to concordat_public
    using (security.is_live(area_id) and security.in_england_today(valid));
create policy public_reads on appointment for select to concordat_public
    using (office <> 'seat' and security.is_live(area_id) and security.in_england_today(valid));
create policy public_reads on partnership_chair for select to concordat_public
    using (security.is_live(area_id) and security.in_england_today(valid));
grant select (area_id, id, kind, name, valid_from, valid_to) on partner_body to concordat_public;
grant select (area_id, id, office, partner_id, person_name, post, has_tie, valid_from, valid_to)
    on appointment to concordat_public;
grant select (area_id, id, appointment_id, valid_from, valid_to) on partnership_chair to concordat_public;
