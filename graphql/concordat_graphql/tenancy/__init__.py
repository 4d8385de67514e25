"""Areas, people, invitations, sessions and the audit trail over GraphQL."""
