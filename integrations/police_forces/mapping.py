"""From the directory's rows to bodies of the register. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tenants.organisations.directory.rules import Listed
from tenants.organisations.rules import Kind, Status

#: in the list, and no safeguarding partner of any area of England: Children Act 2004 s.16E names territorial forces
NOT_TERRITORIAL = frozenset({"btp", "british-transport-police", "northern-ireland"})
_ID = re.compile(r"[a-z][a-z0-9-]{1,59}", re.ASCII)


class Unusable(Exception):
    """Why a row cannot be taken."""


def listed_of(row: Any) -> Listed | None:
    """Return the force, or None for one that is no safeguarding partner. Raises `Unusable`."""
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), str) or not _ID.fullmatch(row["id"]):
        raise Unusable("The force has no usable id.")
    name = " ".join(str(row.get("name") or "").split())
    if not 2 <= len(name) <= 200:
        raise Unusable("The force has no name, or one that is too long.")
    if row["id"] in NOT_TERRITORIAL:
        return None
    return Listed(code=row["id"], kind=Kind.POLICE_FORCE, name=name, status=Status.OPEN)
