select (select '{"data":{"connectionsAtAGlance":' || (coalesce(coalesce((select row_to_json(r) from (select t1.waiting as "waiting",
  t1.stale as "stale"
 from (select (select count(*)::integer from connection_proposal where area_id = $1::integer and state = 'open') as waiting, (select count(*)::integer from agency_connection where area_id = $1::integer and state in ('active', 'reauthorise') and every_minutes is not null and coalesce(last_worked_at, created_at) + make_interval(hours => stale_after_hours) <= now()) as stale) t1) r), shape.required(null))::text, 'null') || ('}}')))
