select (select '{"data":{"publicArea":' || (coalesce((select row_to_json(r) from (select row_to_json(t2) as "area",
  (select row_to_json(r) from (select t3.slug as "slug",
  t3.name as "name"
 from area t3
 where (t3.id = t1.merged_into)) r) as "mergedInto",
  (select coalesce(json_agg(row_to_json(r)
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t4.kind), t4.name), '[]'::json)
 from partner_body t4
 cross join lateral (select case t4.kind when 'local_authority' then 'local authority' when 'integrated_care_board' then 'integrated care board' when 'police' then 'police force' end as "kindLabel",
  t4.name as "name",
  (select row_to_json(r) from (select t5.person_name as "name",
  t5.post as "post",
  t5.valid_from as "since"
 from appointment t5
 where (t5.area_id = t4.area_id and t5.partner_id = t4.id and t5.office = 'lead' and t5.valid_from <= $1 and (t5.valid_to is null or t5.valid_to >= $1))) r) as "lead",
  (select row_to_json(r) from (select t6.person_name as "name",
  t6.post as "post",
  t6.valid_from as "since"
 from appointment t6
 where (t6.area_id = t4.area_id and t6.partner_id = t4.id and t6.office = 'delegated' and t6.valid_from <= $1 and (t6.valid_to is null or t6.valid_to >= $1))) r) as "delegated",
  exists (select from partnership_chair c
    join appointment a on a.area_id = c.area_id and a.id = c.appointment_id
    where c.area_id = t4.area_id and a.partner_id = t4.id
        and c.valid_from <= $1 and (c.valid_to is null or c.valid_to >= $1)
        and a.valid_from <= $1 and (a.valid_to is null or a.valid_to >= $1)) as "chairs") r
 where (t4.area_id = t1.id and t4.valid_from <= $1 and (t4.valid_to is null or t4.valid_to >= $1))) as "partners",
  (select coalesce(json_agg(row_to_json(r)
 order by t7.person_name, t7.id), '[]'::json)
 from appointment t7
 cross join lateral (select t7.person_name as "name",
  t7.post as "post",
  t7.valid_from as "since") r
 where (t7.area_id = t1.id and t7.office = 'scrutineer' and t7.valid_from <= $1 and (t7.valid_to is null or t7.valid_to >= $1))) as "scrutineers"
 from area t1
 cross join lateral (select t1.slug as "slug",
  t1.name as "name",
  t1.lifecycle = 'merged' as "merged",
  array(select l.la_name from area_local_authority l where l.area_id = t1.id and l.valid @> $1::date order by l.la_name) as "localAuthorityNames") t2
 where (t1.slug = $2)) r)::text, 'null') || ('}}')))
