select (select '{"data":{"boardGroup":' || (coalesce((select row_to_json(r) from (select shape.opaque('BoardGroup:' || (t1.id)) as "id",
  t1.name as "name",
  t1.purpose as "purpose",
  t1.valid_from as "validFrom",
  t1.valid_to as "validTo",
  t1.version as "version"
 from board_group t1
 where (t1.area_id = $1 and t1.id = $2)) r)::text, 'null') || ('}}')))
