-- A nation of 153 areas and 25,000 schools for measuring only: written by the superuser, so that it takes seconds.
-- Triggers that keep counts run as always. Every name is made of a number.
begin;

create temp table school on commit drop as
select n, 1 + (n - 1) % 153 as area_id, uuidv7() as organisation_id, uuidv7() as agency_id,
    (array['academy_proprietor', 'maintained_school_governing_body', 'independent_institution_proprietor',
           'childcare_provider', 'further_education_governing_body'])[1 + n % 5] as category,
    (array['notified', 'acknowledged', 'acknowledged', 'reconfirmed', 'selected'])[1 + (n / 153) % 5] as state
from generate_series(1, 25000) n;

insert into area (id, slug, name, lifecycle)
select n, 'area-' || n, 'Area ' || lpad(n::text, 3, '0'), 'live' from generate_series(1, 153) n;
insert into area_local_authority (area_id, la_code, la_name, valid_from)
select n, (200 + n)::text, 'Council ' || lpad(n::text, 3, '0'), '2019-09-29' from generate_series(1, 153) n;
insert into linked_board (area_id, name, kind, url)
select n, 'Health and wellbeing board ' || n, 'health_and_wellbeing', 'https://example.org/' || n
from generate_series(1, 153) n
union all
select n, 'Safeguarding adults board ' || n, 'safeguarding_adults', null from generate_series(1, 153) n;

insert into organisation (id, kind, name, urn, la_code, la_name, opened_on, phase, category, town)
select organisation_id, 'establishment', 'School ' || lpad(n::text, 5, '0'), 100000 + n, (200 + area_id)::text,
    'Council ' || lpad(area_id::text, 3, '0'), '2001-09-01', 'Primary', 'Academies', 'Town ' || area_id
from school;
insert into area_organisation (area_id, organisation_id, basis, valid_from)
select area_id, organisation_id, basis, date '2019-09-29' from school, unnest(array['covers_la', 'chosen_agency']) basis;
insert into relevant_agency (area_id, id, organisation_id, name, category, state, reason, expectation, contact_name,
    contact_email, notified_on, notified_channel, notified_version, acknowledged_on, acknowledged_by,
    acknowledged_version)
select area_id, agency_id, organisation_id, 'School ' || lpad(n::text, 5, '0'), category, state,
    'Named in the published arrangements', 'Answer the yearly return', 'Head ' || n, 'head-' || n || '@example.org',
    case when state <> 'selected' then current_date - 200 end, case when state <> 'selected' then 'email' end,
    case when state <> 'selected' then '2025' end,
    case when state in ('acknowledged', 'reconfirmed') then current_date - 190 end,
    case when state in ('acknowledged', 'reconfirmed') then 'Head ' || n end,
    case when state in ('acknowledged', 'reconfirmed') then '2025' end
from school;

insert into duty (area_id, title, body, legal_basis, cycle, categories, questions, reminder_days, follow_up, state,
    latest_number, changed)
select n, 'Yearly safeguarding return', 'Please answer for your school.', array['ca2004_16h', 'ca2004_16g'],
    'each_academic_year', array(select distinct category from school), :questions::jsonb, array[-10, -2, 1],
    '[{"title": "Second reminder", "working_days": 5}]'::jsonb, 'published', 1, false
from generate_series(1, 153) n;
insert into duty_version (area_id, duty_id, number, title, body, legal_basis, categories, questions, published_by)
select area_id, id, 1, title, body, legal_basis, categories, questions, 'Manager ' || area_id from duty;
insert into duty_cycle (area_id, duty_id, duty_version_id, label, opens_on, due_on, opened_by)
select v.area_id, v.duty_id, v.id, 'Year ' || y, current_date - 60 - 365 * (3 - y), current_date + 30 - 365 * (3 - y),
    'Manager ' || v.area_id
from duty_version v, generate_series(1, 3) y;

-- 75,000 requests: two years are done, of this year's six in ten are still to be answered
insert into duty_request (area_id, cycle_id, duty_id, duty_version_id, agency_id, organisation_id, agency_name,
    category, title, cycle_label, opens_on, due_on, state, submitted_at)
select s.area_id, y.id, y.duty_id, y.duty_version_id, s.agency_id, s.organisation_id,
    'School ' || lpad(s.n::text, 5, '0'), s.category, v.title, y.label, y.opens_on, y.due_on, x.state,
    case when x.state in ('submitted', 'accepted') then y.opens_on + make_interval(hours => 9 + s.n % 500) end
