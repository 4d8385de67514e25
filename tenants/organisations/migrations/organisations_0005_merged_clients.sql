-- A machine client is made of its own row and of its area's: an area that is merged takes no more changes from it.
create or replace function security.client_live(which uuid, stood text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
    return exists (
        select from public.machine_client c left join public.area a on a.id = c.area_id
        where c.id = which and c.enabled and concat_ws('.', c.xmin, a.xmin) = stood);
end
$$;
