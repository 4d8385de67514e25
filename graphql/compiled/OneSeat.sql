select (select '{"data":{"boardSeat":' || (coalesce((select row_to_json(r) from (select shape.opaque('BoardSeat:' || (t1.id)) as "id",
  t1.title as "title",
  shape.opaque('BoardGroup:' || (t1.group_id)) as "groupId",
  t1.education_level as "educationLevel",
  t1.valid_from as "validFrom",
  t1.valid_to as "validTo",
  t1.version as "version"
 from seat t1
 where (t1.area_id = $1 and t1.id = $2)) r)::text, 'null') || ('}}')))