from school s
    join duty_cycle y on y.area_id = s.area_id
    join duty_version v on v.area_id = y.area_id and v.id = y.duty_version_id
    cross join lateral (select case when y.label <> 'Year 3' then 'accepted'
        when (s.n / 153) % 10 < 6 then 'not_started' when (s.n / 153) % 10 < 9 then 'submitted'
        else 'accepted' end as state) x
order by s.area_id, s.n, y.due_on;
insert into submission (area_id, request_id, duty_id, organisation_id, receipt, answers, sent_by, sent_at)
select area_id, id, duty_id, organisation_id,
    regexp_replace(upper(lpad(to_hex(row_number() over (order by area_id, id)), 12, '0')), '(.{4})(.{4})(.{4})',
        '\1-\2-\3'),
    :answers::jsonb, 'Head', submitted_at
from duty_request where submitted_at is not null;

insert into partner_body (area_id, kind, name, valid_from)
select n, kind, initcap(replace(kind, '_', ' ')) || ' ' || lpad(n::text, 3, '0'), date '2019-09-29'
from generate_series(1, 153) n, unnest(array['local_authority', 'integrated_care_board', 'police']) kind;
-- one area in ten has no delegated partner from the police: something that the overview has to say
insert into appointment (area_id, office, partner_id, person_name, post, valid_from)
select area_id, office, id, initcap(office) || ' of ' || name, 'Director', date '2020-01-01'
from partner_body, unnest(array['lead', 'delegated']) office
where not (kind = 'police' and office = 'delegated' and area_id % 10 = 0);
insert into appointment (area_id, office, person_name, valid_from, valid_to)
select n, 'scrutineer', 'Scrutineer ' || n, date '2024-01-01', current_date + 700 from generate_series(1, 153) n;
insert into partnership_chair (area_id, appointment_id, valid_from)
select a.area_id, a.id, date '2020-01-01' from appointment a join partner_body p on p.id = a.partner_id
where a.office = 'delegated' and p.kind = 'local_authority';
with seats as (
    insert into seat (area_id, title, education_level, valid_from)
    select n, initcap(level) || ' education', level, date '2020-01-01'
    from generate_series(1, 153) n, unnest(array['strategic', 'operational']) level
    returning area_id, id
)
insert into appointment (area_id, office, seat_id, person_name, valid_from)
select area_id, 'seat', id, 'Head of a school', date '2020-01-01' from seats;

insert into budget (area_id, year, state, agreed_on)
select n, y, case when y = extract(year from current_date - 90)::int and n % 4 = 0 then 'draft' else 'agreed' end,
    case when y = extract(year from current_date - 90)::int and n % 4 = 0 then null else current_date - 250 end
from generate_series(1, 153) n,
    generate_series(extract(year from current_date - 90)::int - 2, extract(year from current_date - 90)::int) y;
insert into budget_line (area_id, budget_id, kind, description, planned_pence)
select area_id, id, kind, 'Planned for ' || kind, 4000000
from budget, unnest(array['business_support', 'scrutiny', 'reviews', 'training', 'other']) kind;
insert into contribution (area_id, budget_id, partner_id, form, amount_pence, state)
select b.area_id, b.id, p.id, 'cash', 600000 + 1000 * k, case when b.state = 'agreed' then 'agreed' else 'pledged' end
from budget b join partner_body p on p.area_id = b.area_id, generate_series(1, 5) k;

insert into intervention_flag (area_id, kind, title, concern, raised_as, raised_by, raised_by_name, raised_by_role,
    raised_on, state, referred_at, submission, reply_due_on, decision, review_on)
select n, 'partners_cannot_agree', 'Disagreement ' || k || ' of area ' || n,
    'The partners do not agree on how the work is shared.', 'area', uuidv7(), 'Manager ' || n, 'business_manager',
    current_date - 40, (array['raised', 'referred', 'decided', 'closed', 'withdrawn_locally'])[k],
    case when k in (2, 3, 4) then now() - interval '30 days' end, case when k in (2, 3, 4) then 'Tried three times.' end,
    case when k = 2 then current_date + 10 end, case when k in (3, 4) then 'support' end,
    case when k = 3 then current_date + 90 end
from generate_series(1, 153) n, generate_series(1, 5) k;

insert into audit.event (area_id, actor_id, actor_kind, actor_name, actor_role, action, subject_type, subject_id, reason)
select n, 'manager', 'person', 'Manager ' || n, 'business_manager', 'duty.publish', 'duty', k::text, 'Agreed by the board'
from generate_series(1, 153) n, generate_series(1, 20) k;
commit;
