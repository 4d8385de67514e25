-- The key of a command is claimed by one call, so that a command of one statement can begin with it. With the caller's
-- own rights: the table's policy lets nobody claim for someone else. Two at once: the second waits for the first.
create function security.claim(who uuid, of_key text, of_command text, of_request bytea, known text) returns boolean
language plpgsql volatile set search_path = pg_catalog, public as $$
begin
    insert into idempotency (principal, key, command, request_hash, result)
    values (who, of_key, of_command, of_request, known) on conflict do nothing;
    return found;
end
$$;
revoke all on function security.claim(uuid, text, text, bytea, text) from public;
grant execute on function security.claim(uuid, text, text, bytea, text) to concordat_app, concordat_worker;
