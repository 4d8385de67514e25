select (select '{"data":{"duties":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $1::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1, q.k2)::text) filter (where q.place = least($1::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t1.due_on as k0, t1.agency_name as k1, t1.id as k2
 from duty_request t1 join area t1_a on t1_a.id = t1.area_id join agency_category t1_c on t1_c.code = t1.category left join lateral (select f.step, f.step_title from follow_up_move f where f.area_id = t1.area_id and f.request_id = t1.id order by f.moved_at desc, f.id desc limit 1) t1_m on true
 cross join lateral (select shape.opaque('DutyRequest:' || (t1.area_id || '.' || t1.id)) as "id",
  shape.opaque('Area:' || (t1.area_id)) as "areaId",
  t1_a.name as "areaName",
  shape.opaque('RelevantAgency:' || (t1.area_id || '.' || t1.agency_id)) as "agencyId",
  t1.agency_name as "agencyName",
  t1_c.label as "categoryLabel",
  t1.title as "title",
  t1.cycle_label as "cycleLabel",
  t1.opens_on as "opensOn",
  t1.due_on as "dueOn",
  t1.state as "state",
  case t1.state when 'not_started' then 'Not started' when 'draft' then 'Started' when 'submitted' then 'Sent, awaiting reply' when 'accepted' then 'Accepted' when 'more_needed' then 'More needed' when 'declined' then 'Declined' when 'cancelled' then 'Cancelled' end as "stateLabel",
  t1.state in ('not_started', 'draft', 'more_needed') and t1.due_on < $2 as "late",
  t1.question_open as "questionOpen",
  t1.submitted_at as "submittedAt",
  t1.state_reason as "stateReason",
  coalesce(t1_m.step, 0) as "step",
  t1_m.step_title as "stepTitle",
  (select count(*) from reminder s where s.area_id = t1.area_id and s.request_id = t1.id) as "reminders",
  t1.version as "version",
  shape.opaque('DutyVersion:' || (t1.area_id || '.' || t1.duty_version_id)) as "formId") r
 where (t1.organisation_id = any ($3::uuid[]) and t1.state <> 'cancelled') and (t1.state in ('not_started', 'draft', 'more_needed')) and (t1.area_id = $4) and ((t1.due_on, t1.agency_name, t1.id) > ($5::date, $6, $7::uuid))
 order by t1.due_on, t1.agency_name, t1.id
 limit $1::integer + 1) p) q) g) || ('}}')))
