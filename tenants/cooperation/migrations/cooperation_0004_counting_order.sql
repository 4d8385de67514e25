-- A statement that moves requests of several cycles counts them in one order, the same for everyone: two of them at
-- once wait for each other, never in a ring.

create or replace function security.count_requests() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
    if tg_op = 'UPDATE' then
        insert into cooperation_count (area_id, cycle_id, cycle_label, opens_on, due_on, state, requests)
        select area_id, cycle_id, cycle_label, opens_on, due_on, state, sum(n)
        from (select area_id, cycle_id, cycle_label, opens_on, due_on, state, 1 as n from after_rows
              union all
              select area_id, cycle_id, cycle_label, opens_on, due_on, state, -1 from before_rows) moved
        group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 order by state, area_id, cycle_id
        on conflict (area_id, cycle_id, state)
            do update set requests = cooperation_count.requests + excluded.requests;
    else
        insert into cooperation_count (area_id, cycle_id, cycle_label, opens_on, due_on, state, requests)
        select area_id, cycle_id, cycle_label, opens_on, due_on, state, count(*) from after_rows
        group by 1, 2, 3, 4, 5, 6 order by state, area_id, cycle_id
        on conflict (area_id, cycle_id, state)
            do update set requests = cooperation_count.requests + excluded.requests;
    end if;
    return null;
end
$$;
