-- A start that gets further than every one before it is no sign of a message that ends its process.
alter table queue.job_run add column furthest integer not null default 0;
grant update (furthest) on queue.job_run to concordat_worker;
