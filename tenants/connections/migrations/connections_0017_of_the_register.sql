-- What a national connection applied to a body of the register is as public as the register: an area is shown what became
-- of its own bodies. Everything else of a national connection stays with the platform's administrators.
create policy of_the_register on connection_change for select to concordat_app
    using (area_id is null and subject_kind = 'organisation');
create index connection_change_subject on connection_change (subject_id) where area_id is null;
