-- What earlier years still wait for now counts as late: rows that were kept before are computed anew.
update area_fact set stale = true where subject = 'cooperation';
