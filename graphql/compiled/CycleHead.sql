select (select '{"data":{"record":' || (coalesce((select row_to_json(r) from (select row_to_json(t2) as "cycle"
 from duty_cycle t1 join duty_version t1_v on t1_v.area_id = t1.area_id and t1_v.id = t1.duty_version_id cross join lateral (select coalesce(sum(n.requests) filter (where n.state <> 'cancelled'), 0)::integer as asked, coalesce(sum(n.requests) filter (where n.state in ('submitted', 'accepted')), 0)::integer as returned, coalesce(sum(n.requests) filter (where n.state = 'accepted'), 0)::integer as accepted, coalesce(sum(n.requests) filter (where n.state = 'declined'), 0)::integer as declined from cooperation_count n where n.area_id = t1.area_id and n.cycle_id = t1.id) t1_n
 cross join lateral (select shape.opaque('Duty:' || (t1.area_id || '.' || t1.duty_id)) as "dutyId",
  t1_v.title as "dutyTitle",
  t1.label as "label",
  t1.due_on as "dueOn") t2
 where (t1.area_id = $1 and t1.id = $2)) r)::text, 'null') || ('}}')))
