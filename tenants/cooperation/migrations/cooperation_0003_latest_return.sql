-- An agency's latest request is the first entry of its part of the index, so a list of agencies shows it at one probe
-- each. It serves everything the shorter index did.

create index duty_request_latest on duty_request (area_id, agency_id, due_on desc, id desc);
drop index duty_request_agency;
