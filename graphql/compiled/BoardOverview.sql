select (select json_build_object('data', json_build_object('area', (select row_to_json(r) from (select t1.name as "name",
  t1.slug as "slug",
  t1.lifecycle as "lifecycle",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t2.la_code as "code",
  t2.la_name as "name",
  t2.valid_from as "validFrom"
 from area_local_authority t2
 where (t2.area_id = t1.id and t2.valid @> $1::date)
 order by t2.la_name) r) as "localAuthorities",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t3.name as "name",
  case t3.kind when 'health_and_wellbeing' then 'Health and wellbeing board' when 'safeguarding_adults' then 'Safeguarding adults board' when 'community_safety' then 'Community safety partnership' when 'channel' then 'Channel panel' when 'mappa' then 'MAPPA strategic management board' when 'family_justice' then 'Local family justice board' when 'youth_justice' then 'Youth justice management board' when 'corporate_parenting' then 'Corporate parenting board' when 'other' then 'Another board' end as "kindLabel",
  t3.url as "url"
 from linked_board t3
 where (t3.area_id = t1.id and ($2::boolean or t3.ended_on is null))
 order by t3.name, t3.id) r) as "linkedBoards"
 from area t1
 where (t1.slug = $3)) r), 'membership', shape.required((select row_to_json(r) from (select (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select row_to_json(t6) as "partner",
  shape.required((select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t7.area_id and h.office = t7.office and coalesce(h.partner_id, h.seat_id) = t7.of
        and h.valid @> $4::date)
    then greatest(t7.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t7.area_id
        and e.office = t7.office and coalesce(e.partner_id, e.seat_id) = t7.of and e.valid_to < $4::date)) end as "vacantSince",
  (select row_to_json(r) from (select t8.person_name as "personName",
  t8.post as "post",
  t8.valid_from as "validFrom"
 from appointment t8
 where (t8.area_id = t7.area_id and t8.office = t7.office and coalesce(t8.partner_id, t8.seat_id) = t7.of
    and t8.valid @> $4::date)) r) as "holder"
 from (select t5.area_id, 'lead'::text as office, t5.id as of, t5.valid_from as since) as t7) r)) as "lead",
  shape.required((select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t9.area_id and h.office = t9.office and coalesce(h.partner_id, h.seat_id) = t9.of
        and h.valid @> $4::date)
    then greatest(t9.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t9.area_id
        and e.office = t9.office and coalesce(e.partner_id, e.seat_id) = t9.of and e.valid_to < $4::date)) end as "vacantSince",
  (select row_to_json(r) from (select t10.person_name as "personName",
  t10.post as "post",
  t10.valid_from as "validFrom"
 from appointment t10
 where (t10.area_id = t9.area_id and t10.office = t9.office and coalesce(t10.partner_id, t10.seat_id) = t9.of
    and t10.valid @> $4::date)) r) as "holder"
 from (select t5.area_id, 'delegated'::text as office, t5.id as of, t5.valid_from as since) as t9) r)) as "delegated"
 from partner_body t5
 cross join lateral (select t5.name as "name",
  t5.kind as "kind",
  case t5.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police' then 'Police force' end as "kindLabel",
  t5.valid_from as "validFrom") t6
 where (t5.area_id = t4.area_id and t5.valid @> $4::date)
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t5.kind), t5.name) r) as "partners",
  (select row_to_json(r) from (select t11_a.person_name as "personName",
  t11.valid_from as "validFrom"
 from partnership_chair t11 join appointment t11_a on t11_a.area_id = t11.area_id and t11_a.id = t11.appointment_id
    join partner_body t11_p on t11_p.area_id = t11_a.area_id and t11_p.id = t11_a.partner_id
 where (t11.area_id = t4.area_id and t11.valid @> $4::date)) r) as "chair",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t12.person_name as "personName",
  t12.valid_from as "validFrom",
  t12.valid_to as "validTo"
 from appointment t12
 where (t12.area_id = t4.area_id and t12.valid @> $4::date and t12.office = 'scrutineer')
 order by t12.person_name, t12.id) r) as "scrutineers",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t13.title as "title",
  t13.education_level as "educationLevel",
  case when $4::date is not null then (select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t14.area_id and h.office = t14.office and coalesce(h.partner_id, h.seat_id) = t14.of
        and h.valid @> $4::date)
    then greatest(t14.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t14.area_id
        and e.office = t14.office and coalesce(e.partner_id, e.seat_id) = t14.of and e.valid_to < $4::date)) end as "vacantSince",
  (select row_to_json(r) from (select t15.person_name as "personName",
  t15.valid_from as "validFrom"
 from appointment t15
 where (t15.area_id = t14.area_id and t15.office = t14.office and coalesce(t15.partner_id, t15.seat_id) = t14.of
    and t15.valid @> $4::date)) r) as "holder"
 from (select t13.area_id, 'seat'::text as office, t13.id as of, t13.valid_from as since) as t14) r) end as "filled"
 from seat t13
 where (t13.area_id = t4.area_id and t13.valid @> $4::date)
 order by t13.education_level desc nulls last, lower(t13.title), t13.id) r) as "seats",
  shape.required((select row_to_json(r) from (select t16.standing = 'met' as "complete",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t17.sentence as "sentence",
  t17.source as "source",
  t17.statutory as "statutory"
 from rows from (jsonb_to_recordset(t16.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t17 (sentence, source, statutory, place)
 where (t17.place <= t16.amount)
 order by t17.place) r) as "missing"
 from area_fact t16
 where (t16.area_id = $5 and t16.subject = 'membership' and not t16.stale
    and (t16.recheck_on is null or t16.recheck_on > $6::date))) r)) as "completeness"
 from (select $5::integer as area_id) as t4) r)), 'budgets', (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.year_label(t18.year::integer) as "label",
  t18.state as "state",
  t18.year as "year"
 from budget t18
 where (t18.area_id = $7)
 order by t18.year desc) r), 'budgetSheet', (select row_to_json(r) from (select row_to_json(t20) as "budget",
  shape.required((select row_to_json(r) from (select shape.required((select row_to_json(r) from (select t22.pence as "pence",
  shape.pounds(t22.pence) as "text"
 from (values (t21.planned)) as t22 (pence)
 where (t22.pence is not null)) r)) as "planned",
  shape.required((select row_to_json(r) from (select t23.pence as "pence",
  shape.pounds(t23.pence) as "text"
 from (values (t21.promised)) as t23 (pence)
 where (t23.pence is not null)) r)) as "promised",
  shape.required((select row_to_json(r) from (select t24.pence as "pence",
  shape.pounds(t24.pence) as "text"
 from (values (t21.received)) as t24 (pence)
 where (t24.pence is not null)) r)) as "received"
 from (select line.planned, line.spent, gift.promised, gift.received, line.planned - gift.promised as unfunded,
        gift.promised - gift.received as outstanding
    from (select coalesce(sum(l.planned_pence), 0)::bigint as planned,
            coalesce(sum(l.outturn_pence), 0)::bigint as spent from budget_line l
        where l.area_id = t19.area_id and l.budget_id = t19.id and l.removed_reason is null) line,
    (select coalesce(sum(c.amount_pence), 0)::bigint as promised,
            coalesce(sum(coalesce((select sum(r.amount_pence) from receipt r
    where r.area_id = c.area_id and r.contribution_id = c.id), 0)::bigint), 0)::bigint as received from contribution c
        where c.area_id = t19.area_id and c.budget_id = t19.id and c.state <> 'withdrawn') gift) t21) r)) as "balance",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t25.kind as "kind",
  case t25.kind when 'business_support' then 'Business support' when 'scrutiny' then 'Independent scrutiny' when 'reviews' then 'Child safeguarding practice reviews' when 'training' then 'Training and learning events' when 'analysis' then 'Analysis' when 'other' then 'Other' end as "kindLabel",
  t25.description as "description",
  shape.required((select row_to_json(r) from (select t26.pence as "pence",
  shape.pounds(t26.pence) as "text"
 from (values (t25.planned_pence)) as t26 (pence)
 where (t26.pence is not null)) r)) as "planned"
 from budget_line t25
 where (t25.area_id = t19.area_id and t25.budget_id = t19.id and t25.removed_reason is null)
 order by array_position(array['business_support', 'scrutiny', 'reviews', 'training', 'analysis'], t25.kind), t25.id) r) as "lines",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Contribution:' || (t27.id)) as "id",
  coalesce(t27_p.name, t27.contributor) as "contributor",
  t27.form as "form",
  case t27.form when 'cash' then 'Cash' when 'in_kind' then 'In kind' end as "formLabel",
  shape.required((select row_to_json(r) from (select t28.pence as "pence",
  shape.pounds(t28.pence) as "text"
 from (values (t27.amount_pence)) as t28 (pence)
 where (t28.pence is not null)) r)) as "amount",
  shape.required((select row_to_json(r) from (select t29.pence as "pence",
  shape.pounds(t29.pence) as "text"
 from (select coalesce((select sum(r.amount_pence) from receipt r
    where r.area_id = t27.area_id and r.contribution_id = t27.id), 0)::bigint as pence offset 0) t29
 where (t29.pence is not null)) r)) as "received",
  t27.state as "state",
  case t27.state when 'pledged' then 'Pledged' when 'agreed' then 'Agreed' when 'invoiced' then 'Invoiced' when 'part_received' then 'Part received' when 'received' then 'Received' when 'withdrawn' then 'Withdrawn' end as "stateLabel"
 from contribution t27 left join partner_body t27_p on t27_p.area_id = t27.area_id and t27_p.id = t27.partner_id
 where (t27.area_id = t19.area_id and t27.budget_id = t19.id)
 order by t27.partner_id is null, coalesce(t27_p.name, t27.contributor), t27.id) r) as "contributions"
 from budget t19
 cross join lateral (select shape.year_label(t19.year::integer) as "label",
  t19.state as "state",
  t19.agreed_on as "agreedOn") t20
 where (t19.area_id = $8 and t19.year = $9::integer)) r), 'agencyCounts', (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t30.category as "category",
  t30_c.label as "categoryLabel",
  t30.state as "state",
  case t30.state when 'not_selected' then 'Considered, not chosen' when 'selected' then 'Chosen, not told yet' when 'notified' then 'Told' when 'acknowledged' then 'Acknowledged' when 'reconfirmed' then 'Reconfirmed' when 'declined' then 'Declined' when 'ceased' then 'No longer included' end as "stateLabel",
  t30.agencies as "agencies"
 from (select g.category, g.state, count(*)::integer as agencies from relevant_agency g where g.area_id = $10 group by g.category, g.state) t30 join agency_category t30_c on t30_c.code = t30.category
 order by t30_c.position, t30.state) r), 'dutyCycles', (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('DutyCycle:' || (t31.area_id || '.' || t31.id)) as "id",
  t31_v.title as "dutyTitle",
  t31.label as "label",
  t31.opens_on as "opensOn",
  t31.due_on as "dueOn",
  t31_n.asked as "asked",
  t31_n.returned as "returned",
  t31_n.declined as "declined"
 from duty_cycle t31 join duty_version t31_v on t31_v.area_id = t31.area_id and t31_v.id = t31.duty_version_id cross join lateral (select coalesce(sum(n.requests) filter (where n.state <> 'cancelled'), 0)::integer as asked, coalesce(sum(n.requests) filter (where n.state in ('submitted', 'accepted')), 0)::integer as returned, coalesce(sum(n.requests) filter (where n.state = 'accepted'), 0)::integer as accepted, coalesce(sum(n.requests) filter (where n.state = 'declined'), 0)::integer as declined from cooperation_count n where n.area_id = t31.area_id and n.cycle_id = t31.id) t31_n
 where (t31.area_id = $11)
 order by t31.due_on desc, t31.id
 limit 100) r), 'interventionFlags', (select json_build_object('nodes', coalesce(array_to_json(g.nodes[:$12::integer]), '[]'::json)) from (select array_agg(q.node) as nodes from (select row_to_json(r) as node
 from intervention_flag t32 cross join lateral (select t32.decision is not null as decided,
    case when t32.state = 'decided' and t32.review_on <= $6 then 'review_due' else t32.state end as state,
    case when t32.state in ('withdrawn', 'withdrawn_locally') then 'E0'
        when t32.state = 'raised' and t32.raised_as = 'scrutineer' then 'E2'
        when t32.state = 'raised' then 'E1'
        when t32.decision is null then 'E4'
        when t32.state = 'closed' and t32.decision = 'no_action' then 'E0'
        when t32.state = 'closed' then 'E8'
        else coalesce(case t32.decision when 'passed_to_power_holder' then
            case t32.power when 'local_authority_direction' then 'E7a' when 'police_direction' then 'E7b' when 'icb_direction' then 'E7c' end end,
            case t32.decision when 'no_action' then 'E4' when 'support' then 'E5' when 'improvement_notice_considered' then 'E5' when 'passed_to_power_holder' then 'E6' when 'referred_to_secretary_of_state' then 'E6' end) end as escalation) t32_s
 cross join lateral (select shape.opaque('InterventionFlag:' || (t32.area_id || '.' || t32.id)) as "id",
  t32.title as "title",
  case t32_s.state when 'raised' then 'Raised, not referred' when 'withdrawn_locally' then 'Withdrawn before referral' when 'referred' then 'Referred to the Department' when 'acknowledged' then 'Acknowledged' when 'information_requested' then 'Information requested' when 'answered' then 'Question answered' when 'decided' then 'Decided' when 'review_due' then 'Review due' when 'closed' then 'Closed' when 'withdrawn' then 'Referral withdrawn' end as "stateLabel",
  case t32_s.state when 'raised' then 'area' when 'referred' then 'official' when 'acknowledged' then 'official' when 'information_requested' then 'area' when 'answered' then 'official' when 'review_due' then 'official' end as "waitsFor",
  t32.reply_due_on as "replyDueOn",
  t32.review_on as "reviewOn") r
 where (t32.area_id = $13) and (t32.state = any ($14)) and ((t32.changed_at, t32.id) < ($15::timestamptz, $16::uuid))
 order by t32.changed_at desc, t32.id desc
 limit $12::integer) q) g)))::text)
