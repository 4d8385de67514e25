"""What people do with connections, proposals and contacts; and what the sweeps do by themselves.

Every verb works inside the caller's tenant scope. All raise `NotFound` for what is not the actor's to see,
`NotAllowed`, `WrongState`, `Conflict` when `version` has moved on, and `Problems` for what is wrong with the input.
"""

from tenants.connections.service.contacts import change_contact, end_contact, enter_contact
from tenants.connections.service.deciding import Decided, accept, refuse
from tenants.connections.service.links import (
    change_connection,
    link_system,
    pause_connection,
    resume_connection,
    retire_connection,
)
from tenants.connections.service.reconsidering import reconsider
from tenants.connections.service.running import run_now, set_credential, test_connection

__all__ = [
    "Decided",
    "accept",
    "change_connection",
    "change_contact",
    "end_contact",
    "enter_contact",
    "link_system",
    "pause_connection",
    "reconsider",
    "refuse",
    "resume_connection",
    "retire_connection",
    "run_now",
    "set_credential",
    "test_connection",
]
