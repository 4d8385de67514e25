-- to_char() is stable, so these two are: called immutable, PostgreSQL could not write them into the query and called
-- each as a query of its own, six times as slow.
alter function shape.pounds(bigint) stable;
alter function shape.year_label(integer) stable;
