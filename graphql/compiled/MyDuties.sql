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
  t1.version as "version") r
 where (t1.organisation_id = any ($3::uuid[]) and t1.state <> 'cancelled') and (t1.state in ('not_started', 'draft', 'more_needed')) and (t1.area_id = $4) and ((t1.due_on, t1.agency_name, t1.id) > ($5::date, $6, $7::uuid))
 order by t1.due_on, t1.agency_name, t1.id
 limit $1::integer + 1) p) q) g) || (',"inclusions":' || (coalesce((select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('RelevantAgency:' || (t2.area_id || '.' || t2.id)) as "id",
  shape.opaque('Area:' || (t2.area_id)) as "areaId",
  t2_a.name as "areaName",
  t2.name as "name",
  t2.category as "category",
  t2_c.label as "categoryLabel",
  t2.state as "state",
  case t2.state when 'not_selected' then 'Considered, not chosen' when 'selected' then 'Chosen, not told yet' when 'notified' then 'Told' when 'acknowledged' then 'Acknowledged' when 'reconfirmed' then 'Reconfirmed' when 'declined' then 'Declined' when 'ceased' then 'No longer included' end as "stateLabel",
  t2.reason as "reason",
  t2.expectation as "expectation",
  t2.contact_name as "contactName",
  t2.contact_email as "contactEmail",
  t2.notified_on as "notifiedOn",
  case t2.notified_channel when 'email' then 'Email' when 'letter' then 'Letter' when 'meeting' then 'Meeting' when 'telephone' then 'Telephone call' when 'portal' then 'This service' end as "notifiedChannel",
  t2.notified_version as "notifiedVersion",
  t2.acknowledged_on as "acknowledgedOn",
  t2.acknowledged_by as "acknowledgedBy",
  t2.acknowledged_version as "acknowledgedVersion",
  t2.state_reason as "stateReason",
  t2.version as "version"
 from relevant_agency t2 join area t2_a on t2_a.id = t2.area_id join agency_category t2_c on t2_c.code = t2.category
 where (t2.organisation_id = any ($8::uuid[]) and t2.state not in ('not_selected', 'selected'))
 order by t2_a.name, t2.name, t2.id
 limit 500) r)::text, 'null') || ('}}')))))
