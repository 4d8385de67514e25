-- The count of an area's agencies says their category too, so that the area's own pages need not count. The Department
-- goes on reading states alone.
alter table agency_count drop constraint agency_count_pkey;
delete from agency_count;
alter table agency_count add category text not null references agency_category (code) on delete restrict;
alter table agency_count add primary key (area_id, category, state);
revoke select on agency_count from concordat_national;
grant select (area_id, state, agencies) on agency_count to concordat_national;

create or replace function security.count_agencies() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
    if tg_op = 'UPDATE' then
        insert into agency_count (area_id, category, state, agencies)
        select area_id, category, state, sum(n)
        from (select area_id, category, state, 1 as n from after_rows
              union all
              select area_id, category, state, -1 from before_rows) moved
        group by 1, 2, 3 having sum(n) <> 0 order by state, area_id, category
        on conflict (area_id, category, state) do update set agencies = agency_count.agencies + excluded.agencies;
    else
        insert into agency_count (area_id, category, state, agencies)
        select area_id, category, state, count(*) from after_rows group by 1, 2, 3 order by state, area_id, category
        on conflict (area_id, category, state) do update set agencies = agency_count.agencies + excluded.agencies;
    end if;
    return null;
end
$$;

-- those that are there: the owner itself is under row-level security, and this migration has the table for itself
alter table relevant_agency no force row level security;
insert into agency_count (area_id, category, state, agencies)
select area_id, category, state, count(*) from relevant_agency group by 1, 2, 3;
alter table relevant_agency force row level security;

-- The nightly comparison puts an area's counts right from what it counted. It takes the table for itself first, so that
-- nobody counts in between; where somebody does at the moment it fails, and is tried again.
create function security.hold_agency_counts() returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
    lock table agency_count in share row exclusive mode nowait;
end
$$;
create function security.keep_agency_counts(of_area integer, counted jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
    if of_area = any (security.write_areas()) then
        delete from agency_count where area_id = of_area;
        insert into agency_count (area_id, category, state, agencies)
        select of_area, r.category, r.state, r.agencies
        from jsonb_to_recordset(counted) as r (category text, state text, agencies integer);
    end if;
end
$$;
revoke all on function security.hold_agency_counts() from public;
revoke all on function security.keep_agency_counts(integer, jsonb) from public;
grant execute on function security.hold_agency_counts() to concordat_worker;
grant execute on function security.keep_agency_counts(integer, jsonb) to concordat_worker;
