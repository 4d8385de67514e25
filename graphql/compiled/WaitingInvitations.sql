select (select '{"data":{"waitingInvitations":' || (coalesce((select coalesce(json_agg(row_to_json(r)), '[]'::json) from (select shape.opaque('Invitation:' || (t1.id)) as "id",
  t1.name as "name",
  t1.email as "email",
  case t1.role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end as "roleLabel",
  (select a.name from area a where a.id = t1.area_id) as "areaName",
  coalesce(case when t1.accepted_at is not null then 'accepted'
    when t1.revoked_at is not null then 'revoked' when t1.expires_at < now() then 'expired' end, 'open') as "state",
  case (select case when m.state = 'failed' then 'refused' when m.delivery <> 'delivered' then m.delivery end from mail m where m.area_id = t1.area_id and m.about = t1.id order by m.id desc limit 1) when 'refused' then 'It was refused before it left. Check the address.' when 'permanent_failure' then 'There is no such address. Ask for another address.' when 'temporary_failure' then 'The mailbox took nothing for three days. Ask for another address, or telephone.' when 'technical_failure' then 'It was lost between two mail providers. Send it again.' end as "undelivered",
  t1.expires_at as "expiresAt",
  t1.answered_name as "answeredName",
  t1.answered_email as "answeredEmail",
  t1.answered_at as "answeredAt",
  t1.confirmed_at as "confirmedAt"
 from invitation t1
 where (t1.accepted_at is null and t1.revoked_at is null)
 order by t1.created_at desc, t1.id
 limit 200) r)::text, 'null') || ('}}')))
