-- A run that failed is resumed by the next one at the page it was on, as long as both ask the same of the agency:
-- `begun_with` is the digest of what the cursor depends on, `resumed_page` the page at which this run took up the other.

alter table connection_run
    add column begun_with text check (length(begun_with) = 64),
    add column resumed_run_id uuid,
    add column resumed_page integer check (resumed_page > 1),
    add check ((resumed_run_id is null) = (resumed_page is null)),
    add foreign key (home, resumed_run_id) references connection_run (home, id) on delete restrict,
    add unique (home, connection_id, id);
grant update (begun_with, resumed_run_id, resumed_page) on connection_run to concordat_worker;

-- a proposal's run is a run of its connection: one reference instead of two, and a closer one
alter table connection_proposal
    drop constraint connection_proposal_home_connection_id_fkey,
    drop constraint connection_proposal_home_run_id_fkey,
    add foreign key (home, connection_id, run_id) references connection_run (home, connection_id, id) on delete restrict;
