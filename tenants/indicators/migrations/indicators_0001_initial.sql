-- Aggregate figures only. A count of 1 to 5 cannot be stored at all: `small_numbers_are_never_kept` refuses it.
-- Nothing is granted to concordat_national or concordat_public.

create table indicator_definition (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    code text not null check (code ~ '^[a-z][a-z0-9_]{2,60}$'),
    edition text not null check (edition ~ '^[0-9A-Za-z][0-9A-Za-z. -]{0,19}$'),
    title text not null check (length(title) between 3 and 200),
    meaning text not null check (length(meaning) between 10 and 4000),
    unit text not null check (unit in ('count', 'percent', 'rate')),
    source text not null check (length(source) between 2 and 200),
    geography text not null check (geography in ('local_authority', 'police_force_area', 'area')),
    adds_over_time boolean not null,
    adds_over_places boolean not null,
    defined_by text not null check (defined_by in ('proposed', 'area', 'connection')),
    defined_at timestamptz not null default now(),
    version integer not null default 1,
    primary key (area_id, id),
    constraint one_definition_an_edition unique (area_id, code, edition),
    constraint definition_with_code unique (area_id, id, code, unit)
);
call security.protect('indicator_definition');

create table indicator_import (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    file_name text not null check (length(file_name) between 1 and 255),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes integer not null check (bytes > 0),
    supplied_name text not null check (length(supplied_name) between 2 and 200),
    supplied_post text not null check (length(supplied_post) between 2 and 200),
    supplied_body text not null check (length(supplied_body) between 2 and 200),
    uploaded_by uuid,
    uploaded_name text not null check (length(uploaded_name) between 1 and 200),
    uploaded_at timestamptz not null default now(),
    state text not null default 'checked' check (state in ('checked', 'accepted', 'discarded', 'refused')),
    good integer not null check (good >= 0),
    withheld integer not null default 0 check (withheld >= 0), -- counts of 1 to 5 in the file
    problems jsonb not null default '[]', -- line numbers and sentences; never a value of the file
    staged jsonb, -- what was read, with small numbers already taken out; gone once decided
    written jsonb,
    decided_at timestamptz,
    decided_name text check (length(decided_name) between 1 and 200),
    version integer not null default 1,
    primary key (area_id, id),
    check ((state = 'checked') = (staged is not null)),
    check ((state in ('accepted', 'discarded')) = (decided_at is not null)),
    check ((decided_at is null) = (decided_name is null)),
    check ((state = 'accepted') = (written is not null))
);
call security.protect('indicator_import');

create table indicator_observation (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    definition_id uuid not null,
    code text not null,
    unit text not null,
    place text not null check (place = 'area' or place ~ '^[0-9]{3}$'), -- a local authority's number, or the whole area
    period text not null check (period in ('month', 'quarter', 'year')),
    starts_on date not null check (extract(day from starts_on) = 1 and starts_on between '2000-01-01' and '2099-12-01'),
    value numeric(14, 2),
    suppression text not null check (suppression in ('none', 'small_number', 'secondary', 'not_available',
        'not_applicable')),
    quality text not null check (quality in ('provisional', 'final', 'revised')),
    recording_change boolean not null default false,
    import_id uuid,
    connection_id uuid, -- a connection of the area's; connections are above this capability, so no foreign key
    published_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    superseded_at timestamptz,
    primary key (area_id, id),
    foreign key (area_id, definition_id, code, unit)
        references indicator_definition (area_id, id, code, unit) on delete restrict,
    foreign key (area_id, import_id) references indicator_import (area_id, id) on delete restrict,
    constraint from_one_source check (num_nonnulls(import_id, connection_id) = 1),
    constraint quarters_begin_a_quarter check (period <> 'quarter' or extract(month from starts_on) in (1, 4, 7, 10)),
    constraint withheld_has_no_value check ((suppression = 'none') = (value is not null)),
    constraint small_numbers_are_never_kept check (unit <> 'count' or value is null or value = 0 or value >= 6),
    constraint counts_are_whole check (unit <> 'count' or value is null or value = trunc(value)),
    check (value is null or value >= 0)
);
create unique index one_current_figure on indicator_observation (area_id, code, place, period, starts_on)
    where superseded_at is null;
create index indicator_observation_import on indicator_observation (area_id, import_id);
create index indicator_observation_definition on indicator_observation (area_id, definition_id);
call security.protect('indicator_observation');

create table indicator_target (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    code text not null check (code ~ '^[a-z][a-z0-9_]{2,60}$'),
    direction text not null check (direction in ('at_least', 'at_most')),
    value numeric(14, 2) not null check (value between 0 and 1000000000),
    from_on date not null check (from_on between '2000-01-01' and '2099-12-31'),
    note text check (length(note) <= 1000),
    removed_reason text check (length(removed_reason) between 3 and 1000),
    version integer not null default 1,
    primary key (area_id, id)
);
create unique index one_target_a_day on indicator_target (area_id, code, from_on) where removed_reason is null;
call security.protect('indicator_target');

create table indicator_neighbour (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    la_code text not null check (la_code ~ '^[0-9]{3}$'),
    la_name text not null check (length(la_name) between 2 and 120),
    chosen_on date not null,
    ended_on date check (ended_on >= chosen_on),
    version integer not null default 1,
    primary key (area_id, id)
);
create unique index chosen_once on indicator_neighbour (area_id, la_code) where ended_on is null;
call security.protect('indicator_neighbour');

-- Published figures of others, for comparison: England, or a neighbouring authority. Already suppressed by who published.
create table indicator_benchmark (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    code text not null check (code ~ '^[a-z][a-z0-9_]{2,60}$'),
    place text not null check (place = 'england' or place ~ '^[0-9]{3}$'),
    period text not null check (period in ('month', 'quarter', 'year')),
    starts_on date not null check (extract(day from starts_on) = 1 and starts_on between '2000-01-01' and '2099-12-01'),
    value numeric(14, 2),
    symbol text check (length(symbol) between 1 and 10), -- the publisher's own, where there is no value
    source text not null check (length(source) between 2 and 300),
    retrieved_at timestamptz not null default now(),
    primary key (area_id, id),
    constraint one_benchmark unique (area_id, code, place, period, starts_on),
    check ((value is null) = (symbol is not null))
);
call security.protect('indicator_benchmark');
