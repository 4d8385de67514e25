select (select '{"data":{"duties":' || (coalesce((select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Duty:' || (t1.area_id || '.' || t1.id)) as "id",
  t1.title as "title",
  case t1.cycle when 'once' then 'Once' when 'each_academic_year' then 'Each academic year' when 'each_new_version' then 'Each new version of the arrangements' end as "cycleLabel",
  t1.categories as "categories",
  t1.opens_on as "opensOn",
  t1.due_on as "dueOn",
  t1.state as "state",
  t1.latest_number as "latestNumber",
  t1.changed as "changed",
  t1.version as "version"
 from duty t1
 where (t1.area_id = $1)
 order by t1.state = 'retired', t1.title, t1.id
 limit 200) r)::text, 'null') || (',"cycles":' || (coalesce((select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('DutyCycle:' || (t2.area_id || '.' || t2.id)) as "id",
  shape.opaque('Duty:' || (t2.area_id || '.' || t2.duty_id)) as "dutyId",
  t2_v.title as "dutyTitle",
  t2.label as "label",
  t2.opens_on as "opensOn",
  t2.due_on as "dueOn",
  t2.opened_by as "openedBy",
  t2_n.asked as "asked",
  t2_n.returned as "returned",
  t2_n.accepted as "accepted",
  t2_n.declined as "declined"
 from duty_cycle t2 join duty_version t2_v on t2_v.area_id = t2.area_id and t2_v.id = t2.duty_version_id cross join lateral (select coalesce(sum(n.requests) filter (where n.state <> 'cancelled'), 0)::integer as asked, coalesce(sum(n.requests) filter (where n.state in ('submitted', 'accepted')), 0)::integer as returned, coalesce(sum(n.requests) filter (where n.state = 'accepted'), 0)::integer as accepted, coalesce(sum(n.requests) filter (where n.state = 'declined'), 0)::integer as declined from cooperation_count n where n.area_id = t2.area_id and n.cycle_id = t2.id) t2_n
 where (t2.area_id = $2)
 order by t2.due_on desc, t2.id
 limit 100) r)::text, 'null') || ('}}')))))
