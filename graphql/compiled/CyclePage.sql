select (select '{"data":{"record":' || (coalesce((select row_to_json(r) from (select row_to_json(t2) as "cycle",
  (select coalesce(json_agg(row_to_json(r)
 order by t3_c.position), '[]'::json)
 from (select r.category, c.label as category_label,
    count(*) filter (where r.state <> 'cancelled')::integer as asked,
    count(*) filter (where r.state = 'not_started')::integer as not_started,
    count(*) filter (where r.state = 'draft')::integer as draft,
    count(*) filter (where r.state = 'submitted')::integer as submitted,
    count(*) filter (where r.state = 'accepted')::integer as accepted,
    count(*) filter (where r.state = 'more_needed')::integer as more_needed,
    count(*) filter (where r.state = 'declined')::integer as declined,
    count(*) filter (
        where r.state in ('not_started', 'draft', 'more_needed') and r.due_on < $1)::integer as late
from duty_request r join agency_category c on c.code = r.category
where r.area_id = t1.area_id and r.cycle_id = t1.id
group by r.category, c.label, c.position order by c.position) t3 join agency_category t3_c on t3_c.code = t3.category
 cross join lateral (select t3.category as "category",
  t3.category_label as "categoryLabel",
  t3.asked as "asked",
  t3.not_started as "notStarted",
  t3.draft as "draft",
  t3.submitted as "submitted",
  t3.accepted as "accepted",
  t3.more_needed as "moreNeeded",
  t3.declined as "declined",
  t3.late as "late") r) as "byCategory",
  (select coalesce(json_agg(row_to_json(r)
 order by t4.step), '[]'::json)
 from (select coalesce(m.step, 0) as step, max(m.step_title) as title, count(*)::integer as requests
from duty_request r left join lateral (
    select f.step, f.step_title from follow_up_move f where f.area_id = r.area_id and f.request_id = r.id
    order by f.moved_at desc, f.id desc limit 1) m on true
where r.area_id = t1.area_id and r.cycle_id = t1.id and r.due_on < $1
    and r.state in ('not_started', 'draft', 'more_needed')
group by 1 order by 1) t4
 cross join lateral (select t4.step as "step",
  t4.title as "title",
  t4.requests as "requests") r) as "byStep",
  (select coalesce(json_agg(row_to_json(r)
 order by t5.place), '[]'::json)
 from duty t5_d cross join lateral rows from (jsonb_to_recordset(t5_d.follow_up) as (title text, working_days integer)) with ordinality as t5 (title, working_days, place)
 cross join lateral (select t5.title as "title",
  t5.working_days as "workingDays") r
 where (t5_d.area_id = t1.area_id and t5_d.id = t1.duty_id)) as "steps"
 from duty_cycle t1 join duty_version t1_v on t1_v.area_id = t1.area_id and t1_v.id = t1.duty_version_id cross join lateral (select coalesce(sum(n.requests) filter (where n.state <> 'cancelled'), 0)::integer as asked, coalesce(sum(n.requests) filter (where n.state in ('submitted', 'accepted')), 0)::integer as returned, coalesce(sum(n.requests) filter (where n.state = 'accepted'), 0)::integer as accepted, coalesce(sum(n.requests) filter (where n.state = 'declined'), 0)::integer as declined from cooperation_count n where n.area_id = t1.area_id and n.cycle_id = t1.id) t1_n
 cross join lateral (select shape.opaque('DutyCycle:' || (t1.area_id || '.' || t1.id)) as "id",
  shape.opaque('Duty:' || (t1.area_id || '.' || t1.duty_id)) as "dutyId",
  t1_v.title as "dutyTitle",
  t1.label as "label",
  t1.opens_on as "opensOn",
  t1.due_on as "dueOn",
  t1.opened_by as "openedBy",
  t1_n.asked as "asked",
  t1_n.returned as "returned",
  t1_n.accepted as "accepted",
  t1_n.declined as "declined") t2
 where (t1.area_id = $2 and t1.id = $3)) r)::text, 'null') || (',"requests":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $4::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $4::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($4::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t6.agency_name as k0, t6.id as k1
 from duty_request t6 join area t6_a on t6_a.id = t6.area_id join agency_category t6_c on t6_c.code = t6.category left join lateral (select f.step, f.step_title from follow_up_move f where f.area_id = t6.area_id and f.request_id = t6.id order by f.moved_at desc, f.id desc limit 1) t6_m on true
 cross join lateral (select shape.opaque('DutyRequest:' || (t6.area_id || '.' || t6.id)) as "id",
  shape.opaque('Area:' || (t6.area_id)) as "areaId",
  t6_a.name as "areaName",
  shape.opaque('RelevantAgency:' || (t6.area_id || '.' || t6.agency_id)) as "agencyId",
  t6.agency_name as "agencyName",
  t6_c.label as "categoryLabel",
  t6.title as "title",
  t6.cycle_label as "cycleLabel",
  t6.opens_on as "opensOn",
  t6.due_on as "dueOn",
  t6.state as "state",
  case t6.state when 'not_started' then 'Not started' when 'draft' then 'Started' when 'submitted' then 'Sent, awaiting reply' when 'accepted' then 'Accepted' when 'more_needed' then 'More needed' when 'declined' then 'Declined' when 'cancelled' then 'Cancelled' end as "stateLabel",
  t6.state in ('not_started', 'draft', 'more_needed') and t6.due_on < $1 as "late",
  t6.question_open as "questionOpen",
  t6.submitted_at as "submittedAt",
  t6.state_reason as "stateReason",
  coalesce(t6_m.step, 0) as "step",
  t6_m.step_title as "stepTitle",
  (select count(*) from reminder s where s.area_id = t6.area_id and s.request_id = t6.id) as "reminders",
  t6.version as "version") r
 where (t6.area_id = $5) and (t6.cycle_id = $6) and (t6.agency_id = $7) and (strpos(lower(t6.agency_name), lower($8)) > 0) and (t6.category = $9) and (t6.state = $10) and (coalesce(t6_m.step, 0) = $11) and (t6.state in ('not_started', 'draft', 'more_needed') and t6.due_on < $1) and (t6.question_open) and ((t6.agency_name, t6.id) > ($12, $13::uuid))
 order by t6.agency_name, t6.id
 limit $4::integer + 1) p) q) g) || ('}}')))))
