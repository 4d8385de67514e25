select (select concat('{"data":{"area":', coalesce((select row_to_json(r) from (select t1.name as "name",
  t1.slug as "slug",
  t1.lifecycle as "lifecycle",
  (select coalesce(json_agg(row_to_json(r)
 order by t2.la_name, t2.la_code), '[]'::json)
 from area_local_authority t2
 cross join lateral (select t2.la_name as "name") r
 where (t2.area_id = t1.id and t2.valid @> $1::date)) as "localAuthorities"
 from area t1
 where (t1.slug = $2) and (t1.lifecycle <> 'setting_up' or t1.id = any ($3::integer[]))) r)::text, 'null'), ',"membershipCompleteness":', coalesce(coalesce((select row_to_json(r) from (select t3.standing = 'met' as "complete",
  (select coalesce(json_agg(row_to_json(r)
 order by t4.place), '[]'::json)
 from rows from (jsonb_to_recordset(t3.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t4 (sentence, source, statutory, place)
 cross join lateral (select t4.sentence as "sentence",
  t4.source as "source",
  t4.statutory as "statutory") r
 where (t4.place <= t3.amount)) as "missing"
 from area_fact t3
 where (t3.area_id = $4 and t3.subject = 'membership' and not t3.stale
    and (t3.recheck_on is null or t3.recheck_on > $5::date))) r), shape.required(null))::text, 'null'), ',"budgets":', coalesce((select coalesce(json_agg(row_to_json(r)
 order by t5.year desc), '[]'::json)
 from budget t5
 cross join lateral (select shape.year_label(t5.year::integer) as "label",
  t5.state as "state",
  t5.year as "year") r
 where (t5.area_id = $6))::text, 'null'), ',"myAgreements":', (select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || ('}')) from (select json_agg(q.node) as nodes from (select row_to_json(r) as node
 from (select found.*, array(select p.name from partner_body p join appointment a on a.area_id = p.area_id and a.partner_id = p.id and a.office = 'lead'
    where p.area_id = any ($8::integer[]) and p.valid @> $5::date and a.valid @> $5::date
    and case when a.person_id is not null then a.person_id = $9::uuid
        else p.organisation_id = any ($10::uuid[]) or (p.area_id, p.organisation_id) in (
            select there.area_id, there.id from unnest($11::integer[], $12::uuid[]) there (area_id, id)) end
        and p.area_id = found.area_id and p.id <> all (found.agreed_by)
        order by array_position(array['local_authority', 'integrated_care_board', 'police'], p.kind), p.name) as bodies
    from (
select b.area_id, 'budget' as what, b.id, b.year, b.version, b.state, null as contributor, null as form,
    coalesce((select sum(l.planned_pence) from budget_line l
        where l.area_id = b.area_id and l.budget_id = b.id and l.removed_reason is null), 0)::bigint as amount_pence,
    null::bigint as reduced_from_pence,
    exists (select from budget_line l
        where l.area_id = b.area_id and l.budget_id = b.id and l.removed_reason is null) as ready,
    array(select g.partner_id from funding_agreement g where g.area_id = b.area_id and g.budget_id = b.id
        and g.contribution_id is null and g.of_terms = b.terms) as agreed_by
from budget b where b.area_id = any ($8::integer[])
union all
select c.area_id, 'contribution', c.id, b.year, c.version, c.state, coalesce(p.name, c.contributor), c.form,
    c.amount_pence, case when c.state = 'reduced' then nullif(c.reduced_from_pence, c.amount_pence) end, true,
    array(select g.partner_id from funding_agreement g where g.area_id = c.area_id and g.contribution_id = c.id
        and g.of_terms = c.terms)
from contribution c
join budget b on b.area_id = c.area_id and b.id = c.budget_id
left join partner_body p on p.area_id = c.area_id and p.id = c.partner_id
where c.area_id = any ($8::integer[])
) found
    where ready and (what, state) in (('budget', 'draft'), ('contribution', 'pledged'), ('contribution', 'reduced'))) t6
    join area t6_a on t6_a.id = t6.area_id
 cross join lateral (select t6.what as "what",
  coalesce(t6.contributor, 'Budget ' || shape.year_label(t6.year::integer)) as "title") t7
 cross join lateral (select row_to_json(t7) as "item") r
 where (cardinality(t6.bodies) > 0) and ($13::integer not in (select p.area_id from partner_body p join appointment a on a.area_id = p.area_id and a.partner_id = p.id and a.office = 'lead'
    where p.area_id = any ($8::integer[]) and p.valid @> $5::date and a.valid @> $5::date
    and case when a.person_id is not null then a.person_id = $9::uuid
        else p.organisation_id = any ($10::uuid[]) or (p.area_id, p.organisation_id) in (
            select there.area_id, there.id from unnest($11::integer[], $12::uuid[]) there (area_id, id)) end) or (t6_a.name, t6.area_id, -t6.year, t6.what, coalesce(t6.contributor, ''), t6.id)
    > ((select a.name from area a where a.id = $13::integer), $13::integer,
        -$14::integer, $15, $16, $17::uuid))
 order by t6_a.name, t6.area_id, -t6.year, t6.what, coalesce(t6.contributor, ''), t6.id
 limit $7::integer) q) g), ',"dutyCycles":', coalesce((select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('DutyCycle:' || (t8.area_id || '.' || t8.id)) as "id",
  t8_v.title as "dutyTitle",
  t8.label as "label",
  t8.opens_on as "opensOn",
  t8.due_on as "dueOn",
  t8_n.asked as "asked",
  t8_n.returned as "returned",
  t8_n.accepted as "accepted",
  t8_n.declined as "declined"
 from duty_cycle t8 join duty_version t8_v on t8_v.area_id = t8.area_id and t8_v.id = t8.duty_version_id cross join lateral (select coalesce(sum(n.requests) filter (where n.state <> 'cancelled'), 0)::integer as asked, coalesce(sum(n.requests) filter (where n.state in ('submitted', 'accepted')), 0)::integer as returned, coalesce(sum(n.requests) filter (where n.state = 'accepted'), 0)::integer as accepted, coalesce(sum(n.requests) filter (where n.state = 'declined'), 0)::integer as declined from cooperation_count n where n.area_id = t8.area_id and n.cycle_id = t8.id) t8_n
 where (t8.area_id = $18)
 order by t8.due_on desc, t8.id
 limit 100) r)::text, 'null'), ',"openQuestions":', (select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $19::integer)::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $19::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($19::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t9.agency_name as k0, t9.id as k1
 from duty_request t9 left join lateral (select f.step, f.step_title from follow_up_move f where f.area_id = t9.area_id and f.request_id = t9.id order by f.moved_at desc, f.id desc limit 1) t9_m on true
 cross join lateral (select shape.opaque('DutyRequest:' || (t9.area_id || '.' || t9.id)) as "id",
  t9.agency_name as "agencyName",
  t9.title as "title",
  t9.cycle_label as "cycleLabel") r
 where (t9.area_id = $20) and (t9.cycle_id = $21) and (t9.agency_id = $22) and (strpos(lower(t9.agency_name), lower($23)) > 0) and (t9.category = $24) and (t9.state = $25) and (coalesce(t9_m.step, 0) = $26) and (t9.state in ('not_started', 'draft', 'more_needed') and t9.due_on < $5) and (t9.question_open) and ((t9.agency_name, t9.id) > ($27, $28::uuid))
 order by t9.agency_name, t9.id
 limit $19::integer + 1) p) q) g), ',"interventionFlags":', (select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || ('}')) from (select json_agg(q.node) as nodes from (select row_to_json(r) as node
 from intervention_flag t10 cross join lateral (select t10.decision is not null as decided,
    case when t10.state = 'decided' and t10.review_on <= $5 then 'review_due' else t10.state end as state,
    case when t10.state in ('withdrawn', 'withdrawn_locally') then 'E0'
        when t10.state = 'raised' and t10.raised_as = 'scrutineer' then 'E2'
        when t10.state = 'raised' then 'E1'
        when t10.decision is null then 'E4'
        when t10.state = 'closed' and t10.decision = 'no_action' then 'E0'
        when t10.state = 'closed' then 'E8'
        else coalesce(case t10.decision when 'passed_to_power_holder' then
            case t10.power when 'local_authority_direction' then 'E7a' when 'police_direction' then 'E7b' when 'icb_direction' then 'E7c' end end,
            case t10.decision when 'no_action' then 'E4' when 'support' then 'E5' when 'improvement_notice_considered' then 'E5' when 'passed_to_power_holder' then 'E6' when 'referred_to_secretary_of_state' then 'E6' end) end as escalation) t10_s
 cross join lateral (select shape.opaque('InterventionFlag:' || (t10.area_id || '.' || t10.id)) as "id",
  t10.title as "title",
  case t10_s.state when 'raised' then 'Raised, not referred' when 'withdrawn_locally' then 'Withdrawn before referral' when 'referred' then 'Referred to the Department' when 'acknowledged' then 'Acknowledged' when 'information_requested' then 'Information requested' when 'answered' then 'Question answered' when 'decided' then 'Decided' when 'review_due' then 'Review due' when 'closed' then 'Closed' when 'withdrawn' then 'Referral withdrawn' end as "stateLabel",
  case t10_s.state when 'raised' then 'area' when 'referred' then 'official' when 'acknowledged' then 'official' when 'information_requested' then 'area' when 'answered' then 'official' when 'review_due' then 'official' end as "waitsFor",
  t10.reply_due_on as "replyDueOn",
  t10.review_on as "reviewOn") r
 where (t10.area_id = $30) and (t10.state = any ($31)) and ((t10.changed_at, t10.id) < ($32::timestamptz, $33::uuid))
 order by t10.changed_at desc, t10.id desc
 limit $29::integer) q) g), ',"connectionsAtAGlance":', coalesce(coalesce((select row_to_json(r) from (select t11.waiting as "waiting",
  t11.stale as "stale"
 from (select (select count(*)::integer from connection_proposal where area_id = $34::integer and state = 'open') as waiting, (select count(*)::integer from agency_connection where area_id = $34::integer and state in ('active', 'reauthorise') and every_minutes is not null and coalesce(last_worked_at, created_at) + make_interval(hours => stale_after_hours) <= now()) as stale) t11) r), shape.required(null))::text, 'null'), ',"auditTrail":', (select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || ('}')) from (select json_agg(q.node) as nodes from (select row_to_json(r) as node
 from audit.event t12
 cross join lateral (select t12.action as "action",
  t12.actor_name as "actorName",
  t12.at as "at",
  t12.reason as "reason") r
 where (t12.area_id = $36) and (t12.at >= $37::date::timestamp at time zone 'Europe/London') and (t12.at < ($38::date + 1)::timestamp at time zone 'Europe/London') and (strpos(lower(t12.actor_name), lower($39)) > 0) and (starts_with(t12.action, $40)) and (t12.subject_type = $41) and (t12.subject_id = $42) and (t12.seq < $43::bigint)
 order by t12.seq desc
 limit $35::integer) q) g), '}}'))
