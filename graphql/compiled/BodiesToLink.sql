select (select '{"data":{"organisations":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(array_length(g.keys, 1), 0) > $1::integer)::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, array_agg(q.key) as keys from (select p.*, row_number() over () as place from (select row_to_json(r) as node, json_build_array(t1.name, t1.id)::text as key
 from organisation t1
 cross join lateral (select shape.opaque('Organisation:' || (t1.id)) as "id",
  t1.name as "name") r
 where (t1.status <> 'closed') and (t1.kind = any ($2::text[])) and (t1.name ilike '%' || $3 || '%' or t1.urn::text = $3 or t1.postcode ilike $3 || '%') and ((t1.name, t1.id) > ($4, $5::uuid))
 order by t1.name, t1.id
 limit $1::integer + 1) p) q) g) || ('}}')))
