-- One return is sent: the same rows are written as by our own mutation, but for the key that makes a repeat harmless.
create function peer.submit_return(request_id uuid, area integer, seen integer, answers jsonb, by_name text, by_id text,
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
    delete from public.request_draft d where d.area_id = area and d.request_id = submit_return.request_id;
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
