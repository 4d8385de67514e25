-- As `security.part`: temporary names are looked for last.
alter function security.count_agencies() set search_path = pg_catalog, public, pg_temp;
alter function security.count_requests() set search_path = pg_catalog, public, pg_temp;
alter function security.hold_agency_counts() set search_path = pg_catalog, public, pg_temp;
alter function security.keep_agency_counts(integer, jsonb) set search_path = pg_catalog, public, pg_temp;
