create schema audit;
grant usage on schema audit to concordat_app, concordat_worker;

create table audit.head (
    area_id integer primary key,
    seq bigint not null default 0,
    hash bytea not null default '\x00'
);

create table audit.event (
    area_id integer not null,
    seq bigint not null,
    at timestamptz not null default clock_timestamp(),
    txid xid8 not null default pg_current_xact_id(),
    actor_id text not null,
    actor_kind text not null check (actor_kind in ('person', 'client', 'worker', 'system', 'anonymous')),
    actor_name text not null,
    actor_role text not null,
    action text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
    subject_type text not null,
    subject_id text not null,
    reason text,
    legal_basis text,
    request_id text,
    before jsonb,
    after jsonb,
    prev_hash bytea not null,
    hash bytea not null,
    primary key (area_id, seq)
);
create index event_subject on audit.event (area_id, subject_type, subject_id);
create index event_at on audit.event (area_id, at);

create function audit.canon(e audit.event) returns bytea
language sql immutable parallel safe set search_path = pg_catalog as $$
    select convert_to(jsonb_build_array(e.area_id, e.seq,
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.txid::text,
        e.actor_id, e.actor_kind, e.actor_name, e.actor_role, e.action, e.subject_type, e.subject_id,
        e.reason, e.legal_basis, e.request_id, e.before, e.after, encode(e.prev_hash, 'hex'))::text, 'UTF8')
$$;

create function audit.link() returns trigger
language plpgsql security definer set search_path = pg_catalog, audit as $$
declare
    head audit.head;
begin
    insert into audit.head (area_id) values (new.area_id) on conflict do nothing;
    select * into head from audit.head where area_id = new.area_id for update; -- serialises one area only
    new.seq := head.seq + 1;
    new.prev_hash := head.hash;
    new.at := clock_timestamp();
    new.txid := pg_current_xact_id();
    new.hash := sha256(audit.canon(new));
    update audit.head set seq = new.seq, hash = new.hash where area_id = new.area_id;
    return new;
end
$$;
create trigger link before insert on audit.event for each row execute function audit.link();

create function audit.refuse() returns trigger language plpgsql as $$
begin
    raise exception 'audit is append-only';
end
$$;
create trigger no_change before update or delete on audit.event for each row execute function audit.refuse();
create trigger no_truncate before truncate on audit.event for each statement execute function audit.refuse();

alter table audit.event enable row level security;
alter table audit.event force row level security;
alter table audit.head enable row level security;
alter table audit.head force row level security;
-- the owner's trigger and verifier work on behalf of everyone; no one signs in as the owner but the migrator
create policy chain on audit.head for all to concordat_owner using (true) with check (true);
create policy verifier on audit.event for select to concordat_owner using (true);

create policy append on audit.event for insert to concordat_app, concordat_worker with check (
    area_id = any ((select security.write_areas())::integer[])
    or area_id = any ((select security.read_areas())::integer[])
    or area_id = any ((select security.visit_areas())::integer[])
    or (select security.has('national')) or (select security.has('platform')) or (select security.has('register'))
    or (area_id = 0 and coalesce((select security.part(1)), (select security.part(7))) is not null)
    or (select security.has('refusal')) or (select security.has('signin')));
create policy read on audit.event for select to concordat_app, concordat_worker using (
    area_id = any ((select security.read_areas())::integer[])
    or (area_id = 0 and ((select security.has('platform')) or (select security.has('national')))));
grant insert, select on audit.event to concordat_app, concordat_worker;

-- Returns the broken links of one chain, first first; no row means the chain is whole.
create function audit.verify(chain integer) returns table (bad_seq bigint, why text)
language sql stable security definer set search_path = pg_catalog, audit as $$
    with links as (
        select e, e.seq, e.hash, e.prev_hash,
            lag(e.hash, 1, '\x00') over (order by e.seq) as expected_hash,
            lag(e.seq, 1, 0::bigint) over (order by e.seq) as previous_seq
        from audit.event e where e.area_id = chain
    )
    select seq, case when previous_seq + 1 <> seq then 'gap'
                     when expected_hash <> prev_hash then 'broken link'
                     else 'content changed' end
    from links
    where previous_seq + 1 <> seq or expected_hash <> prev_hash or hash <> sha256(audit.canon(e))
    union all
    select h.seq, 'head disagrees (tail cut?)'
    from audit.head h
    left join lateral (
        select t.seq, t.hash from audit.event t where t.area_id = chain order by t.seq desc limit 1
    ) last on true
    where h.area_id = chain
        and (h.seq <> coalesce(last.seq, 0) or h.hash <> coalesce(last.hash, '\x00'))
    order by 1
$$;
revoke all on function audit.verify(integer) from public;
grant execute on function audit.verify(integer) to concordat_app, concordat_worker;
