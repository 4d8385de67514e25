-- One return is sent: the same rows are written as by our own mutation, and the same is answered. The key that makes a
-- repeat harmless is claimed first, under the policies of its table; what was carried over from last year is kept.
-- The answer is put together here, its list as JSON: cheaper for the peer than to select from relations.
create function peer.submit_return(key text, request_id uuid, area integer, seen integer, answers jsonb, by_name text,
    by_id text, out id uuid, out state text, out state_label text, out version integer, out step integer,
    out question_open boolean, out late boolean, out submissions json)
    language plpgsql volatile as $$
declare
    asked public.duty_request;
    given text;
    last_year jsonb;
    carried text[] := '{}';
begin
    insert into public.idempotency (principal, key, command, request_hash, result)
    values (by_id::uuid, submit_return.key, 'return.submit', sha256(convert_to(answers::text, 'UTF8')), request_id::text)
    on conflict do nothing;
    if not found then
        raise exception 'sent before';
    end if;
    select * into asked from public.duty_request r where r.area_id = area and r.id = request_id for update;
    if not found then
        raise exception 'not found';
    end if;
    if asked.version <> seen or asked.state not in ('not_started', 'draft', 'more_needed', 'declined') then
        raise exception 'somebody was first';
    end if;
    select s.answers into last_year from public.submission s
    where s.area_id = area and s.organisation_id = asked.organisation_id and s.duty_id = asked.duty_id
        and s.withdrawn_at is null and s.request_id <> asked.id
    order by s.sent_at desc, s.id desc limit 1;
    if found then
        carried := array(select a.key from jsonb_each(answers) a where a.value = last_year -> a.key);
    end if;
    given := regexp_replace(upper(left(md5(random()::text), 12)), '(.{4})(.{4})(.{4})', '\1-\2-\3');
    insert into public.submission (area_id, id, request_id, duty_id, organisation_id, receipt, answers, reused, sent_by)
    values (area, uuidv7(), request_id, asked.duty_id, asked.organisation_id, given, answers, carried, by_name);
    delete from public.request_draft d where d.area_id = area and d.request_id = submit_return.request_id;
    update public.duty_request r
    set state = 'submitted', submitted_at = now(), state_reason = null, version = r.version + 1
    where r.area_id = area and r.id = request_id
    returning r.id, r.state, r.version, r.question_open, r.state in ('not_started', 'draft', 'more_needed')
        and r.due_on < current_date into id, state, version, question_open, late;
    insert into audit.event (area_id, actor_id, actor_kind, actor_name, actor_role, action, subject_type, subject_id,
        legal_basis, before, after)
    values (area, by_id, 'person', by_name, 'establishment_contact', 'return.submit', 'duty_request', request_id::text,
        'Children Act 2004, section 16H (information requested by a safeguarding partner); Children Act 2004, section 16G '
            || '(acting in accordance with the published arrangements)', jsonb_build_object('state', asked.state),
        jsonb_build_object('state', state, 'receipt', given, 'duty_version', 1));
    select l.label,
        coalesce((select f.step from public.follow_up_move f where f.area_id = area and f.request_id = asked.id
            order by f.moved_at desc, f.id desc limit 1), 0),
        (select json_agg(row_to_json(r)) from (
            select s.receipt, s.sent_at as "sentAt", s.sent_by as "sentBy", s.withdrawn_at as "withdrawnAt", p.outcome,
                p.comment
            from public.submission s
                left join public.area_reply p on p.area_id = s.area_id and p.submission_id = s.id
            where s.area_id = area and s.request_id = asked.id order by s.sent_at desc, s.id desc limit 50) r)
        into state_label, step, submissions
    from peer.request_state l where l.state = submit_return.state;
end
$$;

-- The least that records the same return, as the peer stood here before: no key, nothing carried over, a short answer.
create function peer.submit_bare_return(request_id uuid, area integer, seen integer, answers jsonb, by_name text, by_id text,
    out receipt text, out state text, out version integer)
    language plpgsql volatile as $$
declare
    asked public.duty_request;
begin
    select * into asked from public.duty_request r where r.area_id = area and r.id = request_id for update;
    if not found then
        raise exception 'not found';
    end if;
    if asked.version <> seen or asked.state not in ('not_started', 'draft', 'more_needed', 'declined') then
        raise exception 'somebody was first';
    end if;
    receipt := regexp_replace(upper(left(md5(random()::text), 12)), '(.{4})(.{4})(.{4})', '\1-\2-\3');
    insert into public.submission (area_id, id, request_id, duty_id, organisation_id, receipt, answers, sent_by)
    values (area, uuidv7(), request_id, asked.duty_id, asked.organisation_id, receipt, answers, by_name);
    delete from public.request_draft d where d.area_id = area and d.request_id = submit_bare_return.request_id;
    update public.duty_request r
    set state = 'submitted', submitted_at = now(), state_reason = null, version = r.version + 1
    where r.area_id = area and r.id = request_id
    returning r.state, r.version into state, version;
    insert into audit.event (area_id, actor_id, actor_kind, actor_name, actor_role, action, subject_type, subject_id,
        legal_basis, before, after)
    values (area, by_id, 'person', by_name, 'establishment_contact', 'return.submit', 'duty_request', request_id::text,
        'Children Act 2004, section 16H (information requested by a safeguarding partner); Children Act 2004, section 16G '
            || '(acting in accordance with the published arrangements)', jsonb_build_object('state', asked.state),
        jsonb_build_object('state', state, 'receipt', receipt, 'duty_version', 1));
end
$$;
