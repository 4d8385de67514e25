CREATE SCHEMA audit;

CREATE SCHEMA queue;

CREATE SCHEMA security;

CREATE SCHEMA shape;

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE FUNCTION audit.append(entries text) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
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

CREATE TABLE audit.event (
    area_id integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    actor_id text NOT NULL,
    actor_kind text NOT NULL,
    actor_name text NOT NULL,
    actor_role text NOT NULL,
    action text NOT NULL,
    subject_type text NOT NULL,
    subject_id text NOT NULL,
    reason text,
    legal_basis text,
    request_id text,
    before jsonb,
    after jsonb,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT event_action_check CHECK ((action ~ '^[a-z_]+\.[a-z_]+$'::text)),
    CONSTRAINT event_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'client'::text, 'worker'::text, 'system'::text, 'anonymous'::text])))
);

ALTER TABLE ONLY audit.event FORCE ROW LEVEL SECURITY;

CREATE FUNCTION audit.canon(e audit.event) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog'
    AS $$
    select convert_to(jsonb_build_array(e.area_id, e.seq,
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.txid::text,
        e.actor_id, e.actor_kind, e.actor_name, e.actor_role, e.action, e.subject_type, e.subject_id,
        e.reason, e.legal_basis, e.request_id, e.before, e.after, encode(e.prev_hash, 'hex'))::text, 'UTF8')
$$;

CREATE FUNCTION audit.check_may_verify(chain integer) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if session_user in ('concordat_app', 'concordat_worker') and (chain = any (security.read_areas()) or security.has('platform')
            or (chain = 0 and security.has('national'))) is not true then
        raise exception 'audit: this chain is not yours to verify' using errcode = '42501';

    end if;

end
$$;

CREATE FUNCTION audit.head_of(chain integer) RETURNS TABLE(seq bigint, hash bytea)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'audit', 'pg_temp'
    AS $$
begin
    perform audit.check_may_verify(chain);

    return query select h.seq, h.hash from audit.head h where h.area_id = chain;

end
$$;

CREATE FUNCTION audit.heads() RETURNS TABLE(area_id integer, seq bigint, hash bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select h.area_id, h.seq, h.hash from audit.head h
    where h.seq > 0 and (select security.has('platform') or security.has('anchor'))
    order by h.area_id
$$;

CREATE FUNCTION audit.link() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'audit', 'pg_temp'
    AS $$
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

CREATE FUNCTION audit.refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'audit is append-only';

end
$$;

CREATE FUNCTION audit.verify(chain integer) RETURNS TABLE(bad_seq bigint, why text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'audit', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.intervention_keep_referral() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
begin
    if old.referred_at is not null and new.referred_at is distinct from old.referred_at then
        raise exception 'a referral cannot be undone' using errcode = '23514';

    end if;

    return new;

end
$$;

CREATE FUNCTION public.send_returns(given text, by_name text, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
declare
    moved integer;

begin
    with given as (
        select * from json_to_recordset(send_returns.given::json) as g (area_id integer, request_id uuid,
            version integer, id uuid, duty_id uuid, organisation_id uuid, state text, receipt text, answers jsonb,
            reused text[])
    ), sent as (
        insert into submission (area_id, id, request_id, duty_id, organisation_id, receipt, answers, reused, sent_by,
            sent_at)
        select area_id, id, request_id, duty_id, organisation_id, receipt, answers, reused, by_name, at from given
    ), emptied as (
        delete from request_draft d using given g where d.area_id = g.area_id and d.request_id = g.request_id
    )
    update duty_request r set state = g.state, state_reason = null, submitted_at = at, version = r.version + 1
    from given g where r.area_id = g.area_id and r.id = g.request_id and r.version = g.version;

    get diagnostics moved = row_count;

    if moved <> json_array_length(given::json) then
        raise exception 'a request was changed since it was read' using errcode = '40001';

    end if;

    return true;

end
$$;

CREATE TABLE public.duty_request (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    cycle_id uuid NOT NULL,
    duty_id uuid NOT NULL,
    duty_version_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    agency_name text NOT NULL,
    category text NOT NULL,
    title text NOT NULL,
    cycle_label text NOT NULL,
    opens_on date NOT NULL,
    due_on date NOT NULL,
    state text DEFAULT 'not_started'::text NOT NULL,
    question_open boolean DEFAULT false NOT NULL,
    submitted_at timestamp with time zone,
    state_reason text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT duty_request_check CHECK (((state = ANY (ARRAY['declined'::text, 'cancelled'::text])) <= (state_reason IS NOT NULL))),
    CONSTRAINT duty_request_check1 CHECK (((state = ANY (ARRAY['submitted'::text, 'accepted'::text, 'more_needed'::text])) <= (submitted_at IS NOT NULL))),
    CONSTRAINT duty_request_state_check CHECK ((state = ANY (ARRAY['not_started'::text, 'draft'::text, 'submitted'::text, 'accepted'::text, 'more_needed'::text, 'declined'::text, 'cancelled'::text]))),
    CONSTRAINT duty_request_state_reason_check CHECK ((length(state_reason) <= 1000))
);

ALTER TABLE ONLY public.duty_request FORCE ROW LEVEL SECURITY;

CREATE TABLE public.submission (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    request_id uuid NOT NULL,
    duty_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    receipt text NOT NULL,
    answers jsonb NOT NULL,
    reused text[] DEFAULT '{}'::text[] NOT NULL,
    sent_by text NOT NULL,
    sent_at timestamp with time zone DEFAULT now() NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT submission_receipt_check CHECK ((receipt ~ '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$'::text))
);

ALTER TABLE ONLY public.submission FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.send_untouched(of_area integer, of_request uuid, bodies uuid[], on_day date, asked text, to_state text, of_submission uuid, of_receipt text, given text, confirmed boolean, by_name text, at timestamp with time zone) RETURNS TABLE(request public.duty_request, sent public.submission)
    LANGUAGE plpgsql ROWS 1
    SET search_path TO 'pg_catalog', 'public'
    AS $$
declare
    texts jsonb := asked::jsonb;

    answered jsonb := given::jsonb;

    chosen jsonb;

    last_year jsonb;

    carried text[] := '{}';

begin
    update duty_request r set state = to_state, state_reason = null, submitted_at = at, version = 2
    where r.area_id = of_area and r.id = of_request and r.version = 1 and r.state = 'not_started'
        and r.opens_on <= on_day and r.organisation_id = any (bodies) and texts ? r.duty_version_id::text
    returning r.* into request;

    if not found then
        raise exception 'not a request that nobody has begun' using errcode = '40001';

    end if;

    chosen := texts -> request.duty_version_id::text;

    select s.answers into last_year from submission s
    where s.area_id = of_area and s.organisation_id = request.organisation_id and s.duty_id = request.duty_id
        and s.withdrawn_at is null and s.request_id <> of_request
    order by s.sent_at desc, s.id desc limit 1;

    if found then
        carried := array(select k.key from jsonb_array_elements_text(chosen -> 'keys') with ordinality k (key, place)
                         where last_year -> k.key = answered -> k.key order by k.place);

        if carried <> '{}' and not confirmed then
            raise exception 'answers of last year that nobody has confirmed' using errcode = '40001';

        end if;

    end if;

    insert into submission as s (area_id, id, request_id, duty_id, organisation_id, receipt, answers, reused, sent_by,
        sent_at)
    values (of_area, of_submission, of_request, request.duty_id, request.organisation_id, of_receipt, answered, carried,
        by_name, at)
    returning s.* into sent;

    perform audit.append(chosen ->> 'entries');

    return next;

end
$$;

CREATE FUNCTION queue.announce() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    insert into queue.job_run as run (message_id, actor, args, area_id)
    values (new.message_id, new.actor, new.args, new.area_id)
    on conflict (message_id) do update set state = 'queued', queued_at = now(), finished_at = null, sent_at = null
        where run.actor = excluded.actor and run.area_id is not distinct from excluded.area_id
            and run.state <> 'running';

    perform pg_notify('concordat_outbox', '');

    return null;

end
$$;

CREATE FUNCTION security.agency_keeps_to() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
declare
    columns text[] := tg_argv[1:];

begin
    if new.area_id = any (coalesce(security.write_areas(), '{}')) then
        return new;

    end if;

    if (to_jsonb(new) - columns) <> (to_jsonb(old) - columns)
        or (new.state <> old.state and new.state <> all (string_to_array(tg_argv[0], ','))) then
        raise insufficient_privilege using message = 'an agency may not change this';

    end if;

    return new;

end
$$;

CREATE FUNCTION security.check_receipts() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    promised bigint;

begin
    select amount_pence into promised from contribution
        -- not `for update`: that waits for the share lock of another receipt's foreign key, and so for each other
        where area_id = new.area_id and id = new.contribution_id for no key update;

    if promised < (select sum(amount_pence) from receipt
                   where area_id = new.area_id and contribution_id = new.contribution_id) then
        raise exception 'more received than promised'
            using errcode = '23514', constraint = 'not_more_than_promised';

    end if;

    return null;

end
$$;

CREATE FUNCTION security.check_reduction() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if new.amount_pence < (select sum(amount_pence) from receipt
                           where area_id = new.area_id and contribution_id = new.id) then
        raise exception 'less promised than received'
            using errcode = '23514', constraint = 'not_less_than_received';

    end if;

    return null;

end
$$;

CREATE FUNCTION security.claim(who uuid, of_key text, of_command text, of_request bytea, known text) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
begin
    insert into idempotency (principal, key, command, request_hash, result)
    values (who, of_key, of_command, of_request, known) on conflict do nothing;

    return found;

end
$$;

CREATE FUNCTION security.client_live(which uuid, stood text) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return exists (
        select from public.machine_client c left join public.area a on a.id = c.area_id
        where c.id = which and c.enabled and concat_ws('.', c.xmin, a.xmin) = stood);

end
$$;

CREATE FUNCTION security.connections_due() RETURNS TABLE(area_id integer, connection_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select c.area_id, c.id from public.agency_connection c left join public.area a on a.id = c.area_id
    where (select security.has('queue')) and c.state = 'active' and c.due_at <= now()
        and (a.id is null or a.lifecycle <> 'merged')
        and not exists (select from public.connection_run r where r.home = c.home and r.connection_id = c.id
            and r.state in ('queued', 'running'))
    order by c.due_at limit 500
$$;

CREATE FUNCTION security.connections_stale() RETURNS TABLE(area_id integer, connection_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select c.area_id, c.id from public.agency_connection c left join public.area a on a.id = c.area_id
    where (select security.has('queue')) and c.state in ('active', 'reauthorise') and c.every_minutes is not null
        and c.told_stale_at is null
        and coalesce(c.last_worked_at, c.created_at) + make_interval(hours => c.stale_after_hours) <= now()
        and (a.id is null or a.lifecycle <> 'merged')
    order by c.id limit 500
$$;

CREATE FUNCTION security.count_agencies() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if tg_op = 'UPDATE' then
        insert into agency_count (area_id, category, state, agencies)
        select area_id, category, state, sum(n)
        from (select area_id, category, state, 1 as n from after_rows
              union all
              select area_id, category, state, -1 from before_rows) moved
        group by 1, 2, 3 having sum(n) <> 0 order by state, area_id, category
        on conflict (area_id, category, state) do update set agencies = agency_count.agencies + excluded.agencies;

    else
        insert into agency_count (area_id, category, state, agencies)
        select area_id, category, state, count(*) from after_rows group by 1, 2, 3 order by state, area_id, category
        on conflict (area_id, category, state) do update set agencies = agency_count.agencies + excluded.agencies;

    end if;

    return null;

end
$$;

CREATE FUNCTION security.count_requests() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if tg_op = 'UPDATE' then
        insert into cooperation_count (area_id, cycle_id, cycle_label, opens_on, due_on, state, requests)
        select area_id, cycle_id, cycle_label, opens_on, due_on, state, sum(n)
        from (select area_id, cycle_id, cycle_label, opens_on, due_on, state, 1 as n from after_rows
              union all
              select area_id, cycle_id, cycle_label, opens_on, due_on, state, -1 from before_rows) moved
        group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 order by state, area_id, cycle_id
        on conflict (area_id, cycle_id, state)
            do update set requests = cooperation_count.requests + excluded.requests;

    else
        insert into cooperation_count (area_id, cycle_id, cycle_label, opens_on, due_on, state, requests)
        select area_id, cycle_id, cycle_label, opens_on, due_on, state, count(*) from after_rows
        group by 1, 2, 3, 4, 5, 6 order by state, area_id, cycle_id
        on conflict (area_id, cycle_id, state)
            do update set requests = cooperation_count.requests + excluded.requests;

    end if;

    return null;

end
$$;

CREATE FUNCTION security.guard_area_life() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
begin
    if old.lifecycle = 'merged' then
        raise exception 'a merged area stays as it was merged' using errcode = '42501';

    end if;

    if not security.has('platform') then
        raise exception 'only the platform opens or merges an area' using errcode = '42501';

    end if;

    return new;

end
$$;

CREATE FUNCTION security.part(which integer) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION security.has(power text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((power = ANY (string_to_array(security.part(7), ','::text))), false);

CREATE FUNCTION security.hold_agency_counts() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    lock table agency_count in share row exclusive mode nowait;

end
$$;

CREATE FUNCTION security.hook_secrets(asked uuid) RETURNS TABLE(area_id integer, connection_id uuid, system text, state text, secret_id uuid, sealed bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select h.area_id, h.connection_id, c.system, case when a.lifecycle = 'merged' then 'retired' else c.state end,
        s.id, s.sealed
    from public.connection_hook h
    join public.agency_connection c on c.home = h.area_id and c.id = h.connection_id
    join public.area a on a.id = h.area_id
    left join public.connection_hook_secret s on s.area_id = h.area_id and s.connection_id = h.connection_id
        and s.sealed is not null and (s.ends_at is null or s.ends_at > now())
    where (select security.has('hooks')) and h.address = asked
$$;

CREATE FUNCTION security.hooks_hinted() RETURNS TABLE(area_id integer, connection_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select h.area_id, h.connection_id
    from public.connection_hook h
    join public.agency_connection c on c.home = h.area_id and c.id = h.connection_id
    join public.area a on a.id = h.area_id
    where (select security.has('queue')) and h.hinted_at is not null and c.state = 'active' and a.lifecycle <> 'merged'
        and (h.asked_at is null or h.asked_at < now() - interval '1 minute')
        and not exists (select from public.connection_run r where r.home = c.home and r.connection_id = c.id
            and r.state in ('queued', 'running'))
    order by h.hinted_at limit 500
$$;

CREATE FUNCTION security.in_england_today(daterange) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ($1 @> ((now() AT TIME ZONE 'Europe/London'::text))::date);

CREATE TABLE public.area (
    id integer NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    lifecycle text DEFAULT 'setting_up'::text NOT NULL,
    merged_into integer,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT area_check CHECK (((lifecycle = 'merged'::text) = (merged_into IS NOT NULL))),
    CONSTRAINT area_lifecycle_check CHECK ((lifecycle = ANY (ARRAY['setting_up'::text, 'live'::text, 'merged'::text]))),
    CONSTRAINT area_name_check CHECK (((length(name) >= 2) AND (length(name) <= 120))),
    CONSTRAINT area_slug_check CHECK ((slug ~ '^[a-z][a-z0-9-]{1,62}$'::text))
);

ALTER TABLE ONLY public.area FORCE ROW LEVEL SECURITY;

CREATE FUNCTION security.is_live(integer) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM public.area
           WHERE ((area.id = $1) AND (area.lifecycle = 'live'::text)))) AS "exists";

END;

CREATE FUNCTION security.keep_agency_counts(of_area integer, counted jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
    if of_area = any (security.write_areas()) then
        delete from agency_count where area_id = of_area;

        insert into agency_count (area_id, category, state, agencies)
        select of_area, r.category, r.state, r.agencies
        from jsonb_to_recordset(counted) as r (category text, state text, agencies integer);

    end if;

end
$$;

CREATE FUNCTION security.lock_contribution() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform from contribution where area_id = new.area_id and id = new.contribution_id for update;

    return new;

end
$$;

CREATE FUNCTION security.mail_states(wanted text, before uuid, most integer) RETURNS TABLE(id uuid, area_id integer, template text, state text, delivery text, error text, attempts integer, created_at timestamp with time zone, sent_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select m.id, m.area_id, m.template, m.state, m.delivery, m.error, m.attempts, m.created_at, m.sent_at
    from public.mail m
    where (select security.has('platform'))
        and (wanted is null or m.state = wanted
            or wanted = 'undelivered' and (m.state = 'failed' or m.delivery <> 'delivered'))
        and (before is null or m.id < before)
    order by m.id desc limit most
$$;

CREATE FUNCTION security.note_delivery(told uuid, outcome text, happened timestamp with time zone) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with noted as (
        update public.mail m set delivery = outcome, delivery_at = happened
        where m.id = told and (select security.has('receipts'))
            and (m.delivery_at is null or (m.delivery_at, m.delivery) < (happened, outcome))
        returning true
    )
    select exists (select from noted)
$$;

CREATE FUNCTION security.organisations() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (string_to_array(security.part(5), ','::text))::uuid[];

CREATE FUNCTION security.pairs() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(security.part(6), ','::text);

CREATE FUNCTION security.principal() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (security.part(1))::uuid;

CREATE FUNCTION security.proposals_refer() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if exists (
        select from (select distinct home, connection_id, run_id from added) as row
        where not exists (select from public.connection_run r
            where r.home = row.home and r.connection_id = row.connection_id and r.id = row.run_id)
    ) then
        raise foreign_key_violation using message = 'a proposal is of a run of its own area';

    end if;

    if exists (
        select from (select distinct organisation_id from added where organisation_id is not null) as row
        where not exists (select from public.organisation o where o.id = row.organisation_id)
    ) then
        raise foreign_key_violation using message = 'a proposal is about an organisation of the register';

    end if;

    return null;

end
$$;

CREATE PROCEDURE security.protect(IN target regclass, IN verbs text DEFAULT 'select, insert, update'::text)
    LANGUAGE plpgsql
    AS $$
begin
    execute format('alter table %s enable row level security', target);

    execute format('alter table %s force row level security', target);

    execute format('create policy tenant_read on %s for select to concordat_app, concordat_worker
        using (area_id = any ((select security.read_areas())::integer[]))', target);

    execute format('create policy tenant_insert on %s for insert to concordat_app, concordat_worker
        with check (area_id = any ((select security.write_areas())::integer[]))', target);

    execute format('create policy tenant_update on %s for update to concordat_app, concordat_worker
        using (area_id = any ((select security.write_areas())::integer[]))
        with check (area_id = any ((select security.write_areas())::integer[]))', target);

    execute format('create policy tenant_delete on %s for delete to concordat_app, concordat_worker
        using (area_id = any ((select security.write_areas())::integer[]))', target);

    execute format('grant %s on %s to concordat_app, concordat_worker', verbs, target);

end
$$;

CREATE PROCEDURE security.protect_agency(IN target regclass)
    LANGUAGE plpgsql
    AS $$
declare
    reach text := 'organisation_id = any ((select security.organisations())::uuid[]) and (
        ''*:'' || organisation_id = any ((select security.pairs())::text[])
        or area_id || '':'' || organisation_id = any ((select security.pairs())::text[]))';

begin
    execute format('create policy agency_read on %s for select to concordat_app using (%s)', target, reach);

    execute format('create policy agency_insert on %s for insert to concordat_app with check (%s)', target, reach);

    execute format('create policy agency_update on %s for update to concordat_app using (%s) with check (%s)',
        target, reach, reach);

end
$$;

CREATE PROCEDURE security.protect_connection(IN target regclass, IN app_verbs text, IN worker_verbs text)
    LANGUAGE plpgsql
    AS $$
declare
    app constant text := 'area_id = any ((select security.%s())::integer[])
        or (area_id is null and (select security.has(''platform'')))';

    worker constant text := '(area_id = any ((select security.%s())::integer[])
        or (area_id is null and (select security.serves_nation())))';

begin
    execute format('alter table %s enable row level security', target);

    execute format('alter table %s force row level security', target);

    if app_verbs <> '' then
        execute format('create policy tenant_read on %s for select to concordat_app using (%s)',
            target, format(app, 'read_areas'));

        execute format('create policy tenant_insert on %s for insert to concordat_app with check (%s)',
            target, format(app, 'write_areas'));

        execute format('create policy tenant_update on %s for update to concordat_app using (%s) with check (%s)',
            target, format(app, 'write_areas'), format(app, 'write_areas'));

        execute format('grant %s on %s to concordat_app', app_verbs, target);

    end if;

    execute format('create policy worker_read on %s for select to concordat_worker using (%s)',
        target, format(worker, 'read_areas'));

    execute format('create policy worker_insert on %s for insert to concordat_worker with check (%s)',
        target, format(worker, 'write_areas'));

    execute format('create policy worker_update on %s for update to concordat_worker using (%s) with check (%s)',
        target, format(worker, 'write_areas'), format(worker, 'write_areas'));

    execute format('create policy worker_delete on %s for delete to concordat_worker using (%s)',
        target, format(worker, 'write_areas'));

    execute format('grant %s on %s to concordat_worker', worker_verbs, target);

end
$$;

CREATE FUNCTION security.read_areas() RETURNS integer[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (string_to_array(security.part(2), ','::text))::integer[];

CREATE FUNCTION security.records_refer() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if exists (
        select from (select distinct home, connection_id from added) as row
        where not exists (select from public.agency_connection c where c.home = row.home and c.id = row.connection_id)
    ) then
        raise foreign_key_violation using message = 'a record is of a connection of its own area';

    end if;

    return null;

end
$$;

CREATE FUNCTION security.runs_silent(unheard interval) RETURNS TABLE(area_id integer, run_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select r.area_id, r.id from public.connection_run r
    where (select security.has('queue')) and r.state in ('queued', 'running')
        and coalesce(r.heard_from_at, r.asked_at) < now() - unheard
    order by r.id limit 500
$$;

CREATE FUNCTION security.write_areas() RETURNS integer[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (string_to_array(security.part(3), ','::text))::integer[];

CREATE FUNCTION security.serves_nation() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (security.has('agencies'::text) AND (security.read_areas() IS NULL) AND (security.write_areas() IS NULL));

CREATE FUNCTION security.standing(which uuid, unseen interval) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    who uuid;

    self text;

    roles text;

    bodies uuid[];

    reached text;

    present text;

begin
    select p.id, p.xmin::text into who, self
    from public.session s join public.person p on p.id = s.person_id
    where s.id = which and s.revoked_at is null and s.expires_at > now() and s.last_seen_at > now() - unseen;

    if not found then
        return null;

    end if;

    select string_agg(concat_ws('.', r.xmin, a.xmin), ',' order by r.id), array_agg(r.organisation_id)
            filter (where r.organisation_id is not null)
        into roles, bodies
    from public.role_assignment r left join public.area a on a.id = r.area_id where r.person_id = who;

    if bodies is not null then
        select string_agg(o.xmin::text, ',' order by o.id), array_agg(o.id) into reached, bodies
        from public.organisation o where o.id = any (bodies) or o.trust_id = any (bodies);

        select string_agg(x.xmin::text, ',' order by x.organisation_id, x.area_id, x.basis, x.valid_from) into present
        from public.area_organisation x where x.organisation_id = any (bodies);

    end if;

    return concat_ws('/', who, self, roles, md5(concat(reached, '/', present)));

end
$$;

CREATE FUNCTION security.session_live(which uuid, stood text) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN COALESCE((security.standing(which, '00:01:00'::interval) = stood), false);

CREATE FUNCTION security.take_undecided(patience interval, most integer) RETURNS TABLE(id uuid)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

CREATE FUNCTION security.turn_facts_stale() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    touched integer[];

begin
    if tg_op = 'UPDATE' then
        select array_agg(distinct area_id order by area_id) into touched
        from (select area_id from after_rows union all select area_id from before_rows) moved;

    else
        select array_agg(distinct area_id order by area_id) into touched from after_rows;

    end if;

    perform pg_advisory_xact_lock_shared(1330008663, area_id) from unnest(touched) with ordinality t (area_id, place)
        order by place;

    if cardinality(touched) > 1 then
        perform from public.area_fact fact
            where fact.area_id = any (touched) and fact.subject = any (tg_argv) and not fact.stale
            order by fact.area_id, fact.subject for no key update;

    end if;

    with turned as (
        update public.area_fact fact set stale = true
        where fact.area_id = any (touched) and fact.subject = any (tg_argv) and not fact.stale
        returning fact.area_id
    )
    -- one message for an area: where another row is stale already, it is on its way; a moment later, so that a burst
    -- of changes costs one computation
    insert into queue.outbox (id, message_id, actor, args, area_id, available_at)
    select uuidv7(), uuidv7(), 'overview.refresh', '{}', area_id, now() + interval '2 seconds'
    from (select distinct area_id from turned) once
    where not exists (select from public.area_fact other where other.area_id = once.area_id and other.stale)
    order by once.area_id;

    return null;

end
$$;

CREATE FUNCTION security.visit_areas() RETURNS integer[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (string_to_array(security.part(4), ','::text))::integer[];

CREATE FUNCTION security.webhooks_behind() RETURNS TABLE(area_id integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select distinct e.area_id from public.webhook_endpoint e
    join audit.head h on h.area_id = e.area_id and h.seq > e.read_to
    where (select security.has('queue')) and e.state = 'active' limit 500
$$;

CREATE FUNCTION security.webhooks_due() RETURNS TABLE(area_id integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select distinct d.area_id from public.webhook_delivery d
    join public.webhook_endpoint e on e.area_id = d.area_id and e.id = d.endpoint_id
    where (select security.has('queue')) and d.state = 'waiting' and e.state = 'active' and d.next_at <= now()
        and (d.claimed_until is null or d.claimed_until < now())
        and (d.sent_for_at < d.next_at or d.sent_for_at < now() - interval '2 minutes') limit 500
$$;

CREATE FUNCTION security.webhooks_old(arrivals interval, deliveries interval) RETURNS TABLE(area_id integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select found.area_id from (
        select a.area_id from public.connection_arrival a where a.last_at < now() - arrivals
        union
        select d.area_id from public.webhook_delivery d where d.state <> 'waiting' and d.ended_at < now() - deliveries
    ) as found where (select security.has('queue')) order by 1 limit 500
$$;

CREATE FUNCTION shape.instant(at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN to_char((at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'::text);

CREATE FUNCTION shape.opaque(value text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN replace(replace(replace(replace(encode(convert_to(value, 'UTF8'::name), 'base64'::text), '
'::text, ''::text), '+'::text, '-'::text), '/'::text, '_'::text), '='::text, ''::text);

CREATE FUNCTION shape.pounds(pence bigint) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (((CASE WHEN (pence < 0) THEN '−'::text ELSE ''::text END || '£'::text) || to_char((abs(pence) / 100), 'FM999,999,999,999,999,990'::text)) || CASE WHEN ((pence % (100)::bigint) = 0) THEN ''::text ELSE ('.'::text || to_char((abs(pence) % (100)::bigint), 'FM00'::text)) END);

CREATE FUNCTION shape.required(value json) RETURNS json
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
begin
    if value is null then
        raise exception 'a field that is never null has no row' using errcode = 'no_data_found';

    end if;

    return value;

end
$$;

CREATE FUNCTION shape.sorted_json(value jsonb) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    AS $$
begin
    case jsonb_typeof(value)
        when 'object' then
            return '{' || coalesce((
                select string_agg(to_json(key)::text || ': ' || shape.sorted_json(part), ', ' order by key)
                from jsonb_each(value) as each (key, part)), '') || '}';

        when 'array' then
            return '[' || coalesce((select string_agg(shape.sorted_json(part), ', ' order by place)
                from jsonb_array_elements(value) with ordinality as each (part, place)), '') || ']';

        else
            return value::text;

    end case;

end
$$;

CREATE TABLE public.appointment (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    office text NOT NULL,
    partner_id uuid,
    seat_id uuid,
    person_name text NOT NULL,
    post text,
    organisation text,
    email text,
    telephone text,
    person_id uuid,
    declared_tie text,
    has_tie boolean GENERATED ALWAYS AS ((declared_tie IS NOT NULL)) STORED NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    valid daterange GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]'::text)) STORED NOT NULL,
    ended_reason text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT appointment_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT appointment_check1 CHECK (((office = ANY (ARRAY['lead'::text, 'delegated'::text])) = (partner_id IS NOT NULL))),
    CONSTRAINT appointment_check2 CHECK (((office = 'seat'::text) = (seat_id IS NOT NULL))),
    CONSTRAINT appointment_check3 CHECK (((office = ANY (ARRAY['scrutineer'::text, 'seat'::text])) OR (post IS NOT NULL))),
    CONSTRAINT appointment_check4 CHECK (((office = 'scrutineer'::text) OR (declared_tie IS NULL))),
    CONSTRAINT appointment_declared_tie_check CHECK (((length(declared_tie) >= 1) AND (length(declared_tie) <= 1000))),
    CONSTRAINT appointment_email_check CHECK (((email = lower(email)) AND (length(email) <= 254))),
    CONSTRAINT appointment_ended_reason_check CHECK ((length(ended_reason) <= 1000)),
    CONSTRAINT appointment_office_check CHECK ((office = ANY (ARRAY['lead'::text, 'delegated'::text, 'scrutineer'::text, 'seat'::text]))),
    CONSTRAINT appointment_organisation_check CHECK ((length(organisation) <= 200)),
    CONSTRAINT appointment_person_name_check CHECK (((length(person_name) >= 1) AND (length(person_name) <= 200))),
    CONSTRAINT appointment_post_check CHECK ((length(post) <= 200)),
    CONSTRAINT appointment_telephone_check CHECK ((length(telephone) <= 40)),
    CONSTRAINT scrutineer_has_a_term CHECK (((office <> 'scrutineer'::text) OR (valid_to IS NOT NULL)))
);

ALTER TABLE ONLY public.appointment FORCE ROW LEVEL SECURITY;

CREATE FUNCTION shape.vacant_since(area integer, what text, held uuid, opened date, as_at date) RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT GREATEST(opened, ( SELECT (max(e.valid_to) + 1)
            FROM public.appointment e
           WHERE ((e.area_id = vacant_since.area) AND (e.office = vacant_since.what) AND (COALESCE(e.partner_id, e.seat_id) = vacant_since.held) AND (e.valid_to < vacant_since.as_at)))) AS "greatest";

END;

CREATE FUNCTION shape.year_label(year integer) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ((year || '-'::text) || to_char(((year + 1) % 100), 'FM00'::text));

CREATE TABLE audit.head (
    area_id integer NOT NULL,
    seq bigint DEFAULT 0 NOT NULL,
    hash bytea DEFAULT '\x00'::bytea NOT NULL
);

ALTER TABLE ONLY audit.head FORCE ROW LEVEL SECURITY;

CREATE TABLE audit.subject_key (
    area_id integer NOT NULL,
    id uuid NOT NULL,
    subject_type text NOT NULL,
    subject_id text NOT NULL,
    sealed bytea,
    key_id integer,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT erased_or_sealed CHECK (((sealed IS NULL) = (erased_at IS NOT NULL))),
    CONSTRAINT sealed_under_a_key CHECK (((sealed IS NULL) = (key_id IS NULL))),
    CONSTRAINT subject_key_subject_type_check CHECK ((subject_type ~ '^[a-z_]+$'::text))
);

ALTER TABLE ONLY audit.subject_key FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agency_category (
    code text NOT NULL,
    "grouping" text NOT NULL,
    label text NOT NULL,
    paragraph integer,
    citation text DEFAULT 'SI 2018/789, Schedule'::text NOT NULL,
    "position" integer NOT NULL,
    valid_from date DEFAULT '2018-06-29'::date NOT NULL,
    valid_to date,
    CONSTRAINT agency_category_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT agency_category_code_check CHECK ((code ~ '^[a-z0-9_]{3,60}$'::text)),
    CONSTRAINT agency_category_grouping_check CHECK (("grouping" = ANY (ARRAY['education_and_childcare'::text, 'health_and_social_care'::text, 'criminal_justice'::text, 'police_and_immigration'::text, 'miscellaneous'::text])))
);

ALTER TABLE ONLY public.agency_category FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agency_connection (
    area_id integer,
    home integer GENERATED ALWAYS AS (COALESCE(area_id, 0)) STORED NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    system text NOT NULL,
    name text NOT NULL,
    base_url text NOT NULL,
    auth_mode text NOT NULL,
    options jsonb DEFAULT '{}'::jsonb NOT NULL,
    every_minutes integer,
    may_change text[] DEFAULT '{}'::text[] NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    state_reason text,
    stale_after_hours integer DEFAULT 72 NOT NULL,
    last_worked_at timestamp with time zone,
    watermark text,
    due_at timestamp with time zone,
    told_stale_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT agency_connection_auth_mode_check CHECK ((auth_mode ~ '^[a-z][a-z0-9_]{1,40}$'::text)),
    CONSTRAINT agency_connection_base_url_check CHECK (((base_url ~ '^https?://[^\s/]+'::text) AND (length(base_url) <= 500))),
    CONSTRAINT agency_connection_check CHECK (((every_minutes IS NOT NULL) OR (due_at IS NULL))),
    CONSTRAINT agency_connection_every_minutes_check CHECK (((every_minutes >= 15) AND (every_minutes <= 44640))),
    CONSTRAINT agency_connection_may_change_check CHECK ((may_change <@ ARRAY['names'::text, 'status'::text, 'people'::text, 'figures'::text])),
    CONSTRAINT agency_connection_name_check CHECK (((length(name) >= 2) AND (length(name) <= 120))),
    CONSTRAINT agency_connection_options_check CHECK (((jsonb_typeof(options) = 'object'::text) AND (length((options)::text) <= 20000))),
    CONSTRAINT agency_connection_stale_after_hours_check CHECK (((stale_after_hours >= 1) AND (stale_after_hours <= 8760))),
    CONSTRAINT agency_connection_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'reauthorise'::text, 'retired'::text]))),
    CONSTRAINT agency_connection_state_reason_check CHECK ((length(state_reason) <= 1000)),
    CONSTRAINT agency_connection_system_check CHECK ((system ~ '^[a-z][a-z0-9_]{1,40}$'::text)),
    CONSTRAINT agency_connection_watermark_check CHECK ((length(watermark) <= 4000))
);

ALTER TABLE ONLY public.agency_connection FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agency_count (
    area_id integer NOT NULL,
    state text NOT NULL,
    agencies integer NOT NULL,
    category text NOT NULL
);

ALTER TABLE ONLY public.agency_count FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agency_note (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    agency_id uuid NOT NULL,
    body text NOT NULL,
    written_by text NOT NULL,
    written_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT agency_note_body_check CHECK (((length(body) >= 1) AND (length(body) <= 4000)))
);

ALTER TABLE ONLY public.agency_note FORCE ROW LEVEL SECURITY;

CREATE TABLE public.agency_telling (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    agency_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    told_on date NOT NULL,
    channel text NOT NULL,
    arrangements_version text NOT NULL,
    told_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT agency_telling_arrangements_version_check CHECK (((length(arrangements_version) >= 1) AND (length(arrangements_version) <= 100))),
    CONSTRAINT agency_telling_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'letter'::text, 'meeting'::text, 'telephone'::text, 'portal'::text])))
);

ALTER TABLE ONLY public.agency_telling FORCE ROW LEVEL SECURITY;

CREATE TABLE public.area_fact (
    area_id integer NOT NULL,
    subject text NOT NULL,
    standing text NOT NULL,
    words text NOT NULL,
    amount double precision,
    reasons jsonb DEFAULT '[]'::jsonb NOT NULL,
    recheck_on date,
    stale boolean DEFAULT false NOT NULL,
    computed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT area_fact_reasons_check CHECK ((jsonb_typeof(reasons) = 'array'::text)),
    CONSTRAINT area_fact_standing_check CHECK ((standing = ANY (ARRAY['met'::text, 'attention'::text, 'not_reported'::text]))),
    CONSTRAINT area_fact_subject_check CHECK ((subject = ANY (ARRAY['membership'::text, 'budget'::text, 'cooperation'::text, 'flags'::text]))),
    CONSTRAINT area_fact_words_check CHECK (((length(words) >= 1) AND (length(words) <= 200)))
);

ALTER TABLE ONLY public.area_fact FORCE ROW LEVEL SECURITY;

ALTER TABLE public.area ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.area_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.area_local_authority (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    la_code text NOT NULL,
    la_name text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    valid daterange GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]'::text)) STORED NOT NULL,
    CONSTRAINT area_local_authority_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT area_local_authority_la_code_check CHECK ((la_code ~ '^[0-9]{3}$'::text)),
    CONSTRAINT area_local_authority_la_name_check CHECK (((length(la_name) >= 2) AND (length(la_name) <= 120)))
);

ALTER TABLE ONLY public.area_local_authority FORCE ROW LEVEL SECURITY;

CREATE TABLE public.area_organisation (
    area_id integer NOT NULL,
    organisation_id uuid NOT NULL,
    basis text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    CONSTRAINT area_organisation_basis_check CHECK ((basis = ANY (ARRAY['covers_la'::text, 'partner'::text, 'chosen_agency'::text]))),
    CONSTRAINT area_organisation_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE ONLY public.area_organisation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.area_reply (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    request_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    outcome text NOT NULL,
    comment text NOT NULL,
    replied_by text NOT NULL,
    replied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT area_reply_comment_check CHECK (((length(comment) >= 1) AND (length(comment) <= 4000))),
    CONSTRAINT area_reply_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'more_needed'::text])))
);

ALTER TABLE ONLY public.area_reply FORCE ROW LEVEL SECURITY;

CREATE TABLE public.board_group (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    name text NOT NULL,
    purpose text,
    valid_from date NOT NULL,
    valid_to date,
    valid daterange GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]'::text)) STORED NOT NULL,
    ended_reason text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT board_group_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT board_group_ended_reason_check CHECK ((length(ended_reason) <= 1000)),
    CONSTRAINT board_group_name_check CHECK (((length(name) >= 2) AND (length(name) <= 200))),
    CONSTRAINT board_group_purpose_check CHECK ((length(purpose) <= 2000))
);

ALTER TABLE ONLY public.board_group FORCE ROW LEVEL SECURITY;

CREATE TABLE public.budget (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    year smallint NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    note text,
    agreed_on date,
    terms integer DEFAULT 1 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT budget_check CHECK (((state = 'agreed'::text) = (agreed_on IS NOT NULL))),
    CONSTRAINT budget_note_check CHECK ((length(note) <= 4000)),
    CONSTRAINT budget_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'agreed'::text]))),
    CONSTRAINT budget_year_check CHECK (((year >= 2000) AND (year <= 2099)))
);

ALTER TABLE ONLY public.budget FORCE ROW LEVEL SECURITY;

CREATE TABLE public.budget_line (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    budget_id uuid NOT NULL,
    kind text NOT NULL,
    description text NOT NULL,
    planned_pence bigint NOT NULL,
    outturn_pence bigint,
    removed_reason text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT budget_line_description_check CHECK (((length(description) >= 1) AND (length(description) <= 300))),
    CONSTRAINT budget_line_kind_check CHECK ((kind = ANY (ARRAY['business_support'::text, 'scrutiny'::text, 'reviews'::text, 'training'::text, 'analysis'::text, 'other'::text]))),
    CONSTRAINT budget_line_outturn_pence_check CHECK (((outturn_pence >= 0) AND (outturn_pence <= '100000000000'::bigint))),
    CONSTRAINT budget_line_planned_pence_check CHECK (((planned_pence >= 0) AND (planned_pence <= '100000000000'::bigint))),
    CONSTRAINT budget_line_removed_reason_check CHECK ((length(removed_reason) <= 1000))
);

ALTER TABLE ONLY public.budget_line FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_arrival (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    connection_id uuid NOT NULL,
    outcome text NOT NULL,
    message_id text,
    event_type text,
    content_type text,
    sha256 text NOT NULL,
    bytes integer NOT NULL,
    reason text,
    hour timestamp with time zone DEFAULT date_trunc('hour'::text, now()) NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    last_at timestamp with time zone DEFAULT now() NOT NULL,
    run_id uuid,
    CONSTRAINT connection_arrival_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT connection_arrival_check CHECK (((outcome = 'taken'::text) = (message_id IS NOT NULL))),
    CONSTRAINT connection_arrival_check1 CHECK (((outcome = 'refused'::text) = (reason IS NOT NULL))),
    CONSTRAINT connection_arrival_content_type_check CHECK ((length(content_type) <= 100)),
    CONSTRAINT connection_arrival_event_type_check CHECK ((event_type ~ '^[A-Za-z0-9_.-]{1,100}$'::text)),
    CONSTRAINT connection_arrival_message_id_check CHECK (((length(message_id) >= 1) AND (length(message_id) <= 200))),
    CONSTRAINT connection_arrival_outcome_check CHECK ((outcome = ANY (ARRAY['taken'::text, 'refused'::text]))),
    CONSTRAINT connection_arrival_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 300))),
    CONSTRAINT connection_arrival_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

ALTER TABLE ONLY public.connection_arrival FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_change (
    area_id integer,
    home integer GENERATED ALWAYS AS (COALESCE(area_id, 0)) STORED NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    connection_id uuid NOT NULL,
    run_id uuid NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    what text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid,
    subject text NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT connection_change_subject_check CHECK ((length(subject) <= 300)),
    CONSTRAINT connection_change_subject_kind_check CHECK (((length(subject_kind) >= 1) AND (length(subject_kind) <= 60))),
    CONSTRAINT connection_change_what_check CHECK (((length(what) >= 1) AND (length(what) <= 100)))
);

ALTER TABLE ONLY public.connection_change FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_credential (
    area_id integer,
    home integer GENERATED ALWAYS AS (COALESCE(area_id, 0)) STORED NOT NULL,
    connection_id uuid NOT NULL,
    kind text NOT NULL,
    sealed bytea NOT NULL,
    key_id integer NOT NULL,
    expires_on date,
    set_at timestamp with time zone DEFAULT now() NOT NULL,
    set_by_name text NOT NULL,
    CONSTRAINT connection_credential_key_id_check CHECK (((key_id >= 0) AND (key_id <= 65535))),
    CONSTRAINT connection_credential_kind_check CHECK ((kind = ANY (ARRAY['client_secret'::text, 'private_key'::text, 'certificate'::text, 'bearer_token'::text, 'api_key'::text, 'webhook_secret'::text]))),
    CONSTRAINT connection_credential_sealed_check CHECK (((length(sealed) >= 31) AND (length(sealed) <= 40000))),
    CONSTRAINT connection_credential_set_by_name_check CHECK ((length(set_by_name) <= 200))
);

ALTER TABLE ONLY public.connection_credential FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_hook (
    area_id integer NOT NULL,
    connection_id uuid NOT NULL,
    address uuid DEFAULT gen_random_uuid() NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    hinted_at timestamp with time zone,
    asked_at timestamp with time zone
);

ALTER TABLE ONLY public.connection_hook FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_hook_secret (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    connection_id uuid NOT NULL,
    sealed bytea,
    key_id integer NOT NULL,
    made_here boolean NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    made_by_name text NOT NULL,
    ends_at timestamp with time zone,
    CONSTRAINT connection_hook_secret_key_id_check CHECK (((key_id >= 0) AND (key_id <= 65535))),
    CONSTRAINT connection_hook_secret_made_by_name_check CHECK ((length(made_by_name) <= 200)),
    CONSTRAINT connection_hook_secret_sealed_check CHECK (((length(sealed) >= 31) AND (length(sealed) <= 4000)))
);

ALTER TABLE ONLY public.connection_hook_secret FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_proposal (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    connection_id uuid NOT NULL,
    run_id uuid NOT NULL,
    "national" boolean NOT NULL,
    home integer GENERATED ALWAYS AS (
CASE
    WHEN "national" THEN 0
    ELSE area_id
END) STORED NOT NULL,
    source text NOT NULL,
    organisation_id uuid,
    external_id text NOT NULL,
    action text NOT NULL,
    subject_kind text NOT NULL,
    present jsonb,
    proposed jsonb NOT NULL,
    digest bytea NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    decided_at timestamp with time zone,
    decided_by_name text,
    reason text,
    contact_id uuid,
    version integer DEFAULT 1 NOT NULL,
    post text GENERATED ALWAYS AS (COALESCE((proposed ->> 'post'::text), ''::text)) STORED NOT NULL,
    told_area_id integer GENERATED ALWAYS AS (
CASE
    WHEN "national" THEN area_id
    ELSE NULL::integer
END) STORED,
    CONSTRAINT connection_proposal_action_check CHECK ((action = ANY (ARRAY['add'::text, 'change'::text, 'end'::text]))),
    CONSTRAINT connection_proposal_area_id_check CHECK ((area_id > 0)),
    CONSTRAINT connection_proposal_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
    CONSTRAINT connection_proposal_decided_by_name_check CHECK ((length(decided_by_name) <= 200)),
    CONSTRAINT connection_proposal_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 300))),
    CONSTRAINT connection_proposal_present_check CHECK ((jsonb_typeof(present) = 'object'::text)),
    CONSTRAINT connection_proposal_proposed_check CHECK (((jsonb_typeof(proposed) = 'object'::text) AND (length((proposed)::text) <= 8000))),
    CONSTRAINT connection_proposal_reason_check CHECK ((length(reason) <= 1000)),
    CONSTRAINT connection_proposal_source_check CHECK ((length(source) <= 120)),
    CONSTRAINT connection_proposal_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'refused'::text, 'superseded'::text]))),
    CONSTRAINT connection_proposal_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['contact'::text, 'role'::text, 'partner_contact'::text])))
);

