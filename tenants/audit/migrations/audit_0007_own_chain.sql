-- Whether a chain is whole is told to who may read it, to administrators of the service, and to whoever restores the
-- database; anyone else is refused, not told that it is. What is looked for is as before.
create function audit.check_may_verify(chain integer) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    if session_user in ('concordat_app', 'concordat_worker') and (chain = any (security.read_areas()) or security.has('platform')
            or (chain = 0 and security.has('national'))) is not true then
        raise exception 'audit: this chain is not yours to verify' using errcode = '42501';
    end if;
end
$$;
revoke all on function audit.check_may_verify(integer) from public;
create or replace function audit.verify(chain integer) returns table (bad_seq bigint, why text)
language plpgsql stable security definer set search_path = pg_catalog, audit, pg_temp as $$
begin
    perform audit.check_may_verify(chain);
    return query
    with links as (
        select e, e.seq, e.hash, e.prev_hash,
            lag(e.hash, 1, '\x00') over (order by e.seq) as expected_hash,
            lag(e.seq, 1, 0::bigint) over (order by e.seq) as previous_seq
        from audit.event e where e.area_id = chain
    )
    select l.seq, case when l.previous_seq + 1 <> l.seq then 'gap'
                       when l.expected_hash <> l.prev_hash then 'broken link'
                       else 'content changed' end
    from links l
    where l.previous_seq + 1 <> l.seq or l.expected_hash <> l.prev_hash or l.hash <> sha256(audit.canon(l.e))
    union all
    select h.seq, 'head disagrees (tail cut?)'
    from audit.head h
    left join lateral (
        select t.seq, t.hash from audit.event t where t.area_id = chain order by t.seq desc limit 1
    ) last on true
    where h.area_id = chain
        and (h.seq <> coalesce(last.seq, 0) or h.hash <> coalesce(last.hash, '\x00'))
    order by 1;
end
$$;
-- Where a chain must end: what a look at its newest entries holds the last of them against.
create function audit.head_of(chain integer) returns table (seq bigint, hash bytea)
language plpgsql stable security definer set search_path = pg_catalog, audit, pg_temp as $$
begin
    perform audit.check_may_verify(chain);
    return query select h.seq, h.hash from audit.head h where h.area_id = chain;
end
$$;
revoke all on function audit.head_of(integer) from public;
grant execute on function audit.head_of(integer) to concordat_app, concordat_worker;
