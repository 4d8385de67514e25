"""What people read for the codes of connections, runs and proposals."""

from __future__ import annotations

STATES = {"active": "Active", "paused": "Paused", "reauthorise": "Waits for credentials", "retired": "Retired"}
RUN_STATES = {
    "queued": "Waiting to start",
    "running": "Under way",
    "done": "Done",
    "failed": "Failed",
    "stopped": "Stopped",
}
WAITS = "Waits to try again"  #: a run under way that found its system away
CAUSES = {"schedule": "By schedule", "by_hand": "Asked for", "test": "Test", "hook": "Told by the system"}
ACTIONS = {"add": "New", "change": "Change", "end": "End"}
SUBJECTS = {"contact": "Contact", "role": "Role", "partner_contact": "Partner’s contact"}
DECISIONS = {"open": "Waits", "accepted": "Accepted", "refused": "Refused", "superseded": "Superseded"}
PARTS = {"post": "Post", "name": "Name", "email": "Email", "phone": "Telephone", "role": "Role"}
ENTERED = {"person": "entered by hand", "connection": "from a connection"}
ENDPOINT_STATES = {"active": "Active", "paused": "Paused", "disabled": "Disabled", "retired": "Retired"}
DELIVERY_STATES = {"waiting": "Waits", "delivered": "Delivered", "failed": "Given up", "stopped": "Not sent"}
