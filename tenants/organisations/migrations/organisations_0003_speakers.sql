-- Nobody speaks for an organisation that is not on the register, whatever the code forgot to ask.
alter table role_assignment add constraint role_assignment_organisation
    foreign key (organisation_id) references organisation (id) on delete restrict;
alter table invitation add constraint invitation_organisation
    foreign key (organisation_id) references organisation (id) on delete restrict;
