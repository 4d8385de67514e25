select (select json_build_object('data', json_build_object('budgets', (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Budget:' || (t1.id)) as "id",
  t1.year as "year",
  shape.year_label(t1.year::integer) as "label",
  t1.state as "state",
  t1.version as "version"
 from budget t1
 where (t1.area_id = $1)
 order by t1.year desc) r), 'membershipPartners', (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('PartnerBody:' || (t2.id)) as "id",
  t2.name as "name",
  t2.valid_to as "validTo"
 from partner_body t2
 where (t2.area_id = $2)
 order by t2.valid_to desc nulls first, array_position(array['local_authority', 'integrated_care_board', 'police'], t2.kind), t2.name) r), 'budgetSheet', (select row_to_json(r) from (select $3::boolean as "mayEdit",
  exists (select from partner_body p join appointment a on a.area_id = p.area_id and a.partner_id = p.id and a.office = 'lead'
    where p.area_id = any ($4::integer[]) and p.valid @> $5::date and a.valid @> $5::date
    and case when a.person_id is not null then a.person_id = $6::uuid
        else p.organisation_id = any ($7::uuid[]) or (p.area_id, p.organisation_id) in (
            select there.area_id, there.id from unnest($8::integer[], $9::uuid[]) there (area_id, id)) end) as "mayAgree",
  row_to_json(t4) as "budget",
  shape.required((select row_to_json(r) from (select shape.required((select row_to_json(r) from (select t6.pence as "pence",
  shape.pounds(t6.pence) as "text"
 from (values (t5.planned)) as t6 (pence)
 where (t6.pence is not null)) r)) as "planned",
  shape.required((select row_to_json(r) from (select t7.pence as "pence",
  shape.pounds(t7.pence) as "text"
 from (values (t5.promised)) as t7 (pence)
 where (t7.pence is not null)) r)) as "promised",
  shape.required((select row_to_json(r) from (select t8.pence as "pence",
  shape.pounds(t8.pence) as "text"
 from (values (t5.received)) as t8 (pence)
 where (t8.pence is not null)) r)) as "received",
  shape.required((select row_to_json(r) from (select t9.pence as "pence",
  shape.pounds(t9.pence) as "text"
 from (values (t5.spent)) as t9 (pence)
 where (t9.pence is not null)) r)) as "spent",
  shape.required((select row_to_json(r) from (select t10.pence as "pence",
  shape.pounds(t10.pence) as "text"
 from (values (t5.unfunded)) as t10 (pence)
 where (t10.pence is not null)) r)) as "unfunded",
  shape.required((select row_to_json(r) from (select t11.pence as "pence",
  shape.pounds(t11.pence) as "text"
 from (values (t5.outstanding)) as t11 (pence)
 where (t11.pence is not null)) r)) as "outstanding"
 from (select line.planned, line.spent, gift.promised, gift.received, line.planned - gift.promised as unfunded,
        gift.promised - gift.received as outstanding
    from (select coalesce(sum(l.planned_pence), 0)::bigint as planned,
            coalesce(sum(l.outturn_pence), 0)::bigint as spent from budget_line l
        where l.area_id = t3.area_id and l.budget_id = t3.id and l.removed_reason is null) line,
    (select coalesce(sum(c.amount_pence), 0)::bigint as promised,
            coalesce(sum(coalesce((select sum(r.amount_pence) from receipt r
    where r.area_id = c.area_id and r.contribution_id = c.id), 0)::bigint), 0)::bigint as received from contribution c
        where c.area_id = t3.area_id and c.budget_id = t3.id and c.state <> 'withdrawn') gift) t5) r)) as "balance",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('BudgetLine:' || (t12.id)) as "id",
  t12.kind as "kind",
  case t12.kind when 'business_support' then 'Business support' when 'scrutiny' then 'Independent scrutiny' when 'reviews' then 'Child safeguarding practice reviews' when 'training' then 'Training and learning events' when 'analysis' then 'Analysis' when 'other' then 'Other' end as "kindLabel",
  t12.description as "description",
  shape.required((select row_to_json(r) from (select t13.pence as "pence",
  shape.pounds(t13.pence) as "text"
 from (values (t12.planned_pence)) as t13 (pence)
 where (t13.pence is not null)) r)) as "planned",
  (select row_to_json(r) from (select t14.pence as "pence",
  shape.pounds(t14.pence) as "text"
 from (values (t12.outturn_pence)) as t14 (pence)
 where (t14.pence is not null)) r) as "outturn",
  t12.version as "version"
 from budget_line t12
 where (t12.area_id = t3.area_id and t12.budget_id = t3.id and t12.removed_reason is null)
 order by array_position(array['business_support', 'scrutiny', 'reviews', 'training', 'analysis'], t12.kind), t12.id) r) as "lines",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t15.name as "partnerName",
  t15_a.person_name as "leadName",
  t15_g.agreed_name as "agreedName",
  t15_g.agreed_on as "agreedOn",
  t15.id in (select p.id from partner_body p join appointment a on a.area_id = p.area_id and a.partner_id = p.id and a.office = 'lead'
    where p.area_id = any ($4::integer[]) and p.valid @> $5::date and a.valid @> $5::date
    and case when a.person_id is not null then a.person_id = $6::uuid
        else p.organisation_id = any ($7::uuid[]) or (p.area_id, p.organisation_id) in (
            select there.area_id, there.id from unnest($8::integer[], $9::uuid[]) there (area_id, id)) end) as "mine"
 from partner_body t15 left join appointment t15_a on t15_a.area_id = t15.area_id
        and t15_a.partner_id = t15.id and t15_a.office = 'lead'
        and t15_a.valid @> coalesce(t3.agreed_on, $5::date)
    left join funding_agreement t15_g on t15_g.area_id = t15.area_id and t15_g.partner_id = t15.id
        and t15_g.budget_id = t3.id and t15_g.contribution_id is null and t15_g.of_terms = t3.terms
 where (t15.area_id = t3.area_id and t15.valid @> coalesce(t3.agreed_on, $5::date))
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t15.kind), t15.name) r) as "agreements",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t16.contributor as "contributor",
  t16.points as "basisPoints",
  shape.required((select row_to_json(r) from (select t17.pence as "pence",
  shape.pounds(t17.pence) as "text"
 from (values (t16.amount)) as t17 (pence)
 where (t17.pence is not null)) r)) as "amount",
  (select row_to_json(r) from (select t18.pence as "pence",
  shape.pounds(t18.pence) as "text"
 from (values (t16.last_year)) as t18 (pence)
 where (t18.pence is not null)) r) as "lastYear",
  (select row_to_json(r) from (select t19.pence as "pence",
  shape.pounds(t19.pence) as "text"
 from (values (t16.amount - t16.last_year)) as t19 (pence)
 where (t19.pence is not null)) r) as "change"
 from (with recursive line as (
        select b.id as first, b.id, b.succeeded_by from partner_body b where b.area_id = t3.area_id
        union select line.first, b.id, b.succeeded_by
        from line join partner_body b on b.area_id = t3.area_id and b.id = line.succeeded_by),
    before as (select line.id as partner_id, c.contributor, sum(c.amount_pence)::bigint as amount
        from budget b join contribution c on c.area_id = b.area_id and c.budget_id = b.id and c.state <> 'withdrawn'
            left join line on line.first = c.partner_id and line.succeeded_by is null
        where b.area_id = t3.area_id and b.year = t3.year - 1 group by 1, 2),
    given as (select c.partner_id, coalesce(b.name, c.contributor) as contributor,
            sum(c.amount_pence)::bigint as amount, min(c.id::text) as first
        from contribution c left join partner_body b on b.area_id = c.area_id and b.id = c.partner_id
        where c.area_id = t3.area_id and c.budget_id = t3.id and c.state <> 'withdrawn' group by 1, 2),
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
    from exact) t16
 order by t16.amount desc, t16.contributor, t16.place) r) as "shares",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Contribution:' || (t20.id)) as "id",
  coalesce(t20_p.name, t20.contributor) as "contributor",
  t20.form as "form",
  case t20.form when 'cash' then 'Cash' when 'in_kind' then 'In kind' end as "formLabel",
  shape.required((select row_to_json(r) from (select t21.pence as "pence",
  shape.pounds(t21.pence) as "text"
 from (values (t20.amount_pence)) as t21 (pence)
 where (t21.pence is not null)) r)) as "amount",
  shape.required((select row_to_json(r) from (select t22.pence as "pence",
  shape.pounds(t22.pence) as "text"
 from (select coalesce((select sum(r.amount_pence) from receipt r
    where r.area_id = t20.area_id and r.contribution_id = t20.id), 0)::bigint as pence offset 0) t22
 where (t22.pence is not null)) r)) as "received",
  t20.state as "state",
  case t20.state when 'pledged' then 'Pledged' when 'agreed' then 'Agreed' when 'invoiced' then 'Invoiced' when 'part_received' then 'Part received' when 'received' then 'Received' when 'withdrawn' then 'Withdrawn' end as "stateLabel",
  t20.payer as "payer",
  array(select shape.opaque('PartnerBody:' || (g.partner_id)) from funding_agreement g where g.area_id = t20.area_id and g.contribution_id = t20.id and g.of_terms = t20.terms order by g.partner_id) as "agreedBy",
  t20.version as "version"
 from contribution t20 left join partner_body t20_p on t20_p.area_id = t20.area_id and t20_p.id = t20.partner_id
 where (t20.area_id = t3.area_id and t20.budget_id = t3.id)
 order by t20.partner_id is null, coalesce(t20_p.name, t20.contributor), t20.id) r) as "contributions"
 from budget t3
 cross join lateral (select shape.opaque('Budget:' || (t3.id)) as "id",
  t3.year as "year",
  shape.year_label(t3.year::integer) as "label",
  t3.state as "state",
  t3.note as "note",
  t3.agreed_on as "agreedOn",
  t3.version as "version") t4
 where (t3.area_id = $10 and t3.year = $11::integer)) r)))::text)
