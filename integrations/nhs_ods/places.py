"""Where a run goes: the open boards, trusts and sub-ICB locations, those that closed, and what was taken out."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from integrations.connector import Cursor
from integrations.nhs_ods.client import PAGE_SIZE
from integrations.nhs_ods.mapping import BOARD, LOCATION, TRUST

#: a change can be published some days after the day that it bears
LOOK_BACK = timedelta(days=3)
#: who lies where is not known to be dated by `lastChangeDate`: so often all that is open is read, whatever its date
LOOK_AGAIN = timedelta(days=7)
OPEN, CLOSED, DELETED = "open", "closed", "deleted"
_FOLLOWING = {OPEN: CLOSED, CLOSED: DELETED, DELETED: None}


def beginning(watermark: str | None, *, on: date) -> Cursor:
    """Return where a run begins: everything at first, later what changed since the last good run; once in seven days
    everything that is open, and of the rest what changed. A watermark is as `watermark_of` makes it."""
    newest, _, looked = (watermark or "").partition(" ")
    since = (date.fromisoformat(newest) - LOOK_BACK).isoformat() if newest else None
    whole = not looked or on - date.fromisoformat(looked) >= LOOK_AGAIN
    return {
        "part": OPEN,
        "place": _first(OPEN, None if whole else since),
        "since": since,
        "newest": newest or None,
        "looked": on.isoformat() if whole else looked,
    }


def watermark_of(cursor: Cursor) -> str | None:
    """Return the day of the newest change and the day of the last look at all that is open; None before any change."""
    return None if cursor["newest"] is None else f"{cursor['newest']} {cursor.get('looked', '')}".strip()


def onward(cursor: Cursor, *, following: str | None, newest: str | None) -> Cursor | None:
    """Return the next place: the next page of this part, the beginning of the next part, or None at the end."""
    if following is not None:
        return {**cursor, "place": following, "newest": newest}
    part = _FOLLOWING[cursor["part"]]
    if part is None:
        return None
    return {**cursor, "part": part, "place": _first(part, cursor["since"]), "newest": newest}


def _first(part: str, since: str | None) -> str | None:
    if part == DELETED:
        return None
    # a body that closed holds no active role any more; of those that closed before we began, boards alone matter here
    roles = f"{BOARD},{TRUST},{LOCATION}" if part == OPEN or since else BOARD
    asked = {"activeRoleCode": roles} if part == OPEN else {"roleCode": roles, "active": "false"}
    changed = {} if since is None else {"lastChangeDate": f"gt{since}"}
    return f"Organization?{urlencode({**asked, **changed, '_count': str(PAGE_SIZE), '_offset': '0'})}"
