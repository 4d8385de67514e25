-- As `security.part`: temporary names are looked for last.
alter function security.turn_facts_stale() set search_path = pg_catalog, pg_temp;
