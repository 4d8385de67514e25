-- A receipt recorded by mistake is never deleted: another row reverses it, with the exact opposite amount, of the same
-- contribution, once. A reversal is below zero, so that sums are right, and cannot be reversed itself: its opposite
-- would be above zero, which a reversal may not be.
alter table receipt drop constraint receipt_amount_pence_check;
alter table receipt
    add column reverses uuid,
    add column reason text check (length(reason) between 1 and 1000),
    add column opposite_pence bigint not null generated always as (-amount_pence) stored,
    add constraint receipt_amount check (
        abs(amount_pence) between 1 and 100000000000 and (amount_pence < 0) = (reverses is not null)),
    add constraint reversal_has_a_reason check ((reverses is null) = (reason is null)),
    add constraint reversed_once unique (area_id, reverses),
    add constraint receipt_with_amount unique (area_id, contribution_id, id, amount_pence);
alter table receipt
    add constraint reverses_exactly foreign key (area_id, contribution_id, reverses, opposite_pence)
        references receipt (area_id, contribution_id, id, amount_pence) on delete restrict;
