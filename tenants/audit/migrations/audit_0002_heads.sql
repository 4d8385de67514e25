-- Where every chain ends, to be anchored outside the database: for the platform and for the nightly anchor alone.
-- A head says how many entries a chain has, and nothing of what is in them.
create function audit.heads() returns table (area_id integer, seq bigint, hash bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select h.area_id, h.seq, h.hash from audit.head h
    where h.seq > 0 and (select security.has('platform') or security.has('anchor'))
    order by h.area_id
$$;
revoke all on function audit.heads() from public;
grant execute on function audit.heads() to concordat_app, concordat_worker;
