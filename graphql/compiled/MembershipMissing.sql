select (select '{"data":{"membershipCompleteness":' || (coalesce(coalesce((select row_to_json(r) from (select t1.standing = 'met' as "complete",
  (select coalesce(json_agg(row_to_json(r)
 order by t2.place), '[]'::json)
 from rows from (jsonb_to_recordset(t1.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t2 (sentence, source, statutory, place)
 cross join lateral (select t2.sentence as "sentence",
  t2.source as "source",
  t2.statutory as "statutory") r
 where (t2.place <= t1.amount)) as "missing",
  (select coalesce(json_agg(row_to_json(r)
 order by t3.place), '[]'::json)
 from rows from (jsonb_to_recordset(t1.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t3 (sentence, source, statutory, place)
 cross join lateral (select t3.sentence as "sentence",
  t3.source as "source") r
 where (t3.place > t1.amount)) as "notes"
 from area_fact t1
 where (t1.area_id = $1 and t1.subject = 'membership' and not t1.stale
    and (t1.recheck_on is null or t1.recheck_on > $2::date))) r), shape.required(null))::text, 'null') || ('}}')))
