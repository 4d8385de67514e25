-- A run that the queue tries again says until when it waits; `problem` says for what, as for a run that has ended.
alter table connection_run add column next_try_at timestamptz;
grant update (next_try_at) on connection_run to concordat_worker;
