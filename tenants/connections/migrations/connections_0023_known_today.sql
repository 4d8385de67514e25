-- A proposal's version rises with every change of who holds the post it is about, ended entries included.
create index named_contact_post on named_contact (area_id, organisation_id, post) include (version);
drop index named_contact_organisation;
