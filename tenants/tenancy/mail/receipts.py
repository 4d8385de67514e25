"""Asking the provider what became of mails that it has not told us about: a receipt was lost, or nobody may call us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from infra.database import sql
from infra.mail import MailUnavailable, Receipts
from infra.telemetry.logs import logger
from tenants.tenancy.actor import Actor
from tenants.tenancy.mail.outcomes import note_delivery
from tenants.tenancy.mail.post_office import post_office
from tenants.tenancy.scope import tenant_scope

LOG = logger("mail")
AT_ONCE = 50
_TURN = "select id from security.take_undecided($1, $2)"
_Told = tuple[UUID, str, datetime]


async def ask_provider(*, by: Actor) -> None:
    """Ask about the mails whose turn it is, and keep what is final. What is not known yet is asked again later.

    Raises `MailUnavailable` when the provider stopped answering, after what it did say was kept.
    """
    provider = post_office().receipts
    if provider is None:
        return
    ids = await _turn(by, provider.patience)
    told, trouble = await _answers(provider, ids)
    async with tenant_scope(by):
        for mail_id, outcome, happened in told:
            await note_delivery(mail_id=mail_id, outcome=outcome, happened=happened)
    LOG.info("receipts_asked", asked=len(ids), told=len(told))
    if trouble is not None:
        raise trouble


async def _turn(by: Actor, patience: timedelta) -> list[UUID]:
    async with tenant_scope(by):
        return [row["id"] for row in await sql.fetch(_TURN, patience, AT_ONCE)]


async def _answers(provider: Receipts, ids: Sequence[UUID]) -> tuple[list[_Told], MailUnavailable | None]:
    told: list[_Told] = []
    for mail_id in ids:
        try:
            receipt = await provider.outcome(reference=mail_id)
        except MailUnavailable as trouble:
            return told, trouble
        if receipt is not None:
            told.append((mail_id, receipt.outcome, receipt.happened))
    return told, None
