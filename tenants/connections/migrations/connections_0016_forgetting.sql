-- Messages that came, and messages that were sent, are forgotten after a while: what waits for an attempt never is.

grant delete on connection_arrival, webhook_delivery, webhook_attempt to concordat_worker;
create index connection_arrival_age on connection_arrival (last_at);
create index webhook_delivery_age on webhook_delivery (ended_at) where state <> 'waiting';
create policy overview on connection_arrival for select to concordat_owner using (true);

-- the areas that have something to forget, and no more
create function security.webhooks_old(arrivals interval, deliveries interval) returns table (area_id integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select found.area_id from (
        select a.area_id from public.connection_arrival a where a.last_at < now() - arrivals
        union
        select d.area_id from public.webhook_delivery d where d.state <> 'waiting' and d.ended_at < now() - deliveries
    ) as found where (select security.has('queue')) order by 1 limit 500
$$;
revoke all on function security.webhooks_old(interval, interval) from public;
grant execute on function security.webhooks_old(interval, interval) to concordat_worker;
