"""How an area's connections stand, in sentences: what waits, what does not work, what a run brought. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from backend.web.formats import plural

FAILED = "Failed"  #: as the newest run of a connection is called


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something that waits for someone's decision, and the page where it is made."""

    text: str
    href: str


def waiting(data: Any, *, base: str) -> list[Waiting]:
    """Return what waits for a decision in the area: proposals, successors of partners, files of figures."""
    found: list[Waiting] = []
    if count := data.connectionsAtAGlance.waiting:
        text = plural(count, "proposal about a person", "proposals about people")
        found.append(Waiting(text=text, href=f"{base}/connections/proposals"))
    if count := len(data.partnerSuccessions):
        text = plural(count, "partner that another body follows", "partners that another body follows")
        found.append(Waiting(text=text, href=f"{base}/membership/successors"))
    for file in data.indicatorFiles.nodes:
        if file.state == "checked":
            text = f"Figures in {file.fileName}, to check and accept"
            found.append(Waiting(text=text, href=f"{base}/indicators/file?id={quote(file.id)}"))
    return found


def is_troubled(one: Any) -> bool:
    """Return whether someone should look at a connection: it waits for credentials, is stale or failed last."""
    if one.state in ("paused", "retired"):
        return False
    return one.state == "reauthorise" or one.staleSince is not None or one.runStateLabel == FAILED


def brought(run: Any) -> str:
    """Return in words what a run brought."""
    parts = (
        (run.applied, "fact applied", "facts applied"),
        (run.proposed, "proposal made", "proposals made"),
        (run.rejected, "row left out", "rows left out"),
    )
    return ", ".join(plural(count, one, many) for count, one, many in parts if count)
