-- What was recorded by mistake and has not begun can be taken back. What has begun is history: no login of the service
-- can delete it, whatever the code asks.
create policy not_begun on partner_body as restrictive for delete to concordat_app
    using (valid_from > (now() at time zone 'Europe/London')::date);
create policy not_begun on board_group as restrictive for delete to concordat_app
    using (valid_from > (now() at time zone 'Europe/London')::date);
create policy not_begun on seat as restrictive for delete to concordat_app
    using (valid_from > (now() at time zone 'Europe/London')::date);
create policy not_begun on appointment as restrictive for delete to concordat_app
    using (valid_from > (now() at time zone 'Europe/London')::date);
create policy not_begun on partnership_chair as restrictive for delete to concordat_app
    using (valid_from > (now() at time zone 'Europe/London')::date);
grant delete on partner_body, board_group, seat, appointment, partnership_chair to concordat_app;
