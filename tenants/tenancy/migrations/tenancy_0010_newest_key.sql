-- Every policy of every table verifies the context. Reading the key was nearly half of that.

-- Called immutable so that each session keeps its value in the plans of `security.part`, until `keys_changed` has every
-- session forget them. A row that is just being changed is not kept: who still sees it as it was would keep it for good.
create function security.newest_key() returns security.context_key
language sql immutable parallel safe set search_path = pg_catalog as $$
    select c from security.context_key c where c.kid = (select max(kid) from security.context_key) and c.xmax = '0'::xid
$$;
revoke all on function security.newest_key() from public;

create function security.forget_keys() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    -- any change of a function invalidates the plans that name it, in every session, as this transaction commits
    alter function security.newest_key() immutable;
    return null;
end
$$;
revoke all on function security.forget_keys() from public;
create trigger keys_changed after insert or update or delete or truncate on security.context_key
    for each statement execute function security.forget_keys();

-- `security.part` as it was: for a context that is not of the newest key, and to say what is wrong with one.
create function security.part_by_any_key(which integer) returns text
language plpgsql stable security definer parallel safe set search_path = pg_catalog as $$
declare
    signed text := current_setting('concordat.context', true);
    parts text[];
    key security.context_key;
begin
    if signed is null or signed = '' then
        return null;
    end if;
    parts := string_to_array(signed, '|');
    if array_length(parts, 1) <> 12 or parts[1] <> 'v1' then
        raise exception 'tenant context: malformed' using errcode = '28000';
    end if;
    select * into key from security.context_key where kid = parts[2]::integer and not_after > now();
    if not found then
        raise exception 'tenant context: unknown key' using errcode = '28000';
    end if;
    if encode(sha256(key.outer_pad || sha256(key.inner_pad || convert_to(left(signed, length(signed) - 65), 'UTF8'))),
              'hex') <> parts[12] then
        raise exception 'tenant context: bad signature' using errcode = '28000';
    end if;
    if parts[3]::bigint < extract(epoch from now()) or parts[4]::integer <> pg_backend_pid() then
        raise exception 'tenant context: stale' using errcode = '28000';
    end if;
    return nullif(parts[4 + which], '');
end
$$;
revoke all on function security.part_by_any_key(integer) from public;

-- v1|kid|expires|backend pid|principal|read|write|visit|organisations|pairs|powers|mac
create or replace function security.part(which integer) returns text
language plpgsql stable security definer parallel safe set search_path = pg_catalog as $$
declare
    signed constant text := current_setting('concordat.context', true);
    parts constant text[] := string_to_array(signed, '|');
begin
    if array_length(parts, 1) = 12 and parts[1] = 'v1'
        and parts[2] = (security.newest_key()).kid::text and (security.newest_key()).not_after > now()
        and parts[12] = encode(sha256((security.newest_key()).outer_pad || sha256((security.newest_key()).inner_pad
            || convert_to(left(signed, length(signed) - 65), 'UTF8'))), 'hex')
        and to_timestamp(parts[3]::bigint) >= now() and parts[4]::integer = pg_backend_pid()
    then
        return nullif(parts[4 + which], '');
    end if;
    return security.part_by_any_key(which);
end
$$;
