-- Where a path does not name pg_temp, PostgreSQL looks there first, for tables and for types. Who may make temporary
-- ones could lend this function a type of theirs, whose check then ran with the owner's rights: it read the signing key.
alter function security.part(integer) set search_path = pg_catalog, pg_temp;
