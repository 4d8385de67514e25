-- what waits in every area, as an administrator lists it
create index invitation_waiting on invitation (created_at desc, id) where accepted_at is null and revoked_at is null;
