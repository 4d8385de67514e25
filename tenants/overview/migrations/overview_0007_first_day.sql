-- The first day on which one of the kept rows no longer holds, and at once where one is stale: read from one end of an
-- index, so that whoever shows the rows of all areas need not look at each of them for it.
create index area_fact_holds_until on area_fact ((case when stale then '-infinity'::date else recheck_on end));
