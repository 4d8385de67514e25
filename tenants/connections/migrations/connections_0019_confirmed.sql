-- Returns that were confirmed are told apart from those that were written: who was told of both goes on to be told of both.
-- The owner itself is under row-level security.
alter table webhook_endpoint no force row level security;
update webhook_endpoint set event_types = event_types || '{cooperation.return.confirmed}'
where 'cooperation.return.submitted' = any (event_types) and not 'cooperation.return.confirmed' = any (event_types);
alter table webhook_endpoint force row level security;