ALTER TABLE ONLY public.connection_proposal FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_quarantine (
    area_id integer,
    home integer GENERATED ALWAYS AS (COALESCE(area_id, 0)) STORED NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    connection_id uuid NOT NULL,
    run_id uuid NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    sha256 text NOT NULL,
    bytes bigint NOT NULL,
    reason text NOT NULL,
    CONSTRAINT connection_quarantine_reason_check CHECK ((length(reason) <= 1000)),
    CONSTRAINT connection_quarantine_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

ALTER TABLE ONLY public.connection_quarantine FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_record (
    area_id integer,
    home integer GENERATED ALWAYS AS (COALESCE(area_id, 0)) STORED NOT NULL,
    connection_id uuid NOT NULL,
    kind text NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    digest bytea NOT NULL,
    subject uuid,
    CONSTRAINT connection_record_area_id_check CHECK ((area_id > 0)),
    CONSTRAINT connection_record_digest_check CHECK (((length(digest) >= 1) AND (length(digest) <= 64))),
    CONSTRAINT connection_record_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 300))),
    CONSTRAINT connection_record_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 40)))
);

ALTER TABLE ONLY public.connection_record FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_rejection (
    area_id integer,
    home integer GENERATED ALWAYS AS (COALESCE(area_id, 0)) STORED NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    connection_id uuid NOT NULL,
    run_id uuid NOT NULL,
    reference text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT connection_rejection_reason_check CHECK ((length(reason) <= 1000)),
    CONSTRAINT connection_rejection_reference_check CHECK ((length(reference) <= 300))
);

ALTER TABLE ONLY public.connection_rejection FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_run (
    area_id integer,
    home integer GENERATED ALWAYS AS (COALESCE(area_id, 0)) STORED NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    connection_id uuid NOT NULL,
    cause text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    cursor jsonb,
    fence integer DEFAULT 0 NOT NULL,
    pages integer DEFAULT 0 NOT NULL,
    expected integer,
    read integer DEFAULT 0 NOT NULL,
    applied integer DEFAULT 0 NOT NULL,
    proposed integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    rejected integer DEFAULT 0 NOT NULL,
    said text,
    problem text,
    asked_by_name text NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    heard_from_at timestamp with time zone,
    finished_at timestamp with time zone,
    begun_with text,
    resumed_run_id uuid,
    resumed_page integer,
    next_try_at timestamp with time zone,
    CONSTRAINT connection_run_asked_by_name_check CHECK ((length(asked_by_name) <= 200)),
    CONSTRAINT connection_run_begun_with_check CHECK ((length(begun_with) = 64)),
    CONSTRAINT connection_run_cause_check CHECK ((cause = ANY (ARRAY['schedule'::text, 'by_hand'::text, 'test'::text, 'hook'::text]))),
    CONSTRAINT connection_run_check CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text, 'stopped'::text])) = (finished_at IS NOT NULL))),
    CONSTRAINT connection_run_check1 CHECK (((resumed_run_id IS NULL) = (resumed_page IS NULL))),
    CONSTRAINT connection_run_problem_check CHECK ((length(problem) <= 1000)),
    CONSTRAINT connection_run_resumed_page_check CHECK ((resumed_page > 1)),
    CONSTRAINT connection_run_said_check CHECK ((length(said) <= 1000)),
    CONSTRAINT connection_run_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'stopped'::text])))
);

ALTER TABLE ONLY public.connection_run FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_signing_key (
    area_id integer,
    home integer GENERATED ALWAYS AS (COALESCE(area_id, 0)) STORED NOT NULL,
    connection_id uuid NOT NULL,
    kid text NOT NULL,
    public_key jsonb NOT NULL,
    sealed bytea NOT NULL,
    key_id integer NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    made_by_name text NOT NULL,
    signs_from timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT connection_signing_key_key_id_check CHECK (((key_id >= 0) AND (key_id <= 65535))),
    CONSTRAINT connection_signing_key_kid_check CHECK ((kid ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$'::text)),
    CONSTRAINT connection_signing_key_made_by_name_check CHECK ((length(made_by_name) <= 200)),
    CONSTRAINT connection_signing_key_public_key_check CHECK (((jsonb_typeof(public_key) = 'object'::text) AND (NOT (public_key ? 'd'::text)))),
    CONSTRAINT connection_signing_key_sealed_check CHECK (((length(sealed) >= 31) AND (length(sealed) <= 40000)))
);

ALTER TABLE ONLY public.connection_signing_key FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connection_token (
    area_id integer,
    home integer GENERATED ALWAYS AS (COALESCE(area_id, 0)) STORED NOT NULL,
    connection_id uuid NOT NULL,
    sealed bytea,
    key_id integer,
    expires_at timestamp with time zone,
    refreshing_until timestamp with time zone,
    version integer DEFAULT 0 NOT NULL,
    CONSTRAINT connection_token_key_id_check CHECK (((key_id >= 0) AND (key_id <= 65535)))
);

ALTER TABLE ONLY public.connection_token FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contribution (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    budget_id uuid NOT NULL,
    partner_id uuid,
    contributor text,
    form text NOT NULL,
    amount_pence bigint NOT NULL,
    valuation_method text,
    description text,
    payer text,
    state text DEFAULT 'pledged'::text NOT NULL,
    invoice_reference text,
    invoiced_on date,
    withdrawn_reason text,
    terms integer DEFAULT 1 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    reduced_from_pence bigint,
    reduced_reason text,
    CONSTRAINT contribution_amount_pence_check CHECK (((amount_pence >= 1) AND (amount_pence <= '100000000000'::bigint))),
    CONSTRAINT contribution_check CHECK (((partner_id IS NULL) <> (contributor IS NULL))),
    CONSTRAINT contribution_check1 CHECK (((state = 'withdrawn'::text) = (withdrawn_reason IS NOT NULL))),
    CONSTRAINT contribution_check2 CHECK (((invoice_reference IS NULL) = (invoiced_on IS NULL))),
    CONSTRAINT contribution_contributor_check CHECK (((length(contributor) >= 2) AND (length(contributor) <= 200))),
    CONSTRAINT contribution_description_check CHECK ((length(description) <= 1000)),
    CONSTRAINT contribution_form_check CHECK ((form = ANY (ARRAY['cash'::text, 'in_kind'::text]))),
    CONSTRAINT contribution_invoice_reference_check CHECK ((length(invoice_reference) <= 100)),
    CONSTRAINT contribution_payer_check CHECK ((length(payer) <= 200)),
    CONSTRAINT contribution_reduced_reason_check CHECK (((length(reduced_reason) >= 1) AND (length(reduced_reason) <= 1000))),
    CONSTRAINT contribution_state_check CHECK ((state = ANY (ARRAY['pledged'::text, 'agreed'::text, 'invoiced'::text, 'part_received'::text, 'received'::text, 'reduced'::text, 'withdrawn'::text]))),
    CONSTRAINT contribution_valuation_method_check CHECK ((length(valuation_method) <= 1000)),
    CONSTRAINT contribution_withdrawn_reason_check CHECK ((length(withdrawn_reason) <= 1000)),
    CONSTRAINT in_kind_is_valued CHECK (((form = 'in_kind'::text) = (valuation_method IS NOT NULL))),
    CONSTRAINT reduced_says_from_what CHECK (((state <> 'reduced'::text) OR (reduced_from_pence IS NOT NULL))),
    CONSTRAINT reduced_with_a_reason CHECK (((reduced_from_pence IS NULL) = (reduced_reason IS NULL))),
    CONSTRAINT reduced_within_what_was_promised CHECK ((amount_pence <= reduced_from_pence))
);

ALTER TABLE ONLY public.contribution FORCE ROW LEVEL SECURITY;

CREATE TABLE public.cooperation_count (
    area_id integer NOT NULL,
    cycle_id uuid NOT NULL,
    cycle_label text NOT NULL,
    opens_on date NOT NULL,
    due_on date NOT NULL,
    state text NOT NULL,
    requests integer NOT NULL
);

ALTER TABLE ONLY public.cooperation_count FORCE ROW LEVEL SECURITY;

CREATE TABLE public.duty (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    legal_basis text[] NOT NULL,
    legal_note text,
    cycle text NOT NULL,
    categories text[] NOT NULL,
    questions jsonb NOT NULL,
    opens_on date,
    due_on date,
    reminder_days integer[] NOT NULL,
    follow_up jsonb NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    latest_number integer DEFAULT 0 NOT NULL,
    changed boolean DEFAULT true NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT duty_body_check CHECK ((length(body) <= 10000)),
    CONSTRAINT duty_check CHECK (((due_on IS NULL) OR (opens_on IS NULL) OR (due_on >= opens_on))),
    CONSTRAINT duty_check1 CHECK (((state = 'draft'::text) <= (latest_number = 0))),
    CONSTRAINT duty_cycle_check CHECK ((cycle = ANY (ARRAY['once'::text, 'each_academic_year'::text, 'each_new_version'::text]))),
    CONSTRAINT duty_legal_note_check CHECK ((length(legal_note) <= 1000)),
    CONSTRAINT duty_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'retired'::text]))),
    CONSTRAINT duty_title_check CHECK (((length(title) >= 3) AND (length(title) <= 200)))
);

ALTER TABLE ONLY public.duty FORCE ROW LEVEL SECURITY;

CREATE TABLE public.duty_cycle (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    duty_id uuid NOT NULL,
    duty_version_id uuid NOT NULL,
    label text NOT NULL,
    opens_on date NOT NULL,
    due_on date NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT duty_cycle_check1 CHECK ((due_on >= opens_on)),
    CONSTRAINT duty_cycle_label_check CHECK (((length(label) >= 1) AND (length(label) <= 100)))
);

ALTER TABLE ONLY public.duty_cycle FORCE ROW LEVEL SECURITY;

CREATE TABLE public.duty_version (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    duty_id uuid NOT NULL,
    number integer NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    legal_basis text[] NOT NULL,
    legal_note text,
    categories text[] NOT NULL,
    questions jsonb NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    published_by text NOT NULL
);

ALTER TABLE ONLY public.duty_version FORCE ROW LEVEL SECURITY;

