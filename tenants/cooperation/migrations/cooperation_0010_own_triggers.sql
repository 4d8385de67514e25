-- As `audit.link`: hung on a temporary table these would count what is not there, in any area.
revoke execute on function security.count_agencies() from public;
revoke execute on function security.count_requests() from public;
