-- Which body lies in which board's geography, from a day to a day, as a national directory says: sub-ICB locations and
-- trusts of an integrated care board. Register facts: public, of no area, never deleted.

-- what the directory last said of a body, by codes: a page may name a board that comes on a later one
alter table organisation_directory_entry add column lies_in jsonb not null default '[]'
    check (jsonb_typeof(lies_in) = 'array');
grant update (lies_in) on organisation_directory_entry to concordat_worker;

create table organisation_affiliation (
    member_id uuid not null references organisation (id) on delete restrict,
    id uuid not null default uuidv7(),
    board_id uuid not null references organisation (id) on delete restrict,
    source text not null check (source ~ '^[a-z][a-z0-9_]{1,40}$'),
    reference text not null check (length(reference) between 1 and 60), -- the directory's own name for it
    valid_from date,
    valid_to date check (valid_to >= valid_from),
    primary key (member_id, id),
    unique (member_id, source, reference),
    check (member_id <> board_id)
);
create index organisation_affiliation_board on organisation_affiliation (board_id);
alter table organisation_affiliation enable row level security;
alter table organisation_affiliation force row level security;
create policy everyone_reads on organisation_affiliation for select
    to concordat_app, concordat_worker, concordat_national, concordat_public using (true);
create policy register_writes on organisation_affiliation for insert to concordat_worker
    with check ((select security.has('register')));
create policy register_changes on organisation_affiliation for update to concordat_worker
    using ((select security.has('register'))) with check ((select security.has('register')));
grant select on organisation_affiliation to concordat_app, concordat_worker, concordat_national, concordat_public;
grant insert, update (board_id, valid_from, valid_to) on organisation_affiliation to concordat_worker;
