select (select concat('{"data":{"budgets":', coalesce((select coalesce(json_agg(row_to_json(r)
 order by t1.year desc), '[]'::json)
 from budget t1
 cross join lateral (select shape.opaque('Budget:' || (t1.id)) as "id",
  t1.year as "year",
  shape.year_label(t1.year::integer) as "label",
  t1.state as "state",
  t1.version as "version") r
 where (t1.area_id = $1))::text, 'null'), ',"membershipPartners":', coalesce((select coalesce(json_agg(row_to_json(r)
 order by t2.valid_to desc nulls first, array_position(array['local_authority', 'integrated_care_board', 'police'], t2.kind), t2.name), '[]'::json)
 from partner_body t2
 cross join lateral (select shape.opaque('PartnerBody:' || (t2.id)) as "id",
  t2.name as "name",
  t2.valid_to as "validTo") r
 where (t2.area_id = $2))::text, 'null'), ',"budgetSheet":', coalesce((select row_to_json(r) from (select $3::boolean as "mayEdit",
  exists (select from partner_body p join appointment a on a.area_id = p.area_id and a.partner_id = p.id and a.office = 'lead'
    where p.area_id = any ($4::integer[]) and p.valid @> $5::date and a.valid @> $5::date
    and case when a.person_id is not null then a.person_id = $6::uuid
        else p.organisation_id = any ($7::uuid[]) or (p.area_id, p.organisation_id) in (
            select there.area_id, there.id from unnest($8::integer[], $9::uuid[]) there (area_id, id)) end) as "mayAgree",
  row_to_json(t4) as "budget",
  row_to_json(t18) as "balance",
  (select coalesce(json_agg(row_to_json(r)
 order by array_position(array['business_support', 'scrutiny', 'reviews', 'training', 'analysis'], t19.kind), t19.id), '[]'::json)
 from budget_line t19
 cross join lateral (select t19.planned_pence as pence) t20
 cross join lateral (select t20.pence as "pence",
  shape.pounds(t20.pence) as "text") t21
 cross join lateral (select t19.outturn_pence as pence) t22
 cross join lateral (select t22.pence as "pence",
  shape.pounds(t22.pence) as "text") t23
 cross join lateral (select shape.opaque('BudgetLine:' || (t19.id)) as "id",
  t19.kind as "kind",
  case t19.kind when 'business_support' then 'Business support' when 'scrutiny' then 'Independent scrutiny' when 'reviews' then 'Child safeguarding practice reviews' when 'training' then 'Training and learning events' when 'analysis' then 'Analysis' when 'other' then 'Other' end as "kindLabel",
  t19.description as "description",
  coalesce(case when t20.pence is not null then row_to_json(t21) end, shape.required(null)) as "planned",
  case when t22.pence is not null then row_to_json(t23) end as "outturn",
  t19.version as "version") r
 where (t19.area_id = t3.area_id and t19.budget_id = t3.id and t19.removed_reason is null)) as "lines",
  (select coalesce(json_agg(row_to_json(r)
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t24.kind), t24.name), '[]'::json)
 from partner_body t24 left join appointment t24_a on t24_a.area_id = t24.area_id
        and t24_a.partner_id = t24.id and t24_a.office = 'lead'
        and t24_a.valid @> coalesce(t3.agreed_on, $5::date)
    left join funding_agreement t24_g on t24_g.area_id = t24.area_id and t24_g.partner_id = t24.id
        and t24_g.budget_id = t3.id and t24_g.contribution_id is null and t24_g.of_terms = t3.terms
 cross join lateral (select shape.opaque('PartnerBody:' || (t24.id)) as "partnerId",
  t24.name as "partnerName",
  t24_a.person_name as "leadName",
  t24_g.agreed_name as "agreedName",
  t24_g.agreed_on as "agreedOn",
  t24.id in (select p.id from partner_body p join appointment a on a.area_id = p.area_id and a.partner_id = p.id and a.office = 'lead'
    where p.area_id = any ($4::integer[]) and p.valid @> $5::date and a.valid @> $5::date
    and case when a.person_id is not null then a.person_id = $6::uuid
        else p.organisation_id = any ($7::uuid[]) or (p.area_id, p.organisation_id) in (
            select there.area_id, there.id from unnest($8::integer[], $9::uuid[]) there (area_id, id)) end) as "mine") r
 where (t24.area_id = t3.area_id and t24.valid @> coalesce(t3.agreed_on, $5::date))) as "agreements",
  (select coalesce(json_agg(row_to_json(r)
 order by t25.amount desc, t25.contributor, t25.place), '[]'::json)
 from (with recursive given as (select c.partner_id, coalesce(b.name, c.contributor) as contributor,
            sum(c.amount_pence)::bigint as amount, min(c.id::text) as first
        from contribution c left join partner_body b on b.area_id = c.area_id and b.id = c.partner_id
        where c.area_id = t3.area_id and c.budget_id = t3.id and c.state <> 'withdrawn' group by 1, 2),
    line as (
        select b.id as first, b.id, b.succeeded_by, 0 as place from partner_body b where b.area_id = t3.area_id
        union all select line.first, b.id, b.succeeded_by, line.place + 1
        from line join partner_body b on b.area_id = t3.area_id and b.id = line.succeeded_by),
    follower as (select distinct on (line.first) line.first, line.id
        from line left join given on given.partner_id = line.id
        order by line.first, given.partner_id is null,
            case when given.partner_id is null then -line.place else line.place end),
    before as (select follower.id as partner_id, c.contributor, sum(c.amount_pence)::bigint as amount
        from budget b join contribution c on c.area_id = b.area_id and c.budget_id = b.id and c.state <> 'withdrawn'
            left join follower on follower.first = c.partner_id
        where b.area_id = t3.area_id and b.year = t3.year - 1 group by 1, 2),
    exact as (select given.*, row_number() over (order by partner_id is null, contributor, first) as place,
            div(amount::numeric * 10000, sum(amount) over ())::integer as quotient,
            mod(amount::numeric * 10000, sum(amount) over ()) as rest
        from given)
    select exact.contributor, exact.amount, exact.place,
        exact.quotient + (row_number() over (order by exact.rest desc, exact.place)
            <= 10000 - sum(exact.quotient) over ())::integer as points,
        case when exists (select from budget b where b.area_id = t3.area_id and b.year = t3.year - 1) then
            coalesce((select sum(before.amount) from before where before.partner_id = exact.partner_id
                or exact.partner_id is null and before.partner_id is null
                and before.contributor = exact.contributor), 0)::bigint end as last_year
    from exact
    union all
    select coalesce(b.name, before.contributor), 0,
        row_number() over (order by before.partner_id is null, before.partner_id), 0, before.amount
    from before left join partner_body b on b.area_id = t3.area_id and b.id = before.partner_id
    where not exists (select from given where given.partner_id = before.partner_id
        or given.partner_id is null and before.partner_id is null and given.contributor = before.contributor)) t25
 cross join lateral (select t25.amount as pence) t26
 cross join lateral (select t26.pence as "pence",
  shape.pounds(t26.pence) as "text") t27
 cross join lateral (select t25.last_year as pence) t28
 cross join lateral (select t28.pence as "pence",
  shape.pounds(t28.pence) as "text") t29
 cross join lateral (select t25.amount - t25.last_year as pence) t30
 cross join lateral (select t30.pence as "pence",
  shape.pounds(t30.pence) as "text") t31
 cross join lateral (select t25.contributor as "contributor",
  t25.points as "basisPoints",
  coalesce(case when t26.pence is not null then row_to_json(t27) end, shape.required(null)) as "amount",
  case when t28.pence is not null then row_to_json(t29) end as "lastYear",
  case when t30.pence is not null then row_to_json(t31) end as "change") r) as "shares",
  (select coalesce(json_agg(row_to_json(r)
 order by t32.partner_id is null, coalesce(t32_p.name, t32.contributor), t32.id), '[]'::json)
 from contribution t32 left join partner_body t32_p on t32_p.area_id = t32.area_id and t32_p.id = t32.partner_id
 cross join lateral (select t32.amount_pence as pence) t33
 cross join lateral (select t33.pence as "pence",
  shape.pounds(t33.pence) as "text") t34
 cross join lateral (select coalesce(sum(r.amount_pence), 0)::bigint as pence from receipt r where r.area_id = t32.area_id and r.contribution_id = t32.id) t35
 cross join lateral (select t35.pence as "pence",
  shape.pounds(t35.pence) as "text") t36
 cross join lateral (select shape.opaque('Contribution:' || (t32.id)) as "id",
  coalesce(t32_p.name, t32.contributor) as "contributor",
  t32.form as "form",
  case t32.form when 'cash' then 'Cash' when 'in_kind' then 'In kind' end as "formLabel",
  coalesce(case when t33.pence is not null then row_to_json(t34) end, shape.required(null)) as "amount",
  coalesce(case when t35.pence is not null then row_to_json(t36) end, shape.required(null)) as "received",
  t32.state as "state",
  case t32.state when 'pledged' then 'Pledged' when 'agreed' then 'Agreed' when 'invoiced' then 'Invoiced' when 'part_received' then 'Part received' when 'received' then 'Received' when 'reduced' then 'Reduced, to be agreed' when 'withdrawn' then 'Withdrawn' end as "stateLabel",
  t32.payer as "payer",
  array(select shape.opaque('PartnerBody:' || (g.partner_id)) from funding_agreement g where g.area_id = t32.area_id and g.contribution_id = t32.id and g.of_terms = t32.terms order by g.partner_id) as "agreedBy",
  t32.version as "version") r
 where (t32.area_id = t3.area_id and t32.budget_id = t3.id)) as "contributions"
 from budget t3
 cross join lateral (select shape.opaque('Budget:' || (t3.id)) as "id",
  t3.year as "year",
  shape.year_label(t3.year::integer) as "label",
  t3.state as "state",
  t3.note as "note",
  t3.agreed_on as "agreedOn",
  t3.version as "version") t4
 cross join lateral (select line.planned, line.spent, gift.promised, gift.received,
        line.planned - gift.promised as unfunded, gift.promised - gift.received as outstanding
    from (select coalesce(sum(l.planned_pence), 0)::bigint as planned,
            coalesce(sum(l.outturn_pence), 0)::bigint as spent from budget_line l
        where l.area_id = t3.area_id and l.budget_id = t3.id and l.removed_reason is null) line,
    (select coalesce(sum(c.amount_pence), 0)::bigint as promised,
            coalesce(sum((select coalesce(sum(r.amount_pence), 0)::bigint from receipt r where r.area_id = c.area_id and r.contribution_id = c.id)), 0)::bigint as received
        from contribution c
        where c.area_id = t3.area_id and c.budget_id = t3.id and c.state <> 'withdrawn') gift) t5
 cross join lateral (select t5.planned as pence) t6
 cross join lateral (select t6.pence as "pence",
  shape.pounds(t6.pence) as "text") t7
 cross join lateral (select t5.promised as pence) t8
 cross join lateral (select t8.pence as "pence",
  shape.pounds(t8.pence) as "text") t9
 cross join lateral (select t5.received as pence) t10
 cross join lateral (select t10.pence as "pence",
  shape.pounds(t10.pence) as "text") t11
 cross join lateral (select t5.spent as pence) t12
 cross join lateral (select t12.pence as "pence",
  shape.pounds(t12.pence) as "text") t13
 cross join lateral (select t5.unfunded as pence) t14
 cross join lateral (select t14.pence as "pence",
  shape.pounds(t14.pence) as "text") t15
 cross join lateral (select t5.outstanding as pence) t16
 cross join lateral (select t16.pence as "pence",
  shape.pounds(t16.pence) as "text") t17
 cross join lateral (select coalesce(case when t6.pence is not null then row_to_json(t7) end, shape.required(null)) as "planned",
  coalesce(case when t8.pence is not null then row_to_json(t9) end, shape.required(null)) as "promised",
  coalesce(case when t10.pence is not null then row_to_json(t11) end, shape.required(null)) as "received",
  coalesce(case when t12.pence is not null then row_to_json(t13) end, shape.required(null)) as "spent",
  coalesce(case when t14.pence is not null then row_to_json(t15) end, shape.required(null)) as "unfunded",
  coalesce(case when t16.pence is not null then row_to_json(t17) end, shape.required(null)) as "outstanding") t18
 where (t3.area_id = $10 and t3.year = $11::integer)) r)::text, 'null'), '}}'))
