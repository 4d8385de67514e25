-- Where a path does not name pg_temp, PostgreSQL looks there first: whoever may make temporary types or tables could lend
-- this function theirs, and have their code run with the owner's rights.
alter function queue.announce() set search_path = pg_catalog, pg_temp;
