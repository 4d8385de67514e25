-- A statement that touches several areas takes their locks and their rows in the order of the areas: two such statements
-- wait for one another, and never each for the other.
create or replace function security.turn_facts_stale() returns trigger
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
    perform pg_advisory_xact_lock_shared(1330008663, area_id) from unnest(touched) with ordinality t (area_id, place)
        order by place;
    if cardinality(touched) > 1 then
        perform from public.area_fact fact
            where fact.area_id = any (touched) and fact.subject = any (tg_argv) and not fact.stale
            order by fact.area_id, fact.subject for no key update;
    end if;
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
    where not exists (select from public.area_fact other where other.area_id = once.area_id and other.stale)
    order by once.area_id;
    return null;
end
$$;
