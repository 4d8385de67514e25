-- The whole of a board: its members, a year's budget, its agencies. What is one to one is joined here, not nested.
create view peer.standing with (security_invoker = true) as
select area_id, standing = 'met' as complete, amount from public.area_fact where subject = 'membership';
comment on view peer.standing is '@primaryKey area_id
@foreignKey (area_id) references peer.area (id)|@foreignSingleFieldName standing';

create view peer.finding with (security_invoker = true) as
select f.area_id, r.place, r.sentence, r.source, r.statutory
from public.area_fact f cross join lateral rows from
    (jsonb_to_recordset(f.reasons) as (sentence text, source text, statutory boolean))
    with ordinality as r (sentence, source, statutory, place)
where f.subject = 'membership' and r.place <= f.amount;
comment on view peer.finding is '@primaryKey area_id,place
@foreignKey (area_id) references peer.standing (area_id)|@foreignFieldName missing';

create view peer.linked_board with (security_invoker = true) as
select area_id, id, name, url, case kind when 'health_and_wellbeing' then 'Health and wellbeing board'
    when 'safeguarding_adults' then 'Safeguarding adults board' when 'community_safety' then 'Community safety partnership'
    else kind end as kind_label
from public.linked_board where ended_on is null;
comment on view peer.linked_board is '@primaryKey id
@foreignKey (area_id) references peer.area (id)|@foreignFieldName linkedBoards';

create view peer.partner with (security_invoker = true) as
select p.area_id, p.id, p.name, p.kind, p.valid_from,
    array_position(array['local_authority', 'integrated_care_board', 'police'], p.kind) as position,
    case p.kind when 'local_authority' then 'Local authority' when 'integrated_care_board' then 'Integrated care board'
        else 'Police force' end as kind_label,
    l.person_name as lead_name, l.post as lead_post, l.valid_from as lead_from,
    case when l.id is null then greatest(p.valid_from, (select max(e.valid_to) + 1 from public.appointment e
        where e.area_id = p.area_id and e.partner_id = p.id and e.office = 'lead' and e.valid_to < current_date))
        end as lead_vacant_since,
    d.person_name as delegated_name, d.post as delegated_post, d.valid_from as delegated_from,
    case when d.id is null then greatest(p.valid_from, (select max(e.valid_to) + 1 from public.appointment e
        where e.area_id = p.area_id and e.partner_id = p.id and e.office = 'delegated' and e.valid_to < current_date))
        end as delegated_vacant_since
from public.partner_body p
    left join public.appointment l on l.area_id = p.area_id and l.partner_id = p.id and l.office = 'lead'
        and l.valid @> current_date
    left join public.appointment d on d.area_id = p.area_id and d.partner_id = p.id and d.office = 'delegated'
        and d.valid @> current_date
where p.valid @> current_date;
comment on view peer.partner is '@primaryKey id
@foreignKey (area_id) references peer.area (id)|@foreignFieldName partners';

create view peer.chair with (security_invoker = true) as
select c.area_id, a.person_name, c.valid_from
from public.partnership_chair c
    join public.appointment a on a.area_id = c.area_id and a.id = c.appointment_id
where c.valid @> current_date;
comment on view peer.chair is '@primaryKey area_id
@foreignKey (area_id) references peer.area (id)|@foreignSingleFieldName chair';

create view peer.scrutineer with (security_invoker = true) as
select area_id, id, person_name, valid_from, valid_to from public.appointment
where office = 'scrutineer' and valid @> current_date;
comment on view peer.scrutineer is '@primaryKey id
@foreignKey (area_id) references peer.area (id)|@foreignFieldName scrutineers';

create view peer.seat with (security_invoker = true) as
select s.area_id, s.id, s.title, s.education_level, lower(s.title) as sort_title,
    a.person_name as holder_name, a.valid_from as holder_from,
    case when a.id is null then greatest(s.valid_from, (select max(e.valid_to) + 1 from public.appointment e
        where e.area_id = s.area_id and e.seat_id = s.id and e.office = 'seat' and e.valid_to < current_date))
        end as vacant_since
