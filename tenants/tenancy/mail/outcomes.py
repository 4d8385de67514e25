"""What a provider says became of a mail, and how that is told to the area that sent it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from infra.database import sql

#: the last word on a mail; "created" and "sending" are not, so they are not kept
FINAL: Final = frozenset({"delivered", "permanent_failure", "temporary_failure", "technical_failure"})
#: why a mail did not arrive, for people who can do something about it; `refused` never left
WHY: Final = {
    "refused": "It was refused before it left. Check the address.",
    "permanent_failure": "There is no such address. Ask for another address.",
    "temporary_failure": "The mailbox took nothing for three days. Ask for another address, or telephone.",
    "technical_failure": "It was lost between two mail providers. Send it again.",
}
#: of a mail `m`: a key of WHY, or null
PROBLEM: Final = "case when m.state = 'failed' then 'refused' when m.delivery <> 'delivered' then m.delivery end"
#: for a row {t} of an area: a key of WHY when the last mail about it did not arrive, or null
LAST_PROBLEM: Final = (
    f"(select {PROBLEM} from mail m where m.area_id = {{t}}.area_id and m.about = {{t}}.id order by m.id desc limit 1)"
)

_NOTE = "select security.note_delivery($1, $2, $3)"


async def note_delivery(*, mail_id: UUID, outcome: str, happened: datetime) -> bool:
    """Keep what became of a mail; return whether that was news. The later of two outcomes stays, whichever came first.

    Needs the power `receipts`. An id that is no mail of ours is no news: one Notify service may serve several
    installations. Raises `ValueError` for an outcome that is not final.
    """
    if outcome not in FINAL:
        raise ValueError("not a final outcome")
    return bool(await sql.fetch_value(_NOTE, mail_id, outcome, happened))
