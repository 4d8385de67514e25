-- The share of answers now says over which time it counts: rows that were kept in the old words are computed anew.
update area_fact set stale = true where subject = 'cooperation';
