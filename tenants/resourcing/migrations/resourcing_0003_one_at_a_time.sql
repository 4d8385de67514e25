-- Payments into one contribution wait for each other from the start. Without this, each first takes the weaker lock of
-- its foreign key, then all want the stronger one of `check_receipts`, and PostgreSQL ends them as a deadlock.
create function security.lock_contribution() returns trigger language plpgsql as $$
begin
    perform from contribution where area_id = new.area_id and id = new.contribution_id for update;
    return new;
end
$$;
create trigger one_at_a_time before insert on receipt for each row execute function security.lock_contribution();
