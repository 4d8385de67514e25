select (select concat('{"data":{"contribution":', coalesce((select row_to_json(r) from (select row_to_json(t8) as "contribution",
  (select coalesce(json_agg(row_to_json(r)
 order by t9.received_on, t9.id), '[]'::json)
 from receipt t9
 cross join lateral (select t9.amount_pence as pence) t10
 cross join lateral (select shape.pounds(t10.pence) as "text") t11
 cross join lateral (select shape.opaque('Receipt:' || (t9.id)) as "id",
  t9.received_on as "receivedOn",
  coalesce(case when t10.pence is not null then row_to_json(t11) end, shape.required(null)) as "amount",
  t9.reference as "reference",
  shape.opaque('Receipt:' || (t9.reverses)) as "reverses",
  t9.reason as "reason",
  exists (select from receipt v where v.area_id = t9.area_id and v.reverses = t9.id) as "reversed") r
 where (t9.area_id = t1.area_id and t9.contribution_id = t1.id)) as "receipts"
 from contribution t1 left join partner_body t1_p on t1_p.area_id = t1.area_id and t1_p.id = t1.partner_id
 cross join lateral (select t1.amount_pence as pence) t2
 cross join lateral (select t2.pence as "pence",
  shape.pounds(t2.pence) as "text") t3
 cross join lateral (select coalesce(sum(r.amount_pence), 0)::bigint as pence from receipt r where r.area_id = t1.area_id and r.contribution_id = t1.id) t4
 cross join lateral (select t4.pence as "pence",
  shape.pounds(t4.pence) as "text") t5
 cross join lateral (select t1.reduced_from_pence as pence) t6
 cross join lateral (select shape.pounds(t6.pence) as "text") t7
 cross join lateral (select shape.opaque('Contribution:' || (t1.id)) as "id",
  shape.opaque('PartnerBody:' || (t1.partner_id)) as "partnerId",
  coalesce(t1_p.name, t1.contributor) as "contributor",
  t1.form as "form",
  case t1.form when 'cash' then 'Cash' when 'in_kind' then 'In kind' end as "formLabel",
  coalesce(case when t2.pence is not null then row_to_json(t3) end, shape.required(null)) as "amount",
  coalesce(case when t4.pence is not null then row_to_json(t5) end, shape.required(null)) as "received",
  t1.state as "state",
  case t1.state when 'pledged' then 'Pledged' when 'agreed' then 'Agreed' when 'invoiced' then 'Invoiced' when 'part_received' then 'Part received' when 'received' then 'Received' when 'reduced' then 'Reduced, to be agreed' when 'withdrawn' then 'Withdrawn' end as "stateLabel",
  t1.payer as "payer",
  t1.valuation_method as "valuationMethod",
  t1.description as "description",
  t1.invoice_reference as "invoiceReference",
  t1.invoiced_on as "invoicedOn",
  t1.withdrawn_reason as "withdrawnReason",
  case when t6.pence is not null then row_to_json(t7) end as "reducedFrom",
  t1.reduced_reason as "reducedReason",
  array(select shape.opaque('PartnerBody:' || (g.partner_id)) from funding_agreement g where g.area_id = t1.area_id and g.contribution_id = t1.id and g.of_terms = t1.terms order by g.partner_id) as "agreedBy",
  t1.version as "version") t8
 where (t1.area_id = $1 and t1.id = $2)) r)::text, 'null'), ',"membership":', coalesce(coalesce((select row_to_json(r) from (select (select coalesce(json_agg(row_to_json(r)
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t13.kind), t13.name), '[]'::json)
 from partner_body t13
 cross join lateral (select shape.opaque('PartnerBody:' || (t13.id)) as "id",
  t13.name as "name") t14
 cross join lateral (select t13.area_id, 'lead'::text as office, t13.id as of,
        t13.valid_from as since) t15
    left join appointment t15_h on t15_h.area_id = t13.area_id and t15_h.office = 'lead'
        and t15_h.partner_id = t13.id and t15_h.valid @> $3::date
 cross join lateral (select t15_h.person_name as "personName") t16
 cross join lateral (select case when t15_h.id is not null then row_to_json(t16) end as "holder") t17
 cross join lateral (select row_to_json(t14) as "partner",
  row_to_json(t17) as "lead") r
 where (t13.area_id = t12.area_id and t13.valid @> $3::date)) as "partners"
 from (select $4::integer as area_id) as t12) r), shape.required(null))::text, 'null'), ',"membershipPartners":', coalesce((select coalesce(json_agg(row_to_json(r)
 order by t18.valid_to desc nulls first, array_position(array['local_authority', 'integrated_care_board', 'police'], t18.kind), t18.name), '[]'::json)
 from partner_body t18
 cross join lateral (select shape.opaque('PartnerBody:' || (t18.id)) as "id",
  t18.name as "name") r
 where (t18.area_id = $5))::text, 'null'), '}}'))
