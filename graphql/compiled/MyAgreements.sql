select (select '{"data":{"myAgreements":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $1::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1, q.k2, q.k3, q.k4)::text) filter (where q.place = least($1::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t1.area_id as k0, t1.year as k1, t1.what as k2, coalesce(t1.contributor, '') as k3, t1.id as k4
 from (select found.*, array(select p.name from partner_body p join appointment a on a.area_id = p.area_id and a.partner_id = p.id and a.office = 'lead'
    where p.area_id = any ($2::integer[]) and p.valid @> $3::date and a.valid @> $3::date
    and case when a.person_id is not null then a.person_id = $4::uuid
        else p.organisation_id = any ($5::uuid[]) or (p.area_id, p.organisation_id) in (
            select there.area_id, there.id from unnest($6::integer[], $7::uuid[]) there (area_id, id)) end
        and p.area_id = found.area_id and p.id <> all (found.agreed_by)
        order by array_position(array['local_authority', 'integrated_care_board', 'police'], p.kind), p.name) as bodies
    from (
select b.area_id, 'budget' as what, b.id, b.year, b.version, b.state, null as contributor, null as form,
    coalesce((select sum(l.planned_pence) from budget_line l
        where l.area_id = b.area_id and l.budget_id = b.id and l.removed_reason is null), 0)::bigint as amount_pence,
    null::bigint as reduced_from_pence,
    exists (select from budget_line l
        where l.area_id = b.area_id and l.budget_id = b.id and l.removed_reason is null) as ready,
    array(select g.partner_id from funding_agreement g where g.area_id = b.area_id and g.budget_id = b.id
        and g.contribution_id is null and g.of_terms = b.terms) as agreed_by
from budget b where b.area_id = any ($2::integer[])
union all
select c.area_id, 'contribution', c.id, b.year, c.version, c.state, coalesce(p.name, c.contributor), c.form,
    c.amount_pence, case when c.state = 'reduced' then nullif(c.reduced_from_pence, c.amount_pence) end, true,
    array(select g.partner_id from funding_agreement g where g.area_id = c.area_id and g.contribution_id = c.id
        and g.of_terms = c.terms)
from contribution c
join budget b on b.area_id = c.area_id and b.id = c.budget_id
left join partner_body p on p.area_id = c.area_id and p.id = c.partner_id
where c.area_id = any ($2::integer[])
) found
    where ready and (what, state) in (('budget', 'draft'), ('contribution', 'pledged'), ('contribution', 'reduced'))) t1
    join area t1_a on t1_a.id = t1.area_id
 cross join lateral (select t1.amount_pence as pence) t2
 cross join lateral (select t2.pence as "pence",
  shape.pounds(t2.pence) as "text") t3
 cross join lateral (select t1.reduced_from_pence as pence) t4
 cross join lateral (select shape.pounds(t4.pence) as "text") t5
 cross join lateral (select shape.opaque('Area:' || (t1.area_id)) as "areaId",
  t1_a.name as "areaName",
  t1_a.slug as "areaSlug",
  t1.what as "what",
  case t1.what when 'budget' then shape.opaque('Budget:' || (t1.id)) when 'contribution' then shape.opaque('Contribution:' || (t1.id)) end as "id",
  t1.version as "version",
  shape.year_label(t1.year::integer) as "yearLabel",
  coalesce(t1.contributor, 'Budget ' || shape.year_label(t1.year::integer)) as "title",
  case t1.form when 'cash' then 'Cash' when 'in_kind' then 'In kind' end as "formLabel",
  coalesce(case when t2.pence is not null then row_to_json(t3) end, shape.required(null)) as "amount",
  case when t4.pence is not null then row_to_json(t5) end as "reducedFrom") t6
 cross join lateral (select t1.bodies as "bodies",
  row_to_json(t6) as "item") r
 where (cardinality(t1.bodies) > 0) and ($8::integer not in (select p.area_id from partner_body p join appointment a on a.area_id = p.area_id and a.partner_id = p.id and a.office = 'lead'
    where p.area_id = any ($2::integer[]) and p.valid @> $3::date and a.valid @> $3::date
    and case when a.person_id is not null then a.person_id = $4::uuid
        else p.organisation_id = any ($5::uuid[]) or (p.area_id, p.organisation_id) in (
            select there.area_id, there.id from unnest($6::integer[], $7::uuid[]) there (area_id, id)) end) or (t1_a.name, t1.area_id, -t1.year, t1.what, coalesce(t1.contributor, ''), t1.id)
    > ((select a.name from area a where a.id = $8::integer), $8::integer,
        -$9::integer, $10, $11, $12::uuid))
 order by t1_a.name, t1.area_id, -t1.year, t1.what, coalesce(t1.contributor, ''), t1.id
 limit $1::integer + 1) p) q) g) || ('}}')))
