-- Every confirmation that was measured is undone, so that the next round begins where the first one did.
-- As a replica: the triggers that keep an agency to its own columns would refuse, so counts are made anew here.
begin;
set local session_replication_role = replica;
delete from submission s using duty_request r
    where r.area_id = s.area_id and r.id = s.request_id and r.cycle_label = 'Year 3' and r.version > 1;
update duty_request set state = 'not_started', submitted_at = null, version = 1
    where cycle_label = 'Year 3' and version > 1;
delete from cooperation_count where cycle_label = 'Year 3';
insert into cooperation_count (area_id, cycle_id, cycle_label, opens_on, due_on, state, requests)
    select area_id, cycle_id, cycle_label, opens_on, due_on, state, count(*) from duty_request
    where cycle_label = 'Year 3' group by 1, 2, 3, 4, 5, 6;
update area_fact set stale = false where stale;
truncate idempotency, queue.outbox, queue.job_run;
update session set last_seen_at = now();
commit;
vacuum analyze submission;
vacuum analyze duty_request;
vacuum analyze cooperation_count;
vacuum analyze session;
vacuum analyze area_fact;
vacuum analyze audit.event;
checkpoint;
