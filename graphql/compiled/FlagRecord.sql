select (select '{"data":{"interventionFlag":' || (coalesce((select row_to_json(r) from (select row_to_json(t6) as "flag",
  (select row_to_json(r) from (select t7.tried as "tried",
  t7.note as "note"
 from intervention_flag_working t7
 where (t7.area_id = t1.area_id and t7.flag_id = t1.id)) r) as "working",
  (select coalesce(json_agg(row_to_json(r)
 order by t8.id), '[]'::json)
 from intervention_flag_move t8
 cross join lateral (select t8.at as "at",
  t8.move as "move",
  case t8.before when 'raised' then 'Raised, not referred' when 'withdrawn_locally' then 'Withdrawn before referral' when 'referred' then 'Referred to the Department' when 'acknowledged' then 'Acknowledged' when 'information_requested' then 'Information requested' when 'answered' then 'Question answered' when 'decided' then 'Decided' when 'review_due' then 'Review due' when 'closed' then 'Closed' when 'withdrawn' then 'Referral withdrawn' end as "beforeLabel",
  coalesce(case t8.after when 'raised' then 'Raised, not referred' when 'withdrawn_locally' then 'Withdrawn before referral' when 'referred' then 'Referred to the Department' when 'acknowledged' then 'Acknowledged' when 'information_requested' then 'Information requested' when 'answered' then 'Question answered' when 'decided' then 'Decided' when 'review_due' then 'Review due' when 'closed' then 'Closed' when 'withdrawn' then 'Referral withdrawn' end, t8.after) as "afterLabel",
  t8.reason as "reason",
  t8.message as "message",
  t8.due_on as "dueOn",
  case t8.decision when 'no_action' then 'No action by the Department' when 'support' then 'Support' when 'improvement_notice_considered' then 'Improvement notice being considered' when 'passed_to_power_holder' then 'Passed to the holder of a power' when 'referred_to_secretary_of_state' then 'Referred to the Secretary of State' end as "decisionLabel",
  (select row_to_json(r) from (select t9.target as "target",
  t9.holder as "holder",
  t9.source as "source",
  t9.url as "url"
 from (values ('local_authority_direction', 'Local authority', 'Direct what is needed where functions are not performed to an adequate standard; appoint a nominee.', 'Secretary of State for Education', 'Education Act 1996 s.497A, applied to children’s services by Children Act 2004 s.50', 'https://www.legislation.gov.uk/ukpga/1996/56/section/497A'), ('police_direction', 'Police force', 'Direct the local policing body where the force, or that body, fails to discharge a function effectively.', 'Home Secretary', 'Police Act 1996 ss.40 and 40A', 'https://www.legislation.gov.uk/ukpga/1996/16/section/40'), ('icb_direction', 'Integrated care board', 'Direct a board that is failing, or at significant risk of failing, to discharge its functions.', 'NHS England', 'National Health Service Act 2006 s.14Z61', 'https://www.legislation.gov.uk/ukpga/2006/41/section/14Z61'), ('maintained_school_direction', 'Maintained school', 'Direct a governing body that acts unreasonably or is in default of a duty.', 'Secretary of State for Education', 'Education Act 1996 ss.496 and 497', 'https://www.legislation.gov.uk/ukpga/1996/56/section/496'), ('academy_funding_agreement', 'Academy trust', 'Warn, or end funding, under the funding agreement.', 'Secretary of State for Education', 'Academies Act 2010 and the trust’s funding agreement', 'https://www.legislation.gov.uk/ukpga/2010/32'), ('independent_school_standards', 'Independent school', 'Enforce the independent school standards.', 'Secretary of State for Education', 'Education and Skills Act 2008 part 4 chapter 1', 'https://www.legislation.gov.uk/ukpga/2008/25/part/4/chapter/1'), ('childcare_registration', 'Childcare provider', 'Enforce, suspend or cancel registration.', 'His Majesty’s Chief Inspector (Ofsted)', 'Childcare Act 2006 part 3', 'https://www.legislation.gov.uk/ukpga/2006/21/part/3'), ('information_injunction', 'Any person or body asked for information', 'Ask the High Court or the county court for an injunction that the information be supplied.', 'The safeguarding partner that asked for the information', 'Children Act 2004 s.16H', 'https://www.legislation.gov.uk/ukpga/2004/31/section/16H')) as t9 (code, target, what, holder, source, url)
 where (t9.code = t8.power)) r) as "power",
  t8.by_name as "byName",
  coalesce(case t8.by_role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end, t8.by_role) as "byRole",
  t8.shared as "shared") r
 where (t8.area_id = t1.area_id and t8.flag_id = t1.id)) as "moves",
  $1::jsonb -> (t1_s.state || '/' || t1.raised_as || '/' || t1_s.decided) as "movesOpen"
 from intervention_flag t1 cross join lateral (select t1.decision is not null as decided,
    case when t1.state = 'decided' and t1.review_on <= $2 then 'review_due' else t1.state end as state,
    case when t1.state in ('withdrawn', 'withdrawn_locally') then 'E0'
        when t1.state = 'raised' and t1.raised_as = 'scrutineer' then 'E2'
        when t1.state = 'raised' then 'E1'
        when t1.decision is null then 'E4'
        when t1.state = 'closed' and t1.decision = 'no_action' then 'E0'
        when t1.state = 'closed' then 'E8'
        else coalesce(case t1.decision when 'passed_to_power_holder' then
            case t1.power when 'local_authority_direction' then 'E7a' when 'police_direction' then 'E7b' when 'icb_direction' then 'E7c' end end,
            case t1.decision when 'no_action' then 'E4' when 'support' then 'E5' when 'improvement_notice_considered' then 'E5' when 'passed_to_power_holder' then 'E6' when 'referred_to_secretary_of_state' then 'E6' end) end as escalation) t1_s
 cross join lateral (select coalesce((select row_to_json(r) from (select shape.opaque('Area:' || (t2.id)) as "id",
  t2.name as "name",
  t2.slug as "slug"
 from area t2
 where (t2.id = t1.area_id)) r), shape.required(null)) as "area",
  shape.opaque('InterventionFlag:' || (t1.area_id || '.' || t1.id)) as "id",
  t1.kind as "kind",
  case t1.kind when 'partners_cannot_agree' then 'The partners cannot agree' when 'arrangements_inadequate' then 'The arrangements are inadequate' when 'partner_withdraws_or_absent' then 'A partner has withdrawn or is absent' when 'information_refused' then 'Information asked for under section 16H has been refused' when 'other' then 'Something else' end as "kindLabel",
  t1.title as "title",
  t1.concern as "concern",
  t1.partners as "partners",
  (select coalesce(json_agg(row_to_json(r)
 order by t3.place), '[]'::json)
 from rows from (jsonb_to_recordset(t1.evidence) as (title text, url text)) with ordinality as t3 (title, url, place)
 cross join lateral (select t3.title as "title",
  t3.url as "url") r) as "evidence",
  (select coalesce(json_agg(row_to_json(r)
 order by t4.place), '[]'::json)
 from rows from (jsonb_to_recordset(t1.told) as (name text, post text, "on" date)) with ordinality as t4 (name, post, told_on, place)
 cross join lateral (select t4.name as "name",
  t4.post as "post",
  t4.told_on as "on") r) as "told",
  t1.raised_as as "raisedAs",
  t1.raised_by_name as "raisedByName",
  coalesce(case t1.raised_by_role when 'business_manager' then 'Business manager' when 'lead_safeguarding_partner' then 'Lead safeguarding partner' when 'delegated_safeguarding_partner' then 'Delegated safeguarding partner' when 'partnership_chair' then 'Partnership chair' when 'independent_scrutineer' then 'Independent scrutineer' when 'viewer' then 'Viewer' when 'agency_contact' then 'Agency contact' when 'establishment_contact' then 'Establishment contact' when 'trust_lead' then 'Trust lead' when 'official' then 'Department official' when 'senior_official' then 'Senior official' when 'platform_administrator' then 'Platform administrator' end, t1.raised_by_role) as "raisedByRole",
  t1.raised_on as "raisedOn",
  t1_s.state as "state",
  case t1_s.state when 'raised' then 'Raised, not referred' when 'withdrawn_locally' then 'Withdrawn before referral' when 'referred' then 'Referred to the Department' when 'acknowledged' then 'Acknowledged' when 'information_requested' then 'Information requested' when 'answered' then 'Question answered' when 'decided' then 'Decided' when 'review_due' then 'Review due' when 'closed' then 'Closed' when 'withdrawn' then 'Referral withdrawn' end as "stateLabel",
  case t1_s.state when 'raised' then 'has not been referred to the Department' when 'withdrawn_locally' then 'was withdrawn before it was referred' when 'referred' then 'has been referred and is waiting for the Department to acknowledge it' when 'acknowledged' then 'has been acknowledged by the Department' when 'information_requested' then 'is waiting for an answer to the Department’s question' when 'answered' then 'has been answered and is waiting for the Department' when 'decided' then 'has been decided' when 'review_due' then 'has been decided and its review is due' when 'closed' then 'is closed' when 'withdrawn' then 'has been withdrawn' end as "stands",
  case t1_s.state when 'raised' then 'area' when 'referred' then 'official' when 'acknowledged' then 'official' when 'information_requested' then 'area' when 'answered' then 'official' when 'review_due' then 'official' end as "waitsFor",
  t1.referred_at as "referredAt",
  t1.submission as "submission",
  t1.reply_due_on as "replyDueOn",
  t1.decision as "decision",
  case t1.decision when 'no_action' then 'No action by the Department' when 'support' then 'Support' when 'improvement_notice_considered' then 'Improvement notice being considered' when 'passed_to_power_holder' then 'Passed to the holder of a power' when 'referred_to_secretary_of_state' then 'Referred to the Secretary of State' end as "decisionLabel",
  case t1.decision when 'no_action' then 'The partners can settle this under their own arrangements.' when 'support' then 'The Department and the area agree help, such as an adviser or another area’s peer support.' when 'improvement_notice_considered' then 'A notice to the local authority. It is not statutory, and may forewarn of a statutory direction.' when 'passed_to_power_holder' then 'The body that holds a separate power over one partner or agency is asked to consider it.' when 'referred_to_secretary_of_state' then 'Ministers are asked to consider a named power. This is not itself a direction.' end as "decisionMeaning",
  (select row_to_json(r) from (select t5.code as "code",
  t5.target as "target",
  t5.what as "what",
  t5.holder as "holder",
  t5.source as "source",
  t5.url as "url"
 from (values ('local_authority_direction', 'Local authority', 'Direct what is needed where functions are not performed to an adequate standard; appoint a nominee.', 'Secretary of State for Education', 'Education Act 1996 s.497A, applied to children’s services by Children Act 2004 s.50', 'https://www.legislation.gov.uk/ukpga/1996/56/section/497A'), ('police_direction', 'Police force', 'Direct the local policing body where the force, or that body, fails to discharge a function effectively.', 'Home Secretary', 'Police Act 1996 ss.40 and 40A', 'https://www.legislation.gov.uk/ukpga/1996/16/section/40'), ('icb_direction', 'Integrated care board', 'Direct a board that is failing, or at significant risk of failing, to discharge its functions.', 'NHS England', 'National Health Service Act 2006 s.14Z61', 'https://www.legislation.gov.uk/ukpga/2006/41/section/14Z61'), ('maintained_school_direction', 'Maintained school', 'Direct a governing body that acts unreasonably or is in default of a duty.', 'Secretary of State for Education', 'Education Act 1996 ss.496 and 497', 'https://www.legislation.gov.uk/ukpga/1996/56/section/496'), ('academy_funding_agreement', 'Academy trust', 'Warn, or end funding, under the funding agreement.', 'Secretary of State for Education', 'Academies Act 2010 and the trust’s funding agreement', 'https://www.legislation.gov.uk/ukpga/2010/32'), ('independent_school_standards', 'Independent school', 'Enforce the independent school standards.', 'Secretary of State for Education', 'Education and Skills Act 2008 part 4 chapter 1', 'https://www.legislation.gov.uk/ukpga/2008/25/part/4/chapter/1'), ('childcare_registration', 'Childcare provider', 'Enforce, suspend or cancel registration.', 'His Majesty’s Chief Inspector (Ofsted)', 'Childcare Act 2006 part 3', 'https://www.legislation.gov.uk/ukpga/2006/21/part/3'), ('information_injunction', 'Any person or body asked for information', 'Ask the High Court or the county court for an injunction that the information be supplied.', 'The safeguarding partner that asked for the information', 'Children Act 2004 s.16H', 'https://www.legislation.gov.uk/ukpga/2004/31/section/16H')) as t5 (code, target, what, holder, source, url)
 where (t5.code = t1.power)) r) as "power",
  t1.review_on as "reviewOn",
  t1_s.escalation as "escalation",
  case t1_s.escalation when 'E0' then 'Routine' when 'E1' then 'Local concern' when 'E2' then 'Scrutineer’s advice' when 'E3' then 'With the lead safeguarding partners' when 'E4' then 'Department engaged' when 'E5' then 'Support plan' when 'E6' then 'Referred to the Secretary of State' when 'E7a' then 'Local authority: statutory direction track' when 'E7b' then 'Police: Home Office and inspectorate track' when 'E7c' then 'Integrated care board: NHS track' when 'E8' then 'Monitored exit' end as "escalationLabel",
  t1.changed_at as "changedAt",
  t1.version as "version") t6
 where (t1.area_id = $3 and t1.id = $4)) r)::text, 'null') || ('}}')))
