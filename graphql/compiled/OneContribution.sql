select (select '{"data":{"contribution":' || (coalesce((select row_to_json(r) from (select row_to_json(t8) as "contribution",
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
 where (t1.area_id = $1 and t1.id = $2)) r)::text, 'null') || ('}}')))
