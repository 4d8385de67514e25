-- What became of a mail after it left, as its provider tells: in any order, more than once, or only when asked.
alter table mail
    add column about uuid,
    add column delivery text
        check (delivery in ('delivered', 'permanent_failure', 'temporary_failure', 'technical_failure')),
    add column delivery_at timestamptz,
    add column delivery_asked_at timestamptz,
    add check ((delivery is null) = (delivery_at is null));
create index mail_about on mail (area_id, about, id desc) where about is not null;
create index mail_undecided on mail (sent_at) where state = 'sent' and provider = 'notify' and delivery is null;
grant select (about, delivery, delivery_at) on mail to concordat_app;

-- Receipts name a mail of any area. They may change these three columns and learn nothing of the row.
create policy receipts on mail for update to concordat_owner using (true) with check (true);

-- What happened later counts; at the same moment, the same one of two whichever came first.
create function security.note_delivery(told uuid, outcome text, happened timestamptz) returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with noted as (
        update public.mail m set delivery = outcome, delivery_at = happened
        where m.id = told and (select security.has('receipts'))
            and (m.delivery_at is null or (m.delivery_at, m.delivery) < (happened, outcome))
        returning true
    )
    select exists (select from noted)
$$;

-- Which mails Notify has not told about for so long that it is to be asked; each is asked more seldom as it grows old,
-- and after the seven days for which Notify keeps them not at all.
create function security.take_undecided(patience interval, most integer) returns table (id uuid)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    update public.mail m set delivery_asked_at = now()
    where (select security.has('receipts')) and m.id in (
        select u.id from public.mail u
        where u.state = 'sent' and u.provider = 'notify' and u.delivery is null
            and u.sent_at between now() - interval '7 days' and now() - patience
            and (u.delivery_asked_at is null or u.delivery_asked_at < now() - (now() - u.sent_at) / 2)
        order by u.delivery_asked_at nulls first, u.sent_at limit most
        for update skip locked)
    returning m.id
$$;

revoke all on function security.note_delivery(uuid, text, timestamptz) from public;
revoke all on function security.take_undecided(interval, integer) from public;
grant execute on function security.note_delivery(uuid, text, timestamptz) to concordat_app, concordat_worker;
grant execute on function security.take_undecided(interval, integer) to concordat_worker;

-- Those who run the service see a mail that left and did not arrive beside those that never left.
drop function security.mail_states(text, uuid, integer);
create function security.mail_states(wanted text, before uuid, most integer)
returns table (id uuid, area_id integer, template text, state text, delivery text, error text, attempts integer,
    created_at timestamptz, sent_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select m.id, m.area_id, m.template, m.state, m.delivery, m.error, m.attempts, m.created_at, m.sent_at
    from public.mail m
    where (select security.has('platform'))
        and (wanted is null or m.state = wanted
            or wanted = 'undelivered' and (m.state = 'failed' or m.delivery <> 'delivered'))
        and (before is null or m.id < before)
    order by m.id desc limit most
$$;
revoke all on function security.mail_states(text, uuid, integer) from public;
grant execute on function security.mail_states(text, uuid, integer) to concordat_app;
