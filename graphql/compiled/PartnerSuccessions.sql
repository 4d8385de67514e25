select (select '{"data":{"partnerSuccessions":' || (coalesce((select coalesce(json_agg(row_to_json(r)
 order by t1.name, t1.id, t1_s.id), '[]'::json)
 from partner_body t1 cross join lateral (with recursive line as (
        select l.successor_id as id, l.on_date from organisation_lineage l where l.predecessor_id = t1.organisation_id
        union
        select l.successor_id, l.on_date from organisation_lineage l join line on line.id = l.predecessor_id)
    select distinct on (o.id) o.id, o.name, o.status, line.on_date from line join organisation o on o.id = line.id
    where o.status = 'open' and o.id <> t1.organisation_id
    order by o.id, line.on_date desc nulls last) t1_s
 cross join lateral (select shape.opaque('PartnerBody:' || (t1.id)) as "partnerId",
  t1.version as "version",
  t1.name as "name",
  case t1.kind when 'local_authority' then 'local authority' when 'integrated_care_board' then 'integrated care board' when 'police' then 'police force' end as "kindLabel",
  shape.opaque('Organisation:' || (t1_s.id)) as "organisationId",
  t1_s.name as "successor",
  t1_s.on_date as "on",
  exists (select from partner_body l where l.area_id = t1.area_id and l.valid_to is null
    and l.organisation_id = t1_s.id) as "isPartner") r
 where (t1.area_id = $1 and t1.valid_to is null and t1.organisation_id is not null and t1_s.id <> all (t1.not_followed)))::text, 'null') || ('}}')))
