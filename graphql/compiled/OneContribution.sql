select (select json_build_object('data', json_build_object('contribution', (select row_to_json(r) from (select row_to_json(t4) as "contribution",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Receipt:' || (t5.id)) as "id",
  t5.received_on as "receivedOn",
  shape.required((select row_to_json(r) from (select shape.pounds(t6.pence) as "text"
 from (values (t5.amount_pence)) as t6 (pence)
 where (t6.pence is not null)) r)) as "amount",
  t5.reference as "reference",
  shape.opaque('Receipt:' || (t5.reverses)) as "reverses",
  t5.reason as "reason",
  exists (select from receipt v where v.area_id = t5.area_id and v.reverses = t5.id) as "reversed"
 from receipt t5
 where (t5.area_id = t1.area_id and t5.contribution_id = t1.id)
 order by t5.received_on, t5.id) r) as "receipts"
 from contribution t1 left join partner_body t1_p on t1_p.area_id = t1.area_id and t1_p.id = t1.partner_id
 cross join lateral (select shape.opaque('Contribution:' || (t1.id)) as "id",
  shape.opaque('PartnerBody:' || (t1.partner_id)) as "partnerId",
  coalesce(t1_p.name, t1.contributor) as "contributor",
  t1.form as "form",
  case t1.form when 'cash' then 'Cash' when 'in_kind' then 'In kind' end as "formLabel",
  shape.required((select row_to_json(r) from (select t2.pence as "pence",
  shape.pounds(t2.pence) as "text"
 from (values (t1.amount_pence)) as t2 (pence)
 where (t2.pence is not null)) r)) as "amount",
  shape.required((select row_to_json(r) from (select t3.pence as "pence",
  shape.pounds(t3.pence) as "text"
 from (select coalesce((select sum(r.amount_pence) from receipt r
    where r.area_id = t1.area_id and r.contribution_id = t1.id), 0)::bigint as pence offset 0) t3
 where (t3.pence is not null)) r)) as "received",
  t1.state as "state",
  case t1.state when 'pledged' then 'Pledged' when 'agreed' then 'Agreed' when 'invoiced' then 'Invoiced' when 'part_received' then 'Part received' when 'received' then 'Received' when 'withdrawn' then 'Withdrawn' end as "stateLabel",
  t1.payer as "payer",
  t1.valuation_method as "valuationMethod",
  t1.description as "description",
  t1.invoice_reference as "invoiceReference",
  t1.invoiced_on as "invoicedOn",
  t1.withdrawn_reason as "withdrawnReason",
  t1.version as "version") t4
 where (t1.area_id = $1 and t1.id = $2)) r)))::text)
