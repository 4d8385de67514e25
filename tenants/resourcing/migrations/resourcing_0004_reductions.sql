-- A contribution of which a part has come and the rest, or some of it, will not: its amount is reduced with a reason, never
-- below what has come, and it waits for every lead's agreement to the new amount. What was promised first is kept.
alter table contribution
    drop constraint contribution_state_check,
    add constraint contribution_state_check check (state in ('pledged', 'agreed', 'invoiced', 'part_received',
        'received', 'reduced', 'withdrawn')),
    add column reduced_from_pence bigint,
    add column reduced_reason text check (length(reduced_reason) between 1 and 1000),
    add constraint reduced_with_a_reason check ((reduced_from_pence is null) = (reduced_reason is null)),
    add constraint reduced_says_from_what check (state <> 'reduced' or reduced_from_pence is not null),
    add constraint reduced_within_what_was_promised check (amount_pence <= reduced_from_pence);

create function security.check_reduction() returns trigger language plpgsql as $$
begin
    if new.amount_pence < (select sum(amount_pence) from receipt
                           where area_id = new.area_id and contribution_id = new.id) then
        raise exception 'less promised than received'
            using errcode = '23514', constraint = 'not_less_than_received';
    end if;
    return null;
end
$$;
create trigger not_less_than_received after update of amount_pence on contribution
    for each row when (new.amount_pence < old.amount_pence) execute function security.check_reduction();
