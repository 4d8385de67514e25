-- What a platform administrator sees of sessions and mails, and what a provider's sign-out needs.

create policy platform_reads on session for select to concordat_app using ((select security.has('platform')));
create policy platform_ends on session for update to concordat_app
    using ((select security.has('platform'))) with check ((select security.has('platform')));

-- The first administrator of an installation is invited by nobody who has an account.
alter table invitation alter column invited_by drop not null;

-- A system moves to another area when its owner does.
grant update (area_id) on machine_client to concordat_app;

-- Logout tokens that were taken already: a provider's sign-out works once (OpenID Connect Back-Channel Logout 2.6).
create table seen_logout_token (
    issuer text not null,
    token_hash bytea not null,
    until timestamptz not null,
    primary key (issuer, token_hash)
);
alter table seen_logout_token enable row level security;
alter table seen_logout_token force row level security;
create policy sign_in on seen_logout_token for all to concordat_app
    using ((select security.has('signin'))) with check ((select security.has('signin')));
grant select, insert, delete on seen_logout_token to concordat_app;

-- Which mails went and which did not, in every area: never to whom, nor what they said.
create policy overview on mail for select to concordat_owner using (true);
create function security.mail_states(wanted text, before uuid, most integer)
returns table (id uuid, area_id integer, template text, state text, error text, attempts integer,
    created_at timestamptz, sent_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select m.id, m.area_id, m.template, m.state, m.error, m.attempts, m.created_at, m.sent_at
    from public.mail m
    where (select security.has('platform')) and (wanted is null or m.state = wanted)
        and (before is null or m.id < before)
    order by m.id desc limit most
$$;
revoke all on function security.mail_states(text, uuid, integer) from public;
grant execute on function security.mail_states(text, uuid, integer) to concordat_app;
