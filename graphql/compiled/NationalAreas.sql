select case when coalesce((select min(case when f.stale then '-infinity'::date else f.recheck_on end) from area_fact f where $1::text is null or f.area_id in (select a.id from area a where ($1::text is null or a.name ilike '%' || $1 || '%' or a.id in (select l.area_id from area_local_authority l where l.la_name ilike '%' || $1 || '%')))) > $2, true)
 then (select '{"data":{"nationalAreas":' || (coalesce((select coalesce(json_agg(row_to_json(r)
 order by t1_budget.amount asc nulls last, lower(t1.name collate "C"), t1.id, t1_budget.amount desc nulls last, lower(t1.name collate "C"), t1.id, t1_cooperation.amount asc nulls last, lower(t1.name collate "C"), t1.id, t1_cooperation.amount desc nulls last, lower(t1.name collate "C"), t1.id, t1_flags.amount asc nulls last, lower(t1.name collate "C"), t1.id, t1_flags.amount desc nulls last, lower(t1.name collate "C"), t1.id, t1.lifecycle collate "C" asc nulls last, lower(t1.name collate "C"), t1.id, t1.lifecycle collate "C" desc nulls last, lower(t1.name collate "C"), t1.id, t1_membership.amount asc nulls last, lower(t1.name collate "C"), t1.id, t1_membership.amount desc nulls last, lower(t1.name collate "C"), t1.id, lower(t1.name collate "C") asc nulls last, lower(t1.name collate "C"), t1.id, lower(t1.name collate "C") desc nulls last, lower(t1.name collate "C"), t1.id), '[]'::json)
 from (select a.id, a.slug, a.name, a.lifecycle, a.version from area a where ($1::text is null or a.name ilike '%' || $1 || '%' or a.id in (select l.area_id from area_local_authority l where l.la_name ilike '%' || $1 || '%')) order by a.name, a.id limit 500) t1 left join area_fact t1_membership on t1_membership.area_id = t1.id and t1_membership.subject = 'membership' left join area_fact t1_budget on t1_budget.area_id = t1.id and t1_budget.subject = 'budget' left join area_fact t1_cooperation on t1_cooperation.area_id = t1.id and t1_cooperation.subject = 'cooperation' left join area_fact t1_flags on t1_flags.area_id = t1.id and t1_flags.subject = 'flags' left join (select l.area_id, json_agg(l.la_name order by l.la_name) as names from area_local_authority l where l.valid @> $2::date group by l.area_id) t1_l on t1_l.area_id = t1.id
 cross join lateral (select t1.slug as "slug",
  t1.name as "name",
  t1.lifecycle as "lifecycle") t2
 cross join lateral (select t1_membership.standing as "standing",
  t1_membership.words as "words") t3
 cross join lateral (select t1_budget.standing as "standing",
  t1_budget.words as "words") t4
 cross join lateral (select t1_cooperation.standing as "standing",
  t1_cooperation.words as "words") t5
 cross join lateral (select t1_flags.standing as "standing",
  t1_flags.words as "words") t6
 cross join lateral (select row_to_json(t2) as "area",
  case t1.lifecycle when 'setting_up' then 'Being set up' when 'live' then 'Live' when 'merged' then 'Merged into another area' end as "lifecycleLabel",
  coalesce(t1_l.names, '[]'::json) as "localAuthorityNames",
  coalesce(case when t1_membership.area_id is not null then row_to_json(t3) end, shape.required(null)) as "membership",
  coalesce(case when t1_budget.area_id is not null then row_to_json(t4) end, shape.required(null)) as "budget",
  coalesce(case when t1_cooperation.area_id is not null then row_to_json(t5) end, shape.required(null)) as "cooperation",
  coalesce(case when t1_flags.area_id is not null then row_to_json(t6) end, shape.required(null)) as "flags") r
 where (case when t1_membership.area_id is null or t1_budget.area_id is null or t1_cooperation.area_id is null or t1_flags.area_id is null then shape.required(null) is null else true end) and (t1.lifecycle = $3) and (coalesce(t1_budget.standing, 'attention') = 'attention') and (coalesce(t1_cooperation.standing, 'attention') = 'attention') and (coalesce(t1_flags.standing, 'attention') = 'attention') and (coalesce(t1_membership.standing, 'attention') = 'attention'))::text, 'null') || ('}}'))) end
