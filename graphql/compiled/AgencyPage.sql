select (select '{"data":{"record":' || (coalesce((select row_to_json(r) from (select row_to_json(t2) as "agency",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t3.told_on as "toldOn",
  case t3.channel when 'email' then 'Email' when 'letter' then 'Letter' when 'meeting' then 'Meeting' when 'telephone' then 'Telephone call' when 'portal' then 'This service' end as "channel",
  t3.arrangements_version as "arrangementsVersion",
  t3.told_by as "toldBy"
 from agency_telling t3
 where (t3.area_id = t1.area_id and t3.agency_id = t1.id)
 order by t3.told_on desc, t3.id desc
 limit 100) r) as "tellings",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t4.body as "body",
  t4.written_by as "writtenBy",
  t4.written_at as "writtenAt"
 from agency_note t4
 where (t4.area_id = t1.area_id and t4.agency_id = t1.id)
 order by t4.written_at desc, t4.id desc
 limit 100) r) as "notes",
  t1.organisation_id = any ($1::uuid[]) as "mayAcknowledge"
 from relevant_agency t1 join area t1_a on t1_a.id = t1.area_id join agency_category t1_c on t1_c.code = t1.category
 cross join lateral (select shape.opaque('RelevantAgency:' || (t1.area_id || '.' || t1.id)) as "id",
  shape.opaque('Area:' || (t1.area_id)) as "areaId",
  t1_a.name as "areaName",
  t1.name as "name",
  t1.category as "category",
  t1_c.label as "categoryLabel",
  t1.state as "state",
  case t1.state when 'not_selected' then 'Considered, not chosen' when 'selected' then 'Chosen, not told yet' when 'notified' then 'Told' when 'acknowledged' then 'Acknowledged' when 'reconfirmed' then 'Reconfirmed' when 'declined' then 'Declined' when 'ceased' then 'No longer included' end as "stateLabel",
  t1.reason as "reason",
  t1.expectation as "expectation",
  t1.contact_name as "contactName",
  t1.contact_email as "contactEmail",
  t1.notified_on as "notifiedOn",
  case t1.notified_channel when 'email' then 'Email' when 'letter' then 'Letter' when 'meeting' then 'Meeting' when 'telephone' then 'Telephone call' when 'portal' then 'This service' end as "notifiedChannel",
  t1.notified_version as "notifiedVersion",
  t1.acknowledged_on as "acknowledgedOn",
  t1.acknowledged_by as "acknowledgedBy",
  t1.acknowledged_version as "acknowledgedVersion",
  t1.state_reason as "stateReason",
  t1.version as "version") t2
 where (t1.area_id = $2 and t1.id = $3)) r)::text, 'null') || (',"requests":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || ('}')) from (select json_agg(q.node) as nodes from (select row_to_json(r) as node
 from duty_request t5 join area t5_a on t5_a.id = t5.area_id join agency_category t5_c on t5_c.code = t5.category left join lateral (select f.step, f.step_title from follow_up_move f where f.area_id = t5.area_id and f.request_id = t5.id order by f.moved_at desc, f.id desc limit 1) t5_m on true
 cross join lateral (select shape.opaque('DutyRequest:' || (t5.area_id || '.' || t5.id)) as "id",
  shape.opaque('Area:' || (t5.area_id)) as "areaId",
  t5_a.name as "areaName",
  shape.opaque('RelevantAgency:' || (t5.area_id || '.' || t5.agency_id)) as "agencyId",
  t5.agency_name as "agencyName",
  t5_c.label as "categoryLabel",
  t5.title as "title",
  t5.cycle_label as "cycleLabel",
  t5.opens_on as "opensOn",
  t5.due_on as "dueOn",
  t5.state as "state",
  case t5.state when 'not_started' then 'Not started' when 'draft' then 'Started' when 'submitted' then 'Sent, awaiting reply' when 'accepted' then 'Accepted' when 'more_needed' then 'More needed' when 'declined' then 'Declined' when 'cancelled' then 'Cancelled' end as "stateLabel",
  t5.state in ('not_started', 'draft', 'more_needed') and t5.due_on < $5 as "late",
  t5.question_open as "questionOpen",
  t5.submitted_at as "submittedAt",
  t5.state_reason as "stateReason",
  coalesce(t5_m.step, 0) as "step",
  t5_m.step_title as "stepTitle",
  (select count(*) from reminder s where s.area_id = t5.area_id and s.request_id = t5.id) as "reminders",
  t5.version as "version") r
 where (t5.area_id = $6) and (t5.cycle_id = $7) and (t5.agency_id = $8) and (strpos(lower(t5.agency_name), lower($9)) > 0) and (t5.category = $10) and (t5.state = $11) and (coalesce(t5_m.step, 0) = $12) and (t5.state in ('not_started', 'draft', 'more_needed') and t5.due_on < $5) and (t5.question_open) and ((t5.agency_name, t5.id) > ($13, $14::uuid))
 order by t5.agency_name, t5.id
 limit $4::integer) q) g) || ('}}')))))
