"""GOV.UK Notify as a way of sending mail, by one template with `subject` and `body`, and its receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from infra.mail import MailRefused, MailUnavailable, Message, Receipt
from integrations.notify.client import NotifyClient
from integrations.notify.errors import NotifyBusy, NotifyDown, NotifyError, NotifyRefused
from integrations.notify.receipts import receipt_of


@dataclass(frozen=True, kw_only=True)
class NotifyTransport:
    """Sends through Notify; the mail's own id is Notify's reference."""

    client: NotifyClient
    template_id: str
    name: str = "notify"

    async def send(self, message: Message, *, again: bool) -> str:
        """Return Notify's id of the email; `again` looks for one sent under the same reference first."""
        reference = str(message.reference)
        try:
            if again and (found := await self.client.find(reference=reference)):
                return found[0].id
            sent = await self.client.send_email(
                to=message.to,
                template_id=self.template_id,
                personalisation={"subject": message.subject, "body": message.body},
                reference=reference,
            )
        except NotifyRefused as error:
            raise MailRefused(str(error)) from error
        except (NotifyBusy, NotifyDown) as error:
            raise MailUnavailable(str(error)) from error
        return sent.id


@dataclass(frozen=True, kw_only=True)
class NotifyReceipts:
    """Asks Notify by our reference. `patience` is short where nobody may call us, long where a call got lost."""

    client: NotifyClient
    patience: timedelta

    async def outcome(self, *, reference: UUID) -> Receipt | None:
        """Return what became of the mail; the latest, should it have been sent twice. Raises `MailUnavailable`."""
        try:
            found = await self.client.find(reference=str(reference))
        except NotifyError as error:
            raise MailUnavailable(str(error)) from error
        receipts = [receipt for one in found if (receipt := receipt_of(one.status, one.changed)) is not None]
        return max(receipts, key=lambda receipt: (receipt.happened, receipt.outcome), default=None)
