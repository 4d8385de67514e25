select (select '{"data":{"publicAreas":' || (coalesce((select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t1.slug as "slug",
  t1.name as "name",
  t1.lifecycle = 'merged' as "merged",
  array(select l.la_name from area_local_authority l where l.area_id = t1.id and l.valid @> $1::date order by l.la_name) as "localAuthorityNames"
 from area t1
 where (t1.name ilike '%' || $2 || '%' or exists (select l.la_name from area_local_authority l where l.area_id = t1.id and l.valid @> $1::date and l.la_name ilike '%' || $2 || '%'))
 order by t1.name, t1.id
 limit 500) r)::text, 'null') || ('}}')))
