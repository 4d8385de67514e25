select (select json_build_object('data', json_build_object('platformArea', (select row_to_json(r) from (select (select row_to_json(r) from (select shape.opaque('Area:' || (t1.id)) as "id",
  t1.name as "name",
  t1.slug as "slug",
  t1.lifecycle as "lifecycle",
  t1.version as "version") r) as "area",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Cover:' || (t2.id)) as "id",
  t2.la_code as "code",
  t2.la_name as "name",
  t2.valid_from as "validFrom",
  t2.valid_to as "validTo"
 from area_local_authority t2
 where (t2.area_id = t1.id)
 order by t2.valid_from desc, t2.la_name, t2.id) r) as "covers",
  (select row_to_json(r) from (select t3.name as "name",
  t3.slug as "slug"
 from area t3
 where (t3.id = t1.merged_into)) r) as "mergedInto"
 from area t1
 where (t1.slug = $1)) r)))::text)
