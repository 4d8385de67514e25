-- References that others imply are not looked at again for each row that a sync writes. A record's connection is of the
-- record's home, which is its area, and refers to that area itself; so are the connection and the run of an area's own
-- proposal. What a national connection proposes has an area that nothing else refers to.
alter table connection_record drop constraint connection_record_area_id_fkey, add check (area_id > 0);

alter table connection_proposal drop constraint connection_proposal_area_id_fkey, add check (area_id > 0),
    add column told_area_id integer generated always as (case when national then area_id end) stored,
    add foreign key (told_area_id) references area (id) on delete restrict;
