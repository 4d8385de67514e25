-- What each area reports, kept ready. A row is a copy of what the area's records say: who changes those makes the row
-- stale in the same transaction, and the worker computes it anew.
create table area_fact (
    area_id integer not null references area (id) on delete restrict,
    subject text not null check (subject in ('membership', 'budget', 'cooperation', 'flags')),
    standing text not null check (standing in ('met', 'attention', 'not_reported')),
    words text not null check (length(words) between 1 and 200),
    amount double precision, -- what a column sorts by
    reasons jsonb not null default '[]' check (jsonb_typeof(reasons) = 'array'), -- [{sentence, source, statutory}]
    recheck_on date, -- the first day on which the fact may change although nobody writes
    stale boolean not null default false,
    computed_at timestamptz not null default now(),
    primary key (area_id, subject)
);
call security.protect('area_fact', 'select');
grant insert, update on area_fact to concordat_worker;
create policy national_reads on area_fact for select to concordat_national using (true);
grant select (area_id, subject, standing, words, amount, reasons, recheck_on, stale, computed_at) on area_fact
    to concordat_national;
-- the function below turns rows stale for people who may not write here, and asks the worker to look
create policy turning_reads on area_fact for select to concordat_owner using (true);
create policy turning_writes on area_fact for update to concordat_owner using (true) with check (stale);
create policy overview_asks on queue.outbox for insert to concordat_owner with check (actor = 'overview.refresh');

-- The records behind the subjects named in the trigger have changed. Whoever changes records of an area holds its lock
-- together with all others who do, until their transaction ends; the worker computes only when it has the lock alone.
-- So no change falls between what it read and what it wrote, and people do not wait for each other.
create function security.turn_facts_stale() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    touched integer[];
begin
    if tg_op = 'UPDATE' then
        select array_agg(distinct area_id order by area_id) into touched
        from (select area_id from after_rows union all select area_id from before_rows) moved;
    else
        select array_agg(distinct area_id order by area_id) into touched from after_rows;
    end if;
    perform pg_advisory_xact_lock_shared(1330008663, area_id) from unnest(touched) area_id;
    with turned as (
        update public.area_fact fact set stale = true
        where fact.area_id = any (touched) and fact.subject = any (tg_argv) and not fact.stale
        returning fact.area_id
    )
    -- one message for an area: where another row is stale already, it is on its way; a moment later, so that a burst
    -- of changes costs one computation
    insert into queue.outbox (id, message_id, actor, args, area_id, available_at)
    select uuidv7(), uuidv7(), 'overview.refresh', '{}', area_id, now() + interval '2 seconds'
    from (select distinct area_id from turned) once
    where not exists (select from public.area_fact other where other.area_id = once.area_id and other.stale);
    return null;
end
$$;
revoke all on function security.turn_facts_stale() from public;

do $$
declare
    source record;
begin
    for source in select * from (values
        ('partner_body', 'membership'), ('appointment', 'membership'), ('seat', 'membership'),
        ('partnership_chair', 'membership'), ('budget', 'budget'), ('cooperation_count', 'cooperation'),
        ('intervention_flag', 'flags')) of (name, subject)
    loop
        execute format('create trigger facts_inserted after insert on %I referencing new table as after_rows
            for each statement execute function security.turn_facts_stale(%L)', source.name, source.subject);
        execute format('create trigger facts_updated after update on %I
            referencing old table as before_rows new table as after_rows
            for each statement execute function security.turn_facts_stale(%L)', source.name, source.subject);
        execute format('create trigger facts_deleted after delete on %I referencing old table as after_rows
            for each statement execute function security.turn_facts_stale(%L)', source.name, source.subject);
    end loop;
end
$$;

-- Whom the worker writes to when a row was found wrong: the administrators of the service, and nobody else.
create policy alert_reads on role_assignment for select to concordat_worker
    using ((select security.has('alert')) and role = 'platform_administrator');
create policy alert_reads on person for select to concordat_worker using ((select security.has('alert')) and id in (
    select person_id from role_assignment where role = 'platform_administrator'));
