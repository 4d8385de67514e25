-- When a line of succession was entered, and under which id it is told among an area's facts. Those that were known before
-- have neither: they are no news. The register's files bring the lines of an import.
alter table organisation_lineage add column told_id uuid, add column told_at timestamptz;
alter table organisation_lineage alter column told_id set default uuidv7(), alter column told_at set default now();
