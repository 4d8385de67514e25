select (select concat('{"data":{"area":', coalesce((select row_to_json(r) from (select t1.name as "name",
  t1.slug as "slug",
  t1.lifecycle as "lifecycle",
  (select coalesce(json_agg(row_to_json(r)
 order by t2.la_name, t2.la_code), '[]'::json)
 from area_local_authority t2
 cross join lateral (select t2.la_code as "code",
  t2.la_name as "name",
  t2.valid_from as "validFrom") r
 where (t2.area_id = t1.id and t2.valid @> $1::date)) as "localAuthorities",
  (select coalesce(json_agg(row_to_json(r)
 order by t3.name, t3.id), '[]'::json)
 from linked_board t3
 cross join lateral (select t3.name as "name",
  case t3.kind when 'health_and_wellbeing' then 'Health and wellbeing board' when 'safeguarding_adults' then 'Safeguarding adults board' when 'community_safety' then 'Community safety partnership' when 'channel' then 'Channel panel' when 'mappa' then 'MAPPA strategic management board' when 'family_justice' then 'Local family justice board' when 'youth_justice' then 'Youth justice management board' when 'corporate_parenting' then 'Corporate parenting board' when 'other' then 'Another board' end as "kindLabel",
  t3.url as "url") r
 where (t3.area_id = t1.id and ($2::boolean or t3.ended_on is null))) as "linkedBoards"
 from area t1
 where (t1.slug = $3) and (t1.lifecycle <> 'setting_up' or t1.id = any ($4::integer[]))) r)::text, 'null'), ',"membership":', coalesce(coalesce((select row_to_json(r) from (select (select coalesce(json_agg(row_to_json(r)
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t5.kind), t5.name), '[]'::json)
 from partner_body t5
 cross join lateral (select t5.name as "name",
  t5.kind as "kind",
  case t5.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police' then 'Police force' end as "kindLabel",
  t5.valid_from as "validFrom") t6
 cross join lateral (select t5.area_id, 'lead'::text as office, t5.id as of,
        t5.valid_from as since) t7
    left join appointment t7_h on t7_h.area_id = t5.area_id and t7_h.office = 'lead'
        and t7_h.partner_id = t5.id and t7_h.valid @> $5::date
 cross join lateral (select t7_h.person_name as "personName",
  t7_h.post as "post",
  t7_h.valid_from as "validFrom") t8
 cross join lateral (select case when t7_h.id is null
    then shape.vacant_since(t7.area_id, t7.office, t7.of, t7.since, $5::date) end as "vacantSince",
  case when t7_h.id is not null then row_to_json(t8) end as "holder") t9
 cross join lateral (select t5.area_id, 'delegated'::text as office, t5.id as of,
        t5.valid_from as since) t10
    left join appointment t10_h on t10_h.area_id = t5.area_id and t10_h.office = 'delegated'
        and t10_h.partner_id = t5.id and t10_h.valid @> $5::date
 cross join lateral (select t10_h.person_name as "personName",
  t10_h.post as "post",
  t10_h.valid_from as "validFrom") t11
 cross join lateral (select case when t10_h.id is null
    then shape.vacant_since(t10.area_id, t10.office, t10.of, t10.since, $5::date) end as "vacantSince",
  case when t10_h.id is not null then row_to_json(t11) end as "holder") t12
 cross join lateral (select row_to_json(t6) as "partner",
  row_to_json(t9) as "lead",
  row_to_json(t12) as "delegated") r
 where (t5.area_id = t4.area_id and t5.valid @> $5::date)) as "partners",
  (select row_to_json(r) from (select t13_a.person_name as "personName",
  t13.valid_from as "validFrom"
 from partnership_chair t13 join appointment t13_a on t13_a.area_id = t13.area_id
    and t13_a.id = t13.appointment_id
 where (t13.area_id = t4.area_id and t13.valid @> $5::date)) r) as "chair",
  (select coalesce(json_agg(row_to_json(r)
 order by t14.person_name, t14.id), '[]'::json)
 from appointment t14
 cross join lateral (select t14.person_name as "personName",
  t14.valid_from as "validFrom",
  t14.valid_to as "validTo") r
 where (t14.area_id = t4.area_id and t14.valid @> $5::date and t14.office = 'scrutineer')) as "scrutineers",
  (select coalesce(json_agg(row_to_json(r)
 order by t15.education_level desc nulls last, lower(t15.title), t15.id), '[]'::json)
 from seat t15
 cross join lateral (select t15.area_id, 'seat'::text as office, t15.id as of,
        t15.valid_from as since) t16
    left join appointment t16_h on t16_h.area_id = t15.area_id and t16_h.office = 'seat'
        and t16_h.seat_id = t15.id and t16_h.valid @> $5::date
 cross join lateral (select t16_h.person_name as "personName",
  t16_h.valid_from as "validFrom") t17
 cross join lateral (select case when t16_h.id is null
    then shape.vacant_since(t16.area_id, t16.office, t16.of, t16.since, $5::date) end as "vacantSince",
  case when t16_h.id is not null then row_to_json(t17) end as "holder") t18
 cross join lateral (select t15.title as "title",
  t15.education_level as "educationLevel",
  case when $5::date is not null then row_to_json(t18) end as "filled") r
 where (t15.area_id = t4.area_id and t15.valid @> $5::date)) as "seats",
  coalesce((select row_to_json(r) from (select t19.standing = 'met' as "complete",
  (select coalesce(json_agg(row_to_json(r)
 order by t20.place), '[]'::json)
 from rows from (jsonb_to_recordset(t19.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t20 (sentence, source, statutory, place)
 cross join lateral (select t20.sentence as "sentence",
  t20.source as "source",
  t20.statutory as "statutory") r
 where (t20.place <= t19.amount)) as "missing"
 from area_fact t19
 where (t19.area_id = $6 and t19.subject = 'membership' and not t19.stale
    and (t19.recheck_on is null or t19.recheck_on > $7::date))) r), shape.required(null)) as "completeness"
 from (select $6::integer as area_id) as t4) r), shape.required(null))::text, 'null'), ',"budgets":', coalesce((select coalesce(json_agg(row_to_json(r)
 order by t21.year desc), '[]'::json)
 from budget t21
 cross join lateral (select shape.year_label(t21.year::integer) as "label",
  t21.state as "state",
  t21.year as "year") r
 where (t21.area_id = $8))::text, 'null'), ',"budgetSheet":', coalesce((select row_to_json(r) from (select row_to_json(t23) as "budget",
  row_to_json(t31) as "balance",
  (select coalesce(json_agg(row_to_json(r)
 order by array_position(array['business_support', 'scrutiny', 'reviews', 'training', 'analysis'], t32.kind), t32.id), '[]'::json)
 from budget_line t32
 cross join lateral (select t32.planned_pence as pence) t33
 cross join lateral (select t33.pence as "pence",
  shape.pounds(t33.pence) as "text") t34
 cross join lateral (select t32.kind as "kind",
  case t32.kind when 'business_support' then 'Business support' when 'scrutiny' then 'Independent scrutiny' when 'reviews' then 'Child safeguarding practice reviews' when 'training' then 'Training and learning events' when 'analysis' then 'Analysis' when 'other' then 'Other' end as "kindLabel",
  t32.description as "description",
  coalesce(case when t33.pence is not null then row_to_json(t34) end, shape.required(null)) as "planned") r
 where (t32.area_id = t22.area_id and t32.budget_id = t22.id and t32.removed_reason is null)) as "lines",
  (select coalesce(json_agg(row_to_json(r)
 order by t35.partner_id is null, coalesce(t35_p.name, t35.contributor), t35.id), '[]'::json)
 from contribution t35 left join partner_body t35_p on t35_p.area_id = t35.area_id and t35_p.id = t35.partner_id
 cross join lateral (select t35.amount_pence as pence) t36
 cross join lateral (select t36.pence as "pence",
  shape.pounds(t36.pence) as "text") t37
 cross join lateral (select coalesce(sum(r.amount_pence), 0)::bigint as pence from receipt r where r.area_id = t35.area_id and r.contribution_id = t35.id) t38
 cross join lateral (select t38.pence as "pence",
  shape.pounds(t38.pence) as "text") t39
 cross join lateral (select shape.opaque('Contribution:' || (t35.id)) as "id",
  coalesce(t35_p.name, t35.contributor) as "contributor",
  t35.form as "form",
  case t35.form when 'cash' then 'Cash' when 'in_kind' then 'In kind' end as "formLabel",
  coalesce(case when t36.pence is not null then row_to_json(t37) end, shape.required(null)) as "amount",
  coalesce(case when t38.pence is not null then row_to_json(t39) end, shape.required(null)) as "received",
  t35.state as "state",
  case t35.state when 'pledged' then 'Pledged' when 'agreed' then 'Agreed' when 'invoiced' then 'Invoiced' when 'part_received' then 'Part received' when 'received' then 'Received' when 'reduced' then 'Reduced, to be agreed' when 'withdrawn' then 'Withdrawn' end as "stateLabel") r
 where (t35.area_id = t22.area_id and t35.budget_id = t22.id)) as "contributions"
 from budget t22
 cross join lateral (select shape.year_label(t22.year::integer) as "label",
  t22.state as "state",
  t22.agreed_on as "agreedOn") t23
 cross join lateral (select line.planned, line.spent, gift.promised, gift.received,
        line.planned - gift.promised as unfunded, gift.promised - gift.received as outstanding
    from (select coalesce(sum(l.planned_pence), 0)::bigint as planned,
            coalesce(sum(l.outturn_pence), 0)::bigint as spent from budget_line l
        where l.area_id = t22.area_id and l.budget_id = t22.id and l.removed_reason is null) line,
    (select coalesce(sum(c.amount_pence), 0)::bigint as promised,
            coalesce(sum((select coalesce(sum(r.amount_pence), 0)::bigint from receipt r where r.area_id = c.area_id and r.contribution_id = c.id)), 0)::bigint as received
        from contribution c
        where c.area_id = t22.area_id and c.budget_id = t22.id and c.state <> 'withdrawn') gift) t24
 cross join lateral (select t24.planned as pence) t25
 cross join lateral (select t25.pence as "pence",
  shape.pounds(t25.pence) as "text") t26
 cross join lateral (select t24.promised as pence) t27
 cross join lateral (select t27.pence as "pence",
  shape.pounds(t27.pence) as "text") t28
 cross join lateral (select t24.received as pence) t29
 cross join lateral (select t29.pence as "pence",
  shape.pounds(t29.pence) as "text") t30
 cross join lateral (select coalesce(case when t25.pence is not null then row_to_json(t26) end, shape.required(null)) as "planned",
  coalesce(case when t27.pence is not null then row_to_json(t28) end, shape.required(null)) as "promised",
  coalesce(case when t29.pence is not null then row_to_json(t30) end, shape.required(null)) as "received") t31
 where (t22.area_id = $9 and t22.year = $10::integer)) r)::text, 'null'), ',"agencyCounts":', coalesce((select coalesce(json_agg(row_to_json(r)
 order by t40_c.position, t40.state), '[]'::json)
 from agency_count t40 join agency_category t40_c on t40_c.code = t40.category
 cross join lateral (select t40.category as "category",
  t40_c.label as "categoryLabel",
  t40.state as "state",
  case t40.state when 'not_selected' then 'Considered, not chosen' when 'selected' then 'Chosen, not told yet' when 'notified' then 'Told' when 'acknowledged' then 'Acknowledged' when 'reconfirmed' then 'Reconfirmed' when 'declined' then 'Declined' when 'ceased' then 'No longer included' end as "stateLabel",
  t40.agencies as "agencies") r
 where (t40.area_id = $11 and t40.agencies > 0))::text, 'null'), ',"dutyCycles":', coalesce((select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('DutyCycle:' || (t41.area_id || '.' || t41.id)) as "id",
  t41_v.title as "dutyTitle",
  t41.label as "label",
  t41.opens_on as "opensOn",
  t41.due_on as "dueOn",
  t41_n.asked as "asked",
  t41_n.returned as "returned",
  t41_n.declined as "declined"
 from duty_cycle t41 join duty_version t41_v on t41_v.area_id = t41.area_id and t41_v.id = t41.duty_version_id cross join lateral (select coalesce(sum(n.requests) filter (where n.state <> 'cancelled'), 0)::integer as asked, coalesce(sum(n.requests) filter (where n.state in ('submitted', 'accepted')), 0)::integer as returned, coalesce(sum(n.requests) filter (where n.state = 'accepted'), 0)::integer as accepted, coalesce(sum(n.requests) filter (where n.state = 'declined'), 0)::integer as declined from cooperation_count n where n.area_id = t41.area_id and n.cycle_id = t41.id) t41_n
 where (t41.area_id = $12)
 order by t41.due_on desc, t41.id
 limit 100) r)::text, 'null'), ',"interventionFlags":', (select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || ('}')) from (select json_agg(q.node) as nodes from (select row_to_json(r) as node
 from intervention_flag t42 cross join lateral (select t42.decision is not null as decided,
    case when t42.state = 'decided' and t42.review_on <= $7 then 'review_due' else t42.state end as state,
    case when t42.state in ('withdrawn', 'withdrawn_locally') then 'E0'
        when t42.state = 'raised' and t42.raised_as = 'scrutineer' then 'E2'
        when t42.state = 'raised' then 'E1'
        when t42.decision is null then 'E4'
        when t42.state = 'closed' and t42.decision = 'no_action' then 'E0'
        when t42.state = 'closed' then 'E8'
        else coalesce(case t42.decision when 'passed_to_power_holder' then
            case t42.power when 'local_authority_direction' then 'E7a' when 'police_direction' then 'E7b' when 'icb_direction' then 'E7c' end end,
            case t42.decision when 'no_action' then 'E4' when 'support' then 'E5' when 'improvement_notice_considered' then 'E5' when 'passed_to_power_holder' then 'E6' when 'referred_to_secretary_of_state' then 'E6' end) end as escalation) t42_s
 cross join lateral (select shape.opaque('InterventionFlag:' || (t42.area_id || '.' || t42.id)) as "id",
  t42.title as "title",
  case t42_s.state when 'raised' then 'Raised, not referred' when 'withdrawn_locally' then 'Withdrawn before referral' when 'referred' then 'Referred to the Department' when 'acknowledged' then 'Acknowledged' when 'information_requested' then 'Information requested' when 'answered' then 'Question answered' when 'decided' then 'Decided' when 'review_due' then 'Review due' when 'closed' then 'Closed' when 'withdrawn' then 'Referral withdrawn' end as "stateLabel",
  case t42_s.state when 'raised' then 'area' when 'referred' then 'official' when 'acknowledged' then 'official' when 'information_requested' then 'area' when 'answered' then 'official' when 'review_due' then 'official' end as "waitsFor",
  t42.reply_due_on as "replyDueOn",
  t42.review_on as "reviewOn") r
 where (t42.area_id = $14) and (t42.state = any ($15)) and ((t42.changed_at, t42.id) < ($16::timestamptz, $17::uuid))
 order by t42.changed_at desc, t42.id desc
 limit $13::integer) q) g), '}}'))
