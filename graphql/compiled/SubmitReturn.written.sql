select (select '{"data":{"result":' || (coalesce(coalesce((select row_to_json(r) from (select 'RequestRecord' as "__typename",
  row_to_json(t2) as "request",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json)
 from (select (t1.sent).*) t3 cross join (select null::text as outcome, null::text as comment, null::text as replied_by, null::timestamptz as replied_at) t3_p
 cross join lateral (select t3.receipt as "receipt",
  t3.sent_at as "sentAt",
  t3.sent_by as "sentBy",
  t3.withdrawn_at as "withdrawnAt",
  t3_p.outcome as "outcome",
  t3_p.comment as "comment") r) as "submissions"
 from (select (w.request).*, w.sent from send_untouched($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) w) t1 left join lateral (select f.step, f.step_title from follow_up_move f where f.area_id = t1.area_id and f.request_id = t1.id order by f.moved_at desc, f.id desc limit 1) t1_m on true
 cross join lateral (select shape.opaque('DutyRequest:' || (t1.area_id || '.' || t1.id)) as "id",
  t1.state as "state",
  case t1.state when 'not_started' then 'Not started' when 'draft' then 'Started' when 'submitted' then 'Sent, awaiting reply' when 'accepted' then 'Accepted' when 'more_needed' then 'More needed' when 'declined' then 'Declined' when 'cancelled' then 'Cancelled' end as "stateLabel",
  t1.version as "version",
  coalesce(t1_m.step, 0) as "step",
  t1.question_open as "questionOpen",
  t1.state in ('not_started', 'draft', 'more_needed') and t1.due_on < $1 as "late") t2) r), shape.required(null))::text, 'null') || ('}}')))
