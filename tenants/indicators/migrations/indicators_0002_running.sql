-- Whether figures are running totals since 1 April: the difference of two of them is a count too.

alter table indicator_definition add column running_total boolean not null default false;
alter table indicator_definition add constraint running_totals_are_counts_that_do_not_add_up_over_time
    check (not running_total or (unit = 'count' and not adds_over_time));
