select (select concat('{"data":{"membershipPartners":', coalesce((select coalesce(json_agg(row_to_json(r)
 order by t1.valid_to desc nulls first, array_position(array['local_authority', 'integrated_care_board', 'police'], t1.kind), t1.name), '[]'::json)
 from partner_body t1
 cross join lateral (select shape.opaque('PartnerBody:' || (t1.id)) as "id",
  case t1.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police' then 'Police force' end as "kindLabel",
  t1.name as "name",
  t1.valid_from as "validFrom",
  t1.valid_to as "validTo",
  shape.opaque('PartnerBody:' || (t1.succeeded_by)) as "succeededBy",
  t1.ended_reason as "endedReason") r
 where (t1.area_id = $1))::text, 'null'), ',"membershipChairs":', coalesce((select coalesce(json_agg(row_to_json(r)
 order by t2.valid_from desc), '[]'::json)
 from partnership_chair t2 join appointment t2_a on t2_a.area_id = t2.area_id
    and t2_a.id = t2.appointment_id
 cross join lateral (select shape.opaque('PartnershipChair:' || (t2.id)) as "id",
  t2_a.person_name as "personName",
  t2.valid_from as "validFrom",
  t2.valid_to as "validTo") r
 where (t2.area_id = $2))::text, 'null'), ',"membershipHistory":', (select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $3::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $3::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($3::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t3.valid_from as k0, t3.id as k1
 from appointment t3
 cross join lateral (select shape.opaque('Appointment:' || (t3.id)) as "id",
  case t3.office when 'lead' then 'Lead safeguarding partner' when 'delegated' then 'Delegated safeguarding partner' when 'scrutineer' then 'Independent scrutineer' when 'seat' then 'Seat holder' end as "officeLabel",
  shape.opaque('PartnerBody:' || (t3.partner_id)) as "partnerId",
  t3.person_name as "personName",
  t3.post as "post",
  t3.valid_from as "validFrom",
  t3.valid_to as "validTo",
  t3.ended_reason as "endedReason") r
 where (t3.area_id = $4) and ((t3.valid_from, t3.id) < ($5::date, $6::uuid))
 order by t3.valid_from desc, t3.id desc
 limit $3::integer + 1) p) q) g), '}}'))
