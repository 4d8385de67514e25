select (select '{"data":{"area":' || (coalesce((select row_to_json(r) from (select t1.name as "name",
  t1.slug as "slug",
  t1.version as "version",
  (select coalesce(json_agg(row_to_json(r)
 order by t2.la_name, t2.la_code), '[]'::json)
 from area_local_authority t2
 cross join lateral (select t2.la_code as "code",
  t2.la_name as "name",
  t2.valid_from as "validFrom") r
 where (t2.area_id = t1.id and t2.valid @> $1::date)) as "localAuthorities",
  (select coalesce(json_agg(row_to_json(r)
 order by t3.name, t3.id), '[]'::json)
 from linked_board t3
 cross join lateral (select shape.opaque('LinkedBoard:' || (t3.id)) as "id",
  t3.name as "name",
  case t3.kind when 'health_and_wellbeing' then 'Health and wellbeing board' when 'safeguarding_adults' then 'Safeguarding adults board' when 'community_safety' then 'Community safety partnership' when 'channel' then 'Channel panel' when 'mappa' then 'MAPPA strategic management board' when 'family_justice' then 'Local family justice board' when 'youth_justice' then 'Youth justice management board' when 'corporate_parenting' then 'Corporate parenting board' when 'other' then 'Another board' end as "kindLabel",
  t3.url as "url",
  t3.note as "note",
  t3.version as "version") r
 where (t3.area_id = t1.id and ($2::boolean or t3.ended_on is null))) as "linkedBoards"
 from area t1
 where (t1.slug = $3) and (t1.lifecycle <> 'setting_up' or t1.id = any ($4::integer[]))) r)::text, 'null') || ('}}')))
