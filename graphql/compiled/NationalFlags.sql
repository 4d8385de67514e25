select (select '{"data":{"nationalFlags":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $1::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($1::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, shape.instant(t1.changed_at) as k0, t1.id as k1
 from intervention_flag t1 cross join lateral (select t1.decision is not null as decided,
    case when t1.state = 'decided' and t1.review_on <= $2 then 'review_due' else t1.state end as state,
    case when t1.state in ('withdrawn', 'withdrawn_locally') then 'E0'
        when t1.state = 'raised' and t1.raised_as = 'scrutineer' then 'E2'
        when t1.state = 'raised' then 'E1'
        when t1.decision is null then 'E4'
        when t1.state = 'closed' and t1.decision = 'no_action' then 'E0'
        when t1.state = 'closed' then 'E8'
        else coalesce(case t1.decision when 'passed_to_power_holder' then
            case t1.power when 'local_authority_direction' then 'E7a' when 'police_direction' then 'E7b' when 'icb_direction' then 'E7c' end end,
            case t1.decision when 'no_action' then 'E4' when 'support' then 'E5' when 'improvement_notice_considered' then 'E5' when 'passed_to_power_holder' then 'E6' when 'referred_to_secretary_of_state' then 'E6' end) end as escalation) t1_s
 cross join lateral (select shape.opaque('InterventionFlag:' || (t1.area_id || '.' || t1.id)) as "id",
  t1.title as "title",
  case t1.kind when 'partners_cannot_agree' then 'The partners cannot agree' when 'arrangements_inadequate' then 'The arrangements are inadequate' when 'partner_withdraws_or_absent' then 'A partner has withdrawn or is absent' when 'information_refused' then 'Information asked for under section 16H has been refused' when 'other' then 'Something else' end as "kindLabel",
  t1_s.state as "state",
  case t1_s.state when 'raised' then 'Raised, not referred' when 'withdrawn_locally' then 'Withdrawn before referral' when 'referred' then 'Referred to the Department' when 'acknowledged' then 'Acknowledged' when 'information_requested' then 'Information requested' when 'answered' then 'Question answered' when 'decided' then 'Decided' when 'review_due' then 'Review due' when 'closed' then 'Closed' when 'withdrawn' then 'Referral withdrawn' end as "stateLabel",
  case t1_s.state when 'raised' then 'area' when 'referred' then 'official' when 'acknowledged' then 'official' when 'information_requested' then 'area' when 'answered' then 'official' when 'review_due' then 'official' end as "waitsFor",
  t1.referred_at as "referredAt",
  t1.reply_due_on as "replyDueOn",
  t1.review_on as "reviewOn",
  case t1.decision when 'no_action' then 'No action by the Department' when 'support' then 'Support' when 'improvement_notice_considered' then 'Improvement notice being considered' when 'passed_to_power_holder' then 'Passed to the holder of a power' when 'referred_to_secretary_of_state' then 'Referred to the Secretary of State' end as "decisionLabel",
  t1_s.escalation as "escalation",
  case t1_s.escalation when 'E0' then 'Routine' when 'E1' then 'Local concern' when 'E2' then 'Scrutineer’s advice' when 'E3' then 'With the lead safeguarding partners' when 'E4' then 'Department engaged' when 'E5' then 'Support plan' when 'E6' then 'Referred to the Secretary of State' when 'E7a' then 'Local authority: statutory direction track' when 'E7b' then 'Police: Home Office and inspectorate track' when 'E7c' then 'Integrated care board: NHS track' when 'E8' then 'Monitored exit' end as "escalationLabel",
  t1.changed_at as "changedAt",
  coalesce((select row_to_json(r) from (select t2.slug as "slug",
  t2.name as "name"
 from area t2
 where (t2.id = t1.area_id)) r), shape.required(null)) as "area") r
 where (t1.state = any ($3)) and ((t1.changed_at, t1.id) < ($4::timestamptz, $5::uuid))
 order by t1.changed_at desc, t1.id desc
 limit $1::integer + 1) p) q) g) || ('}}')))
