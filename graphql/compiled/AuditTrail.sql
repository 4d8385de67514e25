select (select '{"data":{"auditTrail":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(array_length(g.keys, 1), 0) > $1::integer, 'endCursor', shape.opaque(g.keys[least($1::integer, array_length(g.keys, 1))]))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, array_agg(q.key) as keys from (select p.*, row_number() over () as place from (select row_to_json(r) as node, json_build_array(t1.seq)::text as key
 from audit.event t1
 cross join lateral (select t1.seq as "seq",
  t1.at as "at",
  t1.actor_name as "actorName",
  t1.actor_role as "actorRole",
  t1.action as "action",
  t1.subject_type as "subjectType",
  t1.subject_id as "subjectId",
  t1.reason as "reason",
  t1.legal_basis as "legalBasis",
  shape.sorted_json(t1.before) as "before",
  shape.sorted_json(t1.after) as "after") r
 where (t1.area_id = $2) and (t1.at >= $3::date::timestamp at time zone 'Europe/London') and (t1.at < ($4::date + 1)::timestamp at time zone 'Europe/London') and (strpos(lower(t1.actor_name), lower($5)) > 0) and (starts_with(t1.action, $6)) and (t1.subject_type = $7) and (t1.subject_id = $8) and (t1.seq < $9::bigint)
 order by t1.seq desc
 limit $1::integer + 1) p) q) g) || ('}}')))
