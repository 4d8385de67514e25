-- What a person's own session may change of their account: nothing of the person (an administrator disables, and a
-- change of address would tell whether an account has it), and of their sessions only those that have not ended.
drop policy own_update on person;
drop policy own_update on session;
create policy own_update on session for update to concordat_app
    using (person_id = (select security.principal()) and revoked_at is null)
    with check (person_id = (select security.principal()));
-- The provider's token is kept sealed from now on, and no longer than the session; those kept in the clear go.
grant update (id_token) on session to concordat_app;
alter table session no force row level security;
update session set id_token = null where id_token is not null;
alter table session force row level security;