CREATE TABLE public.flag_review_reminder (
    area_id integer NOT NULL,
    flag_id uuid NOT NULL,
    review_on date NOT NULL,
    sent_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.flag_review_reminder FORCE ROW LEVEL SECURITY;

CREATE TABLE public.follow_up_move (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    request_id uuid NOT NULL,
    step integer NOT NULL,
    step_title text NOT NULL,
    evidence text NOT NULL,
    reason text NOT NULL,
    moved_by text NOT NULL,
    moved_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT follow_up_move_reason_check CHECK (((length(reason) >= 3) AND (length(reason) <= 1000))),
    CONSTRAINT follow_up_move_step_check CHECK (((step >= 0) AND (step <= 20)))
);

ALTER TABLE ONLY public.follow_up_move FORCE ROW LEVEL SECURITY;

CREATE TABLE public.funding_agreement (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    budget_id uuid NOT NULL,
    contribution_id uuid,
    partner_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    agreed_by uuid NOT NULL,
    agreed_name text NOT NULL,
    agreed_on date NOT NULL,
    of_terms integer NOT NULL,
    CONSTRAINT funding_agreement_agreed_name_check CHECK (((length(agreed_name) >= 1) AND (length(agreed_name) <= 200)))
);

ALTER TABLE ONLY public.funding_agreement FORCE ROW LEVEL SECURITY;

CREATE TABLE public.idempotency (
    principal uuid NOT NULL,
    key text NOT NULL,
    command text NOT NULL,
    request_hash bytea NOT NULL,
    result text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT idempotency_key_check CHECK (((length(key) >= 8) AND (length(key) <= 200)))
);

ALTER TABLE ONLY public.idempotency FORCE ROW LEVEL SECURITY;

CREATE TABLE public.identity (
    issuer text NOT NULL,
    subject text NOT NULL,
    person_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.identity FORCE ROW LEVEL SECURITY;

CREATE TABLE public.identity_provider (
    id uuid DEFAULT uuidv7() NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    sealed_secret bytea,
    client_auth text NOT NULL,
    scopes text DEFAULT 'openid profile email'::text NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT identity_provider_client_auth_check CHECK ((client_auth = ANY (ARRAY['client_secret_basic'::text, 'client_secret_post'::text, 'private_key_jwt'::text]))),
    CONSTRAINT identity_provider_name_check CHECK (((length(name) >= 2) AND (length(name) <= 120))),
    CONSTRAINT identity_provider_slug_check CHECK ((slug ~ '^[a-z][a-z0-9-]{1,40}$'::text))
);

ALTER TABLE ONLY public.identity_provider FORCE ROW LEVEL SECURITY;

CREATE TABLE public.import_rejection (
    run_id uuid NOT NULL,
    line integer NOT NULL,
    reason text NOT NULL,
    reference text NOT NULL
);

ALTER TABLE ONLY public.import_rejection FORCE ROW LEVEL SECURITY;

CREATE TABLE public.import_run (
    id uuid DEFAULT uuidv7() NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    sha256 text,
    size_bytes bigint,
    allow_mass_closure boolean DEFAULT false NOT NULL,
    status text DEFAULT 'queued'::text NOT NULL,
    asked_by uuid,
    asked_by_name text NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    heard_from_at timestamp with time zone,
    finished_at timestamp with time zone,
    rows_expected integer DEFAULT 0 NOT NULL,
    rows_read integer DEFAULT 0 NOT NULL,
    created integer DEFAULT 0 NOT NULL,
    changed integer DEFAULT 0 NOT NULL,
    closed integer DEFAULT 0 NOT NULL,
    reopened integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    rejected integer DEFAULT 0 NOT NULL,
    problem text,
    CONSTRAINT import_run_file_name_check CHECK ((length(file_name) <= 255)),
    CONSTRAINT import_run_kind_check CHECK ((kind = ANY (ARRAY['groups'::text, 'establishments'::text, 'links'::text, 'group_links'::text]))),
    CONSTRAINT import_run_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT import_run_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'refused'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.import_run FORCE ROW LEVEL SECURITY;

CREATE TABLE public.indicator_benchmark (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    code text NOT NULL,
    place text NOT NULL,
    period text NOT NULL,
    starts_on date NOT NULL,
    value numeric(14,2),
    symbol text,
    source text NOT NULL,
    retrieved_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT indicator_benchmark_check CHECK (((value IS NULL) = (symbol IS NOT NULL))),
    CONSTRAINT indicator_benchmark_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{2,60}$'::text)),
    CONSTRAINT indicator_benchmark_period_check CHECK ((period = ANY (ARRAY['month'::text, 'quarter'::text, 'year'::text]))),
    CONSTRAINT indicator_benchmark_place_check CHECK (((place = 'england'::text) OR (place ~ '^[0-9]{3}$'::text))),
    CONSTRAINT indicator_benchmark_source_check CHECK (((length(source) >= 2) AND (length(source) <= 300))),
    CONSTRAINT indicator_benchmark_starts_on_check CHECK (((EXTRACT(day FROM starts_on) = (1)::numeric) AND ((starts_on >= '2000-01-01'::date) AND (starts_on <= '2099-12-01'::date)))),
    CONSTRAINT indicator_benchmark_symbol_check CHECK (((length(symbol) >= 1) AND (length(symbol) <= 10)))
);

ALTER TABLE ONLY public.indicator_benchmark FORCE ROW LEVEL SECURITY;

CREATE TABLE public.indicator_definition (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    code text NOT NULL,
    edition text NOT NULL,
    title text NOT NULL,
    meaning text NOT NULL,
    unit text NOT NULL,
    source text NOT NULL,
    geography text NOT NULL,
    adds_over_time boolean NOT NULL,
    adds_over_places boolean NOT NULL,
    defined_by text NOT NULL,
    defined_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    running_total boolean DEFAULT false NOT NULL,
    CONSTRAINT indicator_definition_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{2,60}$'::text)),
    CONSTRAINT indicator_definition_defined_by_check CHECK ((defined_by = ANY (ARRAY['proposed'::text, 'area'::text, 'connection'::text]))),
    CONSTRAINT indicator_definition_edition_check CHECK ((edition ~ '^[0-9A-Za-z][0-9A-Za-z. -]{0,19}$'::text)),
    CONSTRAINT indicator_definition_geography_check CHECK ((geography = ANY (ARRAY['local_authority'::text, 'police_force_area'::text, 'area'::text]))),
    CONSTRAINT indicator_definition_meaning_check CHECK (((length(meaning) >= 10) AND (length(meaning) <= 4000))),
    CONSTRAINT indicator_definition_source_check CHECK (((length(source) >= 2) AND (length(source) <= 200))),
    CONSTRAINT indicator_definition_title_check CHECK (((length(title) >= 3) AND (length(title) <= 200))),
    CONSTRAINT indicator_definition_unit_check CHECK ((unit = ANY (ARRAY['count'::text, 'percent'::text, 'rate'::text]))),
    CONSTRAINT running_totals_are_counts_that_do_not_add_up_over_time CHECK (((NOT running_total) OR ((unit = 'count'::text) AND (NOT adds_over_time))))
);

ALTER TABLE ONLY public.indicator_definition FORCE ROW LEVEL SECURITY;

CREATE TABLE public.indicator_import (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    file_name text NOT NULL,
    sha256 text NOT NULL,
    bytes integer NOT NULL,
    supplied_name text NOT NULL,
    supplied_post text NOT NULL,
    supplied_body text NOT NULL,
    uploaded_by uuid,
    uploaded_name text NOT NULL,
    uploaded_at timestamp with time zone DEFAULT now() NOT NULL,
    state text DEFAULT 'checked'::text NOT NULL,
    good integer NOT NULL,
    withheld integer DEFAULT 0 NOT NULL,
    problems jsonb DEFAULT '[]'::jsonb NOT NULL,
    staged jsonb,
    written jsonb,
    decided_at timestamp with time zone,
    decided_name text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT indicator_import_bytes_check CHECK ((bytes > 0)),
    CONSTRAINT indicator_import_check CHECK (((state = 'checked'::text) = (staged IS NOT NULL))),
    CONSTRAINT indicator_import_check1 CHECK (((state = ANY (ARRAY['accepted'::text, 'discarded'::text])) = (decided_at IS NOT NULL))),
    CONSTRAINT indicator_import_check2 CHECK (((decided_at IS NULL) = (decided_name IS NULL))),
    CONSTRAINT indicator_import_check3 CHECK (((state = 'accepted'::text) = (written IS NOT NULL))),
    CONSTRAINT indicator_import_decided_name_check CHECK (((length(decided_name) >= 1) AND (length(decided_name) <= 200))),
    CONSTRAINT indicator_import_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 255))),
    CONSTRAINT indicator_import_good_check CHECK ((good >= 0)),
    CONSTRAINT indicator_import_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT indicator_import_state_check CHECK ((state = ANY (ARRAY['checked'::text, 'accepted'::text, 'discarded'::text, 'refused'::text]))),
    CONSTRAINT indicator_import_supplied_body_check CHECK (((length(supplied_body) >= 2) AND (length(supplied_body) <= 200))),
    CONSTRAINT indicator_import_supplied_name_check CHECK (((length(supplied_name) >= 2) AND (length(supplied_name) <= 200))),
    CONSTRAINT indicator_import_supplied_post_check CHECK (((length(supplied_post) >= 2) AND (length(supplied_post) <= 200))),
    CONSTRAINT indicator_import_uploaded_name_check CHECK (((length(uploaded_name) >= 1) AND (length(uploaded_name) <= 200))),
    CONSTRAINT indicator_import_withheld_check CHECK ((withheld >= 0))
);

ALTER TABLE ONLY public.indicator_import FORCE ROW LEVEL SECURITY;

CREATE TABLE public.indicator_neighbour (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    la_code text NOT NULL,
    la_name text NOT NULL,
    chosen_on date NOT NULL,
    ended_on date,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT indicator_neighbour_check CHECK ((ended_on >= chosen_on)),
    CONSTRAINT indicator_neighbour_la_code_check CHECK ((la_code ~ '^[0-9]{3}$'::text)),
    CONSTRAINT indicator_neighbour_la_name_check CHECK (((length(la_name) >= 2) AND (length(la_name) <= 120)))
);

ALTER TABLE ONLY public.indicator_neighbour FORCE ROW LEVEL SECURITY;

CREATE TABLE public.indicator_observation (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    definition_id uuid NOT NULL,
    code text NOT NULL,
    unit text NOT NULL,
    place text NOT NULL,
    period text NOT NULL,
    starts_on date NOT NULL,
    value numeric(14,2),
    suppression text NOT NULL,
    quality text NOT NULL,
    recording_change boolean DEFAULT false NOT NULL,
    import_id uuid,
    connection_id uuid,
    published_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT counts_are_whole CHECK (((unit <> 'count'::text) OR (value IS NULL) OR (value = trunc(value)))),
    CONSTRAINT from_one_source CHECK ((num_nonnulls(import_id, connection_id) = 1)),
    CONSTRAINT indicator_observation_period_check CHECK ((period = ANY (ARRAY['month'::text, 'quarter'::text, 'year'::text]))),
    CONSTRAINT indicator_observation_place_check CHECK (((place = 'area'::text) OR (place ~ '^[0-9]{3}$'::text))),
    CONSTRAINT indicator_observation_quality_check CHECK ((quality = ANY (ARRAY['provisional'::text, 'final'::text, 'revised'::text]))),
    CONSTRAINT indicator_observation_starts_on_check CHECK (((EXTRACT(day FROM starts_on) = (1)::numeric) AND ((starts_on >= '2000-01-01'::date) AND (starts_on <= '2099-12-01'::date)))),
    CONSTRAINT indicator_observation_suppression_check CHECK ((suppression = ANY (ARRAY['none'::text, 'small_number'::text, 'secondary'::text, 'not_available'::text, 'not_applicable'::text]))),
    CONSTRAINT indicator_observation_value_check CHECK (((value IS NULL) OR (value >= (0)::numeric))),
    CONSTRAINT quarters_begin_a_quarter CHECK (((period <> 'quarter'::text) OR (EXTRACT(month FROM starts_on) = ANY (ARRAY[(1)::numeric, (4)::numeric, (7)::numeric, (10)::numeric])))),
    CONSTRAINT small_numbers_are_never_kept CHECK (((unit <> 'count'::text) OR (value IS NULL) OR (value = (0)::numeric) OR (value >= (6)::numeric))),
    CONSTRAINT withheld_has_no_value CHECK (((suppression = 'none'::text) = (value IS NOT NULL)))
);

ALTER TABLE ONLY public.indicator_observation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.indicator_target (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    code text NOT NULL,
    direction text NOT NULL,
    value numeric(14,2) NOT NULL,
    from_on date NOT NULL,
    note text,
    removed_reason text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT indicator_target_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{2,60}$'::text)),
    CONSTRAINT indicator_target_direction_check CHECK ((direction = ANY (ARRAY['at_least'::text, 'at_most'::text]))),
    CONSTRAINT indicator_target_from_on_check CHECK (((from_on >= '2000-01-01'::date) AND (from_on <= '2099-12-31'::date))),
    CONSTRAINT indicator_target_note_check CHECK ((length(note) <= 1000)),
    CONSTRAINT indicator_target_removed_reason_check CHECK (((length(removed_reason) >= 3) AND (length(removed_reason) <= 1000))),
    CONSTRAINT indicator_target_value_check CHECK (((value >= (0)::numeric) AND (value <= (1000000000)::numeric)))
);

ALTER TABLE ONLY public.indicator_target FORCE ROW LEVEL SECURITY;

CREATE TABLE public.intervention_flag (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    concern text NOT NULL,
    partners jsonb DEFAULT '[]'::jsonb NOT NULL,
    evidence jsonb DEFAULT '[]'::jsonb NOT NULL,
    told jsonb DEFAULT '[]'::jsonb NOT NULL,
    raised_as text NOT NULL,
    raised_by uuid NOT NULL,
    raised_by_name text NOT NULL,
    raised_by_role text NOT NULL,
    raised_on date NOT NULL,
    state text DEFAULT 'raised'::text NOT NULL,
    referred_at timestamp with time zone,
    submission text,
    reply_due_on date,
    decision text,
    power text,
    review_on date,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT intervention_flag_check CHECK (((state = ANY (ARRAY['raised'::text, 'withdrawn_locally'::text])) = (referred_at IS NULL))),
    CONSTRAINT intervention_flag_check1 CHECK (((referred_at IS NULL) = (submission IS NULL))),
    CONSTRAINT intervention_flag_check2 CHECK (((state <> 'decided'::text) OR (decision IS NOT NULL))),
    CONSTRAINT intervention_flag_concern_check CHECK (((length(concern) >= 20) AND (length(concern) <= 8000))),
    CONSTRAINT intervention_flag_decision_check CHECK ((decision = ANY (ARRAY['no_action'::text, 'support'::text, 'improvement_notice_considered'::text, 'passed_to_power_holder'::text, 'referred_to_secretary_of_state'::text]))),
    CONSTRAINT intervention_flag_evidence_check CHECK (((jsonb_typeof(evidence) = 'array'::text) AND (jsonb_array_length(evidence) <= 20) AND (NOT (evidence @? '$[*]."url"?(!(@ starts with "https://"))'::jsonpath)))),
    CONSTRAINT intervention_flag_kind_check CHECK ((kind = ANY (ARRAY['partners_cannot_agree'::text, 'arrangements_inadequate'::text, 'partner_withdraws_or_absent'::text, 'information_refused'::text, 'other'::text]))),
    CONSTRAINT intervention_flag_partners_check CHECK (((jsonb_typeof(partners) = 'array'::text) AND (jsonb_array_length(partners) <= 20))),
    CONSTRAINT intervention_flag_raised_as_check CHECK ((raised_as = ANY (ARRAY['area'::text, 'scrutineer'::text]))),
    CONSTRAINT intervention_flag_state_check CHECK ((state = ANY (ARRAY['raised'::text, 'withdrawn_locally'::text, 'referred'::text, 'acknowledged'::text, 'information_requested'::text, 'answered'::text, 'decided'::text, 'closed'::text, 'withdrawn'::text]))),
    CONSTRAINT intervention_flag_submission_check CHECK (((length(submission) >= 10) AND (length(submission) <= 4000))),
    CONSTRAINT intervention_flag_title_check CHECK (((length(title) >= 5) AND (length(title) <= 200))),
    CONSTRAINT intervention_flag_told_check CHECK (((jsonb_typeof(told) = 'array'::text) AND (jsonb_array_length(told) <= 20)))
);

ALTER TABLE ONLY public.intervention_flag FORCE ROW LEVEL SECURITY;

CREATE TABLE public.intervention_flag_move (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    flag_id uuid NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    move text NOT NULL,
    before text,
    after text NOT NULL,
    reason text,
    message text,
    due_on date,
    decision text,
    power text,
    by_id uuid NOT NULL,
    by_name text NOT NULL,
    by_role text NOT NULL,
    shared boolean NOT NULL,
    CONSTRAINT intervention_flag_move_check CHECK (((reason IS NOT NULL) OR (move = ANY (ARRAY['raise'::text, 'answer'::text])))),
    CONSTRAINT intervention_flag_move_check1 CHECK (((move = ANY (ARRAY['ask'::text, 'answer'::text, 'refer'::text])) = (message IS NOT NULL))),
    CONSTRAINT intervention_flag_move_check2 CHECK ((NOT (shared AND (move = ANY (ARRAY['raise'::text, 'amend'::text]))))),
    CONSTRAINT intervention_flag_move_message_check CHECK (((length(message) >= 10) AND (length(message) <= 8000))),
    CONSTRAINT intervention_flag_move_move_check CHECK ((move = ANY (ARRAY['raise'::text, 'amend'::text, 'refer'::text, 'acknowledge'::text, 'ask'::text, 'answer'::text, 'decide'::text, 'close'::text, 'withdraw'::text, 'reopen'::text]))),
    CONSTRAINT intervention_flag_move_reason_check CHECK (((length(reason) >= 10) AND (length(reason) <= 8000)))
);

ALTER TABLE ONLY public.intervention_flag_move FORCE ROW LEVEL SECURITY;

CREATE TABLE public.intervention_flag_working (
    area_id integer NOT NULL,
    flag_id uuid NOT NULL,
    tried text NOT NULL,
    note text,
    CONSTRAINT intervention_flag_working_note_check CHECK ((length(note) <= 4000)),
    CONSTRAINT intervention_flag_working_tried_check CHECK (((length(tried) >= 10) AND (length(tried) <= 4000)))
);

ALTER TABLE ONLY public.intervention_flag_working FORCE ROW LEVEL SECURITY;

CREATE TABLE public.invitation (
    id uuid DEFAULT uuidv7() NOT NULL,
    token_hash bytea NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    area_id integer,
    organisation_id uuid,
    post text,
    invited_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    accepted_by uuid,
    revoked_at timestamp with time zone,
    answered_issuer text,
    answered_subject text,
    answered_name text,
    answered_email text,
    answered_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    confirmed_by uuid,
    CONSTRAINT invitation_answered_email_check CHECK ((length(answered_email) <= 254)),
    CONSTRAINT invitation_answered_issuer_check CHECK ((length(answered_issuer) <= 500)),
    CONSTRAINT invitation_answered_name_check CHECK ((length(answered_name) <= 200)),
    CONSTRAINT invitation_answered_subject_check CHECK ((length(answered_subject) <= 255)),
    CONSTRAINT invitation_check CHECK ((((answered_at IS NULL) = (answered_issuer IS NULL)) AND ((answered_at IS NULL) = (answered_subject IS NULL)))),
    CONSTRAINT invitation_check1 CHECK ((((confirmed_at IS NULL) = (confirmed_by IS NULL)) AND ((confirmed_at IS NULL) OR (answered_at IS NOT NULL)))),
    CONSTRAINT invitation_email_check CHECK (((email = lower(email)) AND (length(email) <= 254))),
    CONSTRAINT invitation_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT invitation_post_check CHECK ((length(post) <= 200))
);

ALTER TABLE ONLY public.invitation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.linked_board (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    url text,
    note text,
    ended_on date,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT linked_board_kind_check CHECK ((kind = ANY (ARRAY['health_and_wellbeing'::text, 'safeguarding_adults'::text, 'community_safety'::text, 'channel'::text, 'mappa'::text, 'family_justice'::text, 'youth_justice'::text, 'corporate_parenting'::text, 'other'::text]))),
    CONSTRAINT linked_board_name_check CHECK (((length(name) >= 2) AND (length(name) <= 200))),
    CONSTRAINT linked_board_note_check CHECK ((length(note) <= 2000)),
    CONSTRAINT linked_board_url_check CHECK (((url ~ '^https?://'::text) AND (length(url) <= 500)))
);

ALTER TABLE ONLY public.linked_board FORCE ROW LEVEL SECURITY;

CREATE TABLE public.machine_client (
    id uuid DEFAULT uuidv7() NOT NULL,
    name text NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    scope_roles jsonb NOT NULL,
    area_id integer,
    enabled boolean DEFAULT true NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT machine_client_name_check CHECK (((length(name) >= 2) AND (length(name) <= 120)))
);

ALTER TABLE ONLY public.machine_client FORCE ROW LEVEL SECURITY;

CREATE TABLE public.mail (
    id uuid NOT NULL,
    area_id integer,
    person_id uuid,
    address text NOT NULL,
    template text NOT NULL,
    details jsonb NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    error text,
    attempts integer DEFAULT 0 NOT NULL,
    leased_until timestamp with time zone,
    caused_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    sent_at timestamp with time zone,
    provider text,
    provider_reference text,
    about uuid,
    delivery text,
    delivery_at timestamp with time zone,
    delivery_asked_at timestamp with time zone,
    CONSTRAINT mail_address_check CHECK (((address = lower(address)) AND (length(address) <= 254))),
    CONSTRAINT mail_check CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
    CONSTRAINT mail_check1 CHECK (((delivery IS NULL) = (delivery_at IS NULL))),
    CONSTRAINT mail_delivery_check CHECK ((delivery = ANY (ARRAY['delivered'::text, 'permanent_failure'::text, 'temporary_failure'::text, 'technical_failure'::text]))),
    CONSTRAINT mail_details_check CHECK ((jsonb_typeof(details) = 'object'::text)),
    CONSTRAINT mail_error_check CHECK ((length(error) <= 1000)),
    CONSTRAINT mail_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text]))),
    CONSTRAINT mail_template_check CHECK ((template ~ '^[a-z_]{1,60}$'::text))
);

ALTER TABLE ONLY public.mail FORCE ROW LEVEL SECURITY;

CREATE TABLE public.migration (
    id integer NOT NULL,
    name character varying(200) DEFAULT ''::character varying NOT NULL,
    app_name character varying(200) DEFAULT ''::character varying NOT NULL,
    ran_on timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

CREATE SEQUENCE public.migration_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.migration_id_seq OWNED BY public.migration.id;

CREATE TABLE public.named_contact (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    organisation_id uuid NOT NULL,
    post text NOT NULL,
    name text NOT NULL,
    email text,
    phone text,
    entered_by text NOT NULL,
    entered_by_name text NOT NULL,
    external_id text,
    valid_from date NOT NULL,
    valid_to date,
    ended_reason text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT named_contact_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT named_contact_email_check CHECK (((email = lower(email)) AND (length(email) <= 254))),
    CONSTRAINT named_contact_ended_reason_check CHECK ((length(ended_reason) <= 1000)),
    CONSTRAINT named_contact_entered_by_check CHECK ((entered_by = ANY (ARRAY['person'::text, 'connection'::text]))),
    CONSTRAINT named_contact_entered_by_name_check CHECK ((length(entered_by_name) <= 200)),
    CONSTRAINT named_contact_external_id_check CHECK ((length(external_id) <= 300)),
    CONSTRAINT named_contact_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT named_contact_phone_check CHECK ((length(phone) <= 40)),
    CONSTRAINT named_contact_post_check CHECK ((post = ANY (ARRAY['designated_safeguarding_lead'::text, 'deputy_designated_safeguarding_lead'::text, 'headteacher'::text, 'other'::text])))
);

ALTER TABLE ONLY public.named_contact FORCE ROW LEVEL SECURITY;

CREATE TABLE public.organisation (
    id uuid DEFAULT uuidv7() NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    legal_name text,
    status text DEFAULT 'open'::text NOT NULL,
    proposed_to_close boolean DEFAULT false NOT NULL,
    opened_on date,
    closed_on date,
    urn integer,
    uid integer,
    ukprn text,
    ods_code text,
    companies_house text,
    group_id text,
    la_code text,
    la_name text,
    gss_la_code text,
    establishment_number text,
    type_code integer,
    type_label text,
    phase text,
    category text,
    lowest_age integer,
    highest_age integer,
    trust_id uuid,
    trust_since date,
    street text,
    locality text,
    town text,
    postcode text,
    website text,
    telephone text,
    content_hash bytea,
    import_id uuid,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT organisation_check CHECK (((kind = 'establishment'::text) = (urn IS NOT NULL))),
    CONSTRAINT organisation_check1 CHECK (((kind = 'trust'::text) = (uid IS NOT NULL))),
    CONSTRAINT organisation_check2 CHECK (((kind = 'establishment'::text) OR (trust_id IS NULL))),
    CONSTRAINT organisation_kind_check CHECK ((kind = ANY (ARRAY['local_authority'::text, 'integrated_care_board'::text, 'police_force'::text, 'trust'::text, 'establishment'::text, 'other_body'::text]))),
    CONSTRAINT organisation_la_code_check CHECK ((la_code ~ '^[0-9]{3}$'::text)),
    CONSTRAINT organisation_legal_name_check CHECK ((length(legal_name) <= 300)),
    CONSTRAINT organisation_name_check CHECK (((length(name) >= 2) AND (length(name) <= 200))),
    CONSTRAINT organisation_ods_code_check CHECK ((ods_code ~ '^[A-Z0-9]{2,10}$'::text)),
    CONSTRAINT organisation_status_check CHECK ((status = ANY (ARRAY['proposed'::text, 'open'::text, 'closed'::text])))
);

ALTER TABLE ONLY public.organisation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.organisation_affiliation (
    member_id uuid NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    board_id uuid NOT NULL,
    source text NOT NULL,
    reference text NOT NULL,
    valid_from date,
    valid_to date,
    CONSTRAINT organisation_affiliation_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT organisation_affiliation_check1 CHECK ((member_id <> board_id)),
    CONSTRAINT organisation_affiliation_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 60))),
    CONSTRAINT organisation_affiliation_source_check CHECK ((source ~ '^[a-z][a-z0-9_]{1,40}$'::text))
);

ALTER TABLE ONLY public.organisation_affiliation FORCE ROW LEVEL SECURITY;

CREATE TABLE public.organisation_directory_entry (
    source text NOT NULL,
    code text NOT NULL,
    organisation_id uuid NOT NULL,
    name text NOT NULL,
    status text NOT NULL,
    closed_on date,
    successors text[] DEFAULT '{}'::text[] NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    lies_in jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT organisation_directory_entry_code_check CHECK (((length(code) >= 1) AND (length(code) <= 60))),
    CONSTRAINT organisation_directory_entry_lies_in_check CHECK ((jsonb_typeof(lies_in) = 'array'::text)),
    CONSTRAINT organisation_directory_entry_name_check CHECK (((length(name) >= 2) AND (length(name) <= 200))),
    CONSTRAINT organisation_directory_entry_source_check CHECK ((source ~ '^[a-z][a-z0-9_]{1,40}$'::text)),
    CONSTRAINT organisation_directory_entry_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))
);

ALTER TABLE ONLY public.organisation_directory_entry FORCE ROW LEVEL SECURITY;

CREATE VIEW public.organisation_fact WITH (security_invoker='true') AS
 SELECT id,
    kind,
    name,
    legal_name,
    status,
    proposed_to_close,
    opened_on,
    closed_on,
    urn,
    uid,
    ukprn,
    ods_code,
    companies_house,
    la_code,
    la_name,
    type_label,
    phase,
    category,
    trust_id,
    trust_since,
    town,
    postcode,
    website
   FROM public.organisation;

CREATE TABLE public.organisation_history (
    organisation_id uuid NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    field text NOT NULL,
    before text,
    after text,
    effective_on date NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    import_id uuid,
    CONSTRAINT organisation_history_field_check CHECK ((field = ANY (ARRAY['name'::text, 'status'::text, 'proposed_to_close'::text, 'type'::text, 'phase'::text, 'la_code'::text, 'trust'::text])))
);

ALTER TABLE ONLY public.organisation_history FORCE ROW LEVEL SECURITY;

CREATE TABLE public.organisation_lineage (
    predecessor_id uuid NOT NULL,
    successor_id uuid NOT NULL,
    kind text NOT NULL,
    on_date date,
    import_id uuid,
    told_id uuid DEFAULT uuidv7(),
    told_at timestamp with time zone DEFAULT now(),
    CONSTRAINT organisation_lineage_check CHECK ((predecessor_id <> successor_id)),
    CONSTRAINT organisation_lineage_kind_check CHECK ((kind = ANY (ARRAY['successor'::text, 'merger'::text, 'amalgamation'::text, 'split'::text])))
);

ALTER TABLE ONLY public.organisation_lineage FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partner_body (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    organisation_id uuid,
    valid_from date NOT NULL,
    valid_to date,
    valid daterange GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]'::text)) STORED NOT NULL,
    succeeded_by uuid,
    ended_reason text,
    version integer DEFAULT 1 NOT NULL,
    not_followed uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT partner_body_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT partner_body_check1 CHECK ((succeeded_by <> id)),
    CONSTRAINT partner_body_check2 CHECK (((succeeded_by IS NULL) OR (valid_to IS NOT NULL))),
    CONSTRAINT partner_body_ended_reason_check CHECK ((length(ended_reason) <= 1000)),
    CONSTRAINT partner_body_kind_check CHECK ((kind = ANY (ARRAY['local_authority'::text, 'integrated_care_board'::text, 'police'::text]))),
    CONSTRAINT partner_body_name_check CHECK (((length(name) >= 2) AND (length(name) <= 200))),
    CONSTRAINT partner_body_not_followed_check CHECK (((cardinality(not_followed) <= 20) AND (array_position(not_followed, NULL::uuid) IS NULL)))
);

ALTER TABLE ONLY public.partner_body FORCE ROW LEVEL SECURITY;

CREATE TABLE public.partnership_chair (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    appointment_id uuid NOT NULL,
    office text DEFAULT 'delegated'::text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    valid daterange GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]'::text)) STORED NOT NULL,
    ended_reason text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT partnership_chair_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT partnership_chair_ended_reason_check CHECK ((length(ended_reason) <= 1000)),
    CONSTRAINT partnership_chair_office_check CHECK ((office = 'delegated'::text))
);

