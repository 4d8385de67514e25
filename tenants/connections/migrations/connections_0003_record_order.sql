-- A full listing is compared with what is known in the order of ids: the same order in every database, whatever its
-- collation, and the one in which Python compares text.
alter table connection_record alter column external_id type text collate "C";
