-- Relevant agencies, the duties asked of them, and what they answered. Three kinds of table:
--   the area's own (duties, notes, follow-up, reminders): no agency reaches them;
--   shared (agencies, requests, messages, replies): the area, and the agency whose organisation_id the row carries;
--   the agency's own (drafts): not even the area reads them until they are sent.

-- SI 2018/789, Schedule, as dated reference data. Paragraphs 1 to 13, and the beginning of 14, were read in the instrument as
-- laid in draft; the others carry no paragraph until someone has checked them against the text in force.
create table agency_category (
    code text primary key check (code ~ '^[a-z0-9_]{3,60}$'),
    grouping text not null check (grouping in ('education_and_childcare', 'health_and_social_care',
        'criminal_justice', 'police_and_immigration', 'miscellaneous')),
    label text not null,
    paragraph integer,
    citation text not null default 'SI 2018/789, Schedule',
    position integer not null,
    valid_from date not null default '2018-06-29',
    valid_to date check (valid_to >= valid_from)
);
insert into agency_category (code, grouping, label, paragraph, position)
select code, grouping, label, paragraph, row_number() over ()
from (values
    ('academy_proprietor', 'education_and_childcare', 'Academy school proprietor', 1),
    ('academy_16_19_proprietor', 'education_and_childcare', '16 to 19 academy proprietor', 2),
    ('alternative_provision_academy_proprietor', 'education_and_childcare',
        'Alternative provision academy proprietor', 3),
    ('maintained_school_governing_body', 'education_and_childcare', 'Maintained school governing body', 4),
    ('maintained_nursery_governing_body', 'education_and_childcare', 'Maintained nursery school governing body', 5),
    ('pupil_referral_unit_committee', 'education_and_childcare', 'Pupil referral unit management committee', 6),
    ('independent_institution_proprietor', 'education_and_childcare',
        'Independent educational institution proprietor', 7),
    ('non_maintained_special_proprietor', 'education_and_childcare', 'Non-maintained special school proprietor', 8),
    ('special_post_16_proprietor', 'education_and_childcare', 'Special post-16 institution proprietor', 9),
    ('further_education_governing_body', 'education_and_childcare', 'Further education governing body', 10),
    ('higher_education_governing_body', 'education_and_childcare', 'Higher education provider governing body', 11),
    ('other_funded_provider', 'education_and_childcare', 'Other funded education or training provider', 12),
    ('childcare_provider', 'education_and_childcare', 'Registered childcare provider', 13),
    ('childrens_centre_provider', 'education_and_childcare', 'Children’s centre provider', 14),
    ('nhs_england', 'health_and_social_care', 'NHS England', null),
    ('nhs_trust', 'health_and_social_care', 'NHS trust', null),
    ('nhs_foundation_trust', 'health_and_social_care', 'NHS foundation trust', null),
    ('adoption_support_agency', 'health_and_social_care', 'Adoption support agency', null),
    ('registered_adoption_society', 'health_and_social_care', 'Registered adoption society', null),
    ('fostering_agency', 'health_and_social_care', 'Fostering agency', null),
    ('childrens_home', 'health_and_social_care', 'Children’s home', null),
    ('residential_family_centre', 'health_and_social_care', 'Residential family centre', null),
    ('holiday_scheme_for_disabled_children', 'health_and_social_care',
        'Residential holiday scheme for disabled children', null),
    ('cafcass', 'criminal_justice', 'Cafcass', null),
    ('probation_service', 'criminal_justice', 'Probation services', null),
    ('youth_offending_team', 'criminal_justice', 'Youth offending team', null),
    ('prison', 'criminal_justice', 'Prison governor or director', null),
    ('secure_establishment', 'criminal_justice',
        'Young offender institution, secure training centre or secure college', null),
    ('british_transport_police', 'police_and_immigration', 'British Transport Police', null),
    ('port_police', 'police_and_immigration', 'Port police', null),
    ('immigration_and_customs', 'police_and_immigration', 'Immigration and customs officials', null),
    ('charity', 'miscellaneous', 'Charity', null),
    ('religious_organisation', 'miscellaneous', 'Religious organisation', null),
    ('sport_or_leisure', 'miscellaneous', 'Sport or leisure provider', null)
) as listed (code, grouping, label, paragraph);
alter table agency_category enable row level security;
alter table agency_category force row level security;
create policy everyone_reads on agency_category for select
    to concordat_app, concordat_worker, concordat_national, concordat_public using (true);
grant select on agency_category to concordat_app, concordat_worker, concordat_national, concordat_public;

-- Agencies ----------------------------------------------------------------------------------------------------

