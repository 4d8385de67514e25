-- The relay's index, by an expression that PostgreSQL knows to be leakproof: under row-level security it uses no other,
-- and with COALESCE it read every message of the outbox for each few that it sent.
drop index queue.outbox_turn;
create index outbox_turn on queue.outbox
    ((case when area_id is null then 0 else area_id end), actor, available_at, id);
