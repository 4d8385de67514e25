"""Making anchors of the chains, and keeping them as files. Apart from `service`, which every capability imports."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from infra.clock import now
from tenants.audit import queries
from tenants.audit.rules import Anchor, signed
from tenants.audit.service import PLATFORM, record

if TYPE_CHECKING:
    from tenants.tenancy.actor import Actor


async def anchor(*, by: Actor) -> Anchor:
    """Return where every chain ends now, and record in the platform's chain that it was anchored.

    Needs the power `platform` or `anchor`: without it there is no head to see.
    """
    made = Anchor(made_at=now(), heads=tuple(await queries.heads()))
    after = {"root": made.root, "chains": len(made.heads)}
    await record(by=by, area_id=PLATFORM, action="audit.anchor", subject=("anchor", made.root), after=after)
    return made


def keep_anchor(made: Anchor, *, seed: bytes, folder: Path) -> Path:
    """Write the signed anchor into a file of its own in the folder; return which."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"anchor-{made.made_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}.json"
    with file.open("x", encoding="utf-8") as opened:
        opened.write(signed(made, seed=seed))
    return file
