-- What a sync writes refers to few rows and is written many rows at a time. PostgreSQL looks a reference up for each row,
-- some 4 µs each time; here those of one statement are looked up once for each thing that they refer to. The references
-- stay in the catalogue. Nobody can break one later: no login deletes connections, runs or bodies, or changes their keys.
alter table connection_record alter constraint connection_record_home_connection_id_fkey not enforced;
alter table connection_proposal
    alter constraint connection_proposal_home_connection_id_run_id_fkey not enforced,
    alter constraint connection_proposal_organisation_id_fkey not enforced;

create function security.records_refer() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (
        select from (select distinct home, connection_id from added) as row
        where not exists (select from public.agency_connection c where c.home = row.home and c.id = row.connection_id)
    ) then
        raise foreign_key_violation using message = 'a record is of a connection of its own area';
    end if;
    return null;
end
$$;

create function security.proposals_refer() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (
        select from (select distinct home, connection_id, run_id from added) as row
        where not exists (select from public.connection_run r
            where r.home = row.home and r.connection_id = row.connection_id and r.id = row.run_id)
    ) then
        raise foreign_key_violation using message = 'a proposal is of a run of its own area';
    end if;
    if exists (
        select from (select distinct organisation_id from added where organisation_id is not null) as row
        where not exists (select from public.organisation o where o.id = row.organisation_id)
    ) then
        raise foreign_key_violation using message = 'a proposal is about an organisation of the register';
    end if;
    return null;
end
$$;
revoke all on function security.records_refer(), security.proposals_refer() from public;

create trigger refers after insert on connection_record referencing new table as added
    for each statement execute function security.records_refer();
create trigger refers after insert on connection_proposal referencing new table as added
    for each statement execute function security.proposals_refer();