create table relevant_agency (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    organisation_id uuid not null references organisation (id) on delete restrict,
    name text not null check (length(name) between 2 and 200),
    category text not null references agency_category (code) on delete restrict,
    state text not null check (state in ('not_selected', 'selected', 'notified', 'acknowledged', 'reconfirmed',
        'declined', 'ceased')),
    reason text not null check (length(reason) between 3 and 1000),
    expectation text check (length(expectation) <= 4000),
    contact_name text check (length(contact_name) <= 200),
    contact_email text check (length(contact_email) <= 254),
    notified_on date,
    notified_channel text,
    notified_version text,
    acknowledged_on date,
    acknowledged_by text,
    acknowledged_version text,
    state_reason text check (length(state_reason) <= 1000),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    primary key (area_id, id),
    unique (area_id, organisation_id),
    unique (area_id, id, organisation_id),
    check ((state in ('notified', 'acknowledged', 'reconfirmed')) <= (notified_on is not null)),
    check ((state in ('declined', 'ceased')) <= (state_reason is not null))
);
create index relevant_agency_name on relevant_agency (area_id, name, id);
create index relevant_agency_organisation on relevant_agency (organisation_id, area_id);

-- each time the area told an agency of its inclusion and of the arrangements
create table agency_telling (
    area_id integer not null,
    id uuid not null default uuidv7(),
    agency_id uuid not null,
    organisation_id uuid not null,
    told_on date not null,
    channel text not null check (channel in ('email', 'letter', 'meeting', 'telephone', 'portal')),
    arrangements_version text not null check (length(arrangements_version) between 1 and 100),
    told_by text not null,
    recorded_at timestamptz not null default now(),
    primary key (area_id, id),
    foreign key (area_id, agency_id, organisation_id)
        references relevant_agency (area_id, id, organisation_id) on delete restrict
);
create index agency_telling_agency on agency_telling (area_id, agency_id, told_on);

-- the area's own notes on an agency
create table agency_note (
    area_id integer not null,
    id uuid not null default uuidv7(),
    agency_id uuid not null,
    body text not null check (length(body) between 1 and 4000),
    written_by text not null,
    written_at timestamptz not null default now(),
    primary key (area_id, id),
    foreign key (area_id, agency_id) references relevant_agency (area_id, id) on delete restrict
);
create index agency_note_agency on agency_note (area_id, agency_id, written_at);

-- Duties ------------------------------------------------------------------------------------------------------

-- what the area asks for: the text being worked on; publishing freezes it as a duty_version
create table duty (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    title text not null check (length(title) between 3 and 200),
    body text not null check (length(body) <= 10000),
    legal_basis text[] not null,
    legal_note text check (length(legal_note) <= 1000),
    cycle text not null check (cycle in ('once', 'each_academic_year', 'each_new_version')),
    categories text[] not null,
    questions jsonb not null,
    opens_on date,
    due_on date,
    reminder_days integer[] not null,
    follow_up jsonb not null,
    state text not null default 'draft' check (state in ('draft', 'published', 'retired')),
    latest_number integer not null default 0,
    changed boolean not null default true, -- since the latest published version
    version integer not null default 1,
    primary key (area_id, id),
    check (due_on is null or opens_on is null or due_on >= opens_on),
    check ((state = 'draft') <= (latest_number = 0))
);

create table duty_version (
    area_id integer not null,
    id uuid not null default uuidv7(),
    duty_id uuid not null,
    number integer not null,
    title text not null,
    body text not null,
    legal_basis text[] not null,
    legal_note text,
    categories text[] not null,
    questions jsonb not null,
    published_at timestamptz not null default now(),
    published_by text not null,
    primary key (area_id, id),
    unique (area_id, duty_id, number),
    foreign key (area_id, duty_id) references duty (area_id, id) on delete restrict
);

create table duty_cycle (
    area_id integer not null,
    id uuid not null default uuidv7(),
    duty_id uuid not null,
    duty_version_id uuid not null,
    label text not null check (length(label) between 1 and 100),
    opens_on date not null,
    due_on date not null,
    opened_by text not null,
    opened_at timestamptz not null default now(),
    primary key (area_id, id),
    unique (area_id, duty_id, label),
    foreign key (area_id, duty_id) references duty (area_id, id) on delete restrict,
    foreign key (area_id, duty_version_id) references duty_version (area_id, id) on delete restrict,
    check (due_on >= opens_on)
);

-- Requests and returns ----------------------------------------------------------------------------------------

