"""Raising a flag and moving it: each verb is one person's decision, written with its reason and audited.

Every verb works inside the caller's tenant scope. All raise `NotFound` for a flag that is not the actor's to see,
`NotAllowed`, `WrongState`, `Conflict` when `version` has moved on, and `Problems` for what is wrong with the input.
"""

from tenants.intervention.service.corresponding import acknowledge_flag, answer_about_flag, ask_about_flag
from tenants.intervention.service.deciding import close_flag, decide_flag, reopen_flag, withdraw_flag
from tenants.intervention.service.raising import amend_flag, raise_flag, refer_flag

__all__ = [
    "acknowledge_flag",
    "amend_flag",
    "answer_about_flag",
    "ask_about_flag",
    "close_flag",
    "decide_flag",
    "raise_flag",
    "refer_flag",
    "reopen_flag",
    "withdraw_flag",
]
