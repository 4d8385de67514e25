select (select '{"data":{"accounts":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $1::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($1::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t1.name as k0, t1.id as k1
 from person t1
 cross join lateral (select shape.opaque('Person:' || (t1.id)) as "id",
  t1.name as "name",
  t1.email as "email",
  t1.disabled_at as "disabledAt") r
 where (t1.name ilike '%' || $2 || '%' or t1.email ilike '%' || $2 || '%') and ((t1.name, t1.id) > ($3, $4::uuid))
 order by t1.name, t1.id
 limit $1::integer + 1) p) q) g) || ('}}')))
