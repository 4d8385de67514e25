"""The set-based SQL of an import. Every statement sees the temporary table of the rows that are new or changed."""

from __future__ import annotations

INCOMING = """
create temporary table incoming_entry (
    line integer, urn integer, uid integer, name text, status text, content_hash bytea, proposed_to_close boolean,
    opened_on date, closed_on date, type_code integer, type_label text, phase text, category text, la_code text,
    la_name text, gss_la_code text, establishment_number text, ukprn text, companies_house text, group_id text,
    lowest_age integer, highest_age integer, trust_uid integer, trust_name text, street text, locality text, town text,
    postcode text, website text, telephone text, line_digest bytea
) on commit drop
"""

TAKE_OUT_UNCHANGED = """
delete from incoming_entry i using organisation o where o.KEY = i.KEY and o.content_hash = i.content_hash
"""

COUNT = """
select count(*) filter (where o.id is null) as created, count(o.id) as changed,
    count(*) filter (where o.status <> 'closed' and i.status = 'closed') as closed,
    count(*) filter (where o.status = 'closed' and i.status <> 'closed') as reopened,
    (select count(*) from organisation where kind = $1 and status <> 'closed') as open_before
from incoming_entry i left join organisation o on o.KEY = i.KEY
"""

# A trust that only the establishments file has named so far; the groups file will tell the rest.
NAME_TRUSTS = """
insert into organisation (kind, uid, name, import_id)
select distinct on (i.trust_uid) 'trust', i.trust_uid,
    case when length(i.trust_name) >= 2 then left(i.trust_name, 200) else 'Trust ' || i.trust_uid end, $1
from incoming_entry i
where i.trust_uid is not null and not exists (select from organisation t where t.uid = i.trust_uid)
order by i.trust_uid, i.line
"""

REMEMBER = """
insert into organisation_history (organisation_id, field, before, after, effective_on, import_id)
select o.id, v.field, v.before, v.after, v.effective_on, $1
from incoming_entry i
join organisation o on o.KEY = i.KEY
left join organisation t on t.id = o.trust_id
cross join lateral (values
    ('name', o.name, i.name, $2::date),
    ('status', o.status, i.status,
        coalesce(case i.status when 'closed' then i.closed_on when 'open' then i.opened_on end, $2::date)),
    ('proposed_to_close', o.proposed_to_close::text, i.proposed_to_close::text, $2::date),
    ('type', o.type_label, i.type_label, $2::date),
    ('phase', o.phase, i.phase, $2::date),
    ('la_code', o.la_code, i.la_code, $2::date),
    ('trust', t.uid::text, i.trust_uid::text, $2::date)
) as v (field, before, after, effective_on)
where o.content_hash is not null and v.before is distinct from v.after
"""

CHANGE = """
update organisation o set
    name = i.name, status = i.status, proposed_to_close = i.proposed_to_close, opened_on = i.opened_on,
    closed_on = i.closed_on, type_code = i.type_code, type_label = i.type_label, phase = i.phase,
    category = i.category, la_code = i.la_code, la_name = i.la_name, gss_la_code = i.gss_la_code,
    establishment_number = i.establishment_number, ukprn = i.ukprn, companies_house = i.companies_house,
    group_id = i.group_id, lowest_age = i.lowest_age, highest_age = i.highest_age, trust_id = t.id,
    trust_since = case when o.trust_id is not distinct from t.id then o.trust_since else $2 end,
    street = i.street, locality = i.locality, town = i.town, postcode = i.postcode, website = i.website,
    telephone = i.telephone, content_hash = i.content_hash, import_id = $1, version = o.version + 1
from incoming_entry i left join organisation t on t.uid = i.trust_uid
where o.KEY = i.KEY
"""

# Ids of version 7 made from the run's: its time and random bits, then the line. The server's own uuidv7() asks the
# operating system for every one, which cost as much as all the rest of this statement.
CREATE = """
insert into organisation (id, kind, urn, uid, name, status, proposed_to_close, opened_on, closed_on, type_code,
    type_label, phase, category, la_code, la_name, gss_la_code, establishment_number, ukprn, companies_house, group_id,
    lowest_age, highest_age, trust_id, street, locality, town, postcode, website, telephone, content_hash, import_id)
select (left($1::uuid::text, 24) || lpad(to_hex(i.line), 12, '0'))::uuid, $2, i.urn, i.uid, i.name, i.status,
    i.proposed_to_close, i.opened_on, i.closed_on, i.type_code, i.type_label, i.phase, i.category, i.la_code, i.la_name,
    i.gss_la_code, i.establishment_number, i.ukprn, i.companies_house, i.group_id, i.lowest_age, i.highest_age, t.id,
    i.street, i.locality, i.town, i.postcode, i.website, i.telephone, i.content_hash, $1
from incoming_entry i left join organisation t on t.uid = i.trust_uid
where not exists (select from organisation o where o.KEY = i.KEY)
"""

# Before CHANGE: the trust that the register no longer names is kept with its dates.
KEEP_FORMER_TRUSTS = """
insert into trust_membership (establishment_id, trust_id, valid_from, valid_to, import_id)
select o.id, o.trust_id, case when o.trust_since is not null then least(o.trust_since, $2) end, $2, $1
from incoming_entry i join organisation o on o.urn = i.urn join organisation t on t.id = o.trust_id
where t.uid is distinct from i.trust_uid
"""
