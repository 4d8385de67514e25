"""What connectors of national directories share: telling what was said of a body apart, listing what was applied."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from integrations.connector import Link
from tenants.connections import changes
from tenants.organisations.directory.rules import Listed
from tenants.organisations.directory.service import Fact
from tenants.tenancy.actor import Actor


def digest_of(link: Link, item: Listed) -> bytes:
    """Return what tells apart what was said, and what the connection might change then: with more leave, it is new."""
    return sha256(repr((item, sorted(link.may_change))).encode()).digest()


async def note(by: Actor, link: Link, facts: Sequence[Fact]) -> None:
    """List the facts that a run applied to bodies of the register, and audit them."""
    rows = [
        changes.Applied(
            what=fact.what,
            subject_kind="organisation",
            subject=fact.organisation,
            subject_id=fact.organisation_id,
            before=fact.before,
            after=fact.after,
        )
        for fact in facts
    ]
    await changes.note(by=by, link_id=link.connection_id, run_id=link.run_id, rows=rows)
