select (select '{"data":{"candidates":' || (coalesce((select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Organisation:' || (t1.id)) as "organisationId",
  t1.name as "name",
  t1.category as "category",
  t1.town as "town"
 from organisation_fact t1
 where ($1::boolean and t1.status = 'open' and strpos(lower(t1.name), lower($2)) > 0 and not exists (select 1 from relevant_agency g where g.area_id = $3 and g.organisation_id = t1.id))
 order by not exists (select 1 from area_organisation w where w.area_id = $3 and w.organisation_id = t1.id and w.valid_to is null), t1.name, t1.id
 limit 20) r)::text, 'null') || (',"categories":' || (coalesce((select coalesce(json_agg(row_to_json(r)
 order by t2.position), '[]'::json)
 from agency_category t2
 cross join lateral (select t2.code as "code",
  t2.grouping as "grouping",
  t2.label as "label",
  t2.paragraph as "paragraph",
  t2.citation as "citation") r
 where (t2.valid_from <= $4 and (t2.valid_to is null or t2.valid_to >= $4)))::text, 'null') || ('}}')))))