-- one agency asked for one duty in one cycle; names and dates are those of the day it was opened
create table duty_request (
    area_id integer not null,
    id uuid not null default uuidv7(),
    cycle_id uuid not null,
    duty_id uuid not null,
    duty_version_id uuid not null,
    agency_id uuid not null,
    organisation_id uuid not null,
    agency_name text not null,
    category text not null references agency_category (code) on delete restrict,
    title text not null,
    cycle_label text not null,
    opens_on date not null,
    due_on date not null,
    state text not null default 'not_started' check (state in ('not_started', 'draft', 'submitted', 'accepted',
        'more_needed', 'declined', 'cancelled')),
    question_open boolean not null default false,
    submitted_at timestamptz,
    state_reason text check (length(state_reason) <= 1000),
    version integer not null default 1,
    primary key (area_id, id),
    unique (area_id, cycle_id, agency_id),
    unique (area_id, id, organisation_id),
    foreign key (area_id, cycle_id) references duty_cycle (area_id, id) on delete restrict,
    foreign key (area_id, duty_id) references duty (area_id, id) on delete restrict,
    foreign key (area_id, duty_version_id) references duty_version (area_id, id) on delete restrict,
    foreign key (area_id, agency_id, organisation_id)
        references relevant_agency (area_id, id, organisation_id) on delete restrict,
    check ((state in ('declined', 'cancelled')) <= (state_reason is not null)),
    check ((state in ('submitted', 'accepted', 'more_needed')) <= (submitted_at is not null))
);
create index duty_request_list on duty_request (area_id, cycle_id, agency_name, id);
create index duty_request_agency on duty_request (area_id, agency_id);
create index duty_request_organisation on duty_request (organisation_id, due_on);

create table request_draft (
    area_id integer not null,
    request_id uuid not null,
    organisation_id uuid not null,
    answers jsonb not null,
    prefilled text[] not null default '{}', -- questions still holding last year's answer, unconfirmed
    saved_by text not null,
    saved_at timestamptz not null default now(),
    primary key (area_id, request_id),
    foreign key (area_id, request_id, organisation_id)
        references duty_request (area_id, id, organisation_id) on delete restrict
);

create table submission (
    area_id integer not null,
    id uuid not null default uuidv7(),
    request_id uuid not null,
    duty_id uuid not null,
    organisation_id uuid not null,
    receipt text not null check (receipt ~ '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$'),
    answers jsonb not null,
    reused text[] not null default '{}', -- questions answered with last year's answer, confirmed
    sent_by text not null,
    sent_at timestamptz not null default now(),
    withdrawn_at timestamptz,
    primary key (area_id, id),
    unique (area_id, receipt),
    foreign key (area_id, request_id, organisation_id)
        references duty_request (area_id, id, organisation_id) on delete restrict
);
create index submission_request on submission (area_id, request_id, sent_at);
create index submission_before on submission (organisation_id, duty_id, sent_at);

create table area_reply (
    area_id integer not null,
    id uuid not null default uuidv7(),
    request_id uuid not null,
    submission_id uuid not null,
    organisation_id uuid not null,
    outcome text not null check (outcome in ('accepted', 'more_needed')),
    comment text not null check (length(comment) between 1 and 4000),
    replied_by text not null,
    replied_at timestamptz not null default now(),
    primary key (area_id, id),
    unique (area_id, submission_id),
    foreign key (area_id, request_id, organisation_id)
        references duty_request (area_id, id, organisation_id) on delete restrict,
    foreign key (area_id, submission_id) references submission (area_id, id) on delete restrict
);
create index area_reply_request on area_reply (area_id, request_id, replied_at);

create table request_message (
    area_id integer not null,
    id uuid not null default uuidv7(),
    request_id uuid not null,
    organisation_id uuid not null,
    side text not null check (side in ('area', 'agency')),
    body text not null check (length(body) between 1 and 4000),
    written_by text not null,
    written_at timestamptz not null default now(),
    primary key (area_id, id),
    foreign key (area_id, request_id, organisation_id)
        references duty_request (area_id, id, organisation_id) on delete restrict
);
create index request_message_request on request_message (area_id, request_id, written_at);

-- Following up ------------------------------------------------------------------------------------------------

-- a person moved a request to a follow-up step; the latest row is where it stands
create table follow_up_move (
    area_id integer not null,
    id uuid not null default uuidv7(),
    request_id uuid not null,
    step integer not null check (step between 0 and 20), -- 0: no follow-up
    step_title text not null,
    evidence text not null,
    reason text not null check (length(reason) between 3 and 1000),
    moved_by text not null,
    moved_at timestamptz not null default now(),
    primary key (area_id, id),
    foreign key (area_id, request_id) references duty_request (area_id, id) on delete restrict
);
create index follow_up_move_request on follow_up_move (area_id, request_id, moved_at desc);

create table reminder (
    area_id integer not null,
    id uuid not null default uuidv7(),
    request_id uuid not null,
    day integer not null, -- working days from the due date; negative: before
    sent_to text not null,
    sent_at timestamptz not null default now(),
    primary key (area_id, id),
    unique (area_id, request_id, day),
    foreign key (area_id, request_id) references duty_request (area_id, id) on delete restrict
);

-- What the Department may know: how many, in which state; never who or what -----------------------------------

create table cooperation_count (
    area_id integer not null references area (id) on delete restrict,
    cycle_id uuid not null,
    cycle_label text not null,
    opens_on date not null,
    due_on date not null,
    state text not null,
    requests integer not null,
    primary key (area_id, cycle_id, state)
);
create table agency_count (
    area_id integer not null references area (id) on delete restrict,
    state text not null,
    agencies integer not null,
    primary key (area_id, state)
);
