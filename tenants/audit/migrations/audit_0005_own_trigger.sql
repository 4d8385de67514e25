-- A trigger needs no right to run its function when it fires, only when it is made. Who may make a temporary table could
-- hang this one on it, and so move the head of any area's chain with an entry that is kept nowhere.
revoke execute on function audit.link() from public;