ALTER TABLE ONLY public.partnership_chair FORCE ROW LEVEL SECURITY;

CREATE TABLE public.pending_sign_in (
    state_hash bytea NOT NULL,
    provider text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.pending_sign_in FORCE ROW LEVEL SECURITY;

CREATE TABLE public.person (
    id uuid DEFAULT uuidv7() NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    telephone text,
    disabled_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT person_email_check CHECK (((email = lower(email)) AND (length(email) <= 254))),
    CONSTRAINT person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT person_telephone_check CHECK ((length(telephone) <= 40))
);

ALTER TABLE ONLY public.person FORCE ROW LEVEL SECURITY;

CREATE TABLE public.receipt (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    contribution_id uuid NOT NULL,
    received_on date NOT NULL,
    amount_pence bigint NOT NULL,
    reference text,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    reverses uuid,
    reason text,
    opposite_pence bigint GENERATED ALWAYS AS ((- amount_pence)) STORED NOT NULL,
    CONSTRAINT receipt_amount CHECK ((((abs(amount_pence) >= 1) AND (abs(amount_pence) <= '100000000000'::bigint)) AND ((amount_pence < 0) = (reverses IS NOT NULL)))),
    CONSTRAINT receipt_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000))),
    CONSTRAINT receipt_reference_check CHECK ((length(reference) <= 100)),
    CONSTRAINT reversal_has_a_reason CHECK (((reverses IS NULL) = (reason IS NULL)))
);

ALTER TABLE ONLY public.receipt FORCE ROW LEVEL SECURITY;

CREATE TABLE public.register_line (
    kind text NOT NULL,
    number integer NOT NULL,
    form bytea NOT NULL,
    digest bytea NOT NULL,
    content_hash bytea NOT NULL,
    import_id uuid NOT NULL,
    CONSTRAINT register_line_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT register_line_form_check CHECK ((length(form) = 32)),
    CONSTRAINT register_line_kind_check CHECK ((kind = ANY (ARRAY['groups'::text, 'establishments'::text])))
);

ALTER TABLE ONLY public.register_line FORCE ROW LEVEL SECURITY;

CREATE TABLE public.relevant_agency (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    organisation_id uuid NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    expectation text,
    contact_name text,
    contact_email text,
    notified_on date,
    notified_channel text,
    notified_version text,
    acknowledged_on date,
    acknowledged_by text,
    acknowledged_version text,
    state_reason text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT relevant_agency_check CHECK (((state = ANY (ARRAY['notified'::text, 'acknowledged'::text, 'reconfirmed'::text])) <= (notified_on IS NOT NULL))),
    CONSTRAINT relevant_agency_check1 CHECK (((state = ANY (ARRAY['declined'::text, 'ceased'::text])) <= (state_reason IS NOT NULL))),
    CONSTRAINT relevant_agency_contact_email_check CHECK ((length(contact_email) <= 254)),
    CONSTRAINT relevant_agency_contact_name_check CHECK ((length(contact_name) <= 200)),
    CONSTRAINT relevant_agency_expectation_check CHECK ((length(expectation) <= 4000)),
    CONSTRAINT relevant_agency_name_check CHECK (((length(name) >= 2) AND (length(name) <= 200))),
    CONSTRAINT relevant_agency_reason_check CHECK (((length(reason) >= 3) AND (length(reason) <= 1000))),
    CONSTRAINT relevant_agency_state_check CHECK ((state = ANY (ARRAY['not_selected'::text, 'selected'::text, 'notified'::text, 'acknowledged'::text, 'reconfirmed'::text, 'declined'::text, 'ceased'::text]))),
    CONSTRAINT relevant_agency_state_reason_check CHECK ((length(state_reason) <= 1000))
);

ALTER TABLE ONLY public.relevant_agency FORCE ROW LEVEL SECURITY;

CREATE TABLE public.reminder (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    request_id uuid NOT NULL,
    day integer NOT NULL,
    sent_to text NOT NULL,
    sent_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.reminder FORCE ROW LEVEL SECURITY;

CREATE TABLE public.request_draft (
    area_id integer NOT NULL,
    request_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    answers jsonb NOT NULL,
    prefilled text[] DEFAULT '{}'::text[] NOT NULL,
    saved_by text NOT NULL,
    saved_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.request_draft FORCE ROW LEVEL SECURITY;

CREATE TABLE public.request_message (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    request_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    side text NOT NULL,
    body text NOT NULL,
    written_by text NOT NULL,
    written_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT request_message_body_check CHECK (((length(body) >= 1) AND (length(body) <= 4000))),
    CONSTRAINT request_message_side_check CHECK ((side = ANY (ARRAY['area'::text, 'agency'::text])))
);

ALTER TABLE ONLY public.request_message FORCE ROW LEVEL SECURITY;

CREATE TABLE public.role_assignment (
    id uuid DEFAULT uuidv7() NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    area_id integer,
    organisation_id uuid,
    post text,
    valid_from date NOT NULL,
    valid_to date,
    ended_reason text,
    granted_by uuid,
    granted_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT role_assignment_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT role_assignment_check1 CHECK (
CASE
    WHEN (role = ANY (ARRAY['agency_contact'::text, 'establishment_contact'::text, 'trust_lead'::text])) THEN (organisation_id IS NOT NULL)
    WHEN (role = ANY (ARRAY['official'::text, 'senior_official'::text, 'platform_administrator'::text])) THEN ((area_id IS NULL) AND (organisation_id IS NULL))
    ELSE (area_id IS NOT NULL)
END),
    CONSTRAINT role_assignment_ended_reason_check CHECK ((length(ended_reason) <= 1000)),
    CONSTRAINT role_assignment_post_check CHECK ((length(post) <= 200)),
    CONSTRAINT role_assignment_role_check CHECK ((role = ANY (ARRAY['business_manager'::text, 'lead_safeguarding_partner'::text, 'delegated_safeguarding_partner'::text, 'partnership_chair'::text, 'independent_scrutineer'::text, 'viewer'::text, 'agency_contact'::text, 'establishment_contact'::text, 'trust_lead'::text, 'official'::text, 'senior_official'::text, 'platform_administrator'::text])))
);

ALTER TABLE ONLY public.role_assignment FORCE ROW LEVEL SECURITY;

CREATE TABLE public.seat (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    group_id uuid,
    title text NOT NULL,
    education_level text,
    valid_from date NOT NULL,
    valid_to date,
    valid daterange GENERATED ALWAYS AS (daterange(valid_from, valid_to, '[]'::text)) STORED NOT NULL,
    ended_reason text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT seat_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT seat_check1 CHECK (((group_id IS NOT NULL) OR (education_level IS NOT NULL))),
    CONSTRAINT seat_education_level_check CHECK ((education_level = ANY (ARRAY['strategic'::text, 'operational'::text]))),
    CONSTRAINT seat_ended_reason_check CHECK ((length(ended_reason) <= 1000)),
    CONSTRAINT seat_title_check CHECK (((length(title) >= 2) AND (length(title) <= 200)))
);

ALTER TABLE ONLY public.seat FORCE ROW LEVEL SECURITY;

CREATE TABLE public.seen_logout_token (
    issuer text NOT NULL,
    token_hash bytea NOT NULL,
    until timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.seen_logout_token FORCE ROW LEVEL SECURITY;

CREATE TABLE public.session (
    id uuid DEFAULT uuidv7() NOT NULL,
    token_hash bytea NOT NULL,
    person_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    provider_session text,
    id_token text,
    hat text NOT NULL,
    device text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revoked_reason text,
    CONSTRAINT session_device_check CHECK ((length(device) <= 200)),
    CONSTRAINT session_hat_check CHECK ((hat = ANY (ARRAY['local'::text, 'national'::text, 'platform'::text])))
);

ALTER TABLE ONLY public.session FORCE ROW LEVEL SECURITY;

CREATE TABLE public.trust_membership (
    establishment_id uuid NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    trust_id uuid NOT NULL,
    valid_from date,
    valid_to date NOT NULL,
    import_id uuid,
    CONSTRAINT trust_membership_check CHECK ((valid_to >= valid_from))
);

ALTER TABLE ONLY public.trust_membership FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhook_attempt (
    area_id integer NOT NULL,
    delivery_id uuid NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    status integer,
    said text,
    ms integer,
    CONSTRAINT webhook_attempt_number_check CHECK ((number > 0)),
    CONSTRAINT webhook_attempt_said_check CHECK ((length(said) <= 300)),
    CONSTRAINT webhook_attempt_status_check CHECK (((status >= 100) AND (status <= 599)))
);

ALTER TABLE ONLY public.webhook_attempt FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhook_delivery (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    endpoint_id uuid NOT NULL,
    event_type text NOT NULL,
    seq bigint,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone DEFAULT now() NOT NULL,
    sent_for_at timestamp with time zone DEFAULT now() NOT NULL,
    claimed_until timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT webhook_delivery_check CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
    CONSTRAINT webhook_delivery_event_type_check CHECK (((length(event_type) >= 3) AND (length(event_type) <= 60))),
    CONSTRAINT webhook_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text, 'stopped'::text]))),
    CONSTRAINT webhook_delivery_subject_id_check CHECK ((length(subject_id) <= 100)),
    CONSTRAINT webhook_delivery_subject_kind_check CHECK ((length(subject_kind) <= 60))
);

ALTER TABLE ONLY public.webhook_delivery FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhook_endpoint (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    url text NOT NULL,
    description text NOT NULL,
    event_types text[] NOT NULL,
    state text DEFAULT 'paused'::text NOT NULL,
    state_reason text,
    read_to bigint DEFAULT 0 NOT NULL,
    failing_since timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT webhook_endpoint_description_check CHECK (((length(description) >= 2) AND (length(description) <= 120))),
    CONSTRAINT webhook_endpoint_event_types_check CHECK (((cardinality(event_types) >= 1) AND (cardinality(event_types) <= 40))),
    CONSTRAINT webhook_endpoint_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'disabled'::text, 'retired'::text]))),
    CONSTRAINT webhook_endpoint_state_reason_check CHECK ((length(state_reason) <= 1000)),
    CONSTRAINT webhook_endpoint_url_check CHECK (((url ~ '^https?://[^\s/@]+'::text) AND (length(url) <= 500)))
);

ALTER TABLE ONLY public.webhook_endpoint FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhook_secret (
    area_id integer NOT NULL,
    id uuid DEFAULT uuidv7() NOT NULL,
    endpoint_id uuid NOT NULL,
    sealed bytea,
    key_id integer NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    made_by_name text NOT NULL,
    ends_at timestamp with time zone,
    CONSTRAINT webhook_secret_key_id_check CHECK (((key_id >= 0) AND (key_id <= 65535))),
    CONSTRAINT webhook_secret_made_by_name_check CHECK ((length(made_by_name) <= 200)),
    CONSTRAINT webhook_secret_sealed_check CHECK (((length(sealed) >= 31) AND (length(sealed) <= 4000)))
);

ALTER TABLE ONLY public.webhook_secret FORCE ROW LEVEL SECURITY;

CREATE TABLE queue.inbox (
    message_id uuid NOT NULL,
    done_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY queue.inbox FORCE ROW LEVEL SECURITY;

CREATE TABLE queue.job_run (
    message_id uuid NOT NULL,
    actor text NOT NULL,
    args jsonb NOT NULL,
    area_id integer,
    state text DEFAULT 'queued'::text NOT NULL,
    starts integer DEFAULT 0 NOT NULL,
    error text,
    queued_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    process uuid,
    suspect boolean DEFAULT false NOT NULL,
    sent_at timestamp with time zone,
    progress_done integer,
    progress_of integer,
    progress_words text,
    furthest integer DEFAULT 0 NOT NULL,
    CONSTRAINT job_run_error_check CHECK ((length(error) <= 1000)),
    CONSTRAINT job_run_progress_words_check CHECK ((length(progress_words) <= 200)),
    CONSTRAINT job_run_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'stopped'::text, 'discarded'::text])))
);

ALTER TABLE ONLY queue.job_run FORCE ROW LEVEL SECURITY;

CREATE TABLE queue.lease (
    name text NOT NULL,
    slot integer NOT NULL,
    message_id uuid,
    process uuid,
    until timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    CONSTRAINT lease_name_check CHECK ((length(name) <= 100)),
    CONSTRAINT lease_slot_check CHECK ((slot > 0))
);

ALTER TABLE ONLY queue.lease FORCE ROW LEVEL SECURITY;

CREATE TABLE queue.outbox (
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    actor text NOT NULL,
    args jsonb NOT NULL,
    area_id integer,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT outbox_actor_check CHECK ((actor ~ '^[a-z_]+\.[a-z_]+$'::text)),
    CONSTRAINT outbox_args_check CHECK (((jsonb_typeof(args) = 'object'::text) AND (pg_column_size(args) <= 2000)))
);

ALTER TABLE ONLY queue.outbox FORCE ROW LEVEL SECURITY;

CREATE TABLE queue.process (
    id uuid NOT NULL,
    slots jsonb NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT process_slots_check CHECK ((jsonb_typeof(slots) = 'object'::text))
);

ALTER TABLE ONLY queue.process FORCE ROW LEVEL SECURITY;

CREATE TABLE queue.sweep_run (
    name text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    error text,
    CONSTRAINT sweep_run_error_check CHECK ((length(error) <= 1000))
);

ALTER TABLE ONLY queue.sweep_run FORCE ROW LEVEL SECURITY;

