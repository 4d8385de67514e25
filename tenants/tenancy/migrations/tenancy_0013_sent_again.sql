-- whether an invitation that has expired was sent again since: looked for by its address
create index invitation_address on invitation (email);
