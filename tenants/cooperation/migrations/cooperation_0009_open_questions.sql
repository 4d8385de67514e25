-- An area's front page says which agencies have asked something: few requests of many, by name.
create index duty_request_questions on duty_request (area_id, agency_name, id) where question_open;