CREATE TABLE security.context_key (
    kid integer NOT NULL,
    inner_pad bytea NOT NULL,
    outer_pad bytea NOT NULL,
    not_after timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.migration ALTER COLUMN id SET DEFAULT nextval('public.migration_id_seq'::regclass);

ALTER TABLE ONLY audit.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (area_id, seq);

ALTER TABLE ONLY audit.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (area_id);

ALTER TABLE ONLY audit.subject_key
    ADD CONSTRAINT subject_key_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.agency_category
    ADD CONSTRAINT agency_category_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.agency_connection
    ADD CONSTRAINT agency_connection_home_id_key UNIQUE (home, id);

ALTER TABLE ONLY public.agency_connection
    ADD CONSTRAINT agency_connection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agency_count
    ADD CONSTRAINT agency_count_pkey PRIMARY KEY (area_id, category, state);

ALTER TABLE ONLY public.agency_note
    ADD CONSTRAINT agency_note_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.agency_telling
    ADD CONSTRAINT agency_telling_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.funding_agreement
    ADD CONSTRAINT agreed_once UNIQUE NULLS NOT DISTINCT (area_id, budget_id, contribution_id, partner_id, of_terms);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_area_id_id_office_valid_key UNIQUE (area_id, id, office, valid WITHOUT OVERLAPS);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.area_fact
    ADD CONSTRAINT area_fact_pkey PRIMARY KEY (area_id, subject);

ALTER TABLE ONLY public.area_local_authority
    ADD CONSTRAINT area_local_authority_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.area_organisation
    ADD CONSTRAINT area_organisation_pkey PRIMARY KEY (area_id, organisation_id, basis, valid_from);

ALTER TABLE ONLY public.area
    ADD CONSTRAINT area_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.area_reply
    ADD CONSTRAINT area_reply_area_id_submission_id_key UNIQUE (area_id, submission_id);

ALTER TABLE ONLY public.area_reply
    ADD CONSTRAINT area_reply_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.area
    ADD CONSTRAINT area_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.board_group
    ADD CONSTRAINT board_group_area_id_id_valid_key UNIQUE (area_id, id, valid WITHOUT OVERLAPS);

ALTER TABLE ONLY public.board_group
    ADD CONSTRAINT board_group_once EXCLUDE USING gist (area_id WITH =, lower(name) WITH =, valid WITH &&);

ALTER TABLE ONLY public.board_group
    ADD CONSTRAINT board_group_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.budget_line
    ADD CONSTRAINT budget_line_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.budget
    ADD CONSTRAINT budget_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.connection_arrival
    ADD CONSTRAINT connection_arrival_area_id_connection_id_message_id_key UNIQUE (area_id, connection_id, message_id);

ALTER TABLE ONLY public.connection_arrival
    ADD CONSTRAINT connection_arrival_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.connection_change
    ADD CONSTRAINT connection_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.connection_credential
    ADD CONSTRAINT connection_credential_pkey PRIMARY KEY (connection_id, kind);

ALTER TABLE ONLY public.connection_hook
    ADD CONSTRAINT connection_hook_area_id_address_key UNIQUE (area_id, address);

ALTER TABLE ONLY public.connection_hook
    ADD CONSTRAINT connection_hook_pkey PRIMARY KEY (area_id, connection_id);

ALTER TABLE ONLY public.connection_hook_secret
    ADD CONSTRAINT connection_hook_secret_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.connection_proposal
    ADD CONSTRAINT connection_proposal_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.connection_quarantine
    ADD CONSTRAINT connection_quarantine_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.connection_record
    ADD CONSTRAINT connection_record_pkey PRIMARY KEY (connection_id, kind, external_id);

ALTER TABLE ONLY public.connection_rejection
    ADD CONSTRAINT connection_rejection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.connection_run
    ADD CONSTRAINT connection_run_home_connection_id_id_key UNIQUE (home, connection_id, id);

ALTER TABLE ONLY public.connection_run
    ADD CONSTRAINT connection_run_home_id_key UNIQUE (home, id);

ALTER TABLE ONLY public.connection_run
    ADD CONSTRAINT connection_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.connection_signing_key
    ADD CONSTRAINT connection_signing_key_pkey PRIMARY KEY (connection_id, kid);

ALTER TABLE ONLY public.connection_token
    ADD CONSTRAINT connection_token_pkey PRIMARY KEY (connection_id);

ALTER TABLE ONLY public.contribution
    ADD CONSTRAINT contribution_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.cooperation_count
    ADD CONSTRAINT cooperation_count_pkey PRIMARY KEY (area_id, cycle_id, state);

ALTER TABLE ONLY public.indicator_definition
    ADD CONSTRAINT definition_with_code UNIQUE (area_id, id, code, unit);

ALTER TABLE ONLY public.duty_cycle
    ADD CONSTRAINT duty_cycle_area_id_duty_id_label_key UNIQUE (area_id, duty_id, label);

ALTER TABLE ONLY public.duty_cycle
    ADD CONSTRAINT duty_cycle_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.duty
    ADD CONSTRAINT duty_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.duty_request
    ADD CONSTRAINT duty_request_area_id_cycle_id_agency_id_key UNIQUE (area_id, cycle_id, agency_id);

ALTER TABLE ONLY public.duty_request
    ADD CONSTRAINT duty_request_area_id_id_organisation_id_key UNIQUE (area_id, id, organisation_id);

ALTER TABLE ONLY public.duty_request
    ADD CONSTRAINT duty_request_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.duty_version
    ADD CONSTRAINT duty_version_area_id_duty_id_number_key UNIQUE (area_id, duty_id, number);

ALTER TABLE ONLY public.duty_version
    ADD CONSTRAINT duty_version_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.flag_review_reminder
    ADD CONSTRAINT flag_review_reminder_pkey PRIMARY KEY (area_id, flag_id, review_on);

ALTER TABLE ONLY public.follow_up_move
    ADD CONSTRAINT follow_up_move_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.funding_agreement
    ADD CONSTRAINT funding_agreement_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (principal, key);

ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY public.identity_provider
    ADD CONSTRAINT identity_provider_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.identity_provider
    ADD CONSTRAINT identity_provider_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.import_rejection
    ADD CONSTRAINT import_rejection_pkey PRIMARY KEY (run_id, line);

ALTER TABLE ONLY public.import_run
    ADD CONSTRAINT import_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicator_benchmark
    ADD CONSTRAINT indicator_benchmark_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.indicator_definition
    ADD CONSTRAINT indicator_definition_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.indicator_import
    ADD CONSTRAINT indicator_import_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.indicator_neighbour
    ADD CONSTRAINT indicator_neighbour_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.indicator_observation
    ADD CONSTRAINT indicator_observation_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.indicator_target
    ADD CONSTRAINT indicator_target_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.intervention_flag_move
    ADD CONSTRAINT intervention_flag_move_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.intervention_flag
    ADD CONSTRAINT intervention_flag_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.intervention_flag_working
    ADD CONSTRAINT intervention_flag_working_pkey PRIMARY KEY (area_id, flag_id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.linked_board
    ADD CONSTRAINT linked_board_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.area_local_authority
    ADD CONSTRAINT local_authority_in_one_area EXCLUDE USING gist (la_code WITH =, valid WITH &&);

ALTER TABLE ONLY public.machine_client
    ADD CONSTRAINT machine_client_issuer_client_id_key UNIQUE (issuer, client_id);

ALTER TABLE ONLY public.machine_client
    ADD CONSTRAINT machine_client_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT mail_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.named_contact
    ADD CONSTRAINT named_contact_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.indicator_benchmark
    ADD CONSTRAINT one_benchmark UNIQUE (area_id, code, place, period, starts_on);

ALTER TABLE ONLY public.budget
    ADD CONSTRAINT one_budget_a_year UNIQUE (area_id, year);

ALTER TABLE ONLY public.partnership_chair
    ADD CONSTRAINT one_chair EXCLUDE USING gist (area_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.indicator_definition
    ADD CONSTRAINT one_definition_an_edition UNIQUE (area_id, code, edition);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT one_holder_of_office EXCLUDE USING gist (area_id WITH =, partner_id WITH =, office WITH =, valid WITH &&) WHERE ((partner_id IS NOT NULL));

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT one_holder_of_seat EXCLUDE USING gist (area_id WITH =, seat_id WITH =, valid WITH &&) WHERE ((seat_id IS NOT NULL));

ALTER TABLE ONLY public.organisation_affiliation
    ADD CONSTRAINT organisation_affiliation_member_id_source_reference_key UNIQUE (member_id, source, reference);

ALTER TABLE ONLY public.organisation_affiliation
    ADD CONSTRAINT organisation_affiliation_pkey PRIMARY KEY (member_id, id);

ALTER TABLE ONLY public.organisation_directory_entry
    ADD CONSTRAINT organisation_directory_entry_pkey PRIMARY KEY (source, code);

ALTER TABLE ONLY public.organisation_history
    ADD CONSTRAINT organisation_history_pkey PRIMARY KEY (organisation_id, id);

ALTER TABLE ONLY public.organisation_lineage
    ADD CONSTRAINT organisation_lineage_pkey PRIMARY KEY (predecessor_id, successor_id);

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partner_body
    ADD CONSTRAINT partner_body_area_id_id_valid_key UNIQUE (area_id, id, valid WITHOUT OVERLAPS);

ALTER TABLE ONLY public.partner_body
    ADD CONSTRAINT partner_body_once EXCLUDE USING gist (area_id WITH =, kind WITH =, lower(name) WITH =, valid WITH &&);

ALTER TABLE ONLY public.partner_body
    ADD CONSTRAINT partner_body_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.partner_body
    ADD CONSTRAINT partner_organisation_once EXCLUDE USING gist (area_id WITH =, organisation_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.partnership_chair
    ADD CONSTRAINT partnership_chair_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.pending_sign_in
    ADD CONSTRAINT pending_sign_in_pkey PRIMARY KEY (state_hash);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_with_amount UNIQUE (area_id, contribution_id, id, amount_pence);

ALTER TABLE ONLY public.register_line
    ADD CONSTRAINT register_line_pkey PRIMARY KEY (kind, number);

ALTER TABLE ONLY public.relevant_agency
    ADD CONSTRAINT relevant_agency_area_id_id_organisation_id_key UNIQUE (area_id, id, organisation_id);

ALTER TABLE ONLY public.relevant_agency
    ADD CONSTRAINT relevant_agency_area_id_organisation_id_key UNIQUE (area_id, organisation_id);

ALTER TABLE ONLY public.relevant_agency
    ADD CONSTRAINT relevant_agency_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.reminder
    ADD CONSTRAINT reminder_area_id_request_id_day_key UNIQUE (area_id, request_id, day);

ALTER TABLE ONLY public.reminder
    ADD CONSTRAINT reminder_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.request_draft
    ADD CONSTRAINT request_draft_pkey PRIMARY KEY (area_id, request_id);

ALTER TABLE ONLY public.request_message
    ADD CONSTRAINT request_message_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT reversed_once UNIQUE (area_id, reverses);

ALTER TABLE ONLY public.role_assignment
    ADD CONSTRAINT role_assignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_area_id_id_valid_key UNIQUE (area_id, id, valid WITHOUT OVERLAPS);

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.seen_logout_token
    ADD CONSTRAINT seen_logout_token_pkey PRIMARY KEY (issuer, token_hash);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_area_id_receipt_key UNIQUE (area_id, receipt);

ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.trust_membership
    ADD CONSTRAINT trust_membership_pkey PRIMARY KEY (establishment_id, id);

ALTER TABLE ONLY public.webhook_attempt
    ADD CONSTRAINT webhook_attempt_pkey PRIMARY KEY (area_id, delivery_id, number);

ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_area_id_endpoint_id_seq_key UNIQUE (area_id, endpoint_id, seq);

ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.webhook_endpoint
    ADD CONSTRAINT webhook_endpoint_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY public.webhook_secret
    ADD CONSTRAINT webhook_secret_pkey PRIMARY KEY (area_id, id);

ALTER TABLE ONLY queue.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY queue.job_run
    ADD CONSTRAINT job_run_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY queue.lease
    ADD CONSTRAINT lease_pkey PRIMARY KEY (name, slot);

ALTER TABLE ONLY queue.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY queue.process
    ADD CONSTRAINT process_pkey PRIMARY KEY (id);

ALTER TABLE ONLY queue.sweep_run
    ADD CONSTRAINT sweep_run_pkey PRIMARY KEY (name);

ALTER TABLE ONLY security.context_key
    ADD CONSTRAINT context_key_pkey PRIMARY KEY (kid);

CREATE INDEX event_at ON audit.event USING btree (area_id, at);

CREATE INDEX event_subject ON audit.event USING btree (area_id, subject_type, subject_id);

CREATE INDEX subject_key_subject ON audit.subject_key USING btree (area_id, subject_type, subject_id);

CREATE INDEX agency_connection_area ON public.agency_connection USING btree (area_id, state);

CREATE INDEX agency_note_agency ON public.agency_note USING btree (area_id, agency_id, written_at);

CREATE INDEX agency_telling_agency ON public.agency_telling USING btree (area_id, agency_id, told_on);

CREATE INDEX appointment_from ON public.appointment USING btree (area_id, valid_from, id);

CREATE INDEX appointment_person ON public.appointment USING btree (person_id);

CREATE INDEX area_fact_holds_until ON public.area_fact USING btree ((
CASE
    WHEN stale THEN '-infinity'::date
    ELSE recheck_on
END));

CREATE INDEX area_organisation_organisation ON public.area_organisation USING btree (organisation_id, area_id);

CREATE INDEX area_reply_request ON public.area_reply USING btree (area_id, request_id, replied_at);

CREATE INDEX budget_line_budget ON public.budget_line USING btree (area_id, budget_id);

CREATE UNIQUE INDEX chosen_once ON public.indicator_neighbour USING btree (area_id, la_code) WHERE (ended_on IS NULL);

CREATE INDEX connection_arrival_age ON public.connection_arrival USING btree (last_at);

CREATE INDEX connection_arrival_newest ON public.connection_arrival USING btree (area_id, connection_id, id DESC);

CREATE UNIQUE INDEX connection_arrival_refused ON public.connection_arrival USING btree (area_id, connection_id, hour, reason) WHERE (outcome = 'refused'::text);

CREATE INDEX connection_change_newest ON public.connection_change USING btree (connection_id, id DESC);

CREATE INDEX connection_change_run ON public.connection_change USING btree (run_id, id DESC);

CREATE INDEX connection_change_subject ON public.connection_change USING btree (subject_id) WHERE (area_id IS NULL);

CREATE INDEX connection_hook_address ON public.connection_hook USING btree (address);

CREATE INDEX connection_hook_secret_of ON public.connection_hook_secret USING btree (area_id, connection_id, ends_at);

CREATE INDEX connection_proposal_waiting ON public.connection_proposal USING btree (area_id, state, id);

CREATE INDEX connection_quarantine_run ON public.connection_quarantine USING btree (run_id, id);

CREATE INDEX connection_rejection_run ON public.connection_rejection USING btree (run_id, id);

CREATE INDEX connection_run_newest ON public.connection_run USING btree (connection_id, id DESC);

CREATE INDEX contribution_budget ON public.contribution USING btree (area_id, budget_id);

CREATE INDEX duty_request_latest ON public.duty_request USING btree (area_id, agency_id, due_on DESC, id DESC);

CREATE INDEX duty_request_list ON public.duty_request USING btree (area_id, cycle_id, agency_name, id);

CREATE INDEX duty_request_organisation ON public.duty_request USING btree (organisation_id, due_on);

CREATE INDEX duty_request_questions ON public.duty_request USING btree (area_id, agency_name, id) WHERE question_open;

CREATE INDEX follow_up_move_request ON public.follow_up_move USING btree (area_id, request_id, moved_at DESC);

CREATE INDEX identity_person ON public.identity USING btree (person_id);

CREATE INDEX import_run_newest ON public.import_run USING btree (asked_at DESC);

CREATE INDEX indicator_observation_definition ON public.indicator_observation USING btree (area_id, definition_id);

CREATE INDEX indicator_observation_import ON public.indicator_observation USING btree (area_id, import_id);

CREATE INDEX intervention_flag_move_flag ON public.intervention_flag_move USING btree (area_id, flag_id, id);

CREATE INDEX intervention_flag_referred ON public.intervention_flag USING btree (referred_at) WHERE (referred_at IS NOT NULL);

CREATE INDEX intervention_flag_state ON public.intervention_flag USING btree (area_id, state);

CREATE INDEX invitation_address ON public.invitation USING btree (email);

CREATE INDEX invitation_area ON public.invitation USING btree (area_id, created_at);

CREATE INDEX invitation_confirmed ON public.invitation USING btree (answered_issuer, answered_subject) WHERE ((confirmed_at IS NOT NULL) AND (accepted_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX invitation_waiting ON public.invitation USING btree (created_at DESC, id) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX mail_about ON public.mail USING btree (area_id, about, id DESC) WHERE (about IS NOT NULL);

CREATE INDEX mail_area ON public.mail USING btree (area_id, id DESC);

CREATE INDEX mail_person ON public.mail USING btree (person_id, id DESC);

CREATE INDEX mail_undecided ON public.mail USING btree (sent_at) WHERE ((state = 'sent'::text) AND (provider = 'notify'::text) AND (delivery IS NULL));

CREATE INDEX named_contact_post ON public.named_contact USING btree (area_id, organisation_id, post) INCLUDE (version);

CREATE UNIQUE INDEX one_current_figure ON public.indicator_observation USING btree (area_id, code, place, period, starts_on) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX one_local_authority_of_a_code ON public.organisation USING btree (la_code) WHERE (kind = 'local_authority'::text);

CREATE UNIQUE INDEX one_open_proposal ON public.connection_proposal USING btree (area_id, connection_id, subject_kind, external_id, organisation_id, post) NULLS NOT DISTINCT WHERE (state = 'open'::text);

CREATE UNIQUE INDEX one_open_run ON public.connection_run USING btree (home, connection_id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE UNIQUE INDEX one_target_a_day ON public.indicator_target USING btree (area_id, code, from_on) WHERE (removed_reason IS NULL);

CREATE INDEX organisation_affiliation_board ON public.organisation_affiliation USING btree (board_id);

CREATE INDEX organisation_body ON public.organisation USING btree (kind, name) WHERE (kind <> ALL (ARRAY['establishment'::text, 'trust'::text]));

CREATE INDEX organisation_directory_entry_organisation ON public.organisation_directory_entry USING btree (organisation_id);

CREATE INDEX organisation_lineage_successor ON public.organisation_lineage USING btree (successor_id);

CREATE UNIQUE INDEX organisation_ods_code ON public.organisation USING btree (ods_code) WHERE (ods_code IS NOT NULL);

CREATE INDEX organisation_place ON public.organisation USING btree (la_code) WHERE ((kind = 'establishment'::text) AND (status = 'open'::text));

CREATE INDEX organisation_trust ON public.organisation USING btree (trust_id) WHERE (trust_id IS NOT NULL);

CREATE UNIQUE INDEX organisation_uid ON public.organisation USING btree (uid) WHERE (uid IS NOT NULL);

CREATE UNIQUE INDEX organisation_urn ON public.organisation USING btree (urn) WHERE (urn IS NOT NULL);

CREATE UNIQUE INDEX person_email ON public.person USING btree (email);

CREATE UNIQUE INDEX present_once ON public.area_organisation USING btree (area_id, organisation_id, basis) WHERE (valid_to IS NULL);

CREATE INDEX receipt_contribution ON public.receipt USING btree (area_id, contribution_id);

CREATE INDEX relevant_agency_name ON public.relevant_agency USING btree (area_id, name, id);

CREATE INDEX relevant_agency_organisation ON public.relevant_agency USING btree (organisation_id, area_id);

CREATE INDEX request_message_request ON public.request_message USING btree (area_id, request_id, written_at);

CREATE INDEX role_assignment_area ON public.role_assignment USING btree (area_id, role);

CREATE INDEX role_assignment_person ON public.role_assignment USING btree (person_id);

CREATE INDEX seat_group ON public.seat USING btree (area_id, group_id);

CREATE INDEX session_person ON public.session USING btree (person_id, created_at);

CREATE INDEX session_provider ON public.session USING btree (issuer, provider_session);

CREATE INDEX submission_before ON public.submission USING btree (organisation_id, duty_id, sent_at);

CREATE INDEX submission_request ON public.submission USING btree (area_id, request_id, sent_at);

CREATE INDEX trust_membership_trust ON public.trust_membership USING btree (trust_id);

CREATE INDEX webhook_delivery_age ON public.webhook_delivery USING btree (ended_at) WHERE (state <> 'waiting'::text);

CREATE INDEX webhook_delivery_newest ON public.webhook_delivery USING btree (area_id, endpoint_id, id DESC);

CREATE INDEX webhook_delivery_waiting ON public.webhook_delivery USING btree (next_at) WHERE (state = 'waiting'::text);

CREATE INDEX inbox_age ON queue.inbox USING btree (done_at);

CREATE INDEX job_run_age ON queue.job_run USING btree (finished_at);

CREATE INDEX job_run_process ON queue.job_run USING btree (process) WHERE (state = 'running'::text);

CREATE INDEX job_run_sent ON queue.job_run USING btree (area_id, actor) WHERE ((sent_at IS NOT NULL) AND (state = ANY (ARRAY['queued'::text, 'running'::text])));

CREATE INDEX job_run_state ON queue.job_run USING btree (state, queued_at DESC, message_id);

CREATE INDEX lease_process ON queue.lease USING btree (process);

CREATE INDEX outbox_message ON queue.outbox USING btree (message_id);

CREATE INDEX outbox_turn ON queue.outbox USING btree ((
CASE
    WHEN (area_id IS NULL) THEN 0
    ELSE area_id
END), actor, available_at, id);

CREATE TRIGGER link BEFORE INSERT ON audit.event FOR EACH ROW EXECUTE FUNCTION audit.link();

CREATE TRIGGER no_change BEFORE DELETE OR UPDATE ON audit.event FOR EACH ROW EXECUTE FUNCTION audit.refuse();

CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit.event FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

CREATE TRIGGER agency_keeps_to BEFORE UPDATE ON public.duty_request FOR EACH ROW EXECUTE FUNCTION security.agency_keeps_to('draft,submitted,declined', 'state', 'state_reason', 'submitted_at', 'question_open', 'version');

CREATE TRIGGER agency_keeps_to BEFORE UPDATE ON public.relevant_agency FOR EACH ROW EXECUTE FUNCTION security.agency_keeps_to('acknowledged,reconfirmed,declined', 'state', 'state_reason', 'acknowledged_on', 'acknowledged_by', 'acknowledged_version', 'contact_name', 'contact_email', 'version');

CREATE TRIGGER count_inserted AFTER INSERT ON public.duty_request REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.count_requests();

CREATE TRIGGER count_inserted AFTER INSERT ON public.relevant_agency REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.count_agencies();

CREATE TRIGGER count_updated AFTER UPDATE ON public.duty_request REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.count_requests();

CREATE TRIGGER count_updated AFTER UPDATE ON public.relevant_agency REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.count_agencies();

CREATE TRIGGER facts_deleted AFTER DELETE ON public.appointment REFERENCING OLD TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_deleted AFTER DELETE ON public.budget REFERENCING OLD TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('budget');

CREATE TRIGGER facts_deleted AFTER DELETE ON public.cooperation_count REFERENCING OLD TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('cooperation');

CREATE TRIGGER facts_deleted AFTER DELETE ON public.intervention_flag REFERENCING OLD TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('flags');

CREATE TRIGGER facts_deleted AFTER DELETE ON public.partner_body REFERENCING OLD TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_deleted AFTER DELETE ON public.partnership_chair REFERENCING OLD TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_deleted AFTER DELETE ON public.seat REFERENCING OLD TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_inserted AFTER INSERT ON public.appointment REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_inserted AFTER INSERT ON public.budget REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('budget');

CREATE TRIGGER facts_inserted AFTER INSERT ON public.cooperation_count REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('cooperation');

CREATE TRIGGER facts_inserted AFTER INSERT ON public.intervention_flag REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('flags');

CREATE TRIGGER facts_inserted AFTER INSERT ON public.partner_body REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_inserted AFTER INSERT ON public.partnership_chair REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_inserted AFTER INSERT ON public.seat REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_updated AFTER UPDATE ON public.appointment REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_updated AFTER UPDATE ON public.budget REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('budget');

CREATE TRIGGER facts_updated AFTER UPDATE ON public.cooperation_count REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('cooperation');

CREATE TRIGGER facts_updated AFTER UPDATE ON public.intervention_flag REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('flags');

CREATE TRIGGER facts_updated AFTER UPDATE ON public.partner_body REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_updated AFTER UPDATE ON public.partnership_chair REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER facts_updated AFTER UPDATE ON public.seat REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION security.turn_facts_stale('membership');

CREATE TRIGGER guard_life BEFORE UPDATE ON public.area FOR EACH ROW WHEN (((old.lifecycle IS DISTINCT FROM new.lifecycle) OR (old.merged_into IS DISTINCT FROM new.merged_into))) EXECUTE FUNCTION security.guard_area_life();

CREATE TRIGGER keep_referral BEFORE UPDATE ON public.intervention_flag FOR EACH ROW EXECUTE FUNCTION public.intervention_keep_referral();

CREATE TRIGGER not_less_than_received AFTER UPDATE OF amount_pence ON public.contribution FOR EACH ROW WHEN ((new.amount_pence < old.amount_pence)) EXECUTE FUNCTION security.check_reduction();

CREATE TRIGGER not_more_than_promised AFTER INSERT ON public.receipt FOR EACH ROW EXECUTE FUNCTION security.check_receipts();

CREATE TRIGGER one_at_a_time BEFORE INSERT ON public.receipt FOR EACH ROW EXECUTE FUNCTION security.lock_contribution();

CREATE TRIGGER refers AFTER INSERT ON public.connection_proposal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION security.proposals_refer();

CREATE TRIGGER refers AFTER INSERT ON public.connection_record REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION security.records_refer();

CREATE TRIGGER announce AFTER INSERT ON queue.outbox FOR EACH ROW EXECUTE FUNCTION queue.announce();

ALTER TABLE ONLY public.agency_connection
    ADD CONSTRAINT agency_connection_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.agency_count
    ADD CONSTRAINT agency_count_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.agency_count
    ADD CONSTRAINT agency_count_category_fkey FOREIGN KEY (category) REFERENCES public.agency_category(code) ON DELETE RESTRICT;

ALTER TABLE ONLY public.agency_note
    ADD CONSTRAINT agency_note_area_id_agency_id_fkey FOREIGN KEY (area_id, agency_id) REFERENCES public.relevant_agency(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.agency_telling
    ADD CONSTRAINT agency_telling_area_id_agency_id_organisation_id_fkey FOREIGN KEY (area_id, agency_id, organisation_id) REFERENCES public.relevant_agency(area_id, id, organisation_id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_within_partner FOREIGN KEY (area_id, partner_id, PERIOD valid) REFERENCES public.partner_body(area_id, id, PERIOD valid);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_within_seat FOREIGN KEY (area_id, seat_id, PERIOD valid) REFERENCES public.seat(area_id, id, PERIOD valid);

ALTER TABLE ONLY public.area_fact
    ADD CONSTRAINT area_fact_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.area_local_authority
    ADD CONSTRAINT area_local_authority_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.area
    ADD CONSTRAINT area_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.area_organisation
    ADD CONSTRAINT area_organisation_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.area_organisation
    ADD CONSTRAINT area_organisation_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.area_reply
    ADD CONSTRAINT area_reply_area_id_request_id_organisation_id_fkey FOREIGN KEY (area_id, request_id, organisation_id) REFERENCES public.duty_request(area_id, id, organisation_id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.area_reply
    ADD CONSTRAINT area_reply_area_id_submission_id_fkey FOREIGN KEY (area_id, submission_id) REFERENCES public.submission(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.board_group
    ADD CONSTRAINT board_group_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.budget
    ADD CONSTRAINT budget_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.budget_line
    ADD CONSTRAINT budget_line_area_id_budget_id_fkey FOREIGN KEY (area_id, budget_id) REFERENCES public.budget(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.budget_line
    ADD CONSTRAINT budget_line_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.partnership_chair
    ADD CONSTRAINT chair_is_a_delegate FOREIGN KEY (area_id, appointment_id, office, PERIOD valid) REFERENCES public.appointment(area_id, id, office, PERIOD valid);

ALTER TABLE ONLY public.connection_arrival
    ADD CONSTRAINT connection_arrival_area_id_connection_id_fkey FOREIGN KEY (area_id, connection_id) REFERENCES public.connection_hook(area_id, connection_id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_arrival
    ADD CONSTRAINT connection_arrival_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_arrival
    ADD CONSTRAINT connection_arrival_area_id_run_id_fkey FOREIGN KEY (area_id, run_id) REFERENCES public.connection_run(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_change
    ADD CONSTRAINT connection_change_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_change
    ADD CONSTRAINT connection_change_home_connection_id_fkey FOREIGN KEY (home, connection_id) REFERENCES public.agency_connection(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_change
    ADD CONSTRAINT connection_change_home_run_id_fkey FOREIGN KEY (home, run_id) REFERENCES public.connection_run(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_credential
    ADD CONSTRAINT connection_credential_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_credential
    ADD CONSTRAINT connection_credential_home_connection_id_fkey FOREIGN KEY (home, connection_id) REFERENCES public.agency_connection(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_hook
    ADD CONSTRAINT connection_hook_area_id_connection_id_fkey FOREIGN KEY (area_id, connection_id) REFERENCES public.agency_connection(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_hook
    ADD CONSTRAINT connection_hook_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_hook_secret
    ADD CONSTRAINT connection_hook_secret_area_id_connection_id_fkey FOREIGN KEY (area_id, connection_id) REFERENCES public.connection_hook(area_id, connection_id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_hook_secret
    ADD CONSTRAINT connection_hook_secret_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_proposal
    ADD CONSTRAINT connection_proposal_area_id_contact_id_fkey FOREIGN KEY (area_id, contact_id) REFERENCES public.named_contact(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_proposal
    ADD CONSTRAINT connection_proposal_home_connection_id_run_id_fkey FOREIGN KEY (home, connection_id, run_id) REFERENCES public.connection_run(home, connection_id, id) ON DELETE RESTRICT NOT ENFORCED;

ALTER TABLE ONLY public.connection_proposal
    ADD CONSTRAINT connection_proposal_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id) ON DELETE RESTRICT NOT ENFORCED;

ALTER TABLE ONLY public.connection_proposal
    ADD CONSTRAINT connection_proposal_told_area_id_fkey FOREIGN KEY (told_area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_quarantine
    ADD CONSTRAINT connection_quarantine_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_quarantine
    ADD CONSTRAINT connection_quarantine_home_connection_id_fkey FOREIGN KEY (home, connection_id) REFERENCES public.agency_connection(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_quarantine
    ADD CONSTRAINT connection_quarantine_home_run_id_fkey FOREIGN KEY (home, run_id) REFERENCES public.connection_run(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_record
    ADD CONSTRAINT connection_record_home_connection_id_fkey FOREIGN KEY (home, connection_id) REFERENCES public.agency_connection(home, id) ON DELETE RESTRICT NOT ENFORCED;

ALTER TABLE ONLY public.connection_rejection
    ADD CONSTRAINT connection_rejection_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_rejection
    ADD CONSTRAINT connection_rejection_home_connection_id_fkey FOREIGN KEY (home, connection_id) REFERENCES public.agency_connection(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_rejection
    ADD CONSTRAINT connection_rejection_home_run_id_fkey FOREIGN KEY (home, run_id) REFERENCES public.connection_run(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_run
    ADD CONSTRAINT connection_run_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_run
    ADD CONSTRAINT connection_run_home_connection_id_fkey FOREIGN KEY (home, connection_id) REFERENCES public.agency_connection(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_run
    ADD CONSTRAINT connection_run_home_resumed_run_id_fkey FOREIGN KEY (home, resumed_run_id) REFERENCES public.connection_run(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_signing_key
    ADD CONSTRAINT connection_signing_key_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_signing_key
    ADD CONSTRAINT connection_signing_key_home_connection_id_fkey FOREIGN KEY (home, connection_id) REFERENCES public.agency_connection(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_token
    ADD CONSTRAINT connection_token_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.connection_token
    ADD CONSTRAINT connection_token_home_connection_id_fkey FOREIGN KEY (home, connection_id) REFERENCES public.agency_connection(home, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.contribution
    ADD CONSTRAINT contribution_area_id_budget_id_fkey FOREIGN KEY (area_id, budget_id) REFERENCES public.budget(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.contribution
    ADD CONSTRAINT contribution_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.contribution
    ADD CONSTRAINT contribution_area_id_partner_id_fkey FOREIGN KEY (area_id, partner_id) REFERENCES public.partner_body(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.cooperation_count
    ADD CONSTRAINT cooperation_count_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.duty
    ADD CONSTRAINT duty_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.duty_cycle
    ADD CONSTRAINT duty_cycle_area_id_duty_id_fkey FOREIGN KEY (area_id, duty_id) REFERENCES public.duty(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.duty_cycle
    ADD CONSTRAINT duty_cycle_area_id_duty_version_id_fkey FOREIGN KEY (area_id, duty_version_id) REFERENCES public.duty_version(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.duty_request
    ADD CONSTRAINT duty_request_area_id_agency_id_organisation_id_fkey FOREIGN KEY (area_id, agency_id, organisation_id) REFERENCES public.relevant_agency(area_id, id, organisation_id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.duty_request
    ADD CONSTRAINT duty_request_area_id_cycle_id_fkey FOREIGN KEY (area_id, cycle_id) REFERENCES public.duty_cycle(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.duty_request
    ADD CONSTRAINT duty_request_area_id_duty_id_fkey FOREIGN KEY (area_id, duty_id) REFERENCES public.duty(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.duty_request
    ADD CONSTRAINT duty_request_area_id_duty_version_id_fkey FOREIGN KEY (area_id, duty_version_id) REFERENCES public.duty_version(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.duty_request
    ADD CONSTRAINT duty_request_category_fkey FOREIGN KEY (category) REFERENCES public.agency_category(code) ON DELETE RESTRICT;

ALTER TABLE ONLY public.duty_version
    ADD CONSTRAINT duty_version_area_id_duty_id_fkey FOREIGN KEY (area_id, duty_id) REFERENCES public.duty(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.flag_review_reminder
    ADD CONSTRAINT flag_review_reminder_area_id_flag_id_fkey FOREIGN KEY (area_id, flag_id) REFERENCES public.intervention_flag(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.follow_up_move
    ADD CONSTRAINT follow_up_move_area_id_request_id_fkey FOREIGN KEY (area_id, request_id) REFERENCES public.duty_request(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.funding_agreement
    ADD CONSTRAINT funding_agreement_area_id_appointment_id_fkey FOREIGN KEY (area_id, appointment_id) REFERENCES public.appointment(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.funding_agreement
    ADD CONSTRAINT funding_agreement_area_id_budget_id_fkey FOREIGN KEY (area_id, budget_id) REFERENCES public.budget(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.funding_agreement
    ADD CONSTRAINT funding_agreement_area_id_contribution_id_fkey FOREIGN KEY (area_id, contribution_id) REFERENCES public.contribution(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.funding_agreement
    ADD CONSTRAINT funding_agreement_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.funding_agreement
    ADD CONSTRAINT funding_agreement_area_id_partner_id_fkey FOREIGN KEY (area_id, partner_id) REFERENCES public.partner_body(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.import_rejection
    ADD CONSTRAINT import_rejection_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.import_run(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.indicator_benchmark
    ADD CONSTRAINT indicator_benchmark_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.indicator_definition
    ADD CONSTRAINT indicator_definition_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.indicator_import
    ADD CONSTRAINT indicator_import_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.indicator_neighbour
    ADD CONSTRAINT indicator_neighbour_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.indicator_observation
    ADD CONSTRAINT indicator_observation_area_id_definition_id_code_unit_fkey FOREIGN KEY (area_id, definition_id, code, unit) REFERENCES public.indicator_definition(area_id, id, code, unit) ON DELETE RESTRICT;

ALTER TABLE ONLY public.indicator_observation
    ADD CONSTRAINT indicator_observation_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.indicator_observation
    ADD CONSTRAINT indicator_observation_area_id_import_id_fkey FOREIGN KEY (area_id, import_id) REFERENCES public.indicator_import(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.indicator_target
    ADD CONSTRAINT indicator_target_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.intervention_flag
    ADD CONSTRAINT intervention_flag_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.intervention_flag_move
    ADD CONSTRAINT intervention_flag_move_area_id_flag_id_fkey FOREIGN KEY (area_id, flag_id) REFERENCES public.intervention_flag(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.intervention_flag_working
    ADD CONSTRAINT intervention_flag_working_area_id_flag_id_fkey FOREIGN KEY (area_id, flag_id) REFERENCES public.intervention_flag(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES public.person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES public.person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_organisation FOREIGN KEY (organisation_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.linked_board
    ADD CONSTRAINT linked_board_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.machine_client
    ADD CONSTRAINT machine_client_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT mail_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT mail_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.named_contact
    ADD CONSTRAINT named_contact_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.named_contact
    ADD CONSTRAINT named_contact_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.organisation_affiliation
    ADD CONSTRAINT organisation_affiliation_board_id_fkey FOREIGN KEY (board_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.organisation_affiliation
    ADD CONSTRAINT organisation_affiliation_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.organisation_directory_entry
    ADD CONSTRAINT organisation_directory_entry_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.organisation_history
    ADD CONSTRAINT organisation_history_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.organisation_lineage
    ADD CONSTRAINT organisation_lineage_predecessor_id_fkey FOREIGN KEY (predecessor_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.organisation_lineage
    ADD CONSTRAINT organisation_lineage_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_trust_id_fkey FOREIGN KEY (trust_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.partner_body
    ADD CONSTRAINT partner_body_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.partner_body
    ADD CONSTRAINT partner_body_area_id_succeeded_by_fkey FOREIGN KEY (area_id, succeeded_by) REFERENCES public.partner_body(area_id, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.partner_body
    ADD CONSTRAINT partner_body_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.partnership_chair
    ADD CONSTRAINT partnership_chair_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_area_id_contribution_id_fkey FOREIGN KEY (area_id, contribution_id) REFERENCES public.contribution(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.relevant_agency
    ADD CONSTRAINT relevant_agency_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.relevant_agency
    ADD CONSTRAINT relevant_agency_category_fkey FOREIGN KEY (category) REFERENCES public.agency_category(code) ON DELETE RESTRICT;

ALTER TABLE ONLY public.relevant_agency
    ADD CONSTRAINT relevant_agency_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.reminder
    ADD CONSTRAINT reminder_area_id_request_id_fkey FOREIGN KEY (area_id, request_id) REFERENCES public.duty_request(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.request_draft
    ADD CONSTRAINT request_draft_area_id_request_id_organisation_id_fkey FOREIGN KEY (area_id, request_id, organisation_id) REFERENCES public.duty_request(area_id, id, organisation_id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.request_message
    ADD CONSTRAINT request_message_area_id_request_id_organisation_id_fkey FOREIGN KEY (area_id, request_id, organisation_id) REFERENCES public.duty_request(area_id, id, organisation_id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT reverses_exactly FOREIGN KEY (area_id, contribution_id, reverses, opposite_pence) REFERENCES public.receipt(area_id, contribution_id, id, amount_pence) ON DELETE RESTRICT;

ALTER TABLE ONLY public.role_assignment
    ADD CONSTRAINT role_assignment_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.role_assignment
    ADD CONSTRAINT role_assignment_organisation FOREIGN KEY (organisation_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.role_assignment
    ADD CONSTRAINT role_assignment_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.seat
    ADD CONSTRAINT seat_within_group FOREIGN KEY (area_id, group_id, PERIOD valid) REFERENCES public.board_group(area_id, id, PERIOD valid);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_area_id_request_id_organisation_id_fkey FOREIGN KEY (area_id, request_id, organisation_id) REFERENCES public.duty_request(area_id, id, organisation_id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.trust_membership
    ADD CONSTRAINT trust_membership_establishment_id_fkey FOREIGN KEY (establishment_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.trust_membership
    ADD CONSTRAINT trust_membership_trust_id_fkey FOREIGN KEY (trust_id) REFERENCES public.organisation(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.webhook_attempt
    ADD CONSTRAINT webhook_attempt_area_id_delivery_id_fkey FOREIGN KEY (area_id, delivery_id) REFERENCES public.webhook_delivery(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.webhook_attempt
    ADD CONSTRAINT webhook_attempt_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_area_id_endpoint_id_fkey FOREIGN KEY (area_id, endpoint_id) REFERENCES public.webhook_endpoint(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.webhook_endpoint
    ADD CONSTRAINT webhook_endpoint_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.webhook_secret
    ADD CONSTRAINT webhook_secret_area_id_endpoint_id_fkey FOREIGN KEY (area_id, endpoint_id) REFERENCES public.webhook_endpoint(area_id, id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.webhook_secret
    ADD CONSTRAINT webhook_secret_area_id_fkey FOREIGN KEY (area_id) REFERENCES public.area(id) ON DELETE RESTRICT;

CREATE POLICY append ON audit.event FOR INSERT TO concordat_app, concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR (area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR (area_id = ANY (( SELECT security.visit_areas() AS visit_areas)::integer[])) OR ( SELECT security.has('national'::text) AS has) OR ( SELECT security.has('platform'::text) AS has) OR ( SELECT security.has('register'::text) AS has) OR ((area_id = 0) AND (COALESCE(( SELECT security.part(1) AS part), ( SELECT security.part(7) AS part)) IS NOT NULL)) OR ( SELECT security.has('refusal'::text) AS has) OR ( SELECT security.has('signin'::text) AS has)));

CREATE POLICY chain ON audit.head TO concordat_owner USING (true) WITH CHECK (true);

CREATE POLICY change ON audit.subject_key FOR UPDATE TO concordat_app USING (((erased_at IS NULL) AND ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id = 0) AND ( SELECT security.has('platform'::text) AS has))))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id = 0) AND ( SELECT security.has('platform'::text) AS has))));

ALTER TABLE audit.event ENABLE ROW LEVEL SECURITY;

ALTER TABLE audit.head ENABLE ROW LEVEL SECURITY;

CREATE POLICY make ON audit.subject_key FOR INSERT TO concordat_app, concordat_worker WITH CHECK (((erased_at IS NULL) AND ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR (area_id = ANY (( SELECT security.visit_areas() AS visit_areas)::integer[])) OR ((area_id = 0) AND ( SELECT security.has('platform'::text) AS has)))));

CREATE POLICY read ON audit.event FOR SELECT TO concordat_app, concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id = 0) AND (( SELECT security.has('platform'::text) AS has) OR ( SELECT security.has('national'::text) AS has)))));

CREATE POLICY read ON audit.subject_key FOR SELECT TO concordat_app, concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id = 0) AND ( SELECT security.has('platform'::text) AS has))));

ALTER TABLE audit.subject_key ENABLE ROW LEVEL SECURITY;

CREATE POLICY verifier ON audit.event FOR SELECT TO concordat_owner USING (true);

CREATE POLICY administrators_read ON public.import_rejection FOR SELECT TO concordat_app, concordat_worker USING ((( SELECT security.has('register'::text) AS has) OR ( SELECT security.has('platform'::text) AS has)));

CREATE POLICY administrators_read ON public.import_run FOR SELECT TO concordat_app, concordat_worker USING ((( SELECT security.has('register'::text) AS has) OR ( SELECT security.has('platform'::text) AS has)));

CREATE POLICY administrators_read ON public.person FOR SELECT TO concordat_worker USING ((( SELECT security.has('administrators'::text) AS has) AND (id IN ( SELECT role_assignment.person_id
   FROM public.role_assignment
  WHERE (role_assignment.role = 'platform_administrator'::text)))));

CREATE POLICY administrators_read ON public.role_assignment FOR SELECT TO concordat_worker USING ((( SELECT security.has('administrators'::text) AS has) AND (role = 'platform_administrator'::text)));

CREATE POLICY agencies_insert ON public.connection_proposal FOR INSERT TO concordat_worker WITH CHECK ((( SELECT security.serves_nation() AS serves_nation) AND "national"));

CREATE POLICY agencies_read ON public.connection_proposal FOR SELECT TO concordat_worker USING (( SELECT security.serves_nation() AS serves_nation));

CREATE POLICY agencies_read ON public.named_contact FOR SELECT TO concordat_worker USING (( SELECT security.serves_nation() AS serves_nation));

CREATE POLICY agencies_update ON public.connection_proposal FOR UPDATE TO concordat_worker USING ((( SELECT security.serves_nation() AS serves_nation) AND "national")) WITH CHECK ((( SELECT security.serves_nation() AS serves_nation) AND "national"));

ALTER TABLE public.agency_category ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.agency_connection ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.agency_count ENABLE ROW LEVEL SECURITY;

CREATE POLICY agency_delete ON public.request_draft FOR DELETE TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_insert ON public.named_contact FOR INSERT TO concordat_app WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_insert ON public.request_draft FOR INSERT TO concordat_app WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_insert ON public.request_message FOR INSERT TO concordat_app WITH CHECK (((side = 'agency'::text) AND (organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_insert ON public.submission FOR INSERT TO concordat_app WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

ALTER TABLE public.agency_note ENABLE ROW LEVEL SECURITY;

CREATE POLICY agency_read ON public.agency_telling FOR SELECT TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_read ON public.area_reply FOR SELECT TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_read ON public.duty_request FOR SELECT TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_read ON public.duty_version FOR SELECT TO concordat_app USING (((area_id, id) IN ( SELECT r.area_id,
    r.duty_version_id
   FROM public.duty_request r
  WHERE (r.organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])))));

CREATE POLICY agency_read ON public.named_contact FOR SELECT TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_read ON public.relevant_agency FOR SELECT TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_read ON public.request_draft FOR SELECT TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_read ON public.request_message FOR SELECT TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_read ON public.submission FOR SELECT TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

ALTER TABLE public.agency_telling ENABLE ROW LEVEL SECURITY;

CREATE POLICY agency_update ON public.agency_telling FOR UPDATE TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[]))))) WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_update ON public.area_reply FOR UPDATE TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[]))))) WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_update ON public.duty_request FOR UPDATE TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[]))))) WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_update ON public.named_contact FOR UPDATE TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[]))))) WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_update ON public.relevant_agency FOR UPDATE TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[]))))) WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_update ON public.request_draft FOR UPDATE TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[]))))) WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_update ON public.request_message FOR UPDATE TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[]))))) WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY agency_update ON public.submission FOR UPDATE TO concordat_app USING (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[]))))) WITH CHECK (((organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) AND ((('*:'::text || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])) OR (((area_id || ':'::text) || organisation_id) = ANY (( SELECT security.pairs() AS pairs)::text[])))));

CREATE POLICY alert_reads ON public.person FOR SELECT TO concordat_worker USING ((( SELECT security.has('alert'::text) AS has) AND (id IN ( SELECT role_assignment.person_id
   FROM public.role_assignment
  WHERE (role_assignment.role = 'platform_administrator'::text)))));

CREATE POLICY alert_reads ON public.role_assignment FOR SELECT TO concordat_worker USING ((( SELECT security.has('alert'::text) AS has) AND (role = 'platform_administrator'::text)));

CREATE POLICY anyone_reads ON public.connection_signing_key FOR SELECT TO concordat_public USING (((withdrawn_at IS NULL) OR (withdrawn_at > now())));

ALTER TABLE public.appointment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.area ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.area_fact ENABLE ROW LEVEL SECURITY;

CREATE POLICY area_inserts ON public.invitation FOR INSERT TO concordat_app WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY area_inserts ON public.role_assignment FOR INSERT TO concordat_app WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

ALTER TABLE public.area_local_authority ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.area_organisation ENABLE ROW LEVEL SECURITY;

CREATE POLICY area_reads ON public.invitation FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY area_reads ON public.mail FOR SELECT TO concordat_app USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY area_reads ON public.role_assignment FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

ALTER TABLE public.area_reply ENABLE ROW LEVEL SECURITY;

CREATE POLICY area_updates ON public.invitation FOR UPDATE TO concordat_app USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY area_updates ON public.role_assignment FOR UPDATE TO concordat_app USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

ALTER TABLE public.board_group ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budget ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budget_line ENABLE ROW LEVEL SECURITY;

CREATE POLICY catching_up_reads ON public.area_fact FOR SELECT TO concordat_worker USING (( SELECT security.has('overview'::text) AS has));

CREATE POLICY colleagues ON public.person FOR SELECT TO concordat_app, concordat_worker USING ((id IN ( SELECT role_assignment.person_id
   FROM public.role_assignment
  WHERE (role_assignment.area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])))));

ALTER TABLE public.connection_arrival ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_change ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_credential ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_hook ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_hook_secret ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_proposal ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_quarantine ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_record ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_rejection ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_run ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_signing_key ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connection_token ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contribution ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cooperation_count ENABLE ROW LEVEL SECURITY;

CREATE POLICY counting ON public.agency_count TO concordat_owner USING (true) WITH CHECK (true);

CREATE POLICY counting ON public.cooperation_count TO concordat_owner USING (true) WITH CHECK (true);

CREATE POLICY door ON public.connection_hook FOR SELECT TO concordat_owner USING (true);

CREATE POLICY door ON public.connection_hook_secret FOR SELECT TO concordat_owner USING (true);

ALTER TABLE public.duty ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.duty_cycle ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.duty_request ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.duty_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY everyone_reads ON public.agency_category FOR SELECT TO concordat_app, concordat_worker, concordat_national, concordat_public USING (true);

CREATE POLICY everyone_reads ON public.area FOR SELECT TO concordat_app, concordat_worker, concordat_national USING (true);

CREATE POLICY everyone_reads ON public.area_local_authority FOR SELECT TO concordat_app, concordat_worker, concordat_national, concordat_public USING (true);

CREATE POLICY everyone_reads ON public.organisation FOR SELECT TO concordat_app, concordat_worker, concordat_national, concordat_public USING (true);

CREATE POLICY everyone_reads ON public.organisation_affiliation FOR SELECT TO concordat_app, concordat_worker, concordat_national, concordat_public USING (true);

CREATE POLICY everyone_reads ON public.organisation_directory_entry FOR SELECT TO concordat_app, concordat_worker USING (true);

CREATE POLICY everyone_reads ON public.organisation_history FOR SELECT TO concordat_app, concordat_worker, concordat_national, concordat_public USING (true);

CREATE POLICY everyone_reads ON public.organisation_lineage FOR SELECT TO concordat_app, concordat_worker, concordat_national, concordat_public USING (true);

CREATE POLICY everyone_reads ON public.trust_membership FOR SELECT TO concordat_app, concordat_worker, concordat_national, concordat_public USING (true);

CREATE POLICY flag_officials ON public.person FOR SELECT TO concordat_worker USING ((id IN ( SELECT intervention_flag_move.by_id
   FROM public.intervention_flag_move
  WHERE (intervention_flag_move.shared AND (intervention_flag_move.by_role = ANY (ARRAY['official'::text, 'senior_official'::text]))))));

ALTER TABLE public.flag_review_reminder ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.follow_up_move ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.funding_agreement ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.idempotency ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.identity ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.identity_provider ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.import_rejection ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.import_run ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_benchmark ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_definition ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_import ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_neighbour ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_observation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indicator_target ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.intervention_flag ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.intervention_flag_move ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.intervention_flag_working ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.invitation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.linked_board ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.machine_client ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.mail ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.named_contact ENABLE ROW LEVEL SECURITY;

CREATE POLICY national_reads ON public.agency_count FOR SELECT TO concordat_national USING (true);

CREATE POLICY national_reads ON public.appointment FOR SELECT TO concordat_national USING (((office <> 'seat'::text) OR (EXISTS ( SELECT
   FROM public.seat s
  WHERE ((s.area_id = appointment.area_id) AND (s.id = appointment.seat_id))))));

CREATE POLICY national_reads ON public.area_fact FOR SELECT TO concordat_national USING (true);

CREATE POLICY national_reads ON public.area_organisation FOR SELECT TO concordat_national USING (true);

CREATE POLICY national_reads ON public.budget FOR SELECT TO concordat_national USING (true);

CREATE POLICY national_reads ON public.budget_line FOR SELECT TO concordat_national USING (((removed_reason IS NULL) AND (EXISTS ( SELECT
   FROM public.budget b
  WHERE ((b.area_id = budget_line.area_id) AND (b.id = budget_line.budget_id) AND (b.state = 'agreed'::text))))));

CREATE POLICY national_reads ON public.contribution FOR SELECT TO concordat_national USING (((state <> 'withdrawn'::text) AND (EXISTS ( SELECT
   FROM public.budget b
  WHERE ((b.area_id = contribution.area_id) AND (b.id = contribution.budget_id) AND (b.state = 'agreed'::text))))));

CREATE POLICY national_reads ON public.cooperation_count FOR SELECT TO concordat_national USING (true);

CREATE POLICY national_reads ON public.intervention_flag FOR SELECT TO concordat_national USING ((referred_at IS NOT NULL));

CREATE POLICY national_reads ON public.intervention_flag_move FOR SELECT TO concordat_national USING (shared);

CREATE POLICY national_reads ON public.partner_body FOR SELECT TO concordat_national USING (true);

CREATE POLICY national_reads ON public.partnership_chair FOR SELECT TO concordat_national USING (true);

CREATE POLICY national_reads ON public.receipt FOR SELECT TO concordat_national USING ((EXISTS ( SELECT
   FROM public.contribution c
  WHERE ((c.area_id = receipt.area_id) AND (c.id = receipt.contribution_id)))));

CREATE POLICY national_reads ON public.seat FOR SELECT TO concordat_national USING ((education_level IS NOT NULL));

CREATE POLICY not_begun ON public.appointment AS RESTRICTIVE FOR DELETE TO concordat_app USING ((valid_from > ((now() AT TIME ZONE 'Europe/London'::text))::date));

CREATE POLICY not_begun ON public.board_group AS RESTRICTIVE FOR DELETE TO concordat_app USING ((valid_from > ((now() AT TIME ZONE 'Europe/London'::text))::date));

CREATE POLICY not_begun ON public.partner_body AS RESTRICTIVE FOR DELETE TO concordat_app USING ((valid_from > ((now() AT TIME ZONE 'Europe/London'::text))::date));

CREATE POLICY not_begun ON public.partnership_chair AS RESTRICTIVE FOR DELETE TO concordat_app USING ((valid_from > ((now() AT TIME ZONE 'Europe/London'::text))::date));

CREATE POLICY not_begun ON public.seat AS RESTRICTIVE FOR DELETE TO concordat_app USING ((valid_from > ((now() AT TIME ZONE 'Europe/London'::text))::date));

CREATE POLICY of_the_register ON public.connection_change FOR SELECT TO concordat_app USING (((area_id IS NULL) AND (subject_kind = 'organisation'::text)));

CREATE POLICY official_inserts ON public.intervention_flag_move FOR INSERT TO concordat_app WITH CHECK ((( SELECT security.has('national'::text) AS has) AND shared AND (EXISTS ( SELECT
   FROM public.intervention_flag f
  WHERE ((f.area_id = intervention_flag_move.area_id) AND (f.id = intervention_flag_move.flag_id) AND (f.referred_at IS NOT NULL))))));

CREATE POLICY official_reads ON public.intervention_flag FOR SELECT TO concordat_app USING ((( SELECT security.has('national'::text) AS has) AND (referred_at IS NOT NULL)));

CREATE POLICY official_reads ON public.intervention_flag_move FOR SELECT TO concordat_app USING ((( SELECT security.has('national'::text) AS has) AND shared));

CREATE POLICY official_updates ON public.intervention_flag FOR UPDATE TO concordat_app USING ((( SELECT security.has('national'::text) AS has) AND (referred_at IS NOT NULL))) WITH CHECK ((( SELECT security.has('national'::text) AS has) AND (referred_at IS NOT NULL)));

CREATE POLICY only_by_the_door ON public.connection_arrival AS RESTRICTIVE FOR INSERT TO concordat_app WITH CHECK (( SELECT security.has('hooks'::text) AS has));

CREATE POLICY only_for_agencies ON public.connection_credential AS RESTRICTIVE TO concordat_worker USING (( SELECT security.has('agencies'::text) AS has)) WITH CHECK (( SELECT security.has('agencies'::text) AS has));

CREATE POLICY only_for_agencies ON public.connection_hook_secret AS RESTRICTIVE TO concordat_worker USING (( SELECT security.has('agencies'::text) AS has)) WITH CHECK (( SELECT security.has('agencies'::text) AS has));

CREATE POLICY only_for_agencies ON public.connection_signing_key AS RESTRICTIVE TO concordat_worker USING (( SELECT security.has('agencies'::text) AS has)) WITH CHECK (( SELECT security.has('agencies'::text) AS has));

CREATE POLICY only_for_agencies ON public.connection_token AS RESTRICTIVE TO concordat_worker USING (( SELECT security.has('agencies'::text) AS has)) WITH CHECK (( SELECT security.has('agencies'::text) AS has));

CREATE POLICY only_for_agencies ON public.webhook_secret AS RESTRICTIVE TO concordat_worker USING (( SELECT security.has('agencies'::text) AS has)) WITH CHECK (( SELECT security.has('agencies'::text) AS has));

ALTER TABLE public.organisation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organisation_affiliation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organisation_directory_entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organisation_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organisation_lineage ENABLE ROW LEVEL SECURITY;

CREATE POLICY overview ON public.agency_connection FOR SELECT TO concordat_owner USING (true);

CREATE POLICY overview ON public.connection_arrival FOR SELECT TO concordat_owner USING (true);

CREATE POLICY overview ON public.connection_run FOR SELECT TO concordat_owner USING (true);

CREATE POLICY overview ON public.mail FOR SELECT TO concordat_owner USING (true);

CREATE POLICY overview ON public.webhook_delivery FOR SELECT TO concordat_owner USING (true);

CREATE POLICY overview ON public.webhook_endpoint FOR SELECT TO concordat_owner USING (true);

CREATE POLICY own ON public.idempotency TO concordat_app, concordat_worker USING ((principal = ( SELECT security.principal() AS principal))) WITH CHECK ((principal = ( SELECT security.principal() AS principal)));

CREATE POLICY own ON public.identity FOR SELECT TO concordat_app USING ((person_id = ( SELECT security.principal() AS principal)));

CREATE POLICY own ON public.mail FOR SELECT TO concordat_app USING ((person_id = ( SELECT security.principal() AS principal)));

CREATE POLICY own ON public.person FOR SELECT TO concordat_app USING ((id = ( SELECT security.principal() AS principal)));

CREATE POLICY own ON public.role_assignment FOR SELECT TO concordat_app USING ((person_id = ( SELECT security.principal() AS principal)));

CREATE POLICY own ON public.session FOR SELECT TO concordat_app USING ((person_id = ( SELECT security.principal() AS principal)));

CREATE POLICY own_update ON public.session FOR UPDATE TO concordat_app USING (((person_id = ( SELECT security.principal() AS principal)) AND (revoked_at IS NULL))) WITH CHECK ((person_id = ( SELECT security.principal() AS principal)));

ALTER TABLE public.partner_body ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.partnership_chair ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.pending_sign_in ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.person ENABLE ROW LEVEL SECURITY;

CREATE POLICY platform ON public.identity TO concordat_app USING (( SELECT security.has('platform'::text) AS has)) WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform ON public.identity_provider TO concordat_app USING (( SELECT security.has('platform'::text) AS has)) WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform ON public.invitation TO concordat_app USING (( SELECT security.has('platform'::text) AS has)) WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform ON public.machine_client TO concordat_app USING (( SELECT security.has('platform'::text) AS has)) WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform ON public.person TO concordat_app USING (( SELECT security.has('platform'::text) AS has)) WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform ON public.role_assignment TO concordat_app USING (( SELECT security.has('platform'::text) AS has)) WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform_asks ON public.import_run FOR INSERT TO concordat_app WITH CHECK ((( SELECT security.has('platform'::text) AS has) AND (status = 'queued'::text)));

CREATE POLICY platform_ends ON public.session FOR UPDATE TO concordat_app USING (( SELECT security.has('platform'::text) AS has)) WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform_inserts ON public.area FOR INSERT TO concordat_app WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform_inserts ON public.area_local_authority FOR INSERT TO concordat_app WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform_inserts ON public.organisation FOR INSERT TO concordat_app WITH CHECK ((( SELECT security.has('platform'::text) AS has) AND (kind <> ALL (ARRAY['establishment'::text, 'trust'::text]))));

CREATE POLICY platform_inserts ON public.organisation_history FOR INSERT TO concordat_app WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform_inserts ON public.organisation_lineage FOR INSERT TO concordat_app WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform_reads ON public.mail FOR SELECT TO concordat_app USING (((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)));

CREATE POLICY platform_reads ON public.session FOR SELECT TO concordat_app USING (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform_updates ON public.area FOR UPDATE TO concordat_app USING ((( SELECT security.has('platform'::text) AS has) OR ((id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) AND (lifecycle <> 'merged'::text)))) WITH CHECK ((( SELECT security.has('platform'::text) AS has) OR (id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))));

CREATE POLICY platform_updates ON public.area_local_authority FOR UPDATE TO concordat_app USING (( SELECT security.has('platform'::text) AS has)) WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY platform_updates ON public.organisation FOR UPDATE TO concordat_app USING ((( SELECT security.has('platform'::text) AS has) AND (kind <> ALL (ARRAY['establishment'::text, 'trust'::text])))) WITH CHECK ((( SELECT security.has('platform'::text) AS has) AND (kind <> ALL (ARRAY['establishment'::text, 'trust'::text]))));

CREATE POLICY public_reads ON public.appointment FOR SELECT TO concordat_public USING (((office <> 'seat'::text) AND security.is_live(area_id) AND security.in_england_today(valid)));

CREATE POLICY public_reads ON public.area FOR SELECT TO concordat_public USING ((lifecycle <> 'setting_up'::text));

CREATE POLICY public_reads ON public.area_organisation FOR SELECT TO concordat_public USING ((basis = 'covers_la'::text));

CREATE POLICY public_reads ON public.partner_body FOR SELECT TO concordat_public USING ((security.is_live(area_id) AND security.in_england_today(valid)));

CREATE POLICY public_reads ON public.partnership_chair FOR SELECT TO concordat_public USING ((security.is_live(area_id) AND security.in_england_today(valid)));

ALTER TABLE public.receipt ENABLE ROW LEVEL SECURITY;

CREATE POLICY receipts ON public.mail FOR UPDATE TO concordat_owner USING (true) WITH CHECK (true);

CREATE POLICY referral_reads ON public.person FOR SELECT TO concordat_worker USING ((( SELECT security.has('officials'::text) AS has) AND (id IN ( SELECT role_assignment.person_id
   FROM public.role_assignment
  WHERE (role_assignment.role = ANY (ARRAY['official'::text, 'senior_official'::text]))))));

CREATE POLICY referral_reads ON public.role_assignment FOR SELECT TO concordat_worker USING ((( SELECT security.has('officials'::text) AS has) AND (role = ANY (ARRAY['official'::text, 'senior_official'::text]))));

CREATE POLICY register_changes ON public.import_rejection FOR UPDATE TO concordat_app, concordat_worker USING (( SELECT security.has('register'::text) AS has)) WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_changes ON public.import_run FOR UPDATE TO concordat_app, concordat_worker USING (( SELECT security.has('register'::text) AS has)) WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_changes ON public.organisation FOR UPDATE TO concordat_app, concordat_worker USING (( SELECT security.has('register'::text) AS has)) WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_changes ON public.organisation_affiliation FOR UPDATE TO concordat_worker USING (( SELECT security.has('register'::text) AS has)) WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_changes ON public.organisation_directory_entry FOR UPDATE TO concordat_worker USING (( SELECT security.has('register'::text) AS has)) WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_changes ON public.organisation_history FOR UPDATE TO concordat_app, concordat_worker USING (( SELECT security.has('register'::text) AS has)) WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_changes ON public.organisation_lineage FOR UPDATE TO concordat_app, concordat_worker USING (( SELECT security.has('register'::text) AS has)) WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_changes ON public.register_line FOR UPDATE TO concordat_worker USING (( SELECT security.has('register'::text) AS has)) WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_changes ON public.trust_membership FOR UPDATE TO concordat_app, concordat_worker USING (( SELECT security.has('register'::text) AS has)) WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_inserts ON public.area_organisation FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((( SELECT security.has('register'::text) AS has) AND (basis = 'covers_la'::text)));

ALTER TABLE public.register_line ENABLE ROW LEVEL SECURITY;

CREATE POLICY register_reads ON public.register_line FOR SELECT TO concordat_worker USING (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_updates ON public.area_organisation FOR UPDATE TO concordat_app, concordat_worker USING ((( SELECT security.has('register'::text) AS has) AND (basis = 'covers_la'::text))) WITH CHECK ((( SELECT security.has('register'::text) AS has) AND (basis = 'covers_la'::text)));

CREATE POLICY register_writes ON public.import_rejection FOR INSERT TO concordat_app, concordat_worker WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_writes ON public.import_run FOR INSERT TO concordat_app, concordat_worker WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_writes ON public.organisation FOR INSERT TO concordat_app, concordat_worker WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_writes ON public.organisation_affiliation FOR INSERT TO concordat_worker WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_writes ON public.organisation_directory_entry FOR INSERT TO concordat_worker WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_writes ON public.organisation_history FOR INSERT TO concordat_app, concordat_worker WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_writes ON public.organisation_lineage FOR INSERT TO concordat_app, concordat_worker WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_writes ON public.register_line FOR INSERT TO concordat_worker WITH CHECK (( SELECT security.has('register'::text) AS has));

CREATE POLICY register_writes ON public.trust_membership FOR INSERT TO concordat_app, concordat_worker WITH CHECK (( SELECT security.has('register'::text) AS has));

ALTER TABLE public.relevant_agency ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reminder ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.request_draft ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.request_message ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.role_assignment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.seat ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.seen_logout_token ENABLE ROW LEVEL SECURITY;

CREATE POLICY sender_reads ON public.mail FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('mail'::text) AS has))));

CREATE POLICY sender_updates ON public.mail FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('mail'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('mail'::text) AS has))));

