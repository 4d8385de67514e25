select (select '{"data":{"platformAreas":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $1::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($1::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t1.name as k0, t1.id as k1
 from area t1
 cross join lateral (select t1.name as "name",
  t1.slug as "slug",
  t1.lifecycle as "lifecycle") t2
 cross join lateral (select row_to_json(t2) as "area",
  (select coalesce(json_agg(l.la_name order by l.la_name), '[]'::json) from area_local_authority l where l.area_id = t1.id and l.valid @> $2::date) as "localAuthorityNames") r
 where (t1.name ilike '%' || $3 || '%' or t1.id in (select l.area_id from area_local_authority l where l.la_name ilike '%' || $3 || '%')) and (t1.lifecycle = $4) and ((t1.name, t1.id) > ($5, $6::integer))
 order by t1.name, t1.id
 limit $1::integer + 1) p) q) g) || ('}}')))
