-- Returns are sent by one call, with the sender's own rights: what was decided about each in Python is written here, if
-- its request is still at the version that was decided about. It counts for the Department after its last row, so it
-- comes before the entries in the audit chain: in the other order two people of one area could wait for each other.
create function send_returns(given text, by_name text, at timestamptz) returns boolean
language plpgsql volatile set search_path = pg_catalog, public as $$
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
revoke all on function send_returns(text, text, timestamptz) from public;
grant execute on function send_returns(text, text, timestamptz) to concordat_app, concordat_worker;