ALTER TABLE public.session ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_in ON public.identity TO concordat_app USING (( SELECT security.has('signin'::text) AS has)) WITH CHECK (( SELECT security.has('signin'::text) AS has));

CREATE POLICY sign_in ON public.invitation TO concordat_app USING (( SELECT security.has('signin'::text) AS has)) WITH CHECK (( SELECT security.has('signin'::text) AS has));

CREATE POLICY sign_in ON public.pending_sign_in TO concordat_app USING (( SELECT security.has('signin'::text) AS has)) WITH CHECK (( SELECT security.has('signin'::text) AS has));

CREATE POLICY sign_in ON public.person TO concordat_app USING (( SELECT security.has('signin'::text) AS has)) WITH CHECK (( SELECT security.has('signin'::text) AS has));

CREATE POLICY sign_in ON public.role_assignment TO concordat_app USING (( SELECT security.has('signin'::text) AS has)) WITH CHECK (( SELECT security.has('signin'::text) AS has));

CREATE POLICY sign_in ON public.seen_logout_token TO concordat_app USING (( SELECT security.has('signin'::text) AS has)) WITH CHECK (( SELECT security.has('signin'::text) AS has));

CREATE POLICY sign_in ON public.session TO concordat_app USING (( SELECT security.has('signin'::text) AS has)) WITH CHECK (( SELECT security.has('signin'::text) AS has));

CREATE POLICY sign_in_reads ON public.identity_provider FOR SELECT TO concordat_app USING (( SELECT security.has('signin'::text) AS has));

CREATE POLICY sign_in_reads ON public.machine_client FOR SELECT TO concordat_app USING (( SELECT security.has('signin'::text) AS has));

CREATE POLICY standing ON public.area FOR SELECT TO concordat_owner USING (true);

CREATE POLICY standing ON public.area_organisation FOR SELECT TO concordat_owner USING (true);

CREATE POLICY standing ON public.machine_client FOR SELECT TO concordat_owner USING (true);

CREATE POLICY standing ON public.organisation FOR SELECT TO concordat_owner USING (true);

CREATE POLICY standing ON public.person FOR SELECT TO concordat_owner USING (true);

CREATE POLICY standing ON public.role_assignment FOR SELECT TO concordat_owner USING (true);

CREATE POLICY standing ON public.session FOR SELECT TO concordat_owner USING (true);

ALTER TABLE public.submission ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant_delete ON public.agency_count FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.agency_note FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.agency_telling FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.appointment FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.area_fact FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.area_reply FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.board_group FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.budget FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.budget_line FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.connection_credential FOR DELETE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_delete ON public.connection_proposal FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.connection_token FOR DELETE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_delete ON public.contribution FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.cooperation_count FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.duty FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.duty_cycle FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.duty_request FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.duty_version FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.flag_review_reminder FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.follow_up_move FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.funding_agreement FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.indicator_benchmark FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.indicator_definition FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.indicator_import FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.indicator_neighbour FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.indicator_observation FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.indicator_target FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.intervention_flag FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.intervention_flag_move FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.intervention_flag_working FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.linked_board FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.named_contact FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.partner_body FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.partnership_chair FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.receipt FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.relevant_agency FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.reminder FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.request_message FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.seat FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_delete ON public.submission FOR DELETE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.agency_connection FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.agency_count FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.agency_note FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.agency_telling FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.appointment FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.area_fact FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.area_organisation FOR INSERT TO concordat_app, concordat_worker WITH CHECK (((basis <> 'covers_la'::text) AND (area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))));

CREATE POLICY tenant_insert ON public.area_reply FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.board_group FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.budget FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.budget_line FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.connection_arrival FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.connection_change FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.connection_credential FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.connection_hook FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.connection_hook_secret FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.connection_proposal FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.connection_quarantine FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.connection_rejection FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.connection_run FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.connection_signing_key FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.contribution FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.cooperation_count FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.duty FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.duty_cycle FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.duty_request FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.duty_version FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.flag_review_reminder FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.follow_up_move FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.funding_agreement FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.indicator_benchmark FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.indicator_definition FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.indicator_import FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.indicator_neighbour FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.indicator_observation FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.indicator_target FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.intervention_flag FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.intervention_flag_move FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.intervention_flag_working FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.linked_board FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.named_contact FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.partner_body FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.partnership_chair FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.receipt FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.relevant_agency FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.reminder FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.request_message FOR INSERT TO concordat_app, concordat_worker WITH CHECK (((side = 'area'::text) AND (area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))));

CREATE POLICY tenant_insert ON public.seat FOR INSERT TO concordat_app, concordat_worker WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_insert ON public.webhook_attempt FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.webhook_delivery FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.webhook_endpoint FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_insert ON public.webhook_secret FOR INSERT TO concordat_app WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.agency_connection FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.agency_count FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.agency_note FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.agency_telling FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.appointment FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.area_fact FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.area_organisation FOR SELECT TO concordat_app, concordat_worker USING (((basis = 'covers_la'::text) OR (area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR (organisation_id = ANY (( SELECT security.organisations() AS organisations)::uuid[])) OR ( SELECT security.has('signin'::text) AS has) OR ( SELECT security.has('register'::text) AS has)));

CREATE POLICY tenant_read ON public.area_reply FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.board_group FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.budget FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.budget_line FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.connection_arrival FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.connection_change FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.connection_credential FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.connection_hook FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.connection_hook_secret FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.connection_proposal FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.connection_quarantine FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.connection_rejection FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.connection_run FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.connection_signing_key FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.connection_token FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.contribution FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.cooperation_count FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.duty FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.duty_cycle FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.duty_request FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.duty_version FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.flag_review_reminder FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.follow_up_move FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.funding_agreement FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.indicator_benchmark FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.indicator_definition FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.indicator_import FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.indicator_neighbour FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.indicator_observation FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.indicator_target FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.intervention_flag FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.intervention_flag_move FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.intervention_flag_working FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.linked_board FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.named_contact FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.partner_body FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.partnership_chair FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.receipt FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.relevant_agency FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.reminder FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.request_message FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.seat FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.submission FOR SELECT TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])));

CREATE POLICY tenant_read ON public.webhook_attempt FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.webhook_delivery FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.webhook_endpoint FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_read ON public.webhook_secret FOR SELECT TO concordat_app USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.agency_connection FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.agency_count FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.agency_note FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.agency_telling FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.appointment FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.area_fact FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.area_organisation FOR UPDATE TO concordat_app, concordat_worker USING (((basis <> 'covers_la'::text) AND (area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])))) WITH CHECK (((basis <> 'covers_la'::text) AND (area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))));