from public.seat s
    left join public.appointment a on a.area_id = s.area_id and a.seat_id = s.id and a.office = 'seat'
        and a.valid @> current_date
where s.valid @> current_date;
comment on view peer.seat is '@primaryKey id
@foreignKey (area_id) references peer.area (id)|@foreignFieldName seats';

create view peer.balance with (security_invoker = true) as
select b.area_id, b.id as budget_id, line.planned, gift.promised, gift.received,
    shape.pounds(line.planned) as planned_text, shape.pounds(gift.promised) as promised_text,
    shape.pounds(gift.received) as received_text
from public.budget b
    cross join lateral (select coalesce(sum(l.planned_pence), 0)::bigint as planned from public.budget_line l
        where l.area_id = b.area_id and l.budget_id = b.id and l.removed_reason is null) line
    cross join lateral (select coalesce(sum(c.amount_pence), 0)::bigint as promised,
            coalesce(sum(coalesce((select sum(r.amount_pence) from public.receipt r
                where r.area_id = c.area_id and r.contribution_id = c.id), 0)), 0)::bigint as received
        from public.contribution c
        where c.area_id = b.area_id and c.budget_id = b.id and c.state <> 'withdrawn') gift;
comment on view peer.balance is '@primaryKey area_id,budget_id
@foreignKey (area_id, budget_id) references peer.budget (area_id, id)|@foreignSingleFieldName balance';

create view peer.budget_line with (security_invoker = true) as
select area_id, id, budget_id, kind, description, planned_pence, shape.pounds(planned_pence) as planned_text,
    array_position(array['business_support', 'scrutiny', 'reviews', 'training', 'analysis'], kind) as position,
    case kind when 'business_support' then 'Business support' when 'scrutiny' then 'Independent scrutiny'
        when 'reviews' then 'Child safeguarding practice reviews' when 'training' then 'Training and learning events'
        when 'analysis' then 'Analysis' else 'Other' end as kind_label
from public.budget_line where removed_reason is null;
comment on view peer.budget_line is '@primaryKey id
@foreignKey (area_id, budget_id) references peer.budget (area_id, id)|@foreignFieldName lines';

create view peer.contribution with (security_invoker = true) as
select c.area_id, c.id, c.budget_id, coalesce(p.name, c.contributor) as contributor, c.form, c.amount_pence,
    shape.pounds(c.amount_pence) as amount_text, r.pence as received_pence, shape.pounds(r.pence) as received_text,
    c.state, case c.form when 'cash' then 'Cash' else 'In kind' end as form_label,
    case c.state when 'pledged' then 'Pledged' when 'agreed' then 'Agreed' when 'invoiced' then 'Invoiced'
        when 'part_received' then 'Part received' when 'received' then 'Received' when 'reduced' then 'Reduced, to be agreed'
        else 'Withdrawn' end as state_label
from public.contribution c
    left join public.partner_body p on p.area_id = c.area_id and p.id = c.partner_id
    cross join lateral (select coalesce(sum(amount_pence), 0)::bigint as pence from public.receipt r
        where r.area_id = c.area_id and r.contribution_id = c.id) r;
comment on view peer.contribution is '@primaryKey id
@foreignKey (area_id, budget_id) references peer.budget (area_id, id)|@foreignFieldName contributions';

create view peer.agency_count with (security_invoker = true) as
select g.area_id, g.category, c.label as category_label, g.state, s.label as state_label, c.position, g.agencies
from public.agency_count g
    join public.agency_category c on c.code = g.category
    join peer.agency_state s on s.state = g.state
where g.agencies > 0;
comment on view peer.agency_count is '@primaryKey area_id,category,state
@foreignKey (area_id) references peer.area (id)|@foreignFieldName agencyCounts';
grant select on all tables in schema peer to concordat_app;
