select (select '{"data":{"organisation":' || (coalesce((select row_to_json(r) from (select shape.opaque('Organisation:' || (t1.id)) as "id",
  t1.name as "name",
  t1.kind as "kind",
  case t1.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police_force' then 'Police force' when 'trust' then 'Academy trust' when 'establishment' then 'School or college' when 'other_body' then 'Other body' end as "kindLabel",
  t1.type_label as "typeLabel",
  t1.phase as "phase",
  t1.status as "status",
  t1.urn as "urn",
  t1.town as "town",
  t1.postcode as "postcode",
  t1.website as "website",
  t1.opened_on as "openedOn",
  t1.closed_on as "closedOn",
  (select coalesce(json_agg(row_to_json(r)
 order by t2.id), '[]'::json)
 from (with recursive line as (
        select l.successor_id as id, l.on_date from organisation_lineage l where l.predecessor_id = t1.id
        union
        select l.successor_id, l.on_date from organisation_lineage l join line on line.id = l.predecessor_id)
    select distinct on (o.id) o.id, o.name, o.status, line.on_date from line join organisation o on o.id = line.id
    where o.status = 'open' and o.id <> t1.id
    order by o.id, line.on_date desc nulls last) t2
 cross join lateral (select shape.opaque('Organisation:' || (t2.id)) as "id",
  t2.name as "name",
  t2.status as "status",
  t2.on_date as "onDate") r) as "successors",
  (select coalesce(json_agg(row_to_json(r)
 order by t3.on_date, t3.name), '[]'::json)
 from (select o.id, o.name, o.status, l.on_date
    from organisation_lineage l join organisation o on o.id = l.predecessor_id where l.successor_id = t1.id) t3
 cross join lateral (select shape.opaque('Organisation:' || (t3.id)) as "id",
  t3.name as "name",
  t3.status as "status",
  t3.on_date as "onDate") r) as "predecessors",
  (select coalesce(json_agg(row_to_json(r)
 order by t4.type_label desc nulls last, t4.name, t4.link), '[]'::json)
 from (select o.id, o.name, o.status, o.type_label, a.valid_from, a.valid_to, a.id as link
    from organisation_affiliation a join organisation o on o.id = a.member_id
    where a.board_id = t1.id and o.status <> 'closed' and (a.valid_from is null or a.valid_from <= $1)
        and (a.valid_to is null or a.valid_to >= $1)) t4
 cross join lateral (select shape.opaque('Organisation:' || (t4.id)) as "id",
  t4.name as "name",
  t4.type_label as "typeLabel",
  t4.valid_from as "validFrom") r) as "members",
  (select coalesce(json_agg(row_to_json(r)
 order by t5.valid_to desc nulls first, t5.valid_from desc nulls last, t5.link), '[]'::json)
 from (select o.id, o.name, o.status, o.type_label, a.valid_from, a.valid_to, a.id as link
    from organisation_affiliation a join organisation o on o.id = a.board_id where a.member_id = t1.id) t5
 cross join lateral (select shape.opaque('Organisation:' || (t5.id)) as "id",
  t5.name as "name",
  t5.valid_from as "validFrom",
  t5.valid_to as "validTo") r) as "liesIn",
  (select coalesce(json_agg(row_to_json(r)
 order by t6.recorded_at desc, t6.id desc), '[]'::json)
 from organisation_history t6
 cross join lateral (select t6.field as "field",
  t6.before as "before",
  t6.after as "after",
  t6.effective_on as "effectiveOn") r
 where (t6.organisation_id = t1.id)) as "history"
 from organisation t1
 where (t1.id = $2)) r)::text, 'null') || (',"organisationContacts":' || (coalesce((select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('RoleAssignment:' || (t7.id)) as "id",
  t7_p.name as "personName",
  t7_p.email as "email",
  case t7.role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end as "roleLabel",
  t7.post as "post",
  t7.valid_from as "validFrom",
  t7.version as "version"
 from role_assignment t7 join person t7_p on t7_p.id = t7.person_id
 where (t7.area_id = $3 and t7.organisation_id = $4
    and t7.valid_from <= $1 and (t7.valid_to is null or t7.valid_to >= $1))
 order by t7_p.name, t7.id
 limit 200) r)::text, 'null') || ('}}')))))
