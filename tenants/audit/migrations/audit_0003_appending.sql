-- Entries are appended by one call, with the caller's own rights. Area by area: each chain's head is locked by its first
-- entry until the end of the transaction.
create function audit.append(entries text) returns boolean
language plpgsql volatile set search_path = pg_catalog as $$
begin
    insert into audit.event (area_id, actor_id, actor_kind, actor_name, actor_role, action, subject_type, subject_id,
        reason, legal_basis, request_id, before, after)
    select area_id, actor_id, actor_kind, actor_name, actor_role, action, subject_type, subject_id, reason, legal_basis,
        request_id, before, after
    from json_populate_recordset(null::audit.event, entries::json) with ordinality
    order by area_id, ordinality;
    return true;
end
$$;
revoke all on function audit.append(text) from public;
grant execute on function audit.append(text) to concordat_app, concordat_worker;
