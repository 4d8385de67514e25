-- Who opened an invitation with another address than the one it was sent to: held until whoever may give the role
-- says that it is them. The answer is the first one's; another must wait until the invitation is sent anew.
alter table invitation
    add column answered_issuer text check (length(answered_issuer) <= 500),
    add column answered_subject text check (length(answered_subject) <= 255),
    add column answered_name text check (length(answered_name) <= 200),
    add column answered_email text check (length(answered_email) <= 254),
    add column answered_at timestamptz,
    add column confirmed_at timestamptz,
    add column confirmed_by uuid references person (id) on delete restrict,
    add check ((answered_at is null) = (answered_issuer is null) and (answered_at is null) = (answered_subject is null)),
    add check ((confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null or answered_at is not null));
grant update (answered_issuer, answered_subject, answered_name, answered_email, answered_at, confirmed_at, confirmed_by)
    on invitation to concordat_app;
-- what was confirmed and not taken up yet, as every sign-in asks
create index invitation_confirmed on invitation (answered_issuer, answered_subject)
    where confirmed_at is not null and accepted_at is null and revoked_at is null;
