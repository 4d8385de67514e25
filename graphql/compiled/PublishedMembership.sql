select (select '{"data":{"publishedMembership":' || (coalesce(coalesce((select row_to_json(r) from (select (select coalesce(json_agg(row_to_json(r)
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t2.kind), t2.name), '[]'::json)
 from partner_body t2
 cross join lateral (select shape.opaque('PartnerBody:' || (t2.id)) as "id",
  case t2.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police' then 'Police force' end as "kindLabel",
  t2.name as "name",
  exists (select from partnership_chair c
    join appointment a on a.area_id = c.area_id and a.id = c.appointment_id
    where c.area_id = t2.area_id and a.partner_id = t2.id
        and c.valid_from <= $1 and (c.valid_to is null or c.valid_to >= $1)
        and a.valid_from <= $1 and (a.valid_to is null or a.valid_to >= $1)) as "chairs",
  (select row_to_json(r) from (select t3.person_name as "personName",
  t3.post as "post"
 from appointment t3
 where (t3.area_id = t2.area_id and t3.partner_id = t2.id and t3.office = 'lead' and t3.valid_from <= $1 and (t3.valid_to is null or t3.valid_to >= $1))) r) as "lead",
  (select row_to_json(r) from (select t4.person_name as "personName",
  t4.post as "post"
 from appointment t4
 where (t4.area_id = t2.area_id and t4.partner_id = t2.id and t4.office = 'delegated' and t4.valid_from <= $1 and (t4.valid_to is null or t4.valid_to >= $1))) r) as "delegated") r
 where (t2.area_id = t1.area_id and t2.valid_from <= $1 and (t2.valid_to is null or t2.valid_to >= $1))) as "partners",
  (select coalesce(json_agg(row_to_json(r)
 order by t5.person_name, t5.id), '[]'::json)
 from appointment t5
 cross join lateral (select t5.person_name as "personName",
  t5.has_tie as "hasTie") r
 where (t5.area_id = t1.area_id and t5.office = 'scrutineer' and t5.valid_from <= $1 and (t5.valid_to is null or t5.valid_to >= $1))) as "scrutineers"
 from (select $2::integer as area_id) as t1) r), shape.required(null))::text, 'null') || ('}}')))
