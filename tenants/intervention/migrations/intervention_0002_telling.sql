-- To write to the officials who acted on a flag, the worker may read those people and no other official. The inner
-- query is itself under row-level security: flags of the area that the job is for.
create policy flag_officials on person for select to concordat_worker using (id in (
    select by_id from intervention_flag_move where shared and by_role in ('official', 'senior_official')));
