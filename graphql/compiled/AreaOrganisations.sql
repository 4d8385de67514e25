select (select '{"data":{"areaOrganisations":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $1::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($1::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t1.name as k0, t1.id as k1
 from organisation t1
 cross join lateral (select shape.opaque('Organisation:' || (t1.id)) as "id",
  t1.name as "name",
  case t1.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police_force' then 'Police force' when 'trust' then 'Academy trust' when 'establishment' then 'School or college' when 'other_body' then 'Other body' end as "kindLabel",
  t1.type_label as "typeLabel",
  t1.urn as "urn",
  t1.town as "town",
  t1.postcode as "postcode",
  t1.status as "status") r
 where (t1.id in (select p.organisation_id from area_organisation p where p.area_id = $2
    and p.valid_from <= $3 and (p.valid_to is null or p.valid_to >= $3))) and (t1.kind = $4) and (t1.name ilike '%' || $5 || '%' or t1.urn::text = $5 or t1.postcode ilike $5 || '%') and ((t1.name, t1.id) > ($6, $7::uuid))
 order by t1.name, t1.id
 limit $1::integer + 1) p) q) g) || ('}}')))
