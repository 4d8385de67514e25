select (select '{"data":{"partnerBody":' || (coalesce((select row_to_json(r) from (select shape.opaque('PartnerBody:' || (t1.id)) as "id",
  t1.kind as "kind",
  case t1.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police' then 'Police force' end as "kindLabel",
  t1.name as "name",
  shape.opaque('Organisation:' || (t1.organisation_id)) as "organisationId",
  t1.valid_from as "validFrom",
  t1.valid_to as "validTo",
  t1.version as "version"
 from partner_body t1
 where (t1.area_id = $1 and t1.id = $2)) r)::text, 'null') || ('}}')))
