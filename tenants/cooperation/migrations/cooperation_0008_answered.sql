-- A return that nobody has begun is sent as by `send_untouched_return`, which an older process still calls, and both rows
-- come back as they were written, with what the policies of reading let through: the answer is made of them in the same
-- statement, and neither is looked for again.
create function send_untouched(of_area integer, of_request uuid, bodies uuid[], on_day date, asked text, to_state text,
    of_submission uuid, of_receipt text, given text, confirmed boolean, by_name text, at timestamptz)
returns table (request duty_request, sent submission)
language plpgsql volatile rows 1 set search_path = pg_catalog, public as $$
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
revoke all on function send_untouched(integer, uuid, uuid[], date, text, text, uuid, text, text, boolean, text,
    timestamptz) from public;
grant execute on function send_untouched(integer, uuid, uuid[], date, text, text, uuid, text, text, boolean, text,
    timestamptz) to concordat_app;
