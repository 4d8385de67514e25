select (select json_build_object('data', json_build_object('membership', shape.required((select row_to_json(r) from (select $1::date as "asAt",
  $2::boolean as "mayEdit",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select row_to_json(t3) as "partner",
  shape.required((select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t4.area_id and h.office = t4.office and coalesce(h.partner_id, h.seat_id) = t4.of
        and h.valid @> $1::date)
    then greatest(t4.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t4.area_id
        and e.office = t4.office and coalesce(e.partner_id, e.seat_id) = t4.of and e.valid_to < $1::date)) end as "vacantSince",
  (select row_to_json(r) from (select shape.opaque('Appointment:' || (t5.id)) as "id",
  t5.person_name as "personName",
  shape.opaque('Person:' || (t5.person_id)) as "personId",
  t5.post as "post",
  t5.organisation as "organisation",
  t5.email as "email",
  t5.telephone as "telephone",
  t5.valid_from as "validFrom",
  t5.valid_to as "validTo",
  t5.version as "version"
 from appointment t5
 where (t5.area_id = t4.area_id and t5.office = t4.office and coalesce(t5.partner_id, t5.seat_id) = t4.of
    and t5.valid @> $1::date)) r) as "holder"
 from (select t2.area_id, 'lead'::text as office, t2.id as of, t2.valid_from as since) as t4) r)) as "lead",
  shape.required((select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t6.area_id and h.office = t6.office and coalesce(h.partner_id, h.seat_id) = t6.of
        and h.valid @> $1::date)
    then greatest(t6.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t6.area_id
        and e.office = t6.office and coalesce(e.partner_id, e.seat_id) = t6.of and e.valid_to < $1::date)) end as "vacantSince",
  (select row_to_json(r) from (select shape.opaque('Appointment:' || (t7.id)) as "id",
  t7.person_name as "personName",
  shape.opaque('Person:' || (t7.person_id)) as "personId",
  t7.post as "post",
  t7.organisation as "organisation",
  t7.email as "email",
  t7.telephone as "telephone",
  t7.valid_from as "validFrom",
  t7.valid_to as "validTo",
  t7.version as "version"
 from appointment t7
 where (t7.area_id = t6.area_id and t7.office = t6.office and coalesce(t7.partner_id, t7.seat_id) = t6.of
    and t7.valid @> $1::date)) r) as "holder"
 from (select t2.area_id, 'delegated'::text as office, t2.id as of, t2.valid_from as since) as t6) r)) as "delegated"
 from partner_body t2
 cross join lateral (select shape.opaque('PartnerBody:' || (t2.id)) as "id",
  t2.kind as "kind",
  case t2.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police' then 'Police force' end as "kindLabel",
  t2.name as "name",
  shape.opaque('Organisation:' || (t2.organisation_id)) as "organisationId",
  t2.valid_from as "validFrom",
  t2.valid_to as "validTo",
  t2.version as "version") t3
 where (t2.area_id = t1.area_id and t2.valid @> $1::date)
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t2.kind), t2.name) r) as "partners",
  (select row_to_json(r) from (select shape.opaque('PartnershipChair:' || (t8.id)) as "id",
  shape.opaque('Appointment:' || (t8.appointment_id)) as "appointmentId",
  shape.opaque('PartnerBody:' || (t8_p.id)) as "partnerId",
  t8_a.person_name as "personName",
  t8.valid_from as "validFrom",
  t8.valid_to as "validTo",
  t8.version as "version"
 from partnership_chair t8 join appointment t8_a on t8_a.area_id = t8.area_id and t8_a.id = t8.appointment_id
    join partner_body t8_p on t8_p.area_id = t8_a.area_id and t8_p.id = t8_a.partner_id
 where (t8.area_id = t1.area_id and t8.valid @> $1::date)) r) as "chair",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Appointment:' || (t9.id)) as "id",
  t9.person_name as "personName",
  shape.opaque('Person:' || (t9.person_id)) as "personId",
  t9.post as "post",
  t9.organisation as "organisation",
  t9.email as "email",
  t9.telephone as "telephone",
  t9.valid_from as "validFrom",
  t9.valid_to as "validTo",
  t9.version as "version",
  t9.declared_tie as "declaredTie"
 from appointment t9
 where (t9.area_id = t1.area_id and t9.valid @> $1::date and t9.office = 'scrutineer')
 order by t9.person_name, t9.id) r) as "scrutineers",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('BoardGroup:' || (t10.id)) as "id",
  t10.name as "name",
  t10.purpose as "purpose",
  t10.valid_from as "validFrom",
  t10.version as "version"
 from board_group t10
 where (t10.area_id = t1.area_id and t10.valid @> $1::date)
 order by lower(t10.name)) r) as "groups",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('BoardSeat:' || (t11.id)) as "id",
  shape.opaque('BoardGroup:' || (t11.group_id)) as "groupId",
  t11.title as "title",
  t11.education_level as "educationLevel",
  t11.version as "version",
  case when $1::date is not null then (select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t12.area_id and h.office = t12.office and coalesce(h.partner_id, h.seat_id) = t12.of
        and h.valid @> $1::date)
    then greatest(t12.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t12.area_id
        and e.office = t12.office and coalesce(e.partner_id, e.seat_id) = t12.of and e.valid_to < $1::date)) end as "vacantSince",
  (select row_to_json(r) from (select shape.opaque('Appointment:' || (t13.id)) as "id",
  t13.person_name as "personName",
  shape.opaque('Person:' || (t13.person_id)) as "personId",
  t13.post as "post",
  t13.organisation as "organisation",
  t13.email as "email",
  t13.telephone as "telephone",
  t13.valid_from as "validFrom",
  t13.valid_to as "validTo",
  t13.version as "version"
 from appointment t13
 where (t13.area_id = t12.area_id and t13.office = t12.office and coalesce(t13.partner_id, t13.seat_id) = t12.of
    and t13.valid @> $1::date)) r) as "holder"
 from (select t11.area_id, 'seat'::text as office, t11.id as of, t11.valid_from as since) as t12) r) end as "filled"
 from seat t11
 where (t11.area_id = t1.area_id and t11.valid @> $1::date)
 order by t11.education_level desc nulls last, lower(t11.title), t11.id) r) as "seats",
  shape.required((select row_to_json(r) from (select t14.standing = 'met' as "complete",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t15.sentence as "sentence",
  t15.source as "source",
  t15.statutory as "statutory"
 from rows from (jsonb_to_recordset(t14.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t15 (sentence, source, statutory, place)
 where (t15.place <= t14.amount)
 order by t15.place) r) as "missing",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t16.sentence as "sentence",
  t16.source as "source",
  t16.statutory as "statutory"
 from rows from (jsonb_to_recordset(t14.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t16 (sentence, source, statutory, place)
 where (t16.place > t14.amount)
 order by t16.place) r) as "notes"
 from area_fact t14
 where (t14.area_id = $3 and t14.subject = 'membership' and not t14.stale
    and (t14.recheck_on is null or t14.recheck_on > $4::date))) r)) as "completeness"
 from (select $3::integer as area_id) as t1) r)), 'areaAccounts', (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Person:' || (t17.id)) as "personId",
  t17.name as "name",
  t17.email as "email",
  t17.roles as "roles"
 from (select m.id, m.name, m.email, array_agg(m.role order by m.role) as roles,
        array_agg(case m.role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end order by m.role) as labels
    from (select p.id, p.name, p.email, r.role from role_assignment r join person p on p.id = r.person_id
        where r.area_id = $5 and r.organisation_id is null and p.disabled_at is null
            and r.valid_from <= $4 and (r.valid_to is null or r.valid_to >= $4)
        order by p.name, p.id, r.role limit 500) m
    group by m.id, m.name, m.email) t17
 order by t17.name, t17.id) r)))::text)
