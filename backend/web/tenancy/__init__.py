"""An area's front page, its people and invitations, its settings and its audit trail."""
