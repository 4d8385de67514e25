select (select '{"data":{"organisations":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $1::integer)::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($1::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t1.name as k0, t1.id as k1
 from organisation t1
 cross join lateral (select shape.opaque('Organisation:' || (t1.id)) as "id",
  t1.name as "name") r
 where (t1.status <> 'closed') and (t1.kind = any ($2::text[])) and (t1.name ilike '%' || $3 || '%' or t1.urn::text = $3 or t1.postcode ilike $3 || '%') and ((t1.name, t1.id) > ($4, $5::uuid))
 order by t1.name, t1.id
 limit $1::integer + 1) p) q) g) || ('}}')))
