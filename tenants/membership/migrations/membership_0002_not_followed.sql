-- successors that the register names and the area has decided not to follow; the reason is in the audit trail
alter table partner_body add column not_followed uuid[] not null default '{}'
    check (cardinality(not_followed) <= 20 and array_position(not_followed, null) is null);
