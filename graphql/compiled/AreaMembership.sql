select (select '{"data":{"membership":' || (coalesce(coalesce((select row_to_json(r) from (select $1::date as "asAt",
  $2::boolean as "mayEdit",
  (select coalesce(json_agg(row_to_json(r)
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t2.kind), t2.name), '[]'::json)
 from partner_body t2
 cross join lateral (select shape.opaque('PartnerBody:' || (t2.id)) as "id",
  t2.kind as "kind",
  case t2.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police' then 'Police force' end as "kindLabel",
  t2.name as "name",
  shape.opaque('Organisation:' || (t2.organisation_id)) as "organisationId",
  t2.valid_from as "validFrom",
  t2.valid_to as "validTo",
  t2.version as "version") t3
 cross join lateral (select t2.area_id, 'lead'::text as office, t2.id as of,
        t2.valid_from as since) t4
    left join appointment t4_h on t4_h.area_id = t2.area_id and t4_h.office = 'lead'
        and t4_h.partner_id = t2.id and t4_h.valid @> $1::date
 cross join lateral (select shape.opaque('Appointment:' || (t4_h.id)) as "id",
  t4_h.person_name as "personName",
  shape.opaque('Person:' || (t4_h.person_id)) as "personId",
  t4_h.post as "post",
  t4_h.organisation as "organisation",
  t4_h.email as "email",
  t4_h.telephone as "telephone",
  t4_h.valid_from as "validFrom",
  t4_h.valid_to as "validTo",
  t4_h.version as "version") t5
 cross join lateral (select case when t4_h.id is null
    then shape.vacant_since(t4.area_id, t4.office, t4.of, t4.since, $1::date) end as "vacantSince",
  case when t4_h.id is not null then row_to_json(t5) end as "holder") t6
 cross join lateral (select t2.area_id, 'delegated'::text as office, t2.id as of,
        t2.valid_from as since) t7
    left join appointment t7_h on t7_h.area_id = t2.area_id and t7_h.office = 'delegated'
        and t7_h.partner_id = t2.id and t7_h.valid @> $1::date
 cross join lateral (select shape.opaque('Appointment:' || (t7_h.id)) as "id",
  t7_h.person_name as "personName",
  shape.opaque('Person:' || (t7_h.person_id)) as "personId",
  t7_h.post as "post",
  t7_h.organisation as "organisation",
  t7_h.email as "email",
  t7_h.telephone as "telephone",
  t7_h.valid_from as "validFrom",
  t7_h.valid_to as "validTo",
  t7_h.version as "version") t8
 cross join lateral (select case when t7_h.id is null
    then shape.vacant_since(t7.area_id, t7.office, t7.of, t7.since, $1::date) end as "vacantSince",
  case when t7_h.id is not null then row_to_json(t8) end as "holder") t9
 cross join lateral (select row_to_json(t3) as "partner",
  row_to_json(t6) as "lead",
  row_to_json(t9) as "delegated") r
 where (t2.area_id = t1.area_id and t2.valid @> $1::date)) as "partners",
  (select row_to_json(r) from (select shape.opaque('PartnershipChair:' || (t10.id)) as "id",
  shape.opaque('Appointment:' || (t10.appointment_id)) as "appointmentId",
  shape.opaque('PartnerBody:' || (coalesce(t10_a.partner_id, null))) as "partnerId",
  t10_a.person_name as "personName",
  t10.valid_from as "validFrom",
  t10.valid_to as "validTo",
  t10.version as "version"
 from partnership_chair t10 join appointment t10_a on t10_a.area_id = t10.area_id
    and t10_a.id = t10.appointment_id
 where (t10.area_id = t1.area_id and t10.valid @> $1::date)) r) as "chair",
  (select coalesce(json_agg(row_to_json(r)
 order by t11.person_name, t11.id), '[]'::json)
 from appointment t11
 cross join lateral (select shape.opaque('Appointment:' || (t11.id)) as "id",
  t11.person_name as "personName",
  shape.opaque('Person:' || (t11.person_id)) as "personId",
  t11.post as "post",
  t11.organisation as "organisation",
  t11.email as "email",
  t11.telephone as "telephone",
  t11.valid_from as "validFrom",
  t11.valid_to as "validTo",
  t11.version as "version",
  t11.declared_tie as "declaredTie") r
 where (t11.area_id = t1.area_id and t11.valid @> $1::date and t11.office = 'scrutineer')) as "scrutineers",
  (select coalesce(json_agg(row_to_json(r)
 order by lower(t12.name)), '[]'::json)
 from board_group t12
 cross join lateral (select shape.opaque('BoardGroup:' || (t12.id)) as "id",
  t12.name as "name",
  t12.purpose as "purpose",
  t12.valid_from as "validFrom",
  t12.version as "version") r
 where (t12.area_id = t1.area_id and t12.valid @> $1::date)) as "groups",
  (select coalesce(json_agg(row_to_json(r)
 order by t13.education_level desc nulls last, lower(t13.title), t13.id), '[]'::json)
 from seat t13
 cross join lateral (select t13.area_id, 'seat'::text as office, t13.id as of,
        t13.valid_from as since) t14
    left join appointment t14_h on t14_h.area_id = t13.area_id and t14_h.office = 'seat'
        and t14_h.seat_id = t13.id and t14_h.valid @> $1::date
 cross join lateral (select shape.opaque('Appointment:' || (t14_h.id)) as "id",
  t14_h.person_name as "personName",
  shape.opaque('Person:' || (t14_h.person_id)) as "personId",
  t14_h.post as "post",
  t14_h.organisation as "organisation",
  t14_h.email as "email",
  t14_h.telephone as "telephone",
  t14_h.valid_from as "validFrom",
  t14_h.valid_to as "validTo",
  t14_h.version as "version") t15
 cross join lateral (select case when t14_h.id is null
    then shape.vacant_since(t14.area_id, t14.office, t14.of, t14.since, $1::date) end as "vacantSince",
  case when t14_h.id is not null then row_to_json(t15) end as "holder") t16
 cross join lateral (select shape.opaque('BoardSeat:' || (t13.id)) as "id",
  shape.opaque('BoardGroup:' || (t13.group_id)) as "groupId",
  t13.title as "title",
  t13.education_level as "educationLevel",
  t13.version as "version",
  case when $1::date is not null then row_to_json(t16) end as "filled") r
 where (t13.area_id = t1.area_id and t13.valid @> $1::date)) as "seats",
  coalesce((select row_to_json(r) from (select t17.standing = 'met' as "complete",
  (select coalesce(json_agg(row_to_json(r)
 order by t18.place), '[]'::json)
 from rows from (jsonb_to_recordset(t17.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t18 (sentence, source, statutory, place)
 cross join lateral (select t18.sentence as "sentence",
  t18.source as "source",
  t18.statutory as "statutory") r
 where (t18.place <= t17.amount)) as "missing",
  (select coalesce(json_agg(row_to_json(r)
 order by t19.place), '[]'::json)
 from rows from (jsonb_to_recordset(t17.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t19 (sentence, source, statutory, place)
 cross join lateral (select t19.sentence as "sentence",
  t19.source as "source",
  t19.statutory as "statutory") r
 where (t19.place > t17.amount)) as "notes"
 from area_fact t17
 where (t17.area_id = $3 and t17.subject = 'membership' and not t17.stale
    and (t17.recheck_on is null or t17.recheck_on > $4::date))) r), shape.required(null)) as "completeness"
 from (select $3::integer as area_id) as t1) r), shape.required(null))::text, 'null') || (',"areaAccounts":' || (coalesce((select coalesce(json_agg(row_to_json(r)
 order by t20.name, t20.id), '[]'::json)
 from (select m.id, m.name, m.email, array_agg(m.role order by m.role) as roles,
        array_agg(case m.role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end order by m.role) as labels
    from (select p.id, p.name, p.email, r.role from role_assignment r join person p on p.id = r.person_id
        where r.area_id = $5 and r.organisation_id is null and p.disabled_at is null
            and r.valid_from <= $4 and (r.valid_to is null or r.valid_to >= $4)
        order by p.name, p.id, r.role limit 500) m
    group by m.id, m.name, m.email) t20
 cross join lateral (select shape.opaque('Person:' || (t20.id)) as "personId",
  t20.name as "name",
  t20.email as "email",
  t20.roles as "roles") r)::text, 'null') || ('}}')))))
