select (select concat('{"data":{"area":', coalesce((select row_to_json(r) from (select shape.opaque('Area:' || (t1.id)) as "id",
  t1.name as "name",
  t1.slug as "slug"
 from area t1
 where (t1.slug = $1) and (t1.lifecycle <> 'setting_up' or t1.id = any ($2::integer[]))) r)::text, 'null'), ',"people":', (select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $3::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $3::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($3::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, t2_p.name as k0, t2.id as k1
 from role_assignment t2 join person t2_p on t2_p.id = t2.person_id
 cross join lateral (select shape.opaque('RoleAssignment:' || (t2.id)) as "id",
  t2_p.name as "personName",
  t2_p.email as "email",
  t2.role as "role",
  case t2.role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end as "roleLabel",
  t2.post as "post",
  t2.valid_from as "validFrom",
  t2.valid_to as "validTo",
  t2.version as "version") r
 where (t2.area_id = $4 and t2.valid_from <= $5 and (t2.valid_to is null or t2.valid_to >= $5)) and ((t2_p.name, t2.id) > ($6, $7::uuid))
 order by t2_p.name, t2.id
 limit $3::integer + 1) p) q) g), ',"invitations":', coalesce((select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Invitation:' || (t3.id)) as "id",
  t3.name as "name",
  t3.email as "email",
  t3.role as "role",
  case t3.role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end as "roleLabel",
  t3.post as "post",
  coalesce(case when t3.accepted_at is not null then 'accepted'
    when t3.revoked_at is not null then 'revoked' when t3.expires_at < now() then 'expired' end, 'open') as "state",
  case (select case when m.state = 'failed' then 'refused' when m.delivery <> 'delivered' then m.delivery end from mail m where m.area_id = t3.area_id and m.about = t3.id order by m.id desc limit 1) when 'refused' then 'It was refused before it left. Check the address.' when 'permanent_failure' then 'There is no such address. Ask for another address.' when 'temporary_failure' then 'The mailbox took nothing for three days. Ask for another address, or telephone.' when 'technical_failure' then 'It was lost between two mail providers. Send it again.' end as "undelivered",
  coalesce((t3.accepted_at is null and t3.revoked_at is null and case
    when t3.expires_at >= now() then t3.confirmed_at is null
    else not exists (select from invitation newer where newer.email = t3.email and newer.role = t3.role
        and newer.id <> t3.id and newer.area_id is not distinct from t3.area_id
        and newer.organisation_id is not distinct from t3.organisation_id and newer.created_at >= t3.created_at)
    end), false) as "maySendAgain",
  t3.created_at as "createdAt",
  t3.expires_at as "expiresAt",
  t3.answered_name as "answeredName",
  t3.answered_email as "answeredEmail",
  t3.answered_at as "answeredAt",
  t3.confirmed_at as "confirmedAt"
 from invitation t3
 where (t3.area_id = $8)
 order by t3.created_at desc, t3.id
 limit 200) r)::text, 'null'), '}}'))
