-- A return that nobody has begun is sent without having been read: `asked` says, for each text that it may have been
-- asked by and for which its answers were found good, the entry to write and the order of the questions. It raises for
-- any other request, and for last year's answers that nobody has confirmed. With the sender's own rights, and the entry
-- in the audit chain last, as where many are sent. There is no draft to empty, and nothing was sent for it before.
create function send_untouched_return(of_area integer, of_request uuid, bodies uuid[], on_day date, asked text,
    to_state text, of_submission uuid, of_receipt text, given text, confirmed boolean, by_name text, at timestamptz)
returns boolean
language plpgsql volatile set search_path = pg_catalog, public as $$
declare
    texts jsonb := asked::jsonb;
    answered jsonb := given::jsonb;
    body uuid;
    duty uuid;
    chosen jsonb;
    last_year jsonb;
    carried text[] := '{}';
begin
    update duty_request r set state = to_state, state_reason = null, submitted_at = at, version = 2
    where r.area_id = of_area and r.id = of_request and r.version = 1 and r.state = 'not_started'
        and r.opens_on <= on_day and r.organisation_id = any (bodies) and texts ? r.duty_version_id::text
    returning r.organisation_id, r.duty_id, texts -> r.duty_version_id::text into body, duty, chosen;
    if not found then
        raise exception 'not a request that nobody has begun' using errcode = '40001';
    end if;
    select s.answers into last_year from submission s
    where s.area_id = of_area and s.organisation_id = body and s.duty_id = duty and s.withdrawn_at is null
        and s.request_id <> of_request
    order by s.sent_at desc, s.id desc limit 1;
    if found then
        carried := array(select k.key from jsonb_array_elements_text(chosen -> 'keys') with ordinality k (key, place)
                         where last_year -> k.key = answered -> k.key order by k.place);
        if carried <> '{}' and not confirmed then
            raise exception 'answers of last year that nobody has confirmed' using errcode = '40001';
        end if;
    end if;
    insert into submission (area_id, id, request_id, duty_id, organisation_id, receipt, answers, reused, sent_by, sent_at)
    values (of_area, of_submission, of_request, duty, body, of_receipt, answered, carried, by_name, at);
    return audit.append(chosen ->> 'entries');
end
$$;
revoke all on function send_untouched_return(integer, uuid, uuid[], date, text, text, uuid, text, text, boolean, text,
    timestamptz) from public;
grant execute on function send_untouched_return(integer, uuid, uuid[], date, text, text, uuid, text, text, boolean, text,
    timestamptz) to concordat_app;
