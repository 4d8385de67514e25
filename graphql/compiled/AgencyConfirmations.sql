select (select '{"data":{"agencies":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $1::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($1::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t1.name as k0, t1.id as k1
 from relevant_agency t1 join agency_category t1_c on t1_c.code = t1.category
 cross join lateral (select shape.opaque('RelevantAgency:' || (t1.area_id || '.' || t1.id)) as "id",
  t1.name as "name",
  t1.category as "category",
  t1_c.label as "categoryLabel",
  t1.state as "state",
  case t1.state when 'not_selected' then 'Considered, not chosen' when 'selected' then 'Chosen, not told yet' when 'notified' then 'Told' when 'acknowledged' then 'Acknowledged' when 'reconfirmed' then 'Reconfirmed' when 'declined' then 'Declined' when 'ceased' then 'No longer included' end as "stateLabel",
  t1.notified_on as "notifiedOn",
  t1.acknowledged_on as "acknowledgedOn",
  (select row_to_json(r) from (select t2.title as "title",
  t2.due_on as "dueOn",
  t2.state as "state",
  case t2.state when 'not_started' then 'Not started' when 'draft' then 'Started' when 'submitted' then 'Sent, awaiting reply' when 'accepted' then 'Accepted' when 'more_needed' then 'More needed' when 'declined' then 'Declined' when 'cancelled' then 'Cancelled' end as "stateLabel",
  t2.submitted_at as "submittedAt"
 from duty_request t2
 where (t2.area_id = t1.area_id and t2.agency_id = t1.id)
 order by t2.due_on desc, t2.id desc
 limit 1) r) as "latestReturn") r
 where (t1.area_id = $2) and (strpos(lower(t1.name), lower($3)) > 0) and (t1.category = $4) and (t1.state = $5) and ((t1.name, t1.id) > ($6, $7::uuid))
 order by t1.name, t1.id
 limit $1::integer + 1) p) q) g) || ('}}')))
