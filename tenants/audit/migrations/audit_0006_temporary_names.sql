-- As `security.part`: temporary names are looked for last.
alter function audit.link() set search_path = pg_catalog, audit, pg_temp;
alter function audit.verify(integer) set search_path = pg_catalog, audit, pg_temp;
