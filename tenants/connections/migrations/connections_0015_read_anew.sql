-- The NHS directory is read whole once more: a run that asks only for what changed would never see the sub-ICB locations
-- and the affiliations that earlier versions passed over. The owner itself is under row-level security.
alter table agency_connection no force row level security;
update agency_connection set watermark = null where system = 'nhs_ods';
alter table agency_connection force row level security;
