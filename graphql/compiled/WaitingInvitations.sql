select (select '{"data":{"waitingInvitations":' || ((select '{"nodes":' || (coalesce(g.nodes, '[]'::json)::text || (',"pageInfo":' || (json_build_object('hasNextPage', coalesce(g.found, 0) > $1::integer, 'endCursor', shape.opaque(g.last))::text || ('}')))) from (select json_agg(q.node) filter (where q.place <= $1::integer) as nodes, max(q.found) as found, min(json_build_array(q.k0, q.k1)::text) filter (where q.place = least($1::integer, q.found)) as last from (select p.*, row_number() over () as place, count(*) over () as found from (select row_to_json(r) as node, shape.instant(t1.created_at) as k0, t1.id as k1
 from invitation t1
 cross join lateral (select shape.opaque('Invitation:' || (t1.id)) as "id",
  t1.name as "name",
  t1.email as "email",
  case t1.role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end as "roleLabel",
  (select a.name from area a where a.id = t1.area_id) as "areaName",
  coalesce(case when t1.accepted_at is not null then 'accepted'
    when t1.revoked_at is not null then 'revoked' when t1.expires_at < now() then 'expired' end, 'open') as "state",
  case (select case when m.state = 'failed' then 'refused' when m.delivery <> 'delivered' then m.delivery end from mail m where m.area_id = t1.area_id and m.about = t1.id order by m.id desc limit 1) when 'refused' then 'It was refused before it left. Check the address.' when 'permanent_failure' then 'There is no such address. Ask for another address.' when 'temporary_failure' then 'The mailbox took nothing for three days. Ask for another address, or telephone.' when 'technical_failure' then 'It was lost between two mail providers. Send it again.' end as "undelivered",
  coalesce((t1.accepted_at is null and t1.revoked_at is null and case
    when t1.expires_at >= now() then t1.confirmed_at is null
    else not exists (select from invitation newer where newer.email = t1.email and newer.role = t1.role
        and newer.id <> t1.id and newer.area_id is not distinct from t1.area_id
        and newer.organisation_id is not distinct from t1.organisation_id and newer.created_at >= t1.created_at)
    end), false) as "maySendAgain",
  t1.expires_at as "expiresAt",
  t1.answered_name as "answeredName",
  t1.answered_email as "answeredEmail",
  t1.answered_at as "answeredAt",
  t1.confirmed_at as "confirmedAt") r
 where (t1.accepted_at is null and t1.revoked_at is null) and ((t1.created_at, t1.id) < ($2::timestamptz, $3::uuid))
 order by t1.created_at desc, t1.id desc
 limit $1::integer + 1) p) q) g) || ('}}')))
