-- tenants.membership.rules.vacant_since: since when an office that exists since `opened` has had nobody. Offices are
-- seldom vacant: written into the query, it would be set up again for every statement and hardly ever be run.
create function shape.vacant_since(area integer, what text, held uuid, opened date, as_at date) returns date
language sql stable parallel safe begin atomic
    select greatest(opened, (select max(e.valid_to) + 1 from public.appointment e
        where e.area_id = area and e.office = what and coalesce(e.partner_id, e.seat_id) = held
            and e.valid_to < as_at));
end;
