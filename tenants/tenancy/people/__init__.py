"""People who sign in, the roles they hold from a day to a day, and invitations by email link."""
