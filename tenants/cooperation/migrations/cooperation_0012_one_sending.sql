-- No process of this release or the last calls it: a return that nobody has begun is sent by `send_untouched`.
drop function if exists send_untouched_return(integer, uuid, uuid[], date, text, text, uuid, text, text, boolean, text,
    timestamptz);
