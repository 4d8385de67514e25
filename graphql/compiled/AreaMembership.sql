select (select json_build_object('data', json_build_object('membership', shape.required((select row_to_json(r) from (select $1::date as "asAt",
  $2::boolean as "mayEdit",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select (select row_to_json(r) from (select shape.opaque('PartnerBody:' || (t2.id)) as "id",
  t2.kind as "kind",
  case t2.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board' when 'police' then 'Police force' end as "kindLabel",
  t2.name as "name",
  shape.opaque('Organisation:' || (t2.organisation_id)) as "organisationId",
  t2.valid_from as "validFrom",
  t2.valid_to as "validTo",
  t2.version as "version") r) as "partner",
  shape.required((select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t3.area_id and h.office = t3.office and coalesce(h.partner_id, h.seat_id) = t3.of
        and h.valid @> $1::date)
    then greatest(t3.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t3.area_id
        and e.office = t3.office and coalesce(e.partner_id, e.seat_id) = t3.of and e.valid_to < $1::date)) end as "vacantSince",
  (select row_to_json(r) from (select shape.opaque('Appointment:' || (t4.id)) as "id",
  t4.person_name as "personName",
  shape.opaque('Person:' || (t4.person_id)) as "personId",
  t4.post as "post",
  t4.organisation as "organisation",
  t4.email as "email",
  t4.telephone as "telephone",
  t4.valid_from as "validFrom",
  t4.valid_to as "validTo",
  t4.version as "version"
 from appointment t4
 where (t4.area_id = t3.area_id and t4.office = t3.office and coalesce(t4.partner_id, t4.seat_id) = t3.of
    and t4.valid @> $1::date)) r) as "holder"
 from (select t2.area_id, 'lead'::text as office, t2.id as of, t2.valid_from as since) as t3) r)) as "lead",
  shape.required((select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t5.area_id and h.office = t5.office and coalesce(h.partner_id, h.seat_id) = t5.of
        and h.valid @> $1::date)
    then greatest(t5.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t5.area_id
        and e.office = t5.office and coalesce(e.partner_id, e.seat_id) = t5.of and e.valid_to < $1::date)) end as "vacantSince",
  (select row_to_json(r) from (select shape.opaque('Appointment:' || (t6.id)) as "id",
  t6.person_name as "personName",
  shape.opaque('Person:' || (t6.person_id)) as "personId",
  t6.post as "post",
  t6.organisation as "organisation",
  t6.email as "email",
  t6.telephone as "telephone",
  t6.valid_from as "validFrom",
  t6.valid_to as "validTo",
  t6.version as "version"
 from appointment t6
 where (t6.area_id = t5.area_id and t6.office = t5.office and coalesce(t6.partner_id, t6.seat_id) = t5.of
    and t6.valid @> $1::date)) r) as "holder"
 from (select t2.area_id, 'delegated'::text as office, t2.id as of, t2.valid_from as since) as t5) r)) as "delegated"
 from partner_body t2
 where (t2.area_id = t1.area_id and t2.valid @> $1::date)
 order by array_position(array['local_authority', 'integrated_care_board', 'police'], t2.kind), t2.name) r) as "partners",
  (select row_to_json(r) from (select shape.opaque('PartnershipChair:' || (t7.id)) as "id",
  shape.opaque('Appointment:' || (t7.appointment_id)) as "appointmentId",
  shape.opaque('PartnerBody:' || (t7_p.id)) as "partnerId",
  t7_a.person_name as "personName",
  t7.valid_from as "validFrom",
  t7.valid_to as "validTo",
  t7.version as "version"
 from partnership_chair t7 join appointment t7_a on t7_a.area_id = t7.area_id and t7_a.id = t7.appointment_id
    join partner_body t7_p on t7_p.area_id = t7_a.area_id and t7_p.id = t7_a.partner_id
 where (t7.area_id = t1.area_id and t7.valid @> $1::date)) r) as "chair",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Appointment:' || (t8.id)) as "id",
  t8.person_name as "personName",
  shape.opaque('Person:' || (t8.person_id)) as "personId",
  t8.post as "post",
  t8.organisation as "organisation",
  t8.email as "email",
  t8.telephone as "telephone",
  t8.valid_from as "validFrom",
  t8.valid_to as "validTo",
  t8.version as "version",
  t8.declared_tie as "declaredTie"
 from appointment t8
 where (t8.area_id = t1.area_id and t8.valid @> $1::date and t8.office = 'scrutineer')
 order by t8.person_name, t8.id) r) as "scrutineers",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('BoardGroup:' || (t9.id)) as "id",
  t9.name as "name",
  t9.purpose as "purpose",
  t9.valid_from as "validFrom",
  t9.version as "version"
 from board_group t9
 where (t9.area_id = t1.area_id and t9.valid @> $1::date)
 order by lower(t9.name)) r) as "groups",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('BoardSeat:' || (t10.id)) as "id",
  shape.opaque('BoardGroup:' || (t10.group_id)) as "groupId",
  t10.title as "title",
  t10.education_level as "educationLevel",
  t10.version as "version",
  case when $1::date is not null then (select row_to_json(r) from (select case when not exists (select from appointment h
        where h.area_id = t11.area_id and h.office = t11.office and coalesce(h.partner_id, h.seat_id) = t11.of
        and h.valid @> $1::date)
    then greatest(t11.since, (select max(e.valid_to) + 1 from appointment e where e.area_id = t11.area_id
        and e.office = t11.office and coalesce(e.partner_id, e.seat_id) = t11.of and e.valid_to < $1::date)) end as "vacantSince",
  (select row_to_json(r) from (select shape.opaque('Appointment:' || (t12.id)) as "id",
  t12.person_name as "personName",
  shape.opaque('Person:' || (t12.person_id)) as "personId",
  t12.post as "post",
  t12.organisation as "organisation",
  t12.email as "email",
  t12.telephone as "telephone",
  t12.valid_from as "validFrom",
  t12.valid_to as "validTo",
  t12.version as "version"
 from appointment t12
 where (t12.area_id = t11.area_id and t12.office = t11.office and coalesce(t12.partner_id, t12.seat_id) = t11.of
    and t12.valid @> $1::date)) r) as "holder"
 from (select t10.area_id, 'seat'::text as office, t10.id as of, t10.valid_from as since) as t11) r) end as "filled"
 from seat t10
 where (t10.area_id = t1.area_id and t10.valid @> $1::date)
 order by t10.education_level desc nulls last, lower(t10.title), t10.id) r) as "seats",
  shape.required((select row_to_json(r) from (select t13.standing = 'met' as "complete",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t14.sentence as "sentence",
  t14.source as "source",
  t14.statutory as "statutory"
 from rows from (jsonb_to_recordset(t13.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t14 (sentence, source, statutory, place)
 where (t14.place <= t13.amount)
 order by t14.place) r) as "missing",
  (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select t15.sentence as "sentence",
  t15.source as "source",
  t15.statutory as "statutory"
 from rows from (jsonb_to_recordset(t13.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as t15 (sentence, source, statutory, place)
 where (t15.place > t13.amount)
 order by t15.place) r) as "notes"
 from area_fact t13
 where (t13.area_id = $3 and t13.subject = 'membership' and not t13.stale
    and (t13.recheck_on is null or t13.recheck_on > $4::date))) r)) as "completeness"
 from (select $3::integer as area_id) as t1) r)), 'areaAccounts', (select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Person:' || (t16.id)) as "personId",
  t16.name as "name",
  t16.email as "email",
  t16.roles as "roles"
 from (select m.id, m.name, m.email, array_agg(m.role order by m.role) as roles,
        array_agg(case m.role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end order by m.role) as labels
    from (select p.id, p.name, p.email, r.role from role_assignment r join person p on p.id = r.person_id
        where r.area_id = $5 and r.organisation_id is null and p.disabled_at is null
            and r.valid_from <= $4 and (r.valid_to is null or r.valid_to >= $4)
        order by p.name, p.id, r.role limit 500) m
    group by m.id, m.name, m.email) t16
 order by t16.name, t16.id) r)))::text)
