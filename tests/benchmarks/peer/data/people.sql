-- Who asks: a manager of every area, a contact of every school, one official; each with two live sessions.
-- Tokens are 'peer-manager-7', 'peer-school-100042', 'peer-official', and 'again-…': known here, hashed there, as for
-- everyone.
begin;

create temp table someone on commit drop as
select uuidv7() as id, 'manager' as kind, id as number, 'Manager ' || id as name, 'business_manager' as role,
    id as area_id, null::uuid as organisation_id, 'local' as hat from area where id between 1 and 153
union all
select uuidv7(), 'school', urn, 'Head ' || urn, 'establishment_contact', null, id, 'local'
    from organisation where urn is not null
union all
select uuidv7(), 'official', null, 'Olive Official', 'official', null, null, 'national';

insert into person (id, name, email) select id, name, concat_ws('-', kind, number) || '@example.org' from someone;
insert into role_assignment (person_id, role, area_id, organisation_id, valid_from)
select id, role, area_id, organisation_id, date '2020-01-01' from someone;
insert into session (token_hash, person_id, issuer, subject, hat, expires_at)
select sha256(convert_to(concat_ws('-', which, kind, number), 'UTF8')), id, 'peer', id::text, hat,
    now() + interval '12 hours' from someone, unnest(array['peer', 'again']) which;
commit;
