-- As `security.part`: temporary names are looked for last.
alter function security.client_live(uuid, text) set search_path = pg_catalog, pg_temp;
alter function security.standing(uuid, interval) set search_path = pg_catalog, pg_temp;
