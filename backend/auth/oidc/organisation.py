"""The organisation that somebody chose at DfE Sign-in: an object, the same as JSON in a string, or `{}` for none.

It decides nothing about what a person may do. It tells somebody whose account is missing whom to ask for one.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.auth.text import plain

LONGEST_NAME = 200
LOCAL_AUTHORITY = "002"  #: the category in which `establishmentNumber` is the authority's own code
_LA_CODE = re.compile(r"\d{3}")
_NONE_CHOSEN = "You chose no organisation there. If you act for a school, a trust or a council, choose it there."
_UNREADABLE = "What it said about your organisation could not be read. Tell the people who run this service."


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """What was said of it. `la_code` is that of the local authority it lies in, or that it is."""

    claim: Mapping[str, Any] | None
    sentence: str | None  #: for the person; None where the provider says nothing about organisations
    la_code: str | None = None


def read_organisation(value: object) -> Organisation:
    """Return what a claim says, in whichever of its forms; never raises."""
    if value is None:
        return Organisation(claim=None, sentence=None)
    if isinstance(value, str):
        if not value.strip():
            return Organisation(claim=None, sentence=_NONE_CHOSEN)
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return Organisation(claim=None, sentence=_UNREADABLE)
    if value in (None, {}, [], ""):
        return Organisation(claim=None, sentence=_NONE_CHOSEN)
    if not isinstance(value, dict):
        return Organisation(claim=None, sentence=_UNREADABLE)
    name = plain(value.get("name"), most=LONGEST_NAME)
    sentence = f"You chose {name} there." if name else "You chose an organisation there that was not named to us."
    return Organisation(claim=value, sentence=sentence, la_code=_la_code(value))


def _la_code(claim: Mapping[str, Any]) -> str | None:
    category, authority = claim.get("category"), claim.get("localAuthority")
    kind = category.get("id") if isinstance(category, dict) else category
    if kind == LOCAL_AUTHORITY:
        code = claim.get("establishmentNumber")
    else:
        code = authority.get("code") if isinstance(authority, dict) else None
    return code if isinstance(code, str) and _LA_CODE.fullmatch(code) else None
