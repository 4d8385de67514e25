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
 where (t1.slug = $3)) r), 'membership', shape.required((select row_to_json(r) from (select (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select (select row_to_json(r) from (select t5.name as "name",
  t5.kind as "kind",
  case t5.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police' then 'Police force' end as "kindLabel",
  t5.valid_from as "validFrom") r) as "partner",
  shape.required((select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t6.area_id and h.office = t6.office and coalesce(h.partner_id, h.seat_id) = t6.of
        and h.valid @> $4::date)
    then greatest(t6.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t6.area_id
        and e.office = t6.office and coalesce(e.partner_id, e.seat_id) = t6.of and e.valid_to < $4::date)) end as "vacantSince",
  (select row_to_json(r) from (select t7.person_name as "personName",
  t7.post as "post",
  t7.valid_from as "validFrom"
 from appointment t7
 where (t7.area_id = t6.area_id and t7.office = t6.office and coalesce(t7.partner_id, t7.seat_id) = t6.of
    and t7.valid @> $4::date)) r) as "holder"
 from (select t5.area_id, 'lead'::text as office, t5.id as of, t5.valid_from as since) as t6) r)) as "lead",
  shape.required((select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t8.area_id and h.office = t8.office and coalesce(h.partner_id, h.seat_id) = t8.of
        and h.valid @> $4::date)
    then greatest(t8.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t8.area_id
        and e.office = t8.office and coalesce(e.partner_id, e.seat_id) = t8.of and e.valid_to < $4::date)) end as "vacantSince",
  (select row_to_json(r) from (select t9.person_name as "personName",
  t9.post as "post",
  t9.valid_from as "validFrom"
 from appointment t9
 where (t9.area_id = t8.area_id and t9.office = t8.office and coalesce(t9.partner_id, t9.seat_id) = t8.of
    and t9.valid @> $4::date)) r) as "holder"
 from (select t5.area_id, 'delegated'::text as office, t5.id as of, t5.valid_from as since) as t8) r)) as "delegated"
 from partner_body t5
 where (t5.area_id = t4.area_id and t5.valid @> $4::date)
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t5.kind), t5.name) r) as "partners",
  (select row_to_json(r) from (select t10_a.person_name as "personName",
  t10.valid_from as "validFrom"
 from partnership_chair t10 join appointment t10_a on t10_a.area_id = t10.area_id and t10_a.id = t10.appointment_id
    join partner_body t10_p on t10_p.area_id = t10_a.area_id and t10_p.id = t10_a.partner_id
 where (t10.area_id = t4.area_id and t10.valid @> $4::date)) r) as "chair",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t11.person_name as "personName",
  t11.valid_from as "validFrom",
  t11.valid_to as "validTo"
 from appointment t11
 where (t11.area_id = t4.area_id and t11.valid @> $4::date and t11.office = 'scrutineer')
 order by t11.person_name, t11.id) r) as "scrutineers",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t12.title as "title",
  t12.education_level as "educationLevel",
  case when $4::date is not null then (select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t13.area_id and h.office = t13.office and coalesce(h.partner_id, h.seat_id) = t13.of
        and h.valid @> $4::date)
    then greatest(t13.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t13.area_id
        and e.office = t13.office and coalesce(e.partner_id, e.seat_id) = t13.of and e.valid_to < $4::date)) end as "vacantSince",
  (select row_to_json(r) from (select t14.person_name as "personName",
  t14.valid_from as "validFrom"
 from appointment t14
 where (t14.area_id = t13.area_id and t14.office = t13.office and coalesce(t14.partner_id, t14.seat_id) = t13.of
    and t14.valid @> $4::date)) r) as "holder"
 from (select t12.area_id, 'seat'::text as office, t12.id as of, t12.valid_from as since) as t13) r) end as "filled"
 from seat t12
 where (t12.area_id = t4.area_id and t12.valid @> $4::date)
 order by t12.education_level desc nulls last, lower(t12.title), t12.id) r) as "seats",
  shape.required((select row_to_json(r) from (select t15.standing = 'met' as "complete",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t16.sentence as "sentence",
  t16.source as "source",
  t16.statutory as "statutory"
 from rows from (jsonb_to_recordset(t15.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t16 (sentence, source, statutory, place)
 where (t16.place <= t15.amount)
 order by t16.place) r) as "missing"
 from area_fact t15
 where (t15.area_id = $5 and t15.subject = 'membership' and not t15.stale
    and (t15.recheck_on is null or t15.recheck_on > $6::date))) r)) as "completeness"
 from (select $5::integer as area_id) as t4) r)), 'budgets', (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.year_label(t17.year::integer) as "label",
  t17.state as "state",
  t17.year as "year"
 from budget t17
 where (t17.area_id = $7)
 order by t17.year desc) r), 'budgetSheet', (select row_to_json(r) from (select (select row_to_json(r) from (select shape.year_label(t18.year::integer) as "label",
  t18.state as "state",
  t18.agreed_on as "agreedOn") r) as "budget",
  shape.required((select row_to_json(r) from (select shape.required((select row_to_json(r) from (select t20.pence as "pence",
  shape.pounds(t20.pence) as "text"
 from (values (t19.planned)) as t20 (pence)
 where (t20.pence is not null)) r)) as "planned",
  shape.required((select row_to_json(r) from (select t21.pence as "pence",
  shape.pounds(t21.pence) as "text"
 from (values (t19.promised)) as t21 (pence)
 where (t21.pence is not null)) r)) as "promised",
  shape.required((select row_to_json(r) from (select t22.pence as "pence",
  shape.pounds(t22.pence) as "text"
 from (values (t19.received)) as t22 (pence)
 where (t22.pence is not null)) r)) as "received"
 from (select line.planned, line.spent, gift.promised, gift.received, line.planned - gift.promised as unfunded,
        gift.promised - gift.received as outstanding
    from (select coalesce(sum(l.planned_pence), 0)::bigint as planned,
            coalesce(sum(l.outturn_pence), 0)::bigint as spent from budget_line l
        where l.area_id = t18.area_id and l.budget_id = t18.id and l.removed_reason is null) line,
    (select coalesce(sum(c.amount_pence), 0)::bigint as promised,
            coalesce(sum(coalesce((select sum(r.amount_pence) from receipt r
    where r.area_id = c.area_id and r.contribution_id = c.id), 0)::bigint), 0)::bigint as received from contribution c
        where c.area_id = t18.area_id and c.budget_id = t18.id and c.state <> 'withdrawn') gift) t19) r)) as "balance",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t23.kind as "kind",
  case t23.kind when 'business_support' then 'Business support' when 'scrutiny' then 'Independent scrutiny' when 'reviews' then 'Child safeguarding practice reviews' when 'training' then 'Training and learning events' when 'analysis' then 'Analysis' when 'other' then 'Other' end as "kindLabel",
  t23.description as "description",
  shape.required((select row_to_json(r) from (select t24.pence as "pence",
  shape.pounds(t24.pence) as "text"
 from (values (t23.planned_pence)) as t24 (pence)
 where (t24.pence is not null)) r)) as "planned"
 from budget_line t23
 where (t23.area_id = t18.area_id and t23.budget_id = t18.id and t23.removed_reason is null)
 order by array_position(array['business_support', 'scrutiny', 'reviews', 'training', 'analysis'], t23.kind), t23.id) r) as "lines",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Contribution:' || (t25.id)) as "id",
  coalesce(t25_p.name, t25.contributor) as "contributor",
  t25.form as "form",
  case t25.form when 'cash' then 'Cash' when 'in_kind' then 'In kind' end as "formLabel",
  shape.required((select row_to_json(r) from (select t26.pence as "pence",
  shape.pounds(t26.pence) as "text"
 from (values (t25.amount_pence)) as t26 (pence)
 where (t26.pence is not null)) r)) as "amount",
  shape.required((select row_to_json(r) from (select t27.pence as "pence",
  shape.pounds(t27.pence) as "text"
 from (values (coalesce((select sum(r.amount_pence) from receipt r
    where r.area_id = t25.area_id and r.contribution_id = t25.id), 0)::bigint)) as t27 (pence)
 where (t27.pence is not null)) r)) as "received",
  t25.state as "state",
  case t25.state when 'pledged' then 'Pledged' when 'agreed' then 'Agreed' when 'invoiced' then 'Invoiced' when 'part_received' then 'Part received' when 'received' then 'Received' when 'withdrawn' then 'Withdrawn' end as "stateLabel"
 from contribution t25 left join partner_body t25_p on t25_p.area_id = t25.area_id and t25_p.id = t25.partner_id
 where (t25.area_id = t18.area_id and t25.budget_id = t18.id)
 order by t25.partner_id is null, coalesce(t25_p.name, t25.contributor), t25.id) r) as "contributions"
 from budget t18
 where (t18.area_id = $8 and t18.year = $9::integer)) r), 'agencyCounts', (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t28.category as "category",
  t28_c.label as "categoryLabel",
  t28.state as "state",
  case t28.state when 'not_selected' then 'Considered, not chosen' when 'selected' then 'Chosen, not told yet' when 'notified' then 'Told' when 'acknowledged' then 'Acknowledged' when 'reconfirmed' then 'Reconfirmed' when 'declined' then 'Declined' when 'ceased' then 'No longer included' end as "stateLabel",
  t28.agencies as "agencies"
 from (select g.category, g.state, count(*)::integer as agencies from relevant_agency g where g.area_id = $10 group by g.category, g.state) t28 join agency_category t28_c on t28_c.code = t28.category
 order by t28_c.position, t28.state) r), 'dutyCycles', (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('DutyCycle:' || (t29.area_id || '.' || t29.id)) as "id",
  t29_v.title as "dutyTitle",
  t29.label as "label",
  t29.opens_on as "opensOn",
  t29.due_on as "dueOn",
  t29_n.asked as "asked",
  t29_n.returned as "returned",
  t29_n.declined as "declined"
 from duty_cycle t29 join duty_version t29_v on t29_v.area_id = t29.area_id and t29_v.id = t29.duty_version_id cross join lateral (select coalesce(sum(n.requests) filter (where n.state <> 'cancelled'), 0)::integer as asked, coalesce(sum(n.requests) filter (where n.state in ('submitted', 'accepted')), 0)::integer as returned, coalesce(sum(n.requests) filter (where n.state = 'accepted'), 0)::integer as accepted, coalesce(sum(n.requests) filter (where n.state = 'declined'), 0)::integer as declined from cooperation_count n where n.area_id = t29.area_id and n.cycle_id = t29.id) t29_n
 where (t29.area_id = $11)
 order by t29.due_on desc, t29.id
 limit 100) r), 'interventionFlags', (select json_build_object('nodes', coalesce(array_to_json(g.nodes[:$12::integer]), '[]'::json)) from (select array_agg(q.node) as nodes from (select row_to_json(r) as node
 from intervention_flag t30 cross join lateral (select t30.decision is not null as decided,
    case when t30.state = 'decided' and t30.review_on <= $6 then 'review_due' else t30.state end as state,
    case when t30.state in ('withdrawn', 'withdrawn_locally') then 'E0'
        when t30.state = 'raised' and t30.raised_as = 'scrutineer' then 'E2'
        when t30.state = 'raised' then 'E1'
        when t30.decision is null then 'E4'
        when t30.state = 'closed' and t30.decision = 'no_action' then 'E0'
        when t30.state = 'closed' then 'E8'
        else coalesce(case t30.decision when 'passed_to_power_holder' then
            case t30.power when 'local_authority_direction' then 'E7a' when 'police_direction' then 'E7b' when 'icb_direction' then 'E7c' end end,
            case t30.decision when 'no_action' then 'E4' when 'support' then 'E5' when 'improvement_notice_considered' then 'E5' when 'passed_to_power_holder' then 'E6' when 'referred_to_secretary_of_state' then 'E6' end) end as escalation) t30_s
 cross join lateral (select shape.opaque('InterventionFlag:' || (t30.area_id || '.' || t30.id)) as "id",
  t30.title as "title",
  case t30_s.state when 'raised' then 'Raised, not referred' when 'withdrawn_locally' then 'Withdrawn before referral' when 'referred' then 'Referred to the Department' when 'acknowledged' then 'Acknowledged' when 'information_requested' then 'Information requested' when 'answered' then 'Question answered' when 'decided' then 'Decided' when 'review_due' then 'Review due' when 'closed' then 'Closed' when 'withdrawn' then 'Referral withdrawn' end as "stateLabel",
  case t30_s.state when 'raised' then 'area' when 'referred' then 'official' when 'acknowledged' then 'official' when 'information_requested' then 'area' when 'answered' then 'official' when 'review_due' then 'official' end as "waitsFor",
  t30.reply_due_on as "replyDueOn",
  t30.review_on as "reviewOn") r
 where (t30.area_id = $13) and (t30.state = any ($14)) and ((t30.changed_at, t30.id) < ($15::timestamptz, $16::uuid))
 order by t30.changed_at desc, t30.id desc
 limit $12::integer) q) g)))::text)
