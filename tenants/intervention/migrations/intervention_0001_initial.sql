-- Intervention flags. What stays in the area is a table of its own, to which the Department has no way at all;
-- the flag itself is open to the Department from the moment it is referred.

create table intervention_flag (
    area_id integer not null references area (id) on delete restrict,
    id uuid not null default uuidv7(),
    kind text not null check (kind in ('partners_cannot_agree', 'arrangements_inadequate',
        'partner_withdraws_or_absent', 'information_refused', 'other')),
    title text not null check (length(title) between 5 and 200),
    concern text not null check (length(concern) between 20 and 8000),
    partners jsonb not null default '[]' check (jsonb_typeof(partners) = 'array' and jsonb_array_length(partners) <= 20),
    evidence jsonb not null default '[]' check (jsonb_typeof(evidence) = 'array' and jsonb_array_length(evidence) <= 20
        and not evidence @? '$[*].url ? (!(@ starts with "https://"))'),
    told jsonb not null default '[]' check (jsonb_typeof(told) = 'array' and jsonb_array_length(told) <= 20),
    raised_as text not null check (raised_as in ('area', 'scrutineer')),
    raised_by uuid not null,
    raised_by_name text not null,
    raised_by_role text not null,
    raised_on date not null,
    state text not null default 'raised' check (state in ('raised', 'withdrawn_locally', 'referred', 'acknowledged',
        'information_requested', 'answered', 'decided', 'closed', 'withdrawn')),
    referred_at timestamptz,
    submission text check (length(submission) between 10 and 4000),
    reply_due_on date,
    decision text check (decision in ('no_action', 'support', 'improvement_notice_considered',
        'passed_to_power_holder', 'referred_to_secretary_of_state')),
    power text,
    review_on date,
    changed_at timestamptz not null default now(),
    version integer not null default 1,
    primary key (area_id, id),
    check ((state in ('raised', 'withdrawn_locally')) = (referred_at is null)),
    check ((referred_at is null) = (submission is null)),
    check (state <> 'decided' or decision is not null)
);
create index intervention_flag_state on intervention_flag (area_id, state);
create index intervention_flag_referred on intervention_flag (referred_at) where referred_at is not null;
call security.protect('intervention_flag', 'select, insert');
grant update (kind, title, concern, partners, evidence, told, state, referred_at, submission, reply_due_on, decision,
    power, review_on, changed_at, version) on intervention_flag to concordat_app;
create policy official_reads on intervention_flag for select to concordat_app
    using ((select security.has('national')) and referred_at is not null);
create policy official_updates on intervention_flag for update to concordat_app
    using ((select security.has('national')) and referred_at is not null)
    with check ((select security.has('national')) and referred_at is not null);
create policy national_reads on intervention_flag for select to concordat_national using (referred_at is not null);
grant select (area_id, id, kind, title, concern, partners, evidence, told, raised_as, raised_by_name, raised_by_role,
    raised_on, state, referred_at, submission, reply_due_on, decision, power, review_on, changed_at, version)
    on intervention_flag to concordat_national;

-- a referral is a fact: it cannot be made not to have happened
create function intervention_keep_referral() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if old.referred_at is not null and new.referred_at is distinct from old.referred_at then
        raise exception 'a referral cannot be undone' using errcode = '23514';
    end if;
    return new;
end
$$;
create trigger keep_referral before update on intervention_flag
    for each row execute function intervention_keep_referral();

create table intervention_flag_working (
    area_id integer not null,
    flag_id uuid not null,
    tried text not null check (length(tried) between 10 and 4000),
    note text check (length(note) <= 4000),
    primary key (area_id, flag_id),
    foreign key (area_id, flag_id) references intervention_flag (area_id, id) on delete restrict
);
call security.protect('intervention_flag_working', 'select, insert');
grant update (tried, note) on intervention_flag_working to concordat_app;

create table intervention_flag_move (
    area_id integer not null,
    id uuid not null default uuidv7(),
    flag_id uuid not null,
    at timestamptz not null default clock_timestamp(),
    move text not null check (move in ('raise', 'amend', 'refer', 'acknowledge', 'ask', 'answer', 'decide', 'close',
        'withdraw', 'reopen')),
    before text,
    after text not null,
    reason text check (length(reason) between 10 and 8000),
    message text check (length(message) between 10 and 8000),
    due_on date,
    decision text,
    power text,
    by_id uuid not null,
    by_name text not null,
    by_role text not null,
    shared boolean not null,
    primary key (area_id, id),
    foreign key (area_id, flag_id) references intervention_flag (area_id, id) on delete restrict,
    check (reason is not null or move in ('raise', 'answer')),
    check ((move in ('ask', 'answer', 'refer')) = (message is not null)),
    check (not (shared and move in ('raise', 'amend')))
);
create index intervention_flag_move_flag on intervention_flag_move (area_id, flag_id, id);
-- append only: no login has update or delete
call security.protect('intervention_flag_move', 'select, insert');
create policy official_reads on intervention_flag_move for select to concordat_app
    using ((select security.has('national')) and shared);
create policy official_inserts on intervention_flag_move for insert to concordat_app
    with check ((select security.has('national')) and shared and exists (
        select from intervention_flag f
        where f.area_id = intervention_flag_move.area_id and f.id = flag_id and f.referred_at is not null));
create policy national_reads on intervention_flag_move for select to concordat_national using (shared);
grant select (area_id, id, flag_id, at, move, before, after, reason, message, due_on, decision, power, by_name,
    by_role, shared) on intervention_flag_move to concordat_national;
