select (select '{"data":{"appointment":' || (coalesce((select row_to_json(r) from (select shape.opaque('Appointment:' || (t1.id)) as "id",
  t1.office as "office",
  case t1.office when 'lead' then 'Lead safeguarding partner' when 'delegated' then 'Delegated safeguarding partner' when 'scrutineer' then 'Independent scrutineer' when 'seat' then 'Seat holder' end as "officeLabel",
  t1.person_name as "personName",
  shape.opaque('Person:' || (t1.person_id)) as "personId",
  t1.post as "post",
  t1.email as "email",
  t1.valid_to as "validTo",
  t1.version as "version"
 from appointment t1
 where (t1.area_id = $1 and t1.id = $2)) r)::text, 'null') || (',"areaAccounts":' || (coalesce((select coalesce(json_agg(row_to_json(r)
 order by t2.name, t2.id), '[]'::json)
 from (select m.id, m.name, m.email, array_agg(m.role order by m.role) as roles,
        array_agg(case m.role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end order by m.role) as labels
    from (select p.id, p.name, p.email, r.role from role_assignment r join person p on p.id = r.person_id
        where r.area_id = $3 and r.organisation_id is null and p.disabled_at is null
            and r.valid_from <= $4 and (r.valid_to is null or r.valid_to >= $4)
        order by p.name, p.id, r.role limit 500) m
    group by m.id, m.name, m.email) t2
 cross join lateral (select shape.opaque('Person:' || (t2.id)) as "personId",
  t2.name as "name",
  t2.email as "email",
  t2.roles as "roles",
  t2.labels as "roleLabels") r)::text, 'null') || ('}}')))))