CREATE POLICY tenant_update ON public.area_reply FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.board_group FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.budget FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.budget_line FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.connection_arrival FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.connection_change FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.connection_credential FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.connection_hook FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.connection_hook_secret FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.connection_proposal FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.connection_quarantine FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.connection_rejection FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.connection_run FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.connection_signing_key FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.contribution FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.cooperation_count FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.duty FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.duty_cycle FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.duty_request FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.duty_version FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.flag_review_reminder FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.follow_up_move FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.funding_agreement FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.indicator_benchmark FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.indicator_definition FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.indicator_import FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.indicator_neighbour FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.indicator_observation FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.indicator_target FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.intervention_flag FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.intervention_flag_move FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.intervention_flag_working FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.linked_board FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.named_contact FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.partner_body FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.partnership_chair FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.receipt FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.relevant_agency FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.reminder FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.request_message FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.seat FOR UPDATE TO concordat_app, concordat_worker USING ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[]))) WITH CHECK ((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])));

CREATE POLICY tenant_update ON public.webhook_attempt FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.webhook_delivery FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.webhook_endpoint FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

CREATE POLICY tenant_update ON public.webhook_secret FOR UPDATE TO concordat_app USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.has('platform'::text) AS has))));

ALTER TABLE public.trust_membership ENABLE ROW LEVEL SECURITY;

CREATE POLICY turning_reads ON public.area_fact FOR SELECT TO concordat_owner USING (true);

CREATE POLICY turning_writes ON public.area_fact FOR UPDATE TO concordat_owner USING (true) WITH CHECK (stale);

ALTER TABLE public.webhook_attempt ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_delivery ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_endpoint ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_secret ENABLE ROW LEVEL SECURITY;

CREATE POLICY worker_delete ON public.agency_connection FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_arrival FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_change FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_credential FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_hook FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_hook_secret FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_quarantine FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_record FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_rejection FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_run FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_signing_key FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.connection_token FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.webhook_attempt FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.webhook_delivery FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.webhook_endpoint FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_delete ON public.webhook_secret FOR DELETE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.agency_connection FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_arrival FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_change FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_credential FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_hook FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_hook_secret FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_quarantine FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_record FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_rejection FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_run FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_signing_key FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.connection_token FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.webhook_attempt FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.webhook_delivery FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.webhook_endpoint FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_insert ON public.webhook_secret FOR INSERT TO concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.agency_connection FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_arrival FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_change FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_credential FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_hook FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_hook_secret FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_quarantine FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_record FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_rejection FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_run FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_signing_key FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.connection_token FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.webhook_attempt FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.webhook_delivery FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.webhook_endpoint FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_read ON public.webhook_secret FOR SELECT TO concordat_worker USING (((area_id = ANY (( SELECT security.read_areas() AS read_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.agency_connection FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_arrival FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_change FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_credential FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_hook FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_hook_secret FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_quarantine FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_record FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_rejection FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_run FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_signing_key FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.connection_token FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.webhook_attempt FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.webhook_delivery FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.webhook_endpoint FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY worker_update ON public.webhook_secret FOR UPDATE TO concordat_worker USING (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation)))) WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR ((area_id IS NULL) AND ( SELECT security.serves_nation() AS serves_nation))));

CREATE POLICY write ON public.mail FOR INSERT TO concordat_app, concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR (area_id = ANY (( SELECT security.visit_areas() AS visit_areas)::integer[])) OR ((area_id IS NULL) AND ((( SELECT security.principal() AS principal) IS NOT NULL) OR (( SELECT security.part(7) AS part) IS NOT NULL))) OR ( SELECT security.has('platform'::text) AS has) OR ( SELECT security.has('national'::text) AS has) OR ( SELECT security.has('register'::text) AS has) OR ( SELECT security.has('signin'::text) AS has)));

CREATE POLICY administrator_decides ON queue.job_run FOR UPDATE TO concordat_app USING (( SELECT security.has('platform'::text) AS has)) WITH CHECK (( SELECT security.has('platform'::text) AS has));

CREATE POLICY administrator_reads ON queue.job_run FOR SELECT TO concordat_app USING (( SELECT security.has('platform'::text) AS has));

CREATE POLICY administrator_reads ON queue.sweep_run FOR SELECT TO concordat_app USING (( SELECT security.has('platform'::text) AS has));

CREATE POLICY announce ON queue.job_run TO concordat_owner USING (true) WITH CHECK (true);

CREATE POLICY book ON queue.job_run TO concordat_worker USING (( SELECT security.has('queue'::text) AS has)) WITH CHECK (( SELECT security.has('queue'::text) AS has));

CREATE POLICY book ON queue.lease TO concordat_worker USING (( SELECT security.has('queue'::text) AS has)) WITH CHECK (( SELECT security.has('queue'::text) AS has));

CREATE POLICY book ON queue.process TO concordat_worker USING (( SELECT security.has('queue'::text) AS has)) WITH CHECK (( SELECT security.has('queue'::text) AS has));

CREATE POLICY book ON queue.sweep_run TO concordat_worker USING (( SELECT security.has('queue'::text) AS has)) WITH CHECK (( SELECT security.has('queue'::text) AS has));

ALTER TABLE queue.inbox ENABLE ROW LEVEL SECURITY;

ALTER TABLE queue.job_run ENABLE ROW LEVEL SECURITY;

ALTER TABLE queue.lease ENABLE ROW LEVEL SECURITY;

ALTER TABLE queue.outbox ENABLE ROW LEVEL SECURITY;

CREATE POLICY overview_asks ON queue.outbox FOR INSERT TO concordat_owner WITH CHECK ((actor = 'overview.refresh'::text));

ALTER TABLE queue.process ENABLE ROW LEVEL SECURITY;

CREATE POLICY relay_reads ON queue.outbox FOR SELECT TO concordat_worker USING (( SELECT security.has('queue'::text) AS has));

CREATE POLICY relay_removes ON queue.outbox FOR DELETE TO concordat_worker USING (( SELECT security.has('queue'::text) AS has));

CREATE POLICY remember ON queue.inbox FOR INSERT TO concordat_worker WITH CHECK (true);

CREATE POLICY send ON queue.outbox FOR INSERT TO concordat_app, concordat_worker WITH CHECK (((area_id = ANY (( SELECT security.write_areas() AS write_areas)::integer[])) OR (area_id = ANY (( SELECT security.visit_areas() AS visit_areas)::integer[])) OR ((area_id IS NULL) AND ((( SELECT security.principal() AS principal) IS NOT NULL) OR (( SELECT security.part(7) AS part) IS NOT NULL))) OR ( SELECT security.has('queue'::text) AS has) OR ( SELECT security.has('platform'::text) AS has) OR ( SELECT security.has('national'::text) AS has) OR ( SELECT security.has('register'::text) AS has) OR ( SELECT security.has('signin'::text) AS has)));

ALTER TABLE queue.sweep_run ENABLE ROW LEVEL SECURITY;

CREATE POLICY tidy_reads ON queue.inbox FOR SELECT TO concordat_worker USING (( SELECT security.has('queue'::text) AS has));

CREATE POLICY tidy_removes ON queue.inbox FOR DELETE TO concordat_worker USING (( SELECT security.has('queue'::text) AS has));

GRANT USAGE ON SCHEMA audit TO concordat_app;

GRANT USAGE ON SCHEMA audit TO concordat_worker;

GRANT USAGE ON SCHEMA queue TO concordat_app;

GRANT USAGE ON SCHEMA queue TO concordat_worker;

GRANT USAGE ON SCHEMA security TO concordat_app;

GRANT USAGE ON SCHEMA security TO concordat_worker;

GRANT USAGE ON SCHEMA security TO concordat_national;

GRANT USAGE ON SCHEMA security TO concordat_public;

GRANT USAGE ON SCHEMA shape TO concordat_app;

GRANT USAGE ON SCHEMA shape TO concordat_worker;

GRANT USAGE ON SCHEMA shape TO concordat_national;

GRANT USAGE ON SCHEMA shape TO concordat_public;

REVOKE ALL ON FUNCTION audit.append(entries text) FROM PUBLIC;

GRANT ALL ON FUNCTION audit.append(entries text) TO concordat_app;

GRANT ALL ON FUNCTION audit.append(entries text) TO concordat_worker;

GRANT SELECT,INSERT ON TABLE audit.event TO concordat_app;

GRANT SELECT,INSERT ON TABLE audit.event TO concordat_worker;

