select (select '{"data":{"platformArea":' || (coalesce((select row_to_json(r) from (select row_to_json(t2) as "area",
  (select coalesce(json_agg(row_to_json(r)
 order by t3.valid_from desc, t3.la_name, t3.id), '[]'::json)
 from area_local_authority t3
 cross join lateral (select shape.opaque('Cover:' || (t3.id)) as "id",
  t3.la_code as "code",
  t3.la_name as "name",
  t3.valid_from as "validFrom",
  t3.valid_to as "validTo") r
 where (t3.area_id = t1.id)) as "covers",
  (select row_to_json(r) from (select t4.name as "name",
  t4.slug as "slug"
 from area t4
 where (t4.id = t1.merged_into)) r) as "mergedInto"
 from area t1
 cross join lateral (select shape.opaque('Area:' || (t1.id)) as "id",
  t1.name as "name",
  t1.slug as "slug",
  t1.lifecycle as "lifecycle",
  t1.version as "version") t2
 where (t1.slug = $1)) r)::text, 'null') || ('}}')))
