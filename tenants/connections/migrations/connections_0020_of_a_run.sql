-- The page of a run lists what the run changed.
create index connection_change_run on connection_change (run_id, id desc);