REVOKE ALL ON FUNCTION audit.check_may_verify(chain integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION audit.head_of(chain integer) FROM PUBLIC;

GRANT ALL ON FUNCTION audit.head_of(chain integer) TO concordat_app;

GRANT ALL ON FUNCTION audit.head_of(chain integer) TO concordat_worker;

REVOKE ALL ON FUNCTION audit.heads() FROM PUBLIC;

GRANT ALL ON FUNCTION audit.heads() TO concordat_app;

GRANT ALL ON FUNCTION audit.heads() TO concordat_worker;

REVOKE ALL ON FUNCTION audit.link() FROM PUBLIC;

REVOKE ALL ON FUNCTION audit.verify(chain integer) FROM PUBLIC;

GRANT ALL ON FUNCTION audit.verify(chain integer) TO concordat_app;

GRANT ALL ON FUNCTION audit.verify(chain integer) TO concordat_worker;

REVOKE ALL ON FUNCTION public.send_returns(given text, by_name text, at timestamp with time zone) FROM PUBLIC;

GRANT ALL ON FUNCTION public.send_returns(given text, by_name text, at timestamp with time zone) TO concordat_app;

GRANT ALL ON FUNCTION public.send_returns(given text, by_name text, at timestamp with time zone) TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.duty_request TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.duty_request TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.submission TO concordat_app;

GRANT SELECT ON TABLE public.submission TO concordat_worker;

GRANT UPDATE(withdrawn_at) ON TABLE public.submission TO concordat_app;

REVOKE ALL ON FUNCTION public.send_untouched(of_area integer, of_request uuid, bodies uuid[], on_day date, asked text, to_state text, of_submission uuid, of_receipt text, given text, confirmed boolean, by_name text, at timestamp with time zone) FROM PUBLIC;

GRANT ALL ON FUNCTION public.send_untouched(of_area integer, of_request uuid, bodies uuid[], on_day date, asked text, to_state text, of_submission uuid, of_receipt text, given text, confirmed boolean, by_name text, at timestamp with time zone) TO concordat_app;

REVOKE ALL ON FUNCTION queue.announce() FROM PUBLIC;

REVOKE ALL ON FUNCTION security.claim(who uuid, of_key text, of_command text, of_request bytea, known text) FROM PUBLIC;

GRANT ALL ON FUNCTION security.claim(who uuid, of_key text, of_command text, of_request bytea, known text) TO concordat_app;

GRANT ALL ON FUNCTION security.claim(who uuid, of_key text, of_command text, of_request bytea, known text) TO concordat_worker;

REVOKE ALL ON FUNCTION security.client_live(which uuid, stood text) FROM PUBLIC;

GRANT ALL ON FUNCTION security.client_live(which uuid, stood text) TO concordat_app;

GRANT ALL ON FUNCTION security.client_live(which uuid, stood text) TO concordat_national;

REVOKE ALL ON FUNCTION security.connections_due() FROM PUBLIC;

GRANT ALL ON FUNCTION security.connections_due() TO concordat_worker;

REVOKE ALL ON FUNCTION security.connections_stale() FROM PUBLIC;

GRANT ALL ON FUNCTION security.connections_stale() TO concordat_worker;

REVOKE ALL ON FUNCTION security.count_agencies() FROM PUBLIC;

REVOKE ALL ON FUNCTION security.count_requests() FROM PUBLIC;

REVOKE ALL ON FUNCTION security.part(which integer) FROM PUBLIC;

GRANT ALL ON FUNCTION security.part(which integer) TO concordat_app;

GRANT ALL ON FUNCTION security.part(which integer) TO concordat_worker;

REVOKE ALL ON FUNCTION security.hold_agency_counts() FROM PUBLIC;

GRANT ALL ON FUNCTION security.hold_agency_counts() TO concordat_worker;

REVOKE ALL ON FUNCTION security.hook_secrets(asked uuid) FROM PUBLIC;

GRANT ALL ON FUNCTION security.hook_secrets(asked uuid) TO concordat_app;

REVOKE ALL ON FUNCTION security.hooks_hinted() FROM PUBLIC;

GRANT ALL ON FUNCTION security.hooks_hinted() TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.area TO concordat_app;

GRANT SELECT ON TABLE public.area TO concordat_worker;

GRANT SELECT ON TABLE public.area TO concordat_national;

GRANT SELECT ON TABLE public.area TO concordat_public;

GRANT UPDATE(slug) ON TABLE public.area TO concordat_app;

GRANT UPDATE(name) ON TABLE public.area TO concordat_app;

GRANT UPDATE(lifecycle) ON TABLE public.area TO concordat_app;

GRANT UPDATE(merged_into) ON TABLE public.area TO concordat_app;

GRANT UPDATE(version) ON TABLE public.area TO concordat_app;

REVOKE ALL ON FUNCTION security.keep_agency_counts(of_area integer, counted jsonb) FROM PUBLIC;

GRANT ALL ON FUNCTION security.keep_agency_counts(of_area integer, counted jsonb) TO concordat_worker;

REVOKE ALL ON FUNCTION security.mail_states(wanted text, before uuid, most integer) FROM PUBLIC;

GRANT ALL ON FUNCTION security.mail_states(wanted text, before uuid, most integer) TO concordat_app;

REVOKE ALL ON FUNCTION security.note_delivery(told uuid, outcome text, happened timestamp with time zone) FROM PUBLIC;

GRANT ALL ON FUNCTION security.note_delivery(told uuid, outcome text, happened timestamp with time zone) TO concordat_app;

GRANT ALL ON FUNCTION security.note_delivery(told uuid, outcome text, happened timestamp with time zone) TO concordat_worker;

REVOKE ALL ON FUNCTION security.proposals_refer() FROM PUBLIC;

REVOKE ALL ON FUNCTION security.records_refer() FROM PUBLIC;

REVOKE ALL ON FUNCTION security.runs_silent(unheard interval) FROM PUBLIC;

GRANT ALL ON FUNCTION security.runs_silent(unheard interval) TO concordat_worker;

REVOKE ALL ON FUNCTION security.standing(which uuid, unseen interval) FROM PUBLIC;

GRANT ALL ON FUNCTION security.standing(which uuid, unseen interval) TO concordat_app;

GRANT ALL ON FUNCTION security.standing(which uuid, unseen interval) TO concordat_national;

REVOKE ALL ON FUNCTION security.session_live(which uuid, stood text) FROM PUBLIC;

GRANT ALL ON FUNCTION security.session_live(which uuid, stood text) TO concordat_app;

GRANT ALL ON FUNCTION security.session_live(which uuid, stood text) TO concordat_national;

REVOKE ALL ON FUNCTION security.take_undecided(patience interval, most integer) FROM PUBLIC;

GRANT ALL ON FUNCTION security.take_undecided(patience interval, most integer) TO concordat_worker;

REVOKE ALL ON FUNCTION security.turn_facts_stale() FROM PUBLIC;

REVOKE ALL ON FUNCTION security.webhooks_behind() FROM PUBLIC;

GRANT ALL ON FUNCTION security.webhooks_behind() TO concordat_worker;

REVOKE ALL ON FUNCTION security.webhooks_due() FROM PUBLIC;

GRANT ALL ON FUNCTION security.webhooks_due() TO concordat_worker;

REVOKE ALL ON FUNCTION security.webhooks_old(arrivals interval, deliveries interval) FROM PUBLIC;

GRANT ALL ON FUNCTION security.webhooks_old(arrivals interval, deliveries interval) TO concordat_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.appointment TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.appointment TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.appointment TO concordat_national;

GRANT SELECT(area_id) ON TABLE public.appointment TO concordat_public;

GRANT SELECT(id) ON TABLE public.appointment TO concordat_national;

GRANT SELECT(id) ON TABLE public.appointment TO concordat_public;

GRANT SELECT(office) ON TABLE public.appointment TO concordat_national;

GRANT SELECT(office) ON TABLE public.appointment TO concordat_public;

GRANT SELECT(partner_id) ON TABLE public.appointment TO concordat_national;

GRANT SELECT(partner_id) ON TABLE public.appointment TO concordat_public;

GRANT SELECT(seat_id) ON TABLE public.appointment TO concordat_national;

GRANT SELECT(person_name) ON TABLE public.appointment TO concordat_national;

GRANT SELECT(person_name) ON TABLE public.appointment TO concordat_public;

GRANT SELECT(post) ON TABLE public.appointment TO concordat_national;

GRANT SELECT(post) ON TABLE public.appointment TO concordat_public;

GRANT SELECT(has_tie) ON TABLE public.appointment TO concordat_national;

GRANT SELECT(has_tie) ON TABLE public.appointment TO concordat_public;

GRANT SELECT(valid_from) ON TABLE public.appointment TO concordat_national;

GRANT SELECT(valid_from) ON TABLE public.appointment TO concordat_public;

GRANT SELECT(valid_to) ON TABLE public.appointment TO concordat_national;

GRANT SELECT(valid_to) ON TABLE public.appointment TO concordat_public;

GRANT SELECT ON TABLE audit.subject_key TO concordat_app;

GRANT SELECT ON TABLE audit.subject_key TO concordat_worker;

GRANT INSERT(area_id) ON TABLE audit.subject_key TO concordat_app;

GRANT INSERT(area_id) ON TABLE audit.subject_key TO concordat_worker;

GRANT INSERT(id) ON TABLE audit.subject_key TO concordat_app;

GRANT INSERT(id) ON TABLE audit.subject_key TO concordat_worker;

GRANT INSERT(subject_type) ON TABLE audit.subject_key TO concordat_app;

GRANT INSERT(subject_type) ON TABLE audit.subject_key TO concordat_worker;

GRANT INSERT(subject_id) ON TABLE audit.subject_key TO concordat_app;

GRANT INSERT(subject_id) ON TABLE audit.subject_key TO concordat_worker;

GRANT INSERT(sealed),UPDATE(sealed) ON TABLE audit.subject_key TO concordat_app;

GRANT INSERT(sealed) ON TABLE audit.subject_key TO concordat_worker;

GRANT INSERT(key_id),UPDATE(key_id) ON TABLE audit.subject_key TO concordat_app;

GRANT INSERT(key_id) ON TABLE audit.subject_key TO concordat_worker;

GRANT UPDATE(erased_at) ON TABLE audit.subject_key TO concordat_app;

GRANT SELECT ON TABLE public.agency_category TO concordat_app;

GRANT SELECT ON TABLE public.agency_category TO concordat_worker;

GRANT SELECT ON TABLE public.agency_category TO concordat_national;

GRANT SELECT ON TABLE public.agency_category TO concordat_public;

GRANT SELECT,INSERT ON TABLE public.agency_connection TO concordat_app;

GRANT SELECT ON TABLE public.agency_connection TO concordat_worker;

GRANT UPDATE(name) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(base_url) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(auth_mode) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(options) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(every_minutes) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(may_change) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(state) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(state) ON TABLE public.agency_connection TO concordat_worker;

GRANT UPDATE(state_reason) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(state_reason) ON TABLE public.agency_connection TO concordat_worker;

GRANT UPDATE(stale_after_hours) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(last_worked_at) ON TABLE public.agency_connection TO concordat_worker;

GRANT UPDATE(watermark) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(watermark) ON TABLE public.agency_connection TO concordat_worker;

GRANT UPDATE(due_at) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(due_at) ON TABLE public.agency_connection TO concordat_worker;

GRANT UPDATE(told_stale_at) ON TABLE public.agency_connection TO concordat_app;

GRANT UPDATE(told_stale_at) ON TABLE public.agency_connection TO concordat_worker;

GRANT UPDATE(version) ON TABLE public.agency_connection TO concordat_app;

GRANT SELECT ON TABLE public.agency_count TO concordat_app;

GRANT SELECT ON TABLE public.agency_count TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.agency_count TO concordat_national;

GRANT SELECT(state) ON TABLE public.agency_count TO concordat_national;

GRANT SELECT(agencies) ON TABLE public.agency_count TO concordat_national;

GRANT SELECT,INSERT ON TABLE public.agency_note TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.agency_note TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.agency_telling TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.agency_telling TO concordat_worker;

GRANT SELECT ON TABLE public.area_fact TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.area_fact TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.area_fact TO concordat_national;

GRANT SELECT(subject) ON TABLE public.area_fact TO concordat_national;

GRANT SELECT(standing) ON TABLE public.area_fact TO concordat_national;

GRANT SELECT(words) ON TABLE public.area_fact TO concordat_national;

GRANT SELECT(amount) ON TABLE public.area_fact TO concordat_national;

GRANT SELECT(reasons) ON TABLE public.area_fact TO concordat_national;

GRANT SELECT(recheck_on) ON TABLE public.area_fact TO concordat_national;

GRANT SELECT(stale) ON TABLE public.area_fact TO concordat_national;

GRANT SELECT(computed_at) ON TABLE public.area_fact TO concordat_national;

GRANT SELECT,INSERT ON TABLE public.area_local_authority TO concordat_app;

GRANT SELECT ON TABLE public.area_local_authority TO concordat_worker;

GRANT SELECT ON TABLE public.area_local_authority TO concordat_national;

GRANT SELECT ON TABLE public.area_local_authority TO concordat_public;

GRANT UPDATE(valid_to) ON TABLE public.area_local_authority TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.area_organisation TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.area_organisation TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.area_organisation TO concordat_national;

GRANT SELECT(area_id) ON TABLE public.area_organisation TO concordat_public;

GRANT SELECT(organisation_id) ON TABLE public.area_organisation TO concordat_national;

GRANT SELECT(organisation_id) ON TABLE public.area_organisation TO concordat_public;

GRANT SELECT(basis) ON TABLE public.area_organisation TO concordat_national;

GRANT SELECT(basis) ON TABLE public.area_organisation TO concordat_public;

GRANT SELECT(valid_from) ON TABLE public.area_organisation TO concordat_national;

GRANT SELECT(valid_from) ON TABLE public.area_organisation TO concordat_public;

GRANT UPDATE(valid_to) ON TABLE public.area_organisation TO concordat_app;

GRANT UPDATE(valid_to) ON TABLE public.area_organisation TO concordat_worker;

GRANT SELECT(valid_to) ON TABLE public.area_organisation TO concordat_national;

GRANT SELECT(valid_to) ON TABLE public.area_organisation TO concordat_public;

GRANT SELECT,INSERT ON TABLE public.area_reply TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.area_reply TO concordat_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.board_group TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.board_group TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.budget TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.budget TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.budget TO concordat_national;

GRANT SELECT(id) ON TABLE public.budget TO concordat_national;

GRANT SELECT(year) ON TABLE public.budget TO concordat_national;

GRANT SELECT(state) ON TABLE public.budget TO concordat_national;

GRANT SELECT(agreed_on) ON TABLE public.budget TO concordat_national;

GRANT SELECT,INSERT,UPDATE ON TABLE public.budget_line TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.budget_line TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.budget_line TO concordat_national;

GRANT SELECT(id) ON TABLE public.budget_line TO concordat_national;

GRANT SELECT(budget_id) ON TABLE public.budget_line TO concordat_national;

GRANT SELECT(kind) ON TABLE public.budget_line TO concordat_national;

GRANT SELECT(planned_pence) ON TABLE public.budget_line TO concordat_national;

GRANT SELECT(outturn_pence) ON TABLE public.budget_line TO concordat_national;

GRANT SELECT,INSERT ON TABLE public.connection_arrival TO concordat_app;

GRANT SELECT,DELETE ON TABLE public.connection_arrival TO concordat_worker;

GRANT UPDATE(sha256) ON TABLE public.connection_arrival TO concordat_app;

GRANT UPDATE(bytes) ON TABLE public.connection_arrival TO concordat_app;

GRANT UPDATE(times) ON TABLE public.connection_arrival TO concordat_app;

GRANT UPDATE(last_at) ON TABLE public.connection_arrival TO concordat_app;

GRANT UPDATE(run_id) ON TABLE public.connection_arrival TO concordat_app;

GRANT UPDATE(run_id) ON TABLE public.connection_arrival TO concordat_worker;

GRANT SELECT ON TABLE public.connection_change TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.connection_change TO concordat_worker;

GRANT INSERT,DELETE ON TABLE public.connection_credential TO concordat_app;

GRANT SELECT ON TABLE public.connection_credential TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.connection_credential TO concordat_app;

GRANT SELECT(home) ON TABLE public.connection_credential TO concordat_app;

GRANT SELECT(connection_id) ON TABLE public.connection_credential TO concordat_app;

GRANT SELECT(kind) ON TABLE public.connection_credential TO concordat_app;

GRANT UPDATE(sealed) ON TABLE public.connection_credential TO concordat_worker;

GRANT UPDATE(sealed) ON TABLE public.connection_credential TO concordat_app;

GRANT UPDATE(key_id) ON TABLE public.connection_credential TO concordat_worker;

GRANT SELECT(key_id),UPDATE(key_id) ON TABLE public.connection_credential TO concordat_app;

GRANT SELECT(expires_on),UPDATE(expires_on) ON TABLE public.connection_credential TO concordat_app;

GRANT SELECT(set_at),UPDATE(set_at) ON TABLE public.connection_credential TO concordat_app;

GRANT SELECT(set_by_name),UPDATE(set_by_name) ON TABLE public.connection_credential TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.connection_hook TO concordat_app;

GRANT SELECT ON TABLE public.connection_hook TO concordat_worker;

GRANT UPDATE(hinted_at) ON TABLE public.connection_hook TO concordat_app;

GRANT UPDATE(hinted_at) ON TABLE public.connection_hook TO concordat_worker;

GRANT UPDATE(asked_at) ON TABLE public.connection_hook TO concordat_app;

GRANT UPDATE(asked_at) ON TABLE public.connection_hook TO concordat_worker;

GRANT INSERT ON TABLE public.connection_hook_secret TO concordat_app;

GRANT SELECT ON TABLE public.connection_hook_secret TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.connection_hook_secret TO concordat_app;

GRANT SELECT(id) ON TABLE public.connection_hook_secret TO concordat_app;

GRANT SELECT(connection_id) ON TABLE public.connection_hook_secret TO concordat_app;

GRANT UPDATE(sealed) ON TABLE public.connection_hook_secret TO concordat_worker;

GRANT UPDATE(sealed) ON TABLE public.connection_hook_secret TO concordat_app;

GRANT UPDATE(key_id) ON TABLE public.connection_hook_secret TO concordat_worker;

GRANT SELECT(key_id) ON TABLE public.connection_hook_secret TO concordat_app;

GRANT SELECT(made_here) ON TABLE public.connection_hook_secret TO concordat_app;

GRANT SELECT(made_at) ON TABLE public.connection_hook_secret TO concordat_app;

GRANT SELECT(made_by_name) ON TABLE public.connection_hook_secret TO concordat_app;

GRANT SELECT(ends_at),UPDATE(ends_at) ON TABLE public.connection_hook_secret TO concordat_app;

GRANT SELECT ON TABLE public.connection_proposal TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.connection_proposal TO concordat_worker;

GRANT UPDATE(state) ON TABLE public.connection_proposal TO concordat_app;

GRANT UPDATE(state) ON TABLE public.connection_proposal TO concordat_worker;

GRANT UPDATE(decided_at) ON TABLE public.connection_proposal TO concordat_app;

GRANT UPDATE(decided_at) ON TABLE public.connection_proposal TO concordat_worker;

GRANT UPDATE(decided_by_name) ON TABLE public.connection_proposal TO concordat_app;

GRANT UPDATE(decided_by_name) ON TABLE public.connection_proposal TO concordat_worker;

GRANT UPDATE(reason) ON TABLE public.connection_proposal TO concordat_app;

GRANT UPDATE(reason) ON TABLE public.connection_proposal TO concordat_worker;

GRANT UPDATE(contact_id) ON TABLE public.connection_proposal TO concordat_app;

GRANT UPDATE(version) ON TABLE public.connection_proposal TO concordat_app;

GRANT UPDATE(version) ON TABLE public.connection_proposal TO concordat_worker;

GRANT SELECT ON TABLE public.connection_quarantine TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.connection_quarantine TO concordat_worker;

GRANT SELECT,INSERT,DELETE ON TABLE public.connection_record TO concordat_worker;

GRANT UPDATE(digest) ON TABLE public.connection_record TO concordat_worker;

GRANT UPDATE(subject) ON TABLE public.connection_record TO concordat_worker;

GRANT SELECT ON TABLE public.connection_rejection TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.connection_rejection TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.connection_run TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(state) ON TABLE public.connection_run TO concordat_app;

GRANT UPDATE(state) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(cursor) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(fence) ON TABLE public.connection_run TO concordat_app;

GRANT UPDATE(fence) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(pages) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(expected) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(read) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(applied) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(proposed) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(unchanged) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(rejected) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(said) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(problem) ON TABLE public.connection_run TO concordat_app;

GRANT UPDATE(problem) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(started_at) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(heard_from_at) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(finished_at) ON TABLE public.connection_run TO concordat_app;

GRANT UPDATE(finished_at) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(begun_with) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(resumed_run_id) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(resumed_page) ON TABLE public.connection_run TO concordat_worker;

GRANT UPDATE(next_try_at) ON TABLE public.connection_run TO concordat_worker;

GRANT INSERT ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT ON TABLE public.connection_signing_key TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT(home) ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT(connection_id) ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT(connection_id) ON TABLE public.connection_signing_key TO concordat_public;

GRANT SELECT(kid) ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT(kid) ON TABLE public.connection_signing_key TO concordat_public;

GRANT SELECT(public_key) ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT(public_key) ON TABLE public.connection_signing_key TO concordat_public;

GRANT UPDATE(sealed) ON TABLE public.connection_signing_key TO concordat_worker;

GRANT UPDATE(key_id) ON TABLE public.connection_signing_key TO concordat_worker;

GRANT SELECT(key_id) ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT(made_at) ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT(made_by_name) ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT(signs_from) ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT(signs_from) ON TABLE public.connection_signing_key TO concordat_public;

GRANT SELECT(withdrawn_at),UPDATE(withdrawn_at) ON TABLE public.connection_signing_key TO concordat_app;

GRANT SELECT(withdrawn_at) ON TABLE public.connection_signing_key TO concordat_public;

GRANT SELECT,INSERT ON TABLE public.connection_token TO concordat_worker;

GRANT DELETE ON TABLE public.connection_token TO concordat_app;

GRANT SELECT(area_id) ON TABLE public.connection_token TO concordat_app;

GRANT SELECT(home) ON TABLE public.connection_token TO concordat_app;

GRANT SELECT(connection_id) ON TABLE public.connection_token TO concordat_app;

GRANT UPDATE(sealed) ON TABLE public.connection_token TO concordat_worker;

GRANT UPDATE(key_id) ON TABLE public.connection_token TO concordat_worker;

GRANT UPDATE(expires_at) ON TABLE public.connection_token TO concordat_worker;

GRANT UPDATE(refreshing_until) ON TABLE public.connection_token TO concordat_worker;

GRANT UPDATE(version) ON TABLE public.connection_token TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.contribution TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.contribution TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.contribution TO concordat_national;

GRANT SELECT(id) ON TABLE public.contribution TO concordat_national;

GRANT SELECT(budget_id) ON TABLE public.contribution TO concordat_national;

GRANT SELECT(partner_id) ON TABLE public.contribution TO concordat_national;

GRANT SELECT(form) ON TABLE public.contribution TO concordat_national;

GRANT SELECT(amount_pence) ON TABLE public.contribution TO concordat_national;

GRANT SELECT(state) ON TABLE public.contribution TO concordat_national;

GRANT SELECT ON TABLE public.cooperation_count TO concordat_app;

GRANT SELECT ON TABLE public.cooperation_count TO concordat_worker;

GRANT SELECT ON TABLE public.cooperation_count TO concordat_national;

GRANT SELECT,INSERT,UPDATE ON TABLE public.duty TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.duty TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.duty_cycle TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.duty_cycle TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.duty_version TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.duty_version TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.flag_review_reminder TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.flag_review_reminder TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.follow_up_move TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.follow_up_move TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.funding_agreement TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.funding_agreement TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.idempotency TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.idempotency TO concordat_worker;

GRANT UPDATE(result) ON TABLE public.idempotency TO concordat_app;

GRANT UPDATE(result) ON TABLE public.idempotency TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.identity TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.identity_provider TO concordat_app;

GRANT UPDATE(name) ON TABLE public.identity_provider TO concordat_app;

GRANT UPDATE(issuer) ON TABLE public.identity_provider TO concordat_app;

GRANT UPDATE(client_id) ON TABLE public.identity_provider TO concordat_app;

GRANT UPDATE(sealed_secret) ON TABLE public.identity_provider TO concordat_app;

GRANT UPDATE(client_auth) ON TABLE public.identity_provider TO concordat_app;

GRANT UPDATE(scopes) ON TABLE public.identity_provider TO concordat_app;

GRANT UPDATE(enabled) ON TABLE public.identity_provider TO concordat_app;

GRANT UPDATE(version) ON TABLE public.identity_provider TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.import_rejection TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.import_rejection TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.import_run TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(sha256) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(sha256) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(size_bytes) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(size_bytes) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(status) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(status) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(started_at) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(started_at) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(heard_from_at) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(heard_from_at) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(finished_at) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(finished_at) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(rows_expected) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(rows_expected) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(rows_read) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(rows_read) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(created) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(created) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(changed) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(changed) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(closed) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(closed) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(reopened) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(reopened) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(unchanged) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(unchanged) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(rejected) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(rejected) ON TABLE public.import_run TO concordat_worker;

GRANT UPDATE(problem) ON TABLE public.import_run TO concordat_app;

GRANT UPDATE(problem) ON TABLE public.import_run TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_benchmark TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_benchmark TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_definition TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_definition TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_import TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_import TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_neighbour TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_neighbour TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_observation TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_observation TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_target TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.indicator_target TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.intervention_flag TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.intervention_flag TO concordat_national;

GRANT SELECT(id) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(kind) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(kind) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(title) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(title) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(concern) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(concern) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(partners) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(partners) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(evidence) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(evidence) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(told) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(told) ON TABLE public.intervention_flag TO concordat_national;

GRANT SELECT(raised_as) ON TABLE public.intervention_flag TO concordat_national;

GRANT SELECT(raised_by_name) ON TABLE public.intervention_flag TO concordat_national;

GRANT SELECT(raised_by_role) ON TABLE public.intervention_flag TO concordat_national;

GRANT SELECT(raised_on) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(state) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(state) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(referred_at) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(referred_at) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(submission) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(submission) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(reply_due_on) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(reply_due_on) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(decision) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(decision) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(power) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(power) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(review_on) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(review_on) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(changed_at) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(changed_at) ON TABLE public.intervention_flag TO concordat_national;

GRANT UPDATE(version) ON TABLE public.intervention_flag TO concordat_app;

GRANT SELECT(version) ON TABLE public.intervention_flag TO concordat_national;

GRANT SELECT,INSERT ON TABLE public.intervention_flag_move TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.intervention_flag_move TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(id) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(flag_id) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(at) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(move) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(before) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(after) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(reason) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(message) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(due_on) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(decision) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(power) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(by_name) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(by_role) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT(shared) ON TABLE public.intervention_flag_move TO concordat_national;

GRANT SELECT,INSERT ON TABLE public.intervention_flag_working TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.intervention_flag_working TO concordat_worker;

GRANT UPDATE(tried) ON TABLE public.intervention_flag_working TO concordat_app;

GRANT UPDATE(note) ON TABLE public.intervention_flag_working TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.invitation TO concordat_app;

GRANT SELECT(id) ON TABLE public.invitation TO concordat_worker;

GRANT UPDATE(token_hash) ON TABLE public.invitation TO concordat_app;

GRANT SELECT(email) ON TABLE public.invitation TO concordat_worker;

GRANT SELECT(name) ON TABLE public.invitation TO concordat_worker;

GRANT SELECT(role) ON TABLE public.invitation TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.invitation TO concordat_worker;

GRANT SELECT(organisation_id) ON TABLE public.invitation TO concordat_worker;

GRANT SELECT(invited_by) ON TABLE public.invitation TO concordat_worker;

GRANT UPDATE(expires_at) ON TABLE public.invitation TO concordat_app;

GRANT SELECT(expires_at) ON TABLE public.invitation TO concordat_worker;

GRANT UPDATE(accepted_at) ON TABLE public.invitation TO concordat_app;

GRANT SELECT(accepted_at) ON TABLE public.invitation TO concordat_worker;

GRANT UPDATE(accepted_by) ON TABLE public.invitation TO concordat_app;

GRANT UPDATE(revoked_at) ON TABLE public.invitation TO concordat_app;

GRANT SELECT(revoked_at) ON TABLE public.invitation TO concordat_worker;

GRANT UPDATE(answered_issuer) ON TABLE public.invitation TO concordat_app;

GRANT UPDATE(answered_subject) ON TABLE public.invitation TO concordat_app;

GRANT UPDATE(answered_name) ON TABLE public.invitation TO concordat_app;

GRANT UPDATE(answered_email) ON TABLE public.invitation TO concordat_app;

GRANT UPDATE(answered_at) ON TABLE public.invitation TO concordat_app;

GRANT UPDATE(confirmed_at) ON TABLE public.invitation TO concordat_app;

GRANT UPDATE(confirmed_by) ON TABLE public.invitation TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.linked_board TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.linked_board TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.machine_client TO concordat_app;

GRANT UPDATE(name) ON TABLE public.machine_client TO concordat_app;

GRANT UPDATE(scope_roles) ON TABLE public.machine_client TO concordat_app;

GRANT UPDATE(area_id) ON TABLE public.machine_client TO concordat_app;

GRANT UPDATE(enabled) ON TABLE public.machine_client TO concordat_app;

GRANT UPDATE(version) ON TABLE public.machine_client TO concordat_app;

GRANT INSERT ON TABLE public.mail TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.mail TO concordat_worker;

GRANT SELECT(id) ON TABLE public.mail TO concordat_app;

GRANT SELECT(area_id) ON TABLE public.mail TO concordat_app;

GRANT SELECT(person_id) ON TABLE public.mail TO concordat_app;

GRANT SELECT(address) ON TABLE public.mail TO concordat_app;

GRANT SELECT(template) ON TABLE public.mail TO concordat_app;

GRANT SELECT(state) ON TABLE public.mail TO concordat_app;

GRANT UPDATE(state) ON TABLE public.mail TO concordat_worker;

GRANT SELECT(error) ON TABLE public.mail TO concordat_app;

GRANT UPDATE(error) ON TABLE public.mail TO concordat_worker;

GRANT SELECT(attempts) ON TABLE public.mail TO concordat_app;

GRANT UPDATE(attempts) ON TABLE public.mail TO concordat_worker;

GRANT UPDATE(leased_until) ON TABLE public.mail TO concordat_worker;

GRANT SELECT(caused_by) ON TABLE public.mail TO concordat_app;

GRANT SELECT(created_at) ON TABLE public.mail TO concordat_app;

GRANT SELECT(sent_at) ON TABLE public.mail TO concordat_app;

GRANT UPDATE(sent_at) ON TABLE public.mail TO concordat_worker;

GRANT UPDATE(provider) ON TABLE public.mail TO concordat_worker;

GRANT UPDATE(provider_reference) ON TABLE public.mail TO concordat_worker;

GRANT SELECT(about) ON TABLE public.mail TO concordat_app;

GRANT SELECT(delivery) ON TABLE public.mail TO concordat_app;

GRANT SELECT(delivery_at) ON TABLE public.mail TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.named_contact TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.named_contact TO concordat_worker;

GRANT UPDATE(valid_to) ON TABLE public.named_contact TO concordat_app;

GRANT UPDATE(ended_reason) ON TABLE public.named_contact TO concordat_app;

GRANT UPDATE(version) ON TABLE public.named_contact TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.organisation TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(id) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(id) ON TABLE public.organisation TO concordat_public;

GRANT SELECT(kind) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(kind) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(name) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(name) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(name) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(name) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(legal_name) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(legal_name) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(legal_name) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(legal_name) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(status) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(status) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(status) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(status) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(proposed_to_close) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(proposed_to_close) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(proposed_to_close) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(proposed_to_close) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(opened_on) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(opened_on) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(opened_on) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(opened_on) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(closed_on) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(closed_on) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(closed_on) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(closed_on) ON TABLE public.organisation TO concordat_public;

GRANT SELECT(urn) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(urn) ON TABLE public.organisation TO concordat_public;

GRANT SELECT(uid) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(uid) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(ukprn) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(ukprn) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(ukprn) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(ukprn) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(ods_code) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(ods_code) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(ods_code) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(ods_code) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(companies_house) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(companies_house) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(companies_house) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(companies_house) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(group_id) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(group_id) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(group_id) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(group_id) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(la_code) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(la_code) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(la_code) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(la_code) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(la_name) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(la_name) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(la_name) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(la_name) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(gss_la_code) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(gss_la_code) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(gss_la_code) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(gss_la_code) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(establishment_number) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(establishment_number) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(establishment_number) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(establishment_number) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(type_code) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(type_code) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(type_code) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(type_code) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(type_label) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(type_label) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(type_label) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(type_label) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(phase) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(phase) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(phase) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(phase) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(category) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(category) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(category) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(category) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(lowest_age) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(lowest_age) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(lowest_age) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(lowest_age) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(highest_age) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(highest_age) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(highest_age) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(highest_age) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(trust_id) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(trust_id) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(trust_id) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(trust_id) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(trust_since) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(trust_since) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(trust_since) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(trust_since) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(street) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(street) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(street) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(street) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(locality) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(locality) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(locality) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(locality) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(town) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(town) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(town) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(town) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(postcode) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(postcode) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(postcode) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(postcode) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(website) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(website) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT(website) ON TABLE public.organisation TO concordat_national;

GRANT SELECT(website) ON TABLE public.organisation TO concordat_public;

GRANT UPDATE(telephone) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(telephone) ON TABLE public.organisation TO concordat_worker;

GRANT UPDATE(content_hash) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(content_hash) ON TABLE public.organisation TO concordat_worker;

GRANT UPDATE(import_id) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(import_id) ON TABLE public.organisation TO concordat_worker;

GRANT UPDATE(version) ON TABLE public.organisation TO concordat_app;

GRANT UPDATE(version) ON TABLE public.organisation TO concordat_worker;

GRANT SELECT ON TABLE public.organisation_affiliation TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.organisation_affiliation TO concordat_worker;

GRANT SELECT ON TABLE public.organisation_affiliation TO concordat_national;

GRANT SELECT ON TABLE public.organisation_affiliation TO concordat_public;

GRANT UPDATE(board_id) ON TABLE public.organisation_affiliation TO concordat_worker;

GRANT UPDATE(valid_from) ON TABLE public.organisation_affiliation TO concordat_worker;

GRANT UPDATE(valid_to) ON TABLE public.organisation_affiliation TO concordat_worker;

GRANT SELECT ON TABLE public.organisation_directory_entry TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.organisation_directory_entry TO concordat_worker;

GRANT UPDATE(name) ON TABLE public.organisation_directory_entry TO concordat_worker;

GRANT UPDATE(status) ON TABLE public.organisation_directory_entry TO concordat_worker;

GRANT UPDATE(closed_on) ON TABLE public.organisation_directory_entry TO concordat_worker;

GRANT UPDATE(successors) ON TABLE public.organisation_directory_entry TO concordat_worker;

GRANT UPDATE(seen_at) ON TABLE public.organisation_directory_entry TO concordat_worker;

GRANT UPDATE(lies_in) ON TABLE public.organisation_directory_entry TO concordat_worker;

GRANT SELECT ON TABLE public.organisation_fact TO concordat_app;

GRANT SELECT ON TABLE public.organisation_fact TO concordat_worker;

GRANT SELECT ON TABLE public.organisation_fact TO concordat_national;

GRANT SELECT ON TABLE public.organisation_fact TO concordat_public;

GRANT SELECT,INSERT ON TABLE public.organisation_history TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.organisation_history TO concordat_worker;

GRANT SELECT(organisation_id) ON TABLE public.organisation_history TO concordat_national;

GRANT SELECT(organisation_id) ON TABLE public.organisation_history TO concordat_public;

GRANT SELECT(id) ON TABLE public.organisation_history TO concordat_national;

GRANT SELECT(id) ON TABLE public.organisation_history TO concordat_public;

GRANT SELECT(field) ON TABLE public.organisation_history TO concordat_national;

GRANT SELECT(field) ON TABLE public.organisation_history TO concordat_public;

GRANT SELECT(before) ON TABLE public.organisation_history TO concordat_national;

GRANT SELECT(before) ON TABLE public.organisation_history TO concordat_public;

GRANT SELECT(after) ON TABLE public.organisation_history TO concordat_national;

GRANT SELECT(after) ON TABLE public.organisation_history TO concordat_public;

GRANT SELECT(effective_on) ON TABLE public.organisation_history TO concordat_national;

GRANT SELECT(effective_on) ON TABLE public.organisation_history TO concordat_public;

GRANT SELECT(recorded_at) ON TABLE public.organisation_history TO concordat_national;

GRANT SELECT(recorded_at) ON TABLE public.organisation_history TO concordat_public;

GRANT SELECT,INSERT ON TABLE public.organisation_lineage TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.organisation_lineage TO concordat_worker;

GRANT SELECT(predecessor_id) ON TABLE public.organisation_lineage TO concordat_national;

GRANT SELECT(predecessor_id) ON TABLE public.organisation_lineage TO concordat_public;

GRANT SELECT(successor_id) ON TABLE public.organisation_lineage TO concordat_national;

GRANT SELECT(successor_id) ON TABLE public.organisation_lineage TO concordat_public;

GRANT UPDATE(kind) ON TABLE public.organisation_lineage TO concordat_app;

GRANT UPDATE(kind) ON TABLE public.organisation_lineage TO concordat_worker;

GRANT SELECT(kind) ON TABLE public.organisation_lineage TO concordat_national;

GRANT SELECT(kind) ON TABLE public.organisation_lineage TO concordat_public;

GRANT UPDATE(on_date) ON TABLE public.organisation_lineage TO concordat_app;

GRANT UPDATE(on_date) ON TABLE public.organisation_lineage TO concordat_worker;

GRANT SELECT(on_date) ON TABLE public.organisation_lineage TO concordat_national;

GRANT SELECT(on_date) ON TABLE public.organisation_lineage TO concordat_public;

GRANT UPDATE(import_id) ON TABLE public.organisation_lineage TO concordat_app;

GRANT UPDATE(import_id) ON TABLE public.organisation_lineage TO concordat_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partner_body TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.partner_body TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.partner_body TO concordat_national;

GRANT SELECT(area_id) ON TABLE public.partner_body TO concordat_public;

GRANT SELECT(id) ON TABLE public.partner_body TO concordat_national;

GRANT SELECT(id) ON TABLE public.partner_body TO concordat_public;

GRANT SELECT(kind) ON TABLE public.partner_body TO concordat_national;

GRANT SELECT(kind) ON TABLE public.partner_body TO concordat_public;

GRANT SELECT(name) ON TABLE public.partner_body TO concordat_national;

GRANT SELECT(name) ON TABLE public.partner_body TO concordat_public;

GRANT SELECT(valid_from) ON TABLE public.partner_body TO concordat_national;

GRANT SELECT(valid_from) ON TABLE public.partner_body TO concordat_public;

GRANT SELECT(valid_to) ON TABLE public.partner_body TO concordat_national;

GRANT SELECT(valid_to) ON TABLE public.partner_body TO concordat_public;

GRANT SELECT(succeeded_by) ON TABLE public.partner_body TO concordat_national;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partnership_chair TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.partnership_chair TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.partnership_chair TO concordat_national;

GRANT SELECT(area_id) ON TABLE public.partnership_chair TO concordat_public;

GRANT SELECT(id) ON TABLE public.partnership_chair TO concordat_national;

GRANT SELECT(id) ON TABLE public.partnership_chair TO concordat_public;

GRANT SELECT(appointment_id) ON TABLE public.partnership_chair TO concordat_national;

GRANT SELECT(appointment_id) ON TABLE public.partnership_chair TO concordat_public;

GRANT SELECT(valid_from) ON TABLE public.partnership_chair TO concordat_national;

GRANT SELECT(valid_from) ON TABLE public.partnership_chair TO concordat_public;

GRANT SELECT(valid_to) ON TABLE public.partnership_chair TO concordat_national;

GRANT SELECT(valid_to) ON TABLE public.partnership_chair TO concordat_public;

GRANT SELECT,INSERT,DELETE ON TABLE public.pending_sign_in TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.person TO concordat_app;

GRANT SELECT ON TABLE public.person TO concordat_worker;

GRANT UPDATE(name) ON TABLE public.person TO concordat_app;

GRANT UPDATE(email) ON TABLE public.person TO concordat_app;

GRANT UPDATE(telephone) ON TABLE public.person TO concordat_app;

GRANT UPDATE(disabled_at) ON TABLE public.person TO concordat_app;

GRANT UPDATE(version) ON TABLE public.person TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.receipt TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.receipt TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.receipt TO concordat_national;

GRANT SELECT(contribution_id) ON TABLE public.receipt TO concordat_national;

GRANT SELECT(amount_pence) ON TABLE public.receipt TO concordat_national;

GRANT SELECT,INSERT ON TABLE public.register_line TO concordat_worker;

GRANT UPDATE(form) ON TABLE public.register_line TO concordat_worker;

GRANT UPDATE(digest) ON TABLE public.register_line TO concordat_worker;

GRANT UPDATE(content_hash) ON TABLE public.register_line TO concordat_worker;

GRANT UPDATE(import_id) ON TABLE public.register_line TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.relevant_agency TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.relevant_agency TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.reminder TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.reminder TO concordat_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.request_draft TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.request_message TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.request_message TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.role_assignment TO concordat_app;

GRANT SELECT ON TABLE public.role_assignment TO concordat_worker;

GRANT UPDATE(post) ON TABLE public.role_assignment TO concordat_app;

GRANT UPDATE(valid_to) ON TABLE public.role_assignment TO concordat_app;

GRANT UPDATE(ended_reason) ON TABLE public.role_assignment TO concordat_app;

GRANT UPDATE(version) ON TABLE public.role_assignment TO concordat_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.seat TO concordat_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.seat TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.seat TO concordat_national;

GRANT SELECT(id) ON TABLE public.seat TO concordat_national;

GRANT SELECT(education_level) ON TABLE public.seat TO concordat_national;

GRANT SELECT(valid_from) ON TABLE public.seat TO concordat_national;

GRANT SELECT(valid_to) ON TABLE public.seat TO concordat_national;

GRANT SELECT,INSERT,DELETE ON TABLE public.seen_logout_token TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.session TO concordat_app;

GRANT UPDATE(id_token) ON TABLE public.session TO concordat_app;

GRANT UPDATE(last_seen_at) ON TABLE public.session TO concordat_app;

GRANT UPDATE(revoked_at) ON TABLE public.session TO concordat_app;

GRANT UPDATE(revoked_reason) ON TABLE public.session TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.trust_membership TO concordat_app;

GRANT SELECT,INSERT ON TABLE public.trust_membership TO concordat_worker;

GRANT SELECT(establishment_id) ON TABLE public.trust_membership TO concordat_national;

GRANT SELECT(establishment_id) ON TABLE public.trust_membership TO concordat_public;

GRANT SELECT(id) ON TABLE public.trust_membership TO concordat_national;

GRANT SELECT(id) ON TABLE public.trust_membership TO concordat_public;

GRANT SELECT(trust_id) ON TABLE public.trust_membership TO concordat_national;

GRANT SELECT(trust_id) ON TABLE public.trust_membership TO concordat_public;

GRANT SELECT(valid_from) ON TABLE public.trust_membership TO concordat_national;

GRANT SELECT(valid_from) ON TABLE public.trust_membership TO concordat_public;

GRANT SELECT(valid_to) ON TABLE public.trust_membership TO concordat_national;

GRANT SELECT(valid_to) ON TABLE public.trust_membership TO concordat_public;

GRANT SELECT ON TABLE public.webhook_attempt TO concordat_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.webhook_attempt TO concordat_worker;

GRANT UPDATE(status) ON TABLE public.webhook_attempt TO concordat_worker;

GRANT UPDATE(said) ON TABLE public.webhook_attempt TO concordat_worker;

GRANT UPDATE(ms) ON TABLE public.webhook_attempt TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.webhook_delivery TO concordat_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.webhook_delivery TO concordat_worker;

GRANT UPDATE(state) ON TABLE public.webhook_delivery TO concordat_app;

GRANT UPDATE(state) ON TABLE public.webhook_delivery TO concordat_worker;

GRANT UPDATE(attempts) ON TABLE public.webhook_delivery TO concordat_app;

GRANT UPDATE(attempts) ON TABLE public.webhook_delivery TO concordat_worker;

GRANT UPDATE(next_at) ON TABLE public.webhook_delivery TO concordat_app;

GRANT UPDATE(next_at) ON TABLE public.webhook_delivery TO concordat_worker;

GRANT UPDATE(sent_for_at) ON TABLE public.webhook_delivery TO concordat_app;

GRANT UPDATE(sent_for_at) ON TABLE public.webhook_delivery TO concordat_worker;

GRANT UPDATE(claimed_until) ON TABLE public.webhook_delivery TO concordat_app;

GRANT UPDATE(claimed_until) ON TABLE public.webhook_delivery TO concordat_worker;

GRANT UPDATE(ended_at) ON TABLE public.webhook_delivery TO concordat_app;

GRANT UPDATE(ended_at) ON TABLE public.webhook_delivery TO concordat_worker;

GRANT SELECT,INSERT ON TABLE public.webhook_endpoint TO concordat_app;

GRANT SELECT ON TABLE public.webhook_endpoint TO concordat_worker;

GRANT UPDATE(url) ON TABLE public.webhook_endpoint TO concordat_app;

GRANT UPDATE(description) ON TABLE public.webhook_endpoint TO concordat_app;

GRANT UPDATE(event_types) ON TABLE public.webhook_endpoint TO concordat_app;

GRANT UPDATE(state) ON TABLE public.webhook_endpoint TO concordat_app;

GRANT UPDATE(state) ON TABLE public.webhook_endpoint TO concordat_worker;

GRANT UPDATE(state_reason) ON TABLE public.webhook_endpoint TO concordat_app;

GRANT UPDATE(state_reason) ON TABLE public.webhook_endpoint TO concordat_worker;

GRANT UPDATE(read_to) ON TABLE public.webhook_endpoint TO concordat_app;

GRANT UPDATE(read_to) ON TABLE public.webhook_endpoint TO concordat_worker;

GRANT UPDATE(failing_since) ON TABLE public.webhook_endpoint TO concordat_app;

GRANT UPDATE(failing_since) ON TABLE public.webhook_endpoint TO concordat_worker;

GRANT UPDATE(version) ON TABLE public.webhook_endpoint TO concordat_app;

GRANT UPDATE(version) ON TABLE public.webhook_endpoint TO concordat_worker;

GRANT INSERT ON TABLE public.webhook_secret TO concordat_app;

GRANT SELECT ON TABLE public.webhook_secret TO concordat_worker;

GRANT SELECT(area_id) ON TABLE public.webhook_secret TO concordat_app;

GRANT SELECT(id) ON TABLE public.webhook_secret TO concordat_app;

GRANT SELECT(endpoint_id) ON TABLE public.webhook_secret TO concordat_app;

GRANT UPDATE(sealed) ON TABLE public.webhook_secret TO concordat_worker;

GRANT UPDATE(sealed) ON TABLE public.webhook_secret TO concordat_app;

GRANT UPDATE(key_id) ON TABLE public.webhook_secret TO concordat_worker;

GRANT SELECT(key_id) ON TABLE public.webhook_secret TO concordat_app;

GRANT SELECT(made_at) ON TABLE public.webhook_secret TO concordat_app;

GRANT SELECT(made_by_name) ON TABLE public.webhook_secret TO concordat_app;

GRANT SELECT(ends_at),UPDATE(ends_at) ON TABLE public.webhook_secret TO concordat_app;

GRANT SELECT,INSERT,DELETE ON TABLE queue.inbox TO concordat_worker;

GRANT SELECT,DELETE ON TABLE queue.job_run TO concordat_worker;

GRANT SELECT ON TABLE queue.job_run TO concordat_app;

GRANT UPDATE(state) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(state) ON TABLE queue.job_run TO concordat_app;

GRANT UPDATE(starts) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(starts) ON TABLE queue.job_run TO concordat_app;

GRANT UPDATE(error) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(error) ON TABLE queue.job_run TO concordat_app;

GRANT UPDATE(started_at) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(finished_at) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(finished_at) ON TABLE queue.job_run TO concordat_app;

GRANT UPDATE(process) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(suspect) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(sent_at) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(progress_done) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(progress_of) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(progress_words) ON TABLE queue.job_run TO concordat_worker;

GRANT UPDATE(furthest) ON TABLE queue.job_run TO concordat_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE queue.lease TO concordat_worker;

GRANT INSERT ON TABLE queue.outbox TO concordat_app;

GRANT SELECT,INSERT,DELETE ON TABLE queue.outbox TO concordat_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE queue.process TO concordat_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE queue.sweep_run TO concordat_worker;

GRANT SELECT ON TABLE queue.sweep_run TO concordat_app;
