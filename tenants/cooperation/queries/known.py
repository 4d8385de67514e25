"""Published versions of duties that this process has read: they never change, so they need not be read again.

Good for deciding about a return whose request has not been read: the database says which version it was asked by, and
under row-level security whether the sender may answer it. Nobody is shown what is kept here.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from uuid import UUID

from tenants.cooperation.queries.duties import VersionRow

MOST_AREAS = 200
MOST_OF_AN_AREA = 6  #: those read last: a return is asked by one of few


class KnownVersions:
    """The versions read last, by their area; the area longest unread goes first."""

    def __init__(self) -> None:
        self._areas: OrderedDict[int, OrderedDict[UUID, VersionRow]] = OrderedDict()

    def remember(self, version: VersionRow) -> None:
        """Keep what a version asks, as it was just read."""
        known = self._areas.setdefault(version.area_id, OrderedDict())
        known[version.id] = replace(version, body="")
        known.move_to_end(version.id)
        self._areas.move_to_end(version.area_id)
        if len(known) > MOST_OF_AN_AREA:
            known.popitem(last=False)
        if len(self._areas) > MOST_AREAS:
            self._areas.popitem(last=False)

    def of(self, area_id: int) -> list[VersionRow]:
        """Return what is known of an area."""
        return list(self._areas.get(area_id, {}).values())

    def forget(self) -> None:
        """Forget all of it, as a process does that starts."""
        self._areas.clear()


KNOWN = KnownVersions()
